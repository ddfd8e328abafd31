"""A city that has grown large is used at a constant rate: how long everyone waits, and whether the program grows.

The rate is kept whatever the answers take: each request has its moment beforehand, and its wait is counted from that moment on, so that one slow
answer is seen in all that had to wait behind it (an open loop, without coordinated omission).
"""
import contextlib
import http.client
import itertools
import os
import pathlib
import random
import shutil
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from bench.processes import held_mb, written_mb
from city import Guest, expect, free_port, opened
from visitor import Visitor, coordinator, make_ready_for_reports, report, report_form, unlocked_recipient

CLIENTS = 32
RUSH_S = 20  # at first all ask at once, so that every worker there may be is opened and has filled what it keeps
RUSH_RATE = 10000  # more than can be answered: nobody waits between two requests
FRACTIONS = {"p50_ms": 0.5, "p99_ms": 0.99, "p999_ms": 0.999}
MOST_GROWTH_MB = 1
SETTLED = 0.25  # of the time: after it the program has taken what memory it needs

# Of a hundred requests; who asks, and for what.
READERS = {"/": 14, "/hjalp": 6, "/arbetet": 5, "/siffrorna": 5, "/kartlaggning": 10, "/tecken/hotell": 8, "/seminarier": 6, "/seminarier/1": 6,
           "/seminarier/1/anmal": 4, "/artiklar": 4, "/iakttagelse": 8, "/handlingsplan": 4}
COORDINATOR = {"/plan": 5, "/natverket": 4, "/arbete/seminarier": 4, "/arbete/utskick": 2}
RECIPIENT = {"/bedomning": 1}
WRITES = {"a report": 2, "a sign-up": 2}


class Answers:
    """What was asked for, how long it took, and what went wrong."""

    def __init__(self):
        self.lock, self.took, self.faults = threading.Lock(), {}, []

    def note(self, what, seconds):
        with self.lock:
            self.took.setdefault(what, []).append(seconds)

    def fault(self, what):
        with self.lock:
            self.faults.append(what)

    def rows(self, who):
        for what, took in sorted(self.took.items()):
            took.sort()
            yield {"who": who, "what": what, "asked": len(took)} | {
                name: round(1000 * took[min(len(took) - 1, int(fraction * len(took)))], 1) for name, fraction in FRACTIONS.items()}


