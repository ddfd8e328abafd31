"""Prints what the icalendar library finds in an .ics file, times as UTC by its own VTIMEZONE: read_ics.py FILE"""
import sys

import icalendar

calendar = icalendar.Calendar.from_ical(open(sys.argv[1], "rb").read())
print("method:", calendar["METHOD"])
print("zones:", [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")])
zone = calendar.walk("VTIMEZONE")[0].to_tz()
for event in calendar.walk("VEVENT"):
    print("uid:", event["UID"])
    print("sequence:", event["SEQUENCE"])
    for name in ("DTSTART", "DTEND"):
        wall = event[name].dt.replace(tzinfo=None)
        print(f"{name.lower()}:", event[name].params["TZID"], wall.isoformat(), (wall - zone.utcoffset(wall)).isoformat())
    for name in ("SUMMARY", "LOCATION", "DESCRIPTION", "URL", "STATUS", "ORGANIZER"):
        if name in event:
            print(f"{name.lower()}:", repr(str(event[name])))
    if "ATTENDEE" in event:
        print("attendee:", event["ATTENDEE"], event["ATTENDEE"].params["CN"], event["ATTENDEE"].params["PARTSTAT"])
for line in open(sys.argv[1], "rb").read().split(b"\r\n"):
    assert len(line) <= 75, line
    line.decode("utf-8")
