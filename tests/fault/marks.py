"""A day of a city whose people tell, follow up and assess with marks in their words; then every place where a mark could have stayed is searched:
the city's folder, the log, letters, temporary files, the memory of every process, core files, backups shut and opened, a browser's profile.

The day has six parts, and the clock is put on between them, so that the night's work is done in the night. In each part everybody signs in anew.
"""
import contextlib
import datetime
import json
import os
import pathlib
import random
import re
import signal
import subprocess
import time
import zoneinfo

from city import Guest, expect, opened, wait_for
from parts import processes
from search import Marks, Search
from visitor import PASSPHRASE, Visitor, make_ready_for_reports, receipt_code, report_form, unlocked_recipient

BROWSER = pathlib.Path(__file__).with_name("browser.mjs")
TEMPORARY = [pathlib.Path(folder) for folder in ("/tmp", "/var/tmp", "/dev/shm")]
TOKEN = r'name="token" value="([^"]+)"'
HOURS = {"morning": 8, "noon": 12, "afternoon": 15, "evening": 20, "night": 27, "next_morning": 32}
STOCKHOLM = zoneinfo.ZoneInfo("Europe/Stockholm")


class Teller:
    """One who tells, is asked to leave out a telephone number, and comes back with the code."""

    def __init__(self, city, marks):
        self.city, self.marks = city, marks
        with contextlib.closing(Guest(city.port)) as guest:
            fields = report_form(guest)
            self.send(guest, "/iakttagelse", {**fields, "text": f"Ring {marks.new()} på 070-174 06 05."}, 422)
            self.code = receipt_code(self.send(guest, "/iakttagelse", {**fields, "text": marks.words()}))
        expect(self.code, "a report has no code")
        marks.also(self.code)

    @staticmethod
    def send(guest, path, fields, status=200):
        answer, page = guest.ask("POST", path, fields)
        expect(answer.status == status, f"{path} was answered {answer.status}")
        return page

    def answer(self):
        """Reads the question and answers it."""
        with contextlib.closing(Guest(self.city.port)) as guest:
            token = guest.form("/uppfoljning", "/uppfoljning")
            page = self.send(guest, "/uppfoljning", {"token": token, "kod": self.code})
            expect(self.marks.begin in page, "the question has not come to who told")
            token = re.search(TOKEN, page[page.index("<h1>"):]).group(1)
            page = self.send(guest, "/uppfoljning", {"token": token, "kod": self.code, "steg": "skriv", "text": self.marks.words()})
            expect(self.marks.given[-1] in page, "the answer was not taken")


def be_curious(city, marks):
    """Puts words where none are asked for."""
    with contextlib.closing(Guest(city.port)) as guest:
        for path in ["/?q=", "/", "/uppfoljning?kod=", "/iakttagelse/"]:
            guest.ask("GET", path + marks.new())
        heads = {"User-Agent": "", "Referer": "https://exempel.se/", "Cookie": "a=", "X-Forwarded-For": ""}
        guest.connection.request("GET", "/iakttagelse", headers={name: value + marks.new() for name, value in heads.items()})
        guest.connection.getresponse().read()


def assess(city, decide):
    """The recipient opens every report that is open, and sends what decide() gives."""
    with contextlib.closing(Visitor(city.port, unlocked_recipient(city))) as visitor:
        for (number,) in city.rows("select id from observation where state <> 'closed' order by id"):
            path = f"/bedomning/{number}"
            page = visitor.get(path)
            token = re.search(rf'action="{path}".*?{TOKEN}', page, re.S).group(1)
            status = visitor.post(path, {"token": token, **decide()})
            expect(status == 303, f"a decision was answered {status}")


def use_browser(city, marks, reports, profile):
    """The same things, by a browser that keeps what browsers keep."""
    asked = {"url": f"http://127.0.0.1:{city.port}", "profile": str(profile), "email": city.accounts["triage"], "password": city.password,
             "passphrase": PASSPHRASE, "reports": [[marks.words() for _ in range(4)] for _ in range(reports)]}
    done = subprocess.run(["node", BROWSER], input=json.dumps(asked), capture_output=True, text=True, check=False)
    expect(done.returncode == 0, f"the browser: {done.stderr}")
    for code in json.loads(done.stdout):
        marks.also(code)


