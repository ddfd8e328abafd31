"""Reads a letter with Python's own mail and iCalendar libraries and prints what a test asks for: read_letter.py FILE"""
import email
import email.policy
import sys

message = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
for defect in [d for part in message.walk() for d in part.defects]:
    print("defect:", defect)
for name in ["From", "To", "Reply-To", "Subject", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post", "Content-Language",
             "Auto-Submitted", "X-From", "X-To", "X-Tls"]:
    if message[name] is not None:
        print(f"{name}: {message[name]}")
print("date:", message["Date"].datetime.isoformat())
print("parts:", " ".join(part.get_content_type() for part in message.walk()))
print("plain:", message.get_body(("plain",)).get_content().replace("\r\n", "\n"))
print("html:", message.get_body(("html",)).get_content().replace("\r\n", "\n"))
for part in message.walk():
    if part.get_content_type() in ("text/calendar", "application/ics"):
        print("calendar:", part.get_content_type(), part.get_param("method"), part.get_filename(), len(part.get_payload(decode=True)))
