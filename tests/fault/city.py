"""A served city, its mail server and its guests, for the fault tests: all real, in a temporary folder of their own."""
import contextlib
import email
import email.policy
import http.client
import os
import pathlib
import re
import select
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

SITE = "https://lykta.exempel"
SINK = pathlib.Path(__file__).resolve().parents[1] / "unit/mail/sink.py"
FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"
# A socket as descriptor 3 of the program that takes this one's place, as the service manager hands it over.
HAND_OVER = """import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")
os.execv(sys.argv[2], sys.argv[2:])
"""
PATIENCE_S = 120  # for what a test waits for and must come


class Fault(Exception):
    """What a test found."""


def expect(is_so, what):
    if not is_so:
        raise Fault(what)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as s:
        return s.getsockname()[1]


def wait_for(what, is_so, seconds=PATIENCE_S):
    end = time.monotonic() + seconds
    while not is_so():
        expect(time.monotonic() < end, f"waited {seconds} s in vain: {what}")
        time.sleep(0.1)


def first_line(process, seconds=PATIENCE_S):
    expect(select.select([process.stdout], [], [], seconds)[0], f"{process.args[0]} says nothing")
    return process.stdout.readline()


class Post:
    """The mail server that the other tests use: takes letters into a folder, on a port that stays its own while it is down."""

    def __init__(self, folder):
        self.folder, self.port, self.process, self.hanging = folder / "post", free_port(), None, None
        self.folder.mkdir()
        self.wait_file = folder / "wait"

    def start(self):
        self.process = subprocess.Popen(["/usr/bin/python3", SINK, self.folder, "--port", str(self.port), "--wait", self.wait_file],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        first_line(self.process)

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process.stdin.close()
            self.process.stdout.close()
        self.process = None

    def hang(self):
        """Takes connections and never says a word."""
        self.hanging = socket.create_server(("127.0.0.1", self.port))

    def unhang(self):
        self.hanging.close()
        self.hanging = None

    def ask_to_wait(self, answer):
        self.wait_file.write_text(answer, encoding="ascii")

    def take_again(self):
        self.wait_file.unlink()

    def count(self):
        return sum(1 for name in os.listdir(self.folder) if name.endswith(".eml"))

    def letters(self):
        """[(reader, subject, Message-ID, plain text)]"""
        found = []
        for path in sorted(self.folder.glob("*.eml")):
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            found.append((str(message["X-To"]), str(message["Subject"]), str(message["Message-ID"]),
                          message.get_body(("plain",)).get_content()))
        return found

    def close(self):
        self.stop()
        if self.hanging:
            self.unhang()


class File:
    """The city's database in its folder."""

    def __init__(self, path):
        self.path, self.options = path, []

    def change(self, script):
        with contextlib.closing(sqlite3.connect(self.path)) as db:
            db.executescript(script)

    def rows(self, sql):
        with contextlib.closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=30)) as db:
            return db.execute(sql).fetchall()


class Schema:
    """The same in a PostgreSQL server (tests/with_postgres.py)."""

    def __init__(self, server):
        self.options = ["--db", server.address + "#fault"]
        self.command = ["psql", server.address, "-qAt", "-F", "\t", "-v", "ON_ERROR_STOP=1"]
        self.environment = {**os.environ, "PGOPTIONS": "-c search_path=fault"}

    def ask(self, sql):
        return subprocess.run(self.command, input=sql, env=self.environment, check=True, capture_output=True, text=True).stdout

    def change(self, script):
        self.ask(script)

    def rows(self, sql):
        return [tuple(int(cell) if cell.isdecimal() else cell for cell in line.split("\t")) for line in self.ask(sql).splitlines()]


