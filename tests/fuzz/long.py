#!/usr/bin/env python3
"""Fuzzes long, and tells what was found: tests/fuzz/long.py SECONDS [NAME ...]

Each target of build-fuzz (all, unless some are named) runs from its corpus on, one after the other, for SECONDS of a processor's time. Without a finding docs/fuzzing.md is
written; else the input that fails is kept in build-fuzz/findings, and the exit status is 1. ./test runs each for some seconds.
"""
import argparse
import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILT = ROOT / "build-fuzz/tests/fuzz"
KEPT = ROOT / "docs/measurements/fuzz.json"
LIMITS = ["-max_len=4096", "-timeout=30", "-print_final_stats=1"]
DONE = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
REACHED = re.compile(r"cov: (\d+)")


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def first_sentence(name):
    """What the target holds its input to: the comment that its source begins with, to the first full stop."""
    text = (ROOT / f"tests/fuzz/{name}_fuzz.c").read_text(encoding="utf-8")
    comment = text[2:text.index("*/")].replace("\n *", "\n")
    return " ".join(comment.split("\n\n")[0].split())


def once(name, seconds, new, findings):
    """One run of the fuzzer, of at most so many seconds by the clock."""
    words = [f"-dict={BUILT / 'pages.dict'}"] if name == "pages" else []
    return subprocess.run([BUILT / f"{name}_fuzz", f"-max_total_time={seconds}", *LIMITS, *words, f"-artifact_prefix={findings}/{name}-", new,
                           ROOT / f"tests/fuzz/corpus/{name}"], stderr=subprocess.PIPE, text=True, errors="replace", check=False)


def run(name, seconds, findings):
    """Runs until so much of a processor's time is used, however much of it others take; what a run finds new is where the next begins."""
    findings.mkdir(parents=True, exist_ok=True)
    before, inputs, reached = processor_seconds(), 0, 0
    with tempfile.TemporaryDirectory() as new:
        while (left := seconds - (processor_seconds() - before)) >= 1:
            done = once(name, round(left), new, findings)
            if done.returncode != 0:
                return None, done.stderr[-4000:]
            inputs += int(DONE.findall(done.stderr)[-1])
            reached = max(reached, int(REACHED.findall(done.stderr)[-1]))
    return {"inputs": inputs, "processor_seconds": round(processor_seconds() - before), "reached": reached, "date": time.strftime("%Y-%m-%d")}, ""


def markdown(kept):
    total = sum(row["processor_seconds"] for row in kept.values())
    lines = ["# Hostile input", "",
             "Each reader of bytes from outside meets inputs that a fuzzer makes up (libFuzzer, with clang's address and undefined-behaviour sanitizers), "
             "from a corpus that lies in `tests/fuzz/corpus`. `./test` runs each for some seconds; this table is of the longest run of each:", "",
             "    tests/fuzz/long.py 1200", "",
             f"In these runs no input failed, in {total / 3600:.1f} hours of one processor altogether; a run that finds something is not in the table, and what it found becomes a test. *Reached* counts the places in the code that the inputs came to.", "",
             "| target | inputs | processor, minutes | reached | what is held |", "|---|---|---|---|---|"]
    for name, row in sorted(kept.items()):
        lines.append(f"| {name} | {row['inputs']:,} | {row['processor_seconds'] / 60:.1f} | {row['reached']:,} | {first_sentence(name)} |")
    return "\n".join(lines) + "\n"


def keep(name, row):
    kept = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    kept[name] = row
    KEPT.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    (ROOT / "docs/fuzzing.md").write_text(markdown(kept), encoding="utf-8")


def main():
    known = sorted(path.name.removesuffix("_fuzz.c") for path in (ROOT / "tests/fuzz").glob("*_fuzz.c"))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seconds", type=int)
    parser.add_argument("names", nargs="*", metavar="NAME")
    o = parser.parse_args()
    unknown = set(o.names) - set(known)
    if unknown:
        parser.error(f"no target {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    failed = 0
    for name in o.names or known:
        row, fault = run(name, o.seconds, ROOT / "build-fuzz/findings")
        if row:
            print(f"ok {name} {row}", flush=True)
            keep(name, row)
        else:
            failed = 1
            print(f"not ok {name}\n{fault}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
