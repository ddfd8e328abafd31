#!/usr/bin/env python3
"""What searches over models and graphs cost, beside an earlier program in the same run:
./tests/bench/search_bench.py EARLIER_LYKTA [RUNS]

The two take turns, so that both meet the same load. Results go to docs/measurements/search.json and search.md."""
import json
import os
import pathlib
import shutil
import sys
import tempfile
import time

import processes

ROOT = pathlib.Path(__file__).resolve().parents[2]
LYKTA = ROOT / "build/src/lykta"
DATA = ROOT / "tests/data/mse"
OUT = ROOT / "docs/measurements"

# What is asked for, and what we want it to take: milliseconds on two cores that do nothing else, megabytes.
TASKS = [
    ("the program alone", ["--version"], None, None),
    ("all 6,893 models of 5 lists, as JSON", ["estimate", "UKdat_5.csv", "--models", "6893", "--json"], 20, None),
    ("all 32,768 models of pairs of 6 lists", ["estimate", "UKdat.csv", "--models", "32768", "--order", "2"], 150, 16),
    ("graphs of 5 lists, three priors", ["estimate", "UKdat_5.csv", "--method", "graphs"], None, None),
    ("graphs of 6 lists, three priors", ["estimate", "UKdat.csv", "--method", "graphs"], 60, None),
]


def in_turns(programs, arguments, runs, folder):
    arguments = [DATA / a if str(a).endswith(".csv") else a for a in arguments]
    rows = [[processes.run([p, *arguments], folder) for p in programs] for _ in range(runs + 1)][1:]
    return [processes.summary([r[i] for r in rows]) for i in range(len(programs))]


def markdown(result):
    m = result["machine"]
    lines = ["# Searches, beside an earlier program", "",
             f"Made by `tests/bench/search_bench.py` on {result['date']}: {m['cpu']}, {m['cores']} cores, AVX2 {'yes' if m['avx2'] else 'no'}, AVX-512 "
             f"{'yes' if m['avx512'] else 'no'}. Whole processes, {result['runs']} runs in turns, medians. The load of everything on the machine was "
             f"{result['load_before']:.1f} before and {result['load_after']:.1f} after: well above 2 it makes the wall clock long, and what the processor "
             "did is the figure to compare.", "",
             "| | earlier: CPU, ms | now | earlier: wall, ms | now | goal, idle | earlier: peak, MB | now | goal |", "|---|---|---|---|---|---|---|---|---|"]
    for row in result["tasks"]:
        was, now = row["earlier"], row["now"]
        lines.append(f"| {row['task']} | {1000 * was['cpu_s']:.0f} | {1000 * now['cpu_s']:.0f} | {1000 * was['wall_s']:.0f} | {1000 * now['wall_s']:.0f} | "
                     f"{row['goal_ms'] or '–'} | {was['peak_mb']:.1f} | {now['peak_mb']:.1f} | {row['goal_mb'] or '–'} |")
    return "\n".join(lines) + "\n"


def main():
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 21
    folder = pathlib.Path(tempfile.mkdtemp(prefix="lykta-bench-"))
    try:
        result = {"date": time.strftime("%Y-%m-%d"), "machine": processes.machine(folder), "runs": runs,
                  "load_before": os.getloadavg()[0], "tasks": []}
        for task, arguments, goal_ms, goal_mb in TASKS:
            earlier, now = in_turns([sys.argv[1], LYKTA], arguments, runs, folder)
            result["tasks"].append({"task": task, "goal_ms": goal_ms, "goal_mb": goal_mb, "earlier": earlier, "now": now})
        result["load_after"] = os.getloadavg()[0]
    finally:
        shutil.rmtree(folder)
    (OUT / "search.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    (OUT / "search.md").write_text(markdown(result), encoding="utf-8")
    print(markdown(result))


if __name__ == "__main__":
    main()
