"""A day of a served city, with what goes wrong in one, as who runs the server sees it: the log, the counts, health and readiness. Nothing there is
about a person."""
import contextlib
import http.client
import json
import re
import socket
import subprocess

from city import Fault, Guest, expect, opened, wait_for
from failing import MEMORY, NO_MEMORY, Plan, library_of
from visitor import PASSPHRASE, SECRET, Visitor, coordinator, make_ready_for_reports, report, report_form

KEYS = {"at", "level", "event", "method", "route", "status", "ms", "id", "what", "errand", "signal"}
GUEST, NAME, TITLE = "gast-dagens@exempel.se", "Kim Exempel", "Åtgärd som bara samordnaren vet"


class Watcher(http.client.HTTPConnection):
    """Monitoring, at the city's socket."""

    def __init__(self, path):
        super().__init__("localhost", timeout=60)
        self.path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.connect(self.path)

    def ask(self, path):
        self.request("GET", path)
        answer = self.getresponse()
        return answer.status, answer.read().decode()

    def counts(self):
        """{name with its labels: value}, of lines that are as Prometheus reads them."""
        status, text = self.ask("/metrics")
        expect(status == 200, f"the counts were answered {status}")
        found = {}
        for line in text.splitlines():
            if line.startswith("#"):
                expect(re.fullmatch(r"# (HELP|TYPE) lykta_[a-z_]+ .+", line), f"the counts have the line {line!r}")
                continue
            pair = re.fullmatch(r'(lykta_[a-z_]+(?:\{[a-z]+="[^"\\]*"(?:,[a-z]+="[^"\\]*")*\})?) (-?[0-9.]+)', line)
            expect(pair and pair.group(1) not in found, f"the counts have the line {line!r}")
            found[pair.group(1)] = float(pair.group(2))
        return found


def answers(counts):
    return {name: n for name, n in counts.items() if name.startswith("lykta_answers_total")}


def configure(city, watch):
    with open(city.folder / "lykta.conf", "r+", encoding="utf-8") as conf:
        text = conf.read()
        for old, new in [("form = words", "form = json"), ("slow = 1000", "slow = 1"), ("socket =", f"socket = {watch}")]:
            expect(old in text, f"lykta.conf has no line '{old}'")
            text = text.replace(old, new, 1)
        conf.seek(0)
        conf.write(text)


def report_is_not_counted(city, watcher):
    before = answers(watcher.counts())
    guest = Guest(city.port)
    code = report(guest, report_form(guest))
    guest.close()
    expect(answers(watcher.counts()) == before, "a count tells when a report came")
    return code


def a_guest(city):
    guest = Guest(city.port)
    guest.sign_up(GUEST)
    for path in [f"/personer/{GUEST}", f"/?q={GUEST}", f"/{GUEST}"]:
        guest.ask("GET", path)
    guest.post("/seminarier/1/anmal", {"token": "none", "email": GUEST, "name": NAME})
    guest.ask("POST", "/logga-in", {"token": guest.form("/logga-in", "/logga-in"), "email": GUEST, "password": "fel-losenord-exempel"})
    guest.close()


def an_editor(city, cookie):
    editor = Visitor(city.port, cookie)
    token = editor.form("/plan/ny", "/plan/ny")
    expect(editor.post("/plan/ny", {"token": token, "goal": "detect", "title": TITLE, "owner": "0"}) == 303, "a measure was not taken")
    editor.close()


def faults(city):
    """What is told of a report and a sign-up that fail in different places."""
    for n in range(10, 200, 10):
        if city.process.poll() is not None:
            city.forget()
            city.start()
        guest = Guest(city.port)
        forms = [("/iakttagelse", report_form(guest)), ("/seminarier/1/anmal", guest.sign_up_fields(GUEST))]
        guest.close()
        for path, fields in forms:
            city.plan.arm(MEMORY, n, NO_MEMORY)
            guest = Guest(city.port)
            try:
                guest.post(path, fields)
            except (OSError, http.client.HTTPException):
                with contextlib.suppress(subprocess.TimeoutExpired):
                    city.process.wait(1)  # its connections are closed a moment before it has ended
            finally:
                city.plan.disarm()
                guest.close()


def read_log(city):
    """The lines by event. The program's last words before it ends are no event, and begin with its name."""
    events = {}
    with open(city.log.name, encoding="utf-8") as log:
        for line in log:
            if line.startswith("lykta: "):
                continue
            try:
                pairs = json.loads(line)
            except ValueError as fault:
                raise Fault(f"the log has the line {line!r}") from fault
            expect(set(pairs) <= KEYS, f"the log has the line {line!r}")
            events[pairs["event"]] = events.get(pairs["event"], 0) + 1
    return events


def day(lykta):
    with opened(lykta, 30) as (city, _):
        watch = city.folder.parent / "watch.sock"
        configure(city, watch)
        city.plan = Plan(city.folder.parent, library_of(lykta))
        make_ready_for_reports(city)
        watcher = Watcher(watch)
        expect(watcher.ask("/health") == (200, "ok\n") and watcher.ask("/ready") == (200, "ready\n"), "a served city is not ready")
        cookie = coordinator(city)
        code = report_is_not_counted(city, watcher)
        a_guest(city)
        an_editor(city, cookie)
        wait_for("the mail server to be missed", lambda: watcher.counts()["lykta_mail_server_down_seconds"] > 0)
        counts = watcher.counts()
        expect(counts['lykta_answers_total{kind="portal_form",status="3xx"}'] >= 1, "the measure is not counted")
        expect(counts['lykta_letters{state="waiting"}'] >= 1, "the letter that waits is not counted")
        watcher.close()
        faults(city)
        events = read_log(city)
        expect({"request", "slow", "fault"} <= set(events), f"the log has {events}")
        secrets = [GUEST, NAME, TITLE, SECRET, PASSPHRASE, city.password, cookie.split("=", 1)[1], code, code.replace(" ", ""), "fel-losenord-exempel",
                   "Hotell Exempel", "127.0.0.1", "iakttagelse", *city.accounts.values()]
        with open(city.log.name, encoding="utf-8") as log:
            text = log.read() + json.dumps(counts)
        told = [secret for secret in secrets if secret in text]
        expect(not told, f"the log or the counts tell {told}")
        return [{"lines": sum(events.values()), "faults": events["fault"], "counts": len(counts), "secrets": len(secrets), "told": 0}]
