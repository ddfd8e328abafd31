"""Has the compiler of a build read, without making anything, each test's source that is not compiled there: syntax.py BUILD

Its warnings come from reading alone, so that it says of them what it would say when it made them.
"""
import json
import os
import pathlib
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor


WRITES = {"-o": 2, "-MQ": 2, "-MF": 2, "-MD": 1}  # words that make a file, and how many they are with what follows


def read_only(entry):
    """The command that reads what `entry` compiles."""
    words, kept = shlex.split(entry["command"]), []
    while words:
        written = WRITES.get(words[0], 0)
        if not written:
            kept.append(words[0])
        words = words[written or 1:]
    return [*kept, "-fsyntax-only"]


def is_read(entry):
    done = subprocess.run(read_only(entry), cwd=entry["directory"], capture_output=True, text=True)
    if done.returncode != 0:
        print(done.stderr, file=sys.stderr)
    return done.returncode == 0


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    entries = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    unmade = [entry for entry in entries if not (build / entry["output"]).exists()]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        read = list(pool.map(is_read, unmade))
    print(f"{sum(read)} of {len(read)} sources are read without a warning")
    sys.exit(0 if all(read) else 1)


main()
