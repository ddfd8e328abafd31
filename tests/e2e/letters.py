"""The letters that a test's mail server has taken, as JSON: letters.py FOLDER. Read by libraries that are not ours."""
import email
import email.policy
import json
import pathlib
import sys

import icalendar

found = []
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.eml")):
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    letter = {"to": str(message["X-To"]), "subject": str(message["Subject"]), "id": str(message["Message-ID"]),
              "stop": str(message["List-Unsubscribe"] or ""), "stop_post": str(message["List-Unsubscribe-Post"] or ""),
              "types": [part.get_content_type() for part in message.walk()], "defects": [str(d) for p in message.walk() for d in p.defects],
              "plain": message.get_body(("plain",)).get_content().replace("\r\n", "\n"),
              "html": message.get_body(("html",)).get_content()}
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
            event = calendar.walk("VEVENT")[0]
            letter["calendar"] = {"method": str(calendar["METHOD"]), "part_method": part.get_param("method"), "uid": str(event["UID"]),
                                  "sequence": int(event["SEQUENCE"]), "start": event["DTSTART"].dt.isoformat(),
                                  "place": str(event["LOCATION"]), "zone": event["DTSTART"].params["TZID"]}
    found.append(letter)
print(json.dumps(found))
