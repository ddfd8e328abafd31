"""Slow clients of a program made for it (slowhttptest), and a visitor who reads pages meanwhile."""
import csv
import resource
import shutil
import subprocess
import time

from city import Guest, expect, opened

PAGES = ["/", "/kartlaggning", "/seminarier", "/iakttagelse"]
PAUSE_S = 0.05
MOST_WAIT_S = 20  # as in crowd.py
PROBE_S = 5  # slowhttptest asks for a page itself, and waits so long
SETTLE_S = 3  # until they are all there

# How it is called; the usual attacks of its manual, as hard as the program's own limits allow.
KINDS = {"nobody": None,
         "heads that do not end (slowloris)": ["-H", "-i", "10", "-x", "24"],
         "forms that come slowly (slow body)": ["-B", "-i", "10", "-s", "8192", "-x", "10", "-path", "/iakttagelse"],
         "answers that are read slowly (slow read)": ["-X", "-w", "10", "-y", "20", "-n", "5", "-z", "32", "-k", "3", "-path", "/kartlaggning"]}


def command(options, port, connections, seconds, table):
    program, path = shutil.which("slowhttptest"), "/"
    expect(program, "slowhttptest is missing: install slowhttptest")
    if "-path" in options:
        at = options.index("-path")
        path, options = options[at + 1], options[:at] + options[at + 2:]
    return [program, *options, "-c", str(connections), "-r", str(connections // 2), "-l", str(seconds), "-p", str(PROBE_S), "-g", "-o", str(table),
            "-u", f"http://127.0.0.1:{port}{path}"]


class SlowClients:
    """As many as are told, for so long; nobody when there are no options."""

    def __init__(self, options, port, connections, seconds, folder):
        self.table, self.process = folder / "slow", None
        if options is not None:
            self.process = subprocess.Popen(command(options, port, connections, seconds, self.table), stdout=subprocess.DEVNULL)
            time.sleep(SETTLE_S)

    def end(self):
        """(connections that were held at once, at most; seconds in which the program itself was not answered)"""
        if not self.process:
            return 0, 0
        expect(self.process.wait() == 0, "slowhttptest ended with a fault")
        with open(f"{self.table}.csv", encoding="ascii") as table:
            rows = list(csv.DictReader(table))
        return max(int(row["Connected"]) for row in rows), sum(row["Service Available"] == "0" for row in rows)


def read_pages(city, seconds):
    """How long each page took, in seconds, and how many were not answered; each on a connection of its own."""
    took, failed, end = [], 0, time.monotonic() + seconds
    while time.monotonic() < end:
        guest, began = Guest(city.port), time.monotonic()
        try:
            guest.get(PAGES[len(took) % len(PAGES)])
            took.append(time.monotonic() - began)
        except OSError:
            failed += 1
        finally:
            guest.close()
        time.sleep(PAUSE_S)
    return sorted(took), failed


def stand(city, who, connections, seconds):
    clients = SlowClients(KINDS[who], city.port, connections, seconds + SETTLE_S, city.folder.parent)
    took, failed = read_pages(city, seconds)
    held, unanswered = clients.end()
    expect(took and max(took) < MOST_WAIT_S and failed == 0, f"{who}: {failed} pages were not answered, the slowest took {max(took, default=0):.1f} s")
    expect(KINDS[who] is None or held > 0, f"{who}: no connection was held")
    return {"who": who, "connections": connections if KINDS[who] else 0, "held": held, "unanswered_s": unanswered, "pages": len(took), "failed": failed,
            "p50_ms": round(1000 * took[len(took) // 2], 1), "p99_ms": round(1000 * took[int(0.99 * len(took))], 1), "longest_ms": round(1000 * took[-1], 1)}


def slow(lykta, connections, seconds):
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with opened(lykta, 30) as (city, _):
        city.start()
        rows = [stand(city, who, connections, seconds) for who in KINDS]
        city.verify()
        return rows
