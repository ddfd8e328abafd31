"""Many hold connections open and let the program wait, each in a way of their own; others are answered all the same."""
import contextlib
import pathlib
import re
import resource
import socket
import threading
import time

from city import Guest, expect, opened
from visitor import make_ready_for_reports, report, report_form

ROOM = 1024  # connections that are served at once
MOST_WAIT_S = 10
FORM = (b"POST /iakttagelse HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: 5000\r\n\r\n")

# What each sends when it comes, and then every four seconds: the program waits fifteen for a byte.
KINDS = {"say nothing, as one whose cable was pulled out": (b"", b""),
         "send a head a line at a time": (b"GET / HTTP/1.1\r\nHost: x\r\n", b"X-Slow: 1\r\n"),
         "send a form a byte at a time": (FORM, b"a"),
         "ask for page after page and read none": (b"GET /kartlaggning HTTP/1.1\r\nHost: x\r\n\r\n", b"GET /kartlaggning HTTP/1.1\r\nHost: x\r\n\r\n")}


class Crowd:
    def __init__(self, port, n, first, then):
        self.port, self.first, self.then, self.gone, self.over = port, first, then, 0, threading.Event()
        self.held = [self.come() for _ in range(n)]
        self.thread = threading.Thread(target=self.go_on)
        self.thread.start()

    def come(self):
        s = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        s.setblocking(False)
        if self.first:
            s.send(self.first)
        return s

    def has_gone(self, s):
        """Has the program ended it?"""
        try:
            return (self.then and s.send(self.then) == 0) or s.recv(1, socket.MSG_PEEK) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True

    def go_on(self):
        """Who is sent away comes again."""
        while not self.over.wait(4):
            for i, s in enumerate(self.held):
                if self.has_gone(s):
                    s.close()
                    self.gone += 1
                    with contextlib.suppress(OSError):
                        self.held[i] = self.come()

    def leave(self):
        self.over.set()
        self.thread.join()
        for s in self.held:
            s.close()


def memory_mb(pid):
    return round(int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text(encoding="ascii")).group(1)) / 1024)


def visit(city):
    """How long a visitor waits for a page, and how long to send a report."""
    began = time.monotonic()
    guest = Guest(city.port)
    guest.get("/")
    guest.close()
    seen = time.monotonic()
    teller = Guest(city.port)
    report(teller, report_form(teller))
    teller.close()
    return seen - began, time.monotonic() - seen


def stand(city, name, n, seconds):
    first, then = KINDS[name]
    before = city.number("select count(*) from observation")
    crowd = Crowd(city.port, n, first, then)
    try:
        waits, end = [], time.monotonic() + seconds
        while time.monotonic() < end:
            waits.append(visit(city))
        memory = memory_mb(city.process.pid)
    finally:
        crowd.leave()
    pages, reports = ([wait[i] for wait in waits] for i in range(2))
    expect(max(pages + reports) < MOST_WAIT_S, f"somebody waited {max(pages + reports):.1f} s while {n} {name}")
    kept = city.number("select count(*) from observation") - before
    expect(kept == len(waits), f"{len(waits)} reports were acknowledged, and {kept} kept")
    after = max(visit(city))
    expect(after < MOST_WAIT_S, f"a visitor still waited {after:.1f} s when they had gone")
    return {"who": name, "held": n, "visitors": len(waits), "reports_lost": 0, "page_median_ms": round(1000 * sorted(pages)[len(pages) // 2]),
            "page_worst_ms": round(1000 * max(pages)), "report_worst_ms": round(1000 * max(reports)), "sent_away": crowd.gone, "memory_mb": memory}


def crowd(lykta, n, seconds):
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    n = min(n, most - 100)
    expect(n > ROOM, f"{n} connections do not fill the house; raise the limit of open files")
    with opened(lykta, 30) as (city, _):
        make_ready_for_reports(city)
        rows = [stand(city, name, n, seconds) for name in KINDS]
        city.verify()
        return rows
