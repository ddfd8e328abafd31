"""Many cities on one machine, each served by its own processes: how long they take to start, what they hold, and how they answer a hundred readers."""
import concurrent.futures
import http.client
import pathlib
import re
import shutil
import statistics
import subprocess
import time

import processes

ACTIVE = 100  # cities that are read at a time
READINGS = 20  # of each
BACKUPS = 20  # cities that are backed up


def folders_of(lived, n, at):
    """n city folders: those that have lived a year, and copies of them."""
    copies = []
    for i in range(max(0, n - len(lived))):
        copies.append(at / f"copy-{i}")
        shutil.copytree(lived[i % len(lived)], copies[-1])
    return (lived + copies)[:n]


def memory_kb(pid):
    """What the process alone has written to, and its share of what it has in common with others."""
    text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return int(re.search(r"Private_Dirty:\s+(\d+)", text).group(1)), int(re.search(r"^Pss:\s+(\d+)", text, re.M).group(1))


def held(cities):
    """Of each city all processes: pages, worker, vault, keeper and starter."""
    families = [processes.family(p.pid) for p in cities]
    rows = [memory_kb(pid) for family in families for pid in family]
    files = [sum(len(list(pathlib.Path(f"/proc/{pid}/fd").iterdir())) for pid in family) for family in families]
    return {"own_mb": round(sum(r[0] for r in rows) / 1024, 1), "all_mb": round(sum(r[1] for r in rows) / 1024, 1),
            "files": sum(files), "files_a_city": statistics.median(files)}


def read(port):
    """Milliseconds of each reading of the start page."""
    connection, times = http.client.HTTPConnection("127.0.0.1", port, timeout=60), []
    for _ in range(READINGS):
        start = time.perf_counter()
        connection.request("GET", "/")
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"a city answered {answer.status}")
        times.append(1e3 * (time.perf_counter() - start))
    connection.close()
    return times


def processor_s(cities):
    """Processor time that they and all that they have started have used."""
    ticks = 0
    for pid in (pid for p in cities for pid in processes.family(p.pid)):
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(") ", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / 100


def served(lykta, folders):
    start = time.perf_counter()
    running = [subprocess.Popen([lykta, "serve", folder, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                  text=True) for folder in folders]
    try:
        ports = [int(re.search(r":(\d+)/", p.stdout.readline()).group(1)) for p in running]
        row = {"cities": len(folders), "processes": sum(len(processes.family(p.pid)) for p in running), "start_s": round(time.perf_counter() - start, 2), "start_cpu_s": round(processor_s(running), 2),
               "idle": held(running)}
        with concurrent.futures.ThreadPoolExecutor(ACTIVE) as pool:
            times = sorted(ms for all_of in pool.map(read, ports[:ACTIVE]) for ms in all_of)
        return row | {"active": min(ACTIVE, len(ports)), "median_ms": round(statistics.median(times), 1),
                      "p99_ms": round(times[int(0.99 * len(times))], 1), "after": held(running)}
    finally:
        for p in running:
            p.terminate()
        for p in running:
            p.wait()
            p.stdout.close()


def backed_up(lykta, folders, at):
    times, sizes = [], []
    for i, folder in enumerate(folders[:BACKUPS]):
        subprocess.run([lykta, "backup", folder, "--make-key", at / f"key-{i}"], check=True, capture_output=True)
        start = time.perf_counter()
        subprocess.run([lykta, "backup", folder, at / f"backup-{i}"], check=True, capture_output=True)
        times.append(time.perf_counter() - start)
        sizes.append((at / f"backup-{i}").stat().st_size)
    return {"cities": len(times), "median_s": round(statistics.median(times), 3), "most_s": round(max(times), 3),
            "median_kb": round(statistics.median(sizes) / 1024)}


def host(lykta, lived, n, at):
    backups = backed_up(lykta, lived, at)
    return {"lived": len(lived), "served": served(lykta, folders_of(lived, n, at)), "backup": backups}