def put_clock(city, hour):
    """On, to that hour of tomorrow as clocks in Sweden go."""
    tomorrow = datetime.date.today() + datetime.timedelta(days=1)
    midnight = datetime.datetime.combine(tomorrow, datetime.time(), STOCKHOLM)
    city.ahead_s = round(midnight.timestamp() + hour * 3600 - time.time())


class Day:
    """What is done in each of its parts, and where it is looked for."""

    def __init__(self, city, tellers, browsers):
        self.city, self.tellers, self.browsers = city, tellers, browsers
        self.folder, self.looked_at = city.folder.parent, time.time()
        self.marks, self.told = Marks(random.SystemRandom()), []
        self.search = Search(self.marks)
        self.profile, self.backups, self.key = self.folder / "profile", self.folder / "backups", self.folder / "backup-key"

    def prepare(self):
        """Backups are made in the night, and whatever ends in a crash may leave a core file."""
        self.search.finds_what_is_there(self.folder)
        self.backups.mkdir()
        subprocess.run([self.city.lykta, "backup", self.city.folder, "--make-key", self.key], check=True, stdout=subprocess.DEVNULL)
        conf = self.city.folder / "lykta.conf"
        conf.write_text(conf.read_text(encoding="utf-8").replace("\nfolder =\n", f"\nfolder = {self.backups}\n", 1), encoding="utf-8")
        self.city.home = self.folder / "home"
        self.city.home.mkdir()
        self.marks.also(PASSPHRASE)
        self.marks.also(self.city.password)
        for share in make_ready_for_reports(self.city):
            self.marks.also(share)
        self.city.stop()

    def morning(self):
        self.told = [Teller(self.city, self.marks) for _ in range(self.tellers)]
        be_curious(self.city, self.marks)

    def noon(self):
        assess(self.city, lambda: {"beslut": "fraga", "skal": self.marks.words(), "meddelande": self.marks.words()})

    def afternoon(self):
        use_browser(self.city, self.marks, self.browsers, self.profile)
        self.search.files("browser", self.profile)

    def evening(self):
        for teller in self.told:
            teller.answer()

    def night(self):
        wait_for("the night's backup", lambda: any(self.backups.glob("lykta-*-03??.lykta")))

    def next_morning(self):
        assess(self.city, lambda: {"beslut": "avsluta", "skal": self.marks.words()})

    def live(self, parts):
        for i, part in enumerate(parts):
            if i > 0:
                self.city.stop()
            put_clock(self.city, HOURS[part])
            self.city.start()
            getattr(self, part)()
            self.look()

    def look(self):
        """When everybody has been answered: the processes and the files of a city that is served."""
        time.sleep(0.2)
        for name, process in processes(self.city.process.pid).items():
            self.search.memory(name, process)
            self.search.open_files("open files", process)
        self.search.files("city", self.city.folder)
        self.search.file("log", pathlib.Path(self.city.log.name))
        self.search.files("letters", self.folder / "post")
        for folder in TEMPORARY:
            self.search.files("temporary", folder, since=self.looked_at)
        self.looked_at = time.time()

    def crash(self):
        """Every process at once, as a fault would end it. Any other program leaves a core file here."""
        home = self.city.home
        subprocess.run(["sh", "-c", "ulimit -c unlimited; kill -ABRT $$"], cwd=home, check=False)
        expect(any(home.iterdir()), "no program leaves a core file on this machine: nothing is proved")
        for core in home.iterdir():
            core.unlink()
        for process in processes(self.city.process.pid).values():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGABRT)
        self.city.forget()
        expect(not any(home.iterdir()), f"a crash left {list(home.iterdir())}")
        self.search.files("city", self.city.folder)

    def open_backup(self):
        self.search.files("backup, shut", self.backups)
        kept = self.folder / "opened"
        subprocess.run([self.city.lykta, "restore", max(self.backups.iterdir()), kept, "--key", self.key], check=True, stdout=subprocess.DEVNULL)
        self.search.files("backup, opened", kept)


def marks(lykta, tellers, browsers, parts=tuple(HOURS)):
    with opened(lykta, 30) as (city, post):
        post.start()
        day = Day(city, tellers, browsers)
        day.prepare()
        day.live(parts)
        day.crash()
        day.open_backup()
        expect(not day.search.found, f"what was told can be read in {day.search.found[:5]}")
        return {"marks": len(day.marks.given), "keys": len(set(day.marks.keys)), "in_browser": browsers, "found": 0,
                 "reports": city.number("select count(*) from observation"), "searched": day.search.rows()}
