"""The commands of docs/methods/reproduce.md give what it says: reproduce.py LYKTA ROOT"""
import json
import pathlib
import re
import shlex
import subprocess
import sys

ROW = re.compile(r"\| [^|]+ \| (?P<what>[^|]+) \| `lykta (?P<command>[^`]+)` \| (?P<gives>[a-z_0-9.]+ [0-9][^|]*) \|$")
FEWEST_ROWS = 16


def field(answer, path):
    for part in path.split("."):
        answer = answer[int(part)] if isinstance(answer, list) else answer[part]
    return answer


def faults(lykta, root, row):
    """What a row says and the command does not."""
    command = [lykta, *shlex.split(row["command"])]
    told = subprocess.run(command, cwd=root / "tests/data/mse", capture_output=True, text=True)
    if told.returncode not in (0, 1) or not told.stdout:
        return [f"{row['command']}: {told.stderr.strip()}"]
    answer = json.loads(told.stdout)
    promised = [part.split() for part in row["gives"].split(", ")]
    return [f"{row['what']}: {path} is {field(answer, path)}, not {value}"
            for path, value in promised if round(field(answer, path)) != int(value)]


def main():
    lykta, root = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    page = (root / "docs/methods/reproduce.md").read_text(encoding="utf-8")
    rows = [m for m in map(ROW.match, page.splitlines()) if m]
    if len(rows) < FEWEST_ROWS:
        raise SystemExit(f"docs/methods/reproduce.md: only {len(rows)} rows with a command and what it gives")
    found = [fault for row in rows for fault in faults(lykta, root, row)]
    print(f"{len(rows)} rows", *found, sep="\n")
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
