#!/usr/bin/env python3
"""Measures a backup and its restoring: ./tests/bench/backup_bench.py [MB] (1024). Results go to docs/measurements/backup.json.

The city is the example city with a database filled up by letters of random bytes, which nothing makes shorter. The baseline, in the
same run, is `cp -a` of its folder and a sync.
"""
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
LYKTA = ROOT / "build/src/lykta"
OUT = ROOT / "docs/measurements/backup.json"
RUNS = 3
PIECE = 1024 * 1024


def measure(arguments):
    start = time.perf_counter()
    child = subprocess.Popen([str(a) for a in arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"{arguments[:2]}: failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def fill(city, megabytes):
    with sqlite3.connect(city / "lykta.db") as db:
        for i in range(megabytes):
            db.execute("insert into plan_import (name, read_at, read_by, bytes) values (?, 2000000000, 'x', ?)", (f"fyllnad {i}", os.urandom(PIECE)))
    db.close()


def main():
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 1024
    rows = {"backup": [], "restore": [], "cp": []}
    with tempfile.TemporaryDirectory(prefix="lykta-backup-", dir=ROOT / "build") as folder:
        at = pathlib.Path(folder)
        subprocess.run([LYKTA, "demo", at / "city"], check=True, capture_output=True)
        subprocess.run([LYKTA, "backup", at / "city", "--make-key", at / "key"], check=True, capture_output=True)
        fill(at / "city", megabytes)
        for _ in range(RUNS):
            rows["backup"].append(measure([LYKTA, "backup", at / "city", at / "file"]))
            rows["restore"].append(measure([LYKTA, "restore", at / "file", at / "again", "--key", at / "key"]))
            rows["cp"].append(measure(["sh", "-c", f"cp -a '{at}/city' '{at}/copy' && sync"]))
            size = (at / "file").stat().st_size
            subprocess.run(["rm", "-rf", at / "file", at / "again", at / "copy"], check=True)
    best = {name: min(row[0] for row in found) for name, found in rows.items()}
    result = {"date": time.strftime("%F"), "bytes": size, "runs": RUNS, "backup_s": round(best["backup"], 2), "restore_s": round(best["restore"], 2),
              "peak_mb": round(max(row[1] for row in rows["backup"] + rows["restore"]), 1), "baseline": "cp -a of the folder, and sync",
              "baseline_s": round(best["cp"], 2), "backup_to_baseline": round(best["backup"] / best["cp"], 1),
              "restore_to_baseline": round(best["restore"] / best["cp"], 1), "limit_backup_s": 30, "limit_restore_s": 60}
    OUT.write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