class City:
    """The example city with one open seminar, number 1."""

    def __init__(self, lykta, folder, post, seats, speed=1, server=None):
        self.lykta, self.folder, self.port, self.speed, self.process = lykta, folder / "city", free_port(), speed, None
        self.log = open(folder / "serve.log", "ab")
        self.database = Schema(server) if server else File(self.folder / "lykta.db")
        self.plan = None  # of calls that fail: failing.py
        self.ahead_s, self.home = 0, None  # of its clock; the folder it is started in
        self.socket = None  # one that listens, to be handed over
        made = subprocess.run([lykta, "demo", self.folder, *self.database.options], check=True, stdout=subprocess.PIPE, text=True).stdout
        self.password = re.search(r"Password for all of them: (\S+)", made).group(1)
        self.accounts = dict(re.findall(r"^  ([a-z-]+) +(\S+@lund\.example)$", made, re.M))
        conf = self.folder / "lykta.conf"
        text = conf.read_text(encoding="utf-8")
        for old, new in [("address =", f"address = {SITE}"), ("email =", "email = natverket@exempel.se"), ("tls = required", "tls = none"),
                         ("server =", f"server = smtp://localhost:{post.port}"), ("sender =", "sender = natverket@exempel.se")]:
            expect(old in text, f"lykta.conf has no line '{old}'")
            text = text.replace(old, new, 1)
        conf.write_text(text, encoding="utf-8")
        day = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 20 * 86400))
        self.database.change(
            "update contact set left_at = 0;"  # the example network's own, who are written to by themselves
            "update article set reviewed_on = '2999-01-01';"  # nor are coordinators of texts to review
            "delete from seminar;"
            "insert into seminar (id, uid, state, title, about, speakers, place, access, held_on, from_minute, to_minute, seats, "
            "last_day, made_at, changed_at) values (1, 'fault', 'open', 'Frukostseminarium', '', 'Kim Exempel', 'Stadshuset', '', "
            f"'{day}', 510, 630, {seats}, '{day}', 0, 0);")

    def environment(self):
        """At another speed than 1 the program's clock runs faster and its pauses are as much shorter."""
        if self.plan:
            return self.plan.environment()
        if self.speed == 1 and self.ahead_s == 0:
            return None
        expect(os.path.exists(FAKETIME), f"{FAKETIME} is missing: install libfaketime")
        return {**os.environ, "LD_PRELOAD": FAKETIME, "FAKETIME": f"+{self.ahead_s} x{self.speed}", "DONT_FAKE_MONOTONIC": "1"}

    def serve(self, port, folder=None):
        command, more = [self.lykta, "serve", folder or self.folder, "--listen", f"127.0.0.1:{port}"], {}
        if self.socket:
            command = [sys.executable, "-c", HAND_OVER, str(self.socket.fileno()), self.lykta, "serve", self.folder]
            more = {"pass_fds": (self.socket.fileno(),)}
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.log, text=True, env=self.environment(), cwd=self.home, **more)
        expect("http://" in first_line(process), f"lykta serve ended: see {self.log.name}")
        return process

    def start(self):
        self.process = self.serve(self.port)

    def kill(self):
        self.process.kill()
        self.forget()

    def forget(self):
        """Waits for the end of what has been killed, or has ended by itself, and returns its status."""
        status = self.process.wait()
        self.process.stdout.close()
        self.process = None
        return status

    def stop(self):
        """As the service's manager does; 0 when it ended as it should."""
        self.process.terminate()
        return self.forget()

    def close(self):
        if self.process:
            self.stop()
        self.log.close()

    def faults_in_log(self):
        lines = pathlib.Path(self.log.name).read_text(encoding="utf-8").splitlines()
        return [line for line in lines if "level=info" not in line][-3:]

    def verify(self):
        done = subprocess.run([self.lykta, "verify", self.folder], capture_output=True, text=True, check=False)
        expect(done.returncode == 0, f"lykta verify: {done.stderr}")

    def rows(self, sql, file="lykta.db"):
        return (self.database if file == "lykta.db" else File(self.folder / file)).rows(sql)

    def number(self, sql):
        return self.rows(sql)[0][0]

    def sealed_number(self, sql):
        return self.rows(sql, "sealed.db")[0][0]

    def outbox(self):
        return self.rows("select state, reason, tries, count(*), max(next_at) - max(state_at) from mail_letter group by 1, 2, 3")

    def outbox_is_empty(self):
        return self.number("select count(*) from mail_letter where state in ('queued', 'handing')") == 0


@contextlib.contextmanager
def opened(lykta, seats, speed=1, server=None):
    """A city that is made but not served yet, and its mail server, not started: both are closed and removed after."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="lykta-fault-"))
    post = Post(folder)
    city = City(lykta, folder, post, seats, speed, server)
    try:
        yield city, post
    except Fault as fault:
        raise Fault(f"{fault}; the log says {city.faults_in_log()}, the outbox {city.outbox()}") from fault
    finally:
        city.close()
        post.close()
        if "LYKTA_KEEP" not in os.environ:
            shutil.rmtree(folder)


class Guest:
    """Somebody at a browser, who keeps a connection open through a visit."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)

    def close(self):
        self.connection.close()

    def headers(self):
        return {}

    def ask(self, method, path, fields=None):
        """The answer, read, and its text."""
        headers = self.headers()
        if fields is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        self.connection.request(method, path, urllib.parse.urlencode(fields) if fields is not None else None, headers)
        answer = self.connection.getresponse()
        return answer, answer.read().decode()

    def get(self, path):
        answer, body = self.ask("GET", path)
        expect(answer.status == 200, f"GET {path} was answered {answer.status}")
        return body

    def post(self, path, fields):
        return self.ask("POST", path, fields)[0].status

    def form(self, path, action):
        """The token of the form at `path` that is sent to `action`."""
        page = self.get(path)
        found = re.search(rf'action="{re.escape(action)}".*?name="token" value="([^"]+)"', page, re.S)
        expect(found, f"{path} has no form to {action}")
        return found.group(1)

    def sign_up_fields(self, address):
        token = self.form("/seminarier/1/anmal", "/seminarier/1/anmal")
        return {"token": token, "name": "Kim Exempel", "organisation": "Hotell Exempel", "actor": "hotel", "email": address, "needs": ""}

    def sign_up(self, address):
        status = self.post("/seminarier/1/anmal", self.sign_up_fields(address))
        expect(status == 303, f"the sign-up of {address} was answered {status}")

    def follow(self, letter, step):
        """Presses the button `step` ("bekrafta", "avboka") on the page that the letter links to."""
        path = re.search(rf"{SITE}(/seminarier/anmalan/\S+)", letter).group(1)
        status = self.post(f"{path}/{step}", {"token": self.form(path, f"{path}/{step}")})
        expect(status == 303, f"{path}/{step} was answered {status}")