def at_rate(rate, seconds, draw, act, answers):
    """act(client, what) for what draw() gives, `rate` times a second. A client is free again when it has been answered."""
    due, lock, began = itertools.count(), threading.Lock(), time.monotonic() + 0.2

    def client(number):
        with contextlib.closing(act(number)) as one:
            while True:
                with lock:
                    i = next(due)
                    what = draw()
                at = began + i / rate
                if at > began + seconds:
                    return
                time.sleep(max(0.0, at - time.monotonic()))
                try:
                    one.do(what)
                    answers.note(what, time.monotonic() - at)
                except Exception as fault:  # pylint: disable=broad-exception-caught
                    answers.fault(f"{what}: {fault!r}")

    threads = [threading.Thread(target=client, args=(n,)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class Everyone:
    """Readers, a coordinator, a recipient, guests and people who tell, on connections that are kept open, as browsers do."""

    def __init__(self, number, port, coordinator_cookie, recipient_cookie):
        self.number, self.signed_up = number, 0
        self.reader, self.coordinator, self.recipient = Guest(port), Visitor(port, coordinator_cookie), Visitor(port, recipient_cookie)

    def do(self, what):
        """A connection that nobody has used for a while has been closed, and is opened again."""
        try:
            self.ask(what)
        except (http.client.RemoteDisconnected, ConnectionError):
            self.close()
            self.ask(what)

    def ask(self, what):
        if what == "a report":
            report(self.reader, report_form(self.reader))
        elif what == "a sign-up":
            self.signed_up += 1
            self.reader.sign_up(f"gast{self.number}-{self.signed_up}@exempel.se")
        elif what in COORDINATOR:
            self.coordinator.get(what)
        elif what in RECIPIENT:
            self.recipient.get(what)
        else:
            self.reader.get(what)

    def close(self):
        self.reader.close()
        self.coordinator.close()
        self.recipient.close()


class Bytes:
    """The start page's bytes from a server of static files."""

    def __init__(self, port):
        self.reader = Guest(port)

    def do(self, _what):
        self.reader.get("/index.html")

    def close(self):
        self.reader.close()


def drawing(weights):
    names, numbers = list(weights), list(weights.values())
    chance = random.Random(1)
    return lambda: chance.choices(names, numbers)[0]


def grow(city, size):
    """People, organisations, seminars with guests: invented, and marked as examples. The clock is the moment's own."""
    now = int(time.time())
    numbers = f"with recursive n (i) as (select 1 union all select i + 1 from n where i < {size['members']})"
    city.database.change(f"""
        insert into person (email, name, language, state, made_at, signed_in_at, version)
            {numbers} select 'person' || i || '@exempel.se', 'Person ' || i || ' Exempel', 'sv', 'active', {now}, {now}, 1 from n;
        insert into person_role (person, role) select id, 'member' from person where email like 'person%@exempel.se';
        insert into organisation (name, folded, actor, state, since_at)
            {numbers} select 'Exempel ' || i || ' AB', 'exempel ' || i || ' ab', 'hotel', 'member', {now} from n;
        insert into contact (organisation, place, name, folded, email, since_at, seen_at, left_at)
            select id, 'first', 'Kim Exempel', 'kim exempel', 'kontakt' || id || '@exempel.se', {now}, {now}, null
            from organisation where name like 'Exempel %';
        insert into seminar (uid, state, title, about, speakers, place, access, held_on, from_minute, to_minute, seats, last_day, made_at, changed_at)
            with recursive n (i) as (select 1 union all select i + 1 from n where i < {size['seminars']})
            select 'grown' || i, 'open', 'Frukostseminarium ' || i, '', 'Kim Exempel', 'Stadshuset', '',
                   date('now', (i % 300 - 200) || ' days'), 510, 630, 40, date('now', (i % 300 - 200) || ' days'), {now}, {now} from n;""")


def copy_reports(city, reports):
    """As many as asked for, each with the sealed bytes and keys of the one that has been told: what is stored and listed is of full size."""
    numbers = f"with recursive n (i) as (select 1 union all select i + 1 from n where i < {reports})"
    city.database.change(f"""
        attach '{city.folder}/sealed.db' as keys;
        create temporary table copy as {numbers} select i, randomblob(16) as seal, randomblob(32) as once from n;
        insert into observation (seal, once, channel, received_on, lane, state, is_withdrawn, is_counted)
            select c.seal, c.once, o.channel, o.received_on, o.lane, o.state, 0, 0 from copy c, (select * from observation limit 1) o;
        insert into register_entry (year, number, observation, received_on, sender, decision)
            select e.year, 1000 + o.id, o.id, e.received_on, e.sender, e.decision
            from observation o, (select * from register_entry limit 1) e where o.id not in (select observation from register_entry);
        insert into sealed_text (seal, field, generation, box)
            select c.seal, t.field, t.generation, t.box from copy c, (select * from sealed_text where seal = (select min(seal) from sealed_text)) t;
        insert into keys.key_copy (seal, generation, holder, bytes)
            select c.seal, k.generation, k.holder, k.bytes from copy c, (select * from keys.key_copy where seal = (select min(seal) from keys.key_copy)) k;
        insert into keys.reporter (seal, lookup, public_key, wrap)
            select c.seal, randomblob(16), r.public_key, r.wrap from copy c, (select * from keys.reporter limit 1) r;""")


class Memory:
    """Looked at each second while others ask."""

    def __init__(self, pid):
        self.pid, self.over, self.seen = pid, threading.Event(), []
        self.thread = threading.Thread(target=self.look)
        self.thread.start()

    def look(self):
        while not self.over.wait(1):
            self.seen.append((held_mb(self.pid), written_mb(self.pid)))

    def by_minute(self):
        """The highest that had been written in each minute, MB"""
        written = [mb for _, mb in self.seen]
        return [round(max(written[i:i + 60]), 1) for i in range(0, len(written), 60)]

    def end(self):
        """The highest that was held, and what had been written of it: the highest in the time until it has settled, and after it. MB"""
        self.over.set()
        self.thread.join()
        held, written = zip(*self.seen)
        settled = max(1, int(SETTLED * len(written)))
        return max(held), max(written[:settled]), max(written[settled:] or written)


NGINX = """{user} daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;
events {{ }}
http {{ access_log off; client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; root {folder}; }} }}
"""


def static_bytes(city, rate, seconds):
    """The same bytes from nginx, asked for as often: what the machine and this client can do."""
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    expect(pathlib.Path(nginx).exists(), "nginx is missing: install nginx-light")
    folder, port = city.folder.parent / "nginx", free_port()
    folder.mkdir()
    (folder / "index.html").write_text(Guest(city.port).get("/"), encoding="utf-8")
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, user="user root;" if os.getuid() == 0 else ""), encoding="ascii")
    process = subprocess.Popen([nginx, "-c", folder / "nginx.conf", "-e", folder / "error.log"])
    answers = Answers()
    try:
        time.sleep(1)
        at_rate(rate, seconds, lambda: "the start page's bytes", lambda _n: Bytes(port), answers)
    finally:
        process.terminate()
        process.wait()
    expect(not answers.faults, f"nginx: {answers.faults[:3]}")
    return list(answers.rows("nginx"))


def hour(lykta, size, rate, seconds, is_measured):
    with opened(lykta, 40) as (city, post):
        post.start()
        make_ready_for_reports(city)
        teller = Guest(city.port)
        report(teller, report_form(teller))
        teller.close()
        city.kill()
        grow(city, size)
        copy_reports(city, size["reports"])
        city.start()
        cookies, answers = (coordinator(city), unlocked_recipient(city)), Answers()
        told = city.number("select count(*) from observation")
        mix, rushed = READERS | COORDINATOR | RECIPIENT | WRITES, Answers()
        at_rate(RUSH_RATE, RUSH_S if is_measured else 1, drawing(mix), lambda n: Everyone(CLIENTS + n, city.port, *cookies), rushed)
        expect(not rushed.faults, f"{len(rushed.faults)} requests of the rush went wrong: {rushed.faults[:3]}")
        memory = Memory(city.process.pid)
        at_rate(rate, seconds, drawing(mix), lambda n: Everyone(n, city.port, *cookies), answers)
        held_most_mb, first_mb, then_mb = memory.end()
        expect(not answers.faults, f"{len(answers.faults)} requests went wrong: {answers.faults[:3]}")
        rows = list(answers.rows("lykta"))
        new = sum(row["asked"] for row in rows if row["what"] == "a report")
        expect(city.number("select count(*) from observation") >= told + new, "a report that was acknowledged is not there")
        if is_measured:
            expect(then_mb - first_mb <= MOST_GROWTH_MB, f"the program grew from {first_mb:.1f} to {then_mb:.1f} MB")
            rows += static_bytes(city, rate, min(seconds, 60))
        return {"size": size, "rate": rate, "seconds": seconds, "memory_mb": round(held_most_mb, 1), "written_mb": round(first_mb, 1),
                "growth_mb": round(then_mb - first_mb, 1), "written_by_minute_mb": memory.by_minute(), "waits": rows}
