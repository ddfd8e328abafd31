"""A mail server for tests: takes letters into a folder, one file each, and never sends any on.

    sink.py FOLDER [--port N] [--tls CERT KEY] [--user NAME PASSWORD] [--wait FILE]

Prints its port. A reader's name decides what happens: never@… is refused (550), later@… told to wait (451), full@… refused
after its text has come (552), gone@… ends the connection after the text has come, slow@… is answered after 30 seconds.
While FILE is there everyone is told to wait (451): it says where, "rcpt" or "data".
"""
import argparse
import asyncio
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Sink:
    def __init__(self, folder, wait):
        self.folder, self.wait, self.taken = folder, wait, len(list(folder.glob("*.eml")))

    def is_to_wait(self, where):
        return self.wait is not None and self.wait.exists() and self.wait.read_text(encoding="ascii") == where

    async def handle_RCPT(self, server, session, envelope, address, options):
        answers = {"never": "550 5.1.1 no such reader", "later": "451 4.7.1 come back later"}
        answer = answers["later"] if self.is_to_wait("rcpt") else answers.get(address.split("@")[0])
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        name = envelope.rcpt_tos[0].split("@")[0]
        if self.is_to_wait("data"):
            return "451 4.3.0 come back later"
        if name == "full":
            return "552 5.2.2 no room"
        if name == "gone":
            server.transport.abort()
            return "250 never seen"
        if name == "slow":
            (self.folder / "slow.begun").touch()
            await asyncio.sleep(30)
        self.taken += 1
        head = f"X-From: {envelope.mail_from}\r\nX-To: {','.join(envelope.rcpt_tos)}\r\nX-Tls: {bool(session.ssl)}\r\n"
        partial = self.folder / f"{self.taken:05}.part"
        partial.write_bytes(head.encode() + envelope.content)
        partial.rename(self.folder / f"{self.taken:05}.eml")
        return "250 OK"


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tls", nargs=2)
    parser.add_argument("--user", nargs=2)
    parser.add_argument("--wait", type=pathlib.Path)
    o = parser.parse_args()
    tls = None
    if o.tls:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(*o.tls)
    sink = Sink(o.folder, o.wait)

    def authenticate(server, session, envelope, mechanism, data):
        given = (data.login.decode(), data.password.decode())
        return AuthResult(success=list(given) == o.user, handled=False)

    def session():
        return SMTP(sink, enable_SMTPUTF8=True, tls_context=tls, require_starttls=bool(tls), auth_required=bool(o.user),
                    auth_require_tls=bool(tls), authenticator=authenticate if o.user else None, hostname="sink.example")

    server = await asyncio.get_running_loop().create_server(session, "127.0.0.1", o.port)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)  # ends with the test that started it


asyncio.run(main())
