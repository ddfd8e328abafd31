#!/usr/bin/env python3
"""Measures a city in a PostgreSQL server beside the same city in its file: ./tests/bench/engines_bench.py [--quick]

The example city, with more people, organisations and seminars, is copied with `lykta copy`; both are served, and are asked in turns, so that they meet
the same load. The server, the program and who asks share one machine: what a request costs its processor, in the program and in the server, is told beside
how many are answered. Results go to docs/measurements/engines.json and engines.md.
"""
import contextlib
import http.client
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:1] = [str(ROOT / "tests"), str(ROOT / "tests/fault")]

from bench.processes import family
from city import first_line, opened
from hour import COORDINATOR, READERS, grow
from visitor import Visitor, coordinator
from with_postgres import Server

LYKTA = ROOT / "build/src/lykta"
OUT = ROOT / "docs/measurements"
QUICK = "--quick" in sys.argv
SIZE = {"members": 300, "seminars": 60}
TURNS, SECONDS = (1, 1) if QUICK else (3, 1)
CLIENTS = (1, 16)
CONTACTS = 500 if QUICK else 10000


def processor_s(roots):
    """Processor time of processes that are there, and of all that they have started."""
    ticks = 0
    for pid in (pid for root in roots for pid in family(root)):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(") ", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


class Served:
    """One of the two, and where it answers; `more` are processes that work for it."""

    def __init__(self, folder, more=()):
        self.process = subprocess.Popen([LYKTA, "serve", folder, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = int(re.search(r":(\d+)/", first_line(self.process)).group(1))
        self.roots = [self.process.pid, *more]

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


def wrk(side, path, cookie, clients):
    header = ["-H", f"Cookie: {cookie}"] if cookie else []
    before = processor_s(side.roots)
    out = subprocess.run(["wrk", "-t1", f"-c{clients}", f"-d{SECONDS}s", "--latency", *header, f"http://127.0.0.1:{side.port}{path}"], capture_output=True,
                         text=True, check=True).stdout
    used = processor_s(side.roots) - before
    if "Non-2xx" in out or "Socket errors" in out:
        raise SystemExit(out)
    unit = {"us": 0.001, "ms": 1, "s": 1000}
    found = {f"p{p}_ms": re.search(rf"{p}%\s+([\d.]+)(us|ms|s)", out).groups() for p in (50, 99)}
    return {"requests_s": float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)), "cpu_us": 1e6 * used / int(re.search(r"(\d+) requests in", out).group(1))} | {
        k: float(value) * unit[u] for k, (value, u) in found.items()}


def check_alike(sides, path, cookie):
    """Both answer with the same page, but for the marks of its forms."""
    pages = []
    for side in sides:
        visitor = Visitor(side.port, cookie)
        pages.append(re.sub(r'name="(token|stamp)" value="[^"]+"', "", visitor.get(path)))
        visitor.close()
    if pages[0] != pages[1]:
        raise SystemExit(f"{path} is not the same on both")


def read(sides, path, cookie, clients):
    """The middle of each figure, and the share that the server's city reaches of the file's."""
    rows = [[wrk(side, path, cookie, clients) for side in sides] for _ in range(TURNS)]
    file, server = ({k: statistics.median(row[i][k] for row in rows) for k in rows[0][i]} for i in range(2))
    return {"path": path, "who": "coordinator" if cookie else "reader", "clients": clients, "file": file, "server": server,
            "share": server["requests_s"] / file["requests_s"], "cpu_share": file["cpu_us"] / server["cpu_us"]}


def as_used(pages):
    """The share of a hundred requests as tests/fault/hour.py draws them, by what they cost the processor."""
    weights = READERS | COORDINATOR
    cost = {side: sum(weights[r["path"]] * r[side]["cpu_us"] for r in pages if r["clients"] == CLIENTS[-1]) for side in ("file", "server")}
    return cost["file"] / cost["server"]


def contact_list(n):
    return "Organisation;Organisationsnummer;Verksamhet;Namn;Roll;E-post\n" + "".join(
        f"Förening {i // 2};;hotell;Kim Exempel;;kim{i}@lista.exempel.se\n" for i in range(n))


def sent(port, cookie, path, kind, body):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    start = time.perf_counter()
    connection.request("POST", path, body.encode(), {"Content-Type": kind, "Sec-Fetch-Site": "same-origin", "Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 303:
        raise SystemExit(f"POST {path} was answered {answer.status}")
    return time.perf_counter() - start, answer.headers["Location"]


def brought_in(side, cookie):
    """A list of contacts: read with what becomes of each row, then added."""
    visitor = Visitor(side.port, cookie)
    token = visitor.form("/natverket/import", "/natverket/import")
    parts = [f'name="token"\r\n\r\n{token}', 'name="actor"\r\n\r\n', f'name="file"; filename="lista.csv"\r\nContent-Type: text/csv\r\n\r\n{contact_list(CONTACTS)}']
    body = "".join(f"--del\r\nContent-Disposition: form-data; {part}\r\n" for part in parts) + "--del--\r\n"
    read_s, path = sent(side.port, cookie, "/natverket/import", "multipart/form-data; boundary=del", body)
    page = visitor.get(path)
    token = re.search(r'name="token" value="([^"]+)"', page[page.index(f'action="{path}"'):]).group(1)
    version = re.search(r'name="version" value="(\d+)"', page).group(1)
    added_s, where = sent(side.port, cookie, path, "application/x-www-form-urlencoded", f"token={token}&version={version}&decision=yes")
    visitor.close()
    if f"personer={CONTACTS}" not in where:
        raise SystemExit(f"not all were added: {where}")
    return {"read_s": read_s, "added_s": added_s, "all_s": read_s + added_s}


def copied(folder, options):
    start = time.perf_counter()
    subprocess.run([LYKTA, "copy", folder, *options], check=True, capture_output=True)
    return time.perf_counter() - start


def measure(server):
    keeper = int(pathlib.Path(f"{server.data}/postmaster.pid").read_text(encoding="ascii").split()[0])
    with opened(LYKTA, 40) as (city, _):
        grow(city, SIZE)
        city.start()
        cookie = coordinator(city)
        city.stop()
        other = city.folder.parent / "other"
        shutil.copytree(city.folder, other)
        copied_s = copied(other, ["--db", server.address + "#engines"])
        with contextlib.closing(Served(city.folder)) as file, contextlib.closing(Served(other, [keeper])) as beside:
            sides, pages = (file, beside), []
            for path, who in [*((p, None) for p in READERS), *((p, cookie) for p in COORDINATOR)]:
                check_alike(sides, path, who)
                pages += [read(sides, path, who, clients) for clients in CLIENTS]
            contacts = [brought_in(side, cookie) for side in sides]
        return {"pages": pages, "as_used_cpu_share": as_used(pages), "copy_s": copied_s,
                "contacts": {"rows": CONTACTS, "file": contacts[0], "server": contacts[1], "ratio": contacts[1]["all_s"] / contacts[0]["all_s"]}}


def markdown(result):
    lines = ["# A city in a PostgreSQL server, beside the same in its file", "",
             f"Made by `tests/bench/engines_bench.py` on {result['date']}: {result['cpu']}, {result['cores']} cores, PostgreSQL 15 on the same machine, {result['turns']} turns, medians. The load of "
             f"everything on the machine was {result['load_before']:.1f} before and {result['load_after']:.1f} after: well above the number of cores it makes waiting times say little, and what a request cost the "
             "processor, in the program and in the server together, is the figure to compare. Shares are of the file's city: 1 is as good, 0.5 is half.", "",
             "| page | who | at once | file: requests/s | p50, ms | p99, ms | CPU, µs | server: requests/s | p50, ms | p99, ms | CPU, µs | share of requests/s | share by CPU |",
             "|---|---|---|---|---|---|---|---|---|---|---|---|---|"]
    for r in result["pages"]:
        cells = [f"{side['requests_s']:.0f} | {side['p50_ms']:.2f} | {side['p99_ms']:.1f} | {side['cpu_us']:.0f}" for side in (r["file"], r["server"])]
        lines.append(f"| {r['path']} | {r['who']} | {r['clients']} | {' | '.join(cells)} | {r['share']:.2f} | {r['cpu_share']:.2f} |")
    c = result["contacts"]
    return "\n".join(lines + ["", f"- A hundred requests as `tests/fault/hour.py` draws them, by CPU: {result['as_used_cpu_share']:.2f}; wanted: 0.5.",
                              f"- A contact list of {c['rows']} rows: {c['server']['read_s']:.1f} s to read it with what becomes of each row and {c['server']['added_s']:.1f} s to add them in the server's city, "
                              f"{c['file']['read_s']:.1f} and {c['file']['added_s']:.1f} s in the file's: {c['ratio']:.1f} times as long; wanted: at most 3 times, and 5 s.",
                              f"- `lykta copy` of the city to the server: {result['copy_s']:.1f} s."]) + "\n"


def main():
    subprocess.run([ROOT / ".ci/need", "wrk"], check=True)
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8") if line.startswith("model name")), "?")
    result = {"date": time.strftime("%Y-%m-%d"), "cpu": cpu, "cores": os.cpu_count(), "turns": TURNS, "load_before": os.getloadavg()[0]}
    with Server() as server:
        result |= measure(server)
    result["load_after"] = os.getloadavg()[0]
    if not QUICK:
        (OUT / "engines.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
        (OUT / "engines.md").write_text(markdown(result), encoding="utf-8")
    print(markdown(result))


if __name__ == "__main__":
    main()
