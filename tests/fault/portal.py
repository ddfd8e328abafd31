"""One page of a portal from three servers on the same machine, in one run: the list of seminars from the program, the same page made of the same database
by Django, and its bytes as a file from nginx."""
import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from bench.processes import family
from city import Guest, expect, free_port, opened, wait_for
from hour import NGINX, Answers, at_rate, grow

HERE = pathlib.Path(__file__).resolve().parent
PATH = "/seminarier"
WORKERS = 2
TICKS = os.sysconf("SC_CLK_TCK")
CARDS = """<div class="grid">
{% for s in seminars %}<article class="card"><h2><a href="/seminarier/{{ s.id }}">{{ s.title }}</a></h2>
<p>{{ s.when }}<br>{{ s.place }}</p>
{% if s.left is not None %}<p><span class="b">{{ s.left }} platser kvar</span></p>
{% endif %}</article>
{% endfor %}</div>"""


class Reader:
    def __init__(self, port):
        self.guest = Guest(port)

    def do(self, what):
        self.guest.get(what)

    def close(self):
        self.guest.close()


def processor_s(pid):
    """Of a process and all that it has started."""
    used = 0
    for one in family(pid):
        with contextlib.suppress(FileNotFoundError):
            fields = pathlib.Path(f"/proc/{one}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            used += int(fields[11]) + int(fields[12])
    return used / TICKS


def is_answered(port, path):
    try:
        Guest(port).get(path)
        return True
    except OSError:
        return False


def as_fast_as_it_can(port, path, seconds):
    done = subprocess.run(["wrk", "-t", "1", "-c", "4", "-d", f"{seconds}s", f"http://127.0.0.1:{port}{path}"], check=True, capture_output=True, text=True).stdout
    expect("Non-2xx" not in done and "Socket errors" not in done, f"wrk: {done}")
    return float(re.search(r"Requests/sec:\s+([0-9.]+)", done).group(1))


def measure(who, port, path, pid, rate, seconds):
    answers, before = Answers(), processor_s(pid)
    at_rate(rate, seconds, lambda: path, lambda _n: Reader(port), answers)
    used = processor_s(pid) - before
    expect(not answers.faults, f"{who}: {answers.faults[:3]}")
    row = next(iter(answers.rows(who)))
    return row | {"processor_ms": round(1000 * used / row["asked"], 3), "at_most_s": round(as_fast_as_it_can(port, path, max(2, seconds // 3)))}


@contextlib.contextmanager
def django(city, page):
    """Its template is the program's page, whose list is made anew for each reader."""
    template, port = city.folder.parent / "portal.html", free_port()
    template.write_text(re.sub(r'<div class="grid">.*?</article>\n</div>', lambda _: CARDS, page, flags=re.S), encoding="utf-8")
    environment = {**os.environ, "PORTAL_DATABASE": str(city.folder / "lykta.db"), "PORTAL_PAGE": str(template), "PYTHONPATH": str(HERE)}
    process = subprocess.Popen(["/usr/bin/gunicorn", "--workers", str(WORKERS), "--threads", "4", "--keep-alive", "60", "--log-level", "error", "--bind", f"127.0.0.1:{port}",
                                "portal_django:application"], env=environment, cwd=city.folder.parent)
    try:
        wait_for("Django", lambda: is_answered(port, PATH), 60)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def nginx(city, page):
    folder, port = city.folder.parent / "nginx", free_port()
    folder.mkdir()
    (folder / "index.html").write_text(page, encoding="utf-8")
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, user="user root;" if os.getuid() == 0 else ""), encoding="ascii")
    process = subprocess.Popen([shutil.which("nginx") or "/usr/sbin/nginx", "-c", folder / "nginx.conf", "-e", folder / "error.log"])
    try:
        wait_for("nginx", lambda: is_answered(port, "/index.html"), 60)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def portal(lykta, rate, seconds):
    for program in ("wrk", "gunicorn", "nginx"):
        expect(shutil.which(program) or pathlib.Path(f"/usr/sbin/{program}").exists(), f"{program} is missing: install wrk, gunicorn, python3-django and nginx-light")
    with opened(lykta, 40) as (city, _):
        grow(city, {"members": 50, "seminars": 200})
        city.database.change("update seminar set held_on = date(held_on, '+20 days'), last_day = date(last_day, '+20 days') where uid like 'grown%';"
                             "delete from seminar where held_on <= date('now')")  # a day that has come has no seats to show
        city.start()
        page = Guest(city.port).get(PATH)
        rows = [measure("lykta", city.port, PATH, city.process.pid, rate, seconds)]
        with django(city, page) as (port, pid):
            theirs = Guest(port).get(PATH)
            expect(theirs == page, "Django's page is another one than the program's")
            rows.append(measure("Django", port, PATH, pid, rate, seconds))
        with nginx(city, page) as (port, pid):
            rows.append(measure("nginx, a file", port, "/index.html", pid, rate, seconds))
        return [{"rate": rate, "seconds": seconds, "bytes": len(page.encode()), "seminars": page.count('class="card"'), "workers": WORKERS, "servers": rows}]
