"""A city of a country that does not exist, through one year: made, worked in over HTTP four times, its mapping published.

The program's clock is set to days of 2025 (libfaketime). What happens is drawn by chance from the city's size; people, organisations and
reports are invented, and every name says so.
"""
import contextlib
import datetime
import os
import pathlib
import random
import re
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "fault"))

from city import FAKETIME, File, expect, first_line, wait_for  # noqa: E402
from forms import Person  # noqa: E402

YEAR = 2025
QUARTERS = [datetime.datetime(YEAR, month, 15, 9) for month in (1, 4, 7, 10)]
PASSPHRASE = "lomu kadel stana beri fonu"
ACTORS = ["hotel", "landlord", "ngo"]
SIGNS = [f"HO{i:02}" for i in range(1, 20)]
LISTS = {"police": 0.25, "social": 0.3, "shelter": 0.2, "health": 0.15}  # a person's chance to be on each


class Town:
    """`people` are its inhabitants, `hidden` how many it would count if all could be seen."""

    def __init__(self, number, at, lykta, post_port):
        self.chance = random.Random(number)
        self.code, self.folder, self.lykta, self.post_port = f"{1000 + number}", at / f"{1000 + number}", lykta, post_port
        self.name = f"Exempelstad {number} (exempel)"
        self.people = int(self.chance.lognormvariate(9.8, 0.9)) + 2500
        self.hidden = 150 + self.people // 100
        self.passwords, self.devices, self.guests, self.reports, self.seconds, self.bytes = {}, {}, 0, 0, {}, []

    def run(self, *words):
        return subprocess.run([self.lykta, *map(str, words)], check=True, capture_output=True, text=True).stdout

    @contextlib.contextmanager
    def timed(self, what):
        start = time.perf_counter()
        yield
        self.seconds[what] = self.seconds.get(what, 0) + time.perf_counter() - start

    def make(self):
        with self.timed("init"):
            self.run("init", self.folder, "--municipality", self.code, "--name", self.name)
        self.run("recovery", self.folder)
        for who, role in (("samordnare", "coordinator"), ("mottagare", "triage")):
            told = self.run("user", "add", self.folder, "--email", f"{who}@exempel.example", "--name", f"Exempel {who}", "--role", role)
            self.passwords[who] = re.search(r"password: (\S+)", told).group(1)
        conf = self.folder / "lykta.conf"
        text = conf.read_text(encoding="utf-8")
        for old, new in [("address =", "address = https://lykta.exempel"), ("tls = required", "tls = none"),
                         ("server =", f"server = smtp://localhost:{self.post_port}"), ("sender =", "sender = natverket@exempel.se")]:
            expect(old in text, f"lykta.conf has no line '{old}'")
            text = text.replace(old, new, 1)
        conf.write_text(text, encoding="utf-8")

    @contextlib.contextmanager
    def served(self, day):
        """The city as it is served on `day`: its port, and its clock."""
        ahead = (day - datetime.datetime.now()).total_seconds()
        environment = {**os.environ, "LD_PRELOAD": FAKETIME, "FAKETIME": f"{ahead:+.0f}", "DONT_FAKE_MONOTONIC": "1"}
        with open(self.folder.parent / f"{self.code}.log", "ab") as log:
            process = subprocess.Popen([self.lykta, "serve", self.folder, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=log,
                                       text=True, env=environment)
            try:
                port = int(re.search(r":(\d+)/", first_line(process)).group(1))
                yield port, lambda: time.time() + ahead
            finally:
                process.terminate()
                process.wait()
                process.stdout.close()

    def sign_in(self, who, port, now):
        person = Person(port, now)
        self.devices[who] = person.sign_in(f"{who}@exempel.example", self.passwords[who], self.devices.get(who))
        return person

    def several(self, mean, least=1):
        """A number about `mean` for a city of middle size, more in a larger one."""
        return max(least, round(self.chance.gammavariate(4, mean * min(4, self.people / 25000 + 0.4) / 4)))

    def quarter(self, number):
        day = QUARTERS[number]
        with self.timed("year"), self.served(day) as (port, now):
            coordinator = self.sign_in("samordnare", port, now)
            if number == 0:
                self.sign_in("mottagare", port, now).fill("/bedomning/mottagare", laslosen=PASSPHRASE)
                coordinator.moved("/natverket/overenskommelse/ny", title="Överenskommelse (exempel)", body="Vi hjälps åt.", months=24,
                                  **{"title-en": "Agreement (example)", "body-en": "We help each other."})
            self.take_members(coordinator, number)
            coordinator.moved("/plan/ny", goal="detect", title=f"Åtgärd {number + 1} (exempel)")
            self.hold_seminar(coordinator, port, now, day)
            for _ in range(self.several(3)):
                self.tell(Person(port, now))
            wait_for("every letter", lambda: self.count("mail_letter where state in ('queued', 'handing')") == 0)
        self.bytes.append(size_of(self.folder))

    def take_members(self, coordinator, quarter):
        for i in range(self.several(3)):
            own = coordinator.moved("/natverket/organisation/ny", name=f"Organisation {quarter + 1}.{i + 1} (exempel)",
                                    actor=self.chance.choice(ACTORS))
            coordinator.moved(own + "/kontakt", name="Kim Exempel", email=f"org{quarter}-{i}@exempel.example")
            coordinator.moved(own + "/paskrift", name="Kim Exempel")

    def hold_seminar(self, coordinator, port, now, day):
        held, last = day + datetime.timedelta(20), day + datetime.timedelta(18)
        fields = {f"{name}-{part}": getattr(at, part) for name, at in (("held_on", held), ("last_day", last)) for part in ("day", "month", "year")}
        work = coordinator.moved("/arbete/seminarier/ny", title="Frukostseminarium (exempel)", place="Stadshuset", seats=40, about="Exempel.",
                                 speakers="Kim Exempel", **{"from": "08.30", "to": "10.00"}, **fields)
        coordinator.moved(work, work + "/oppna")
        sign_up = f"/seminarier/{work.rsplit('/', 1)[1]}/anmal"
        for _ in range(self.several(12)):
            self.guests += 1
            guest = Person(port, now)
            guest.moved(sign_up, name="Kim Exempel", organisation="Hotell Exempel", actor="hotel", email=f"gast{self.guests}@exempel.example")
            guest.close()

    def tell(self, guest):
        token = re.search(r'name="token" value="([^"]+)"', guest.get("/iakttagelse")).group(1)
        fields = {"token": token, "plats": "hotel", "tecken": self.chance.choice(SIGNS), "nar": "idag", "text": "Exempel: ingen har sett detta.",
                  "sett": "1", "steg": "skicka"}
        answer, page = guest.ask("POST", "/iakttagelse", fields)
        expect(answer.status == 200 and '<p class="code">' in page, f"a report was answered {answer.status}")
        self.reports += 1
        guest.close()

    def publish(self):
        """Its histories are drawn from people who do not exist: each is on a list, or not, by itself."""
        histories = {}
        for _ in range(self.hidden):
            seen = tuple(int(self.chance.random() < p) for p in LISTS.values())
            histories[seen] = histories.get(seen, 0) + 1
        table = self.folder.parent / f"{self.code}.csv"
        rows = [",".join(map(str, (*seen, n))) for seen, n in sorted(histories.items()) if any(seen)]
        table.write_text(",".join([*LISTS, "count"]) + "\n" + "\n".join(rows) + "\n", encoding="ascii")
        with self.timed("publish"):
            self.run("publish", self.folder, table, "--period", YEAR, "--title", f"Kartläggning {YEAR} (exempel)", "--title-en",
                     f"Mapping {YEAR} (example)", "--example", "--threads", 1, "--approve")
        self.bytes.append(size_of(self.folder))

    @property
    def release(self):
        return self.folder / "files/releases" / f"{self.code}-{YEAR}"

    @property
    def key(self):
        return (self.folder / "keys/release.pub").read_text(encoding="ascii").strip()

    def count(self, table):
        return File(self.folder / "lykta.db").rows(f"select count(*) from {table}")[0][0]

    def live(self):
        """The whole year."""
        self.make()
        self.bytes.append(size_of(self.folder))
        for number in range(len(QUARTERS)):
            self.quarter(number)
        self.publish()
        return self


def size_of(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
