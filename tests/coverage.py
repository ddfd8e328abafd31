#!/usr/bin/env python3
"""Which lines and branches of our own code the tests reach: tests/coverage.py [--keep] [--list ROOM] [--build FOLDER]

Builds everything for gcov in a folder of its own, runs the unit and property tests of the numerics, the store and the cryptography, those of the store
beside a PostgreSQL server as well, and counts what they reach there. --keep writes docs/measurements/coverage.json and docs/coverage.md. --list tells
the lines of a room of which a branch is not reached. --build keeps what is built, for the next time. Takes some ten minutes.

A branch counts unless it is of an assert: what follows when our own code breaks its promise is the end of the process, and no test can go there.
"""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
ROOMS = {"numerics": ["lib/estimate", "lib/link", "lib/pool", "lib/protect", "lib/secure"], "store": ["src/store"], "cryptography": ["lib/seal", "src/keyring"]}
TESTS = ["base", "estimate", "link", "pool", "protect", "seal", "secure", "store", "keyring", "cube", "shamir", "alike", "backup"]
# Once more beside a server.
ON_POSTGRES = ["audit", "claim", "collation", "db", "db_broken", "db_postgres", "migrate", "retention", "schema", "transfer"]
# The aim: of lines, of branches.
LINES, BRANCHES = 0.90, 0.85


def must(words, **more):
    done = subprocess.run(words, capture_output=True, text=True, check=False, **more)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, words))}: {(done.stdout + done.stderr)[-3000:]}")
    return done.stdout


def on_postgres():
    return [f"tests/unit/store/{name}_test" for name in ON_POSTGRES]


def built(folder):
    if not (folder / "build.ninja").exists():
        must(["meson", "setup", str(folder), "-Db_coverage=true", "--buildtype=debug", "-Doptimization=0", "-Dtests=enabled"], cwd=ROOT)
    must(["ninja", "-C", str(folder), "build.ninja"])
    for old in folder.rglob("*.gcda"):
        old.unlink()
    tests = json.loads(must(["meson", "introspect", "--tests", str(folder)]))
    named = [test for test in tests if re.match(rf"({'|'.join(TESTS)})\b", test["name"]) and {"unit", "property"} & {s.split(":")[-1] for s in test["suite"]}]
    targets = sorted({str(pathlib.Path(test["cmd"][0]).relative_to(folder)) for test in named if test["cmd"][0].startswith(str(folder))})
    must(["ninja", "-C", str(folder), *targets, *on_postgres(), "src/lykta"])
    return [test["name"] for test in named]


def run(folder, tests):
    must(["meson", "test", "-C", str(folder), "--no-rebuild", "--timeout-multiplier", "20", *tests])
    programs = [word for test in on_postgres() for word in ("--", str(folder / test))]
    must([sys.executable, str(ROOT / "tests/with_postgres.py"), *programs], cwd=folder)


def asserted(path):
    """The lines of a file that an assert stands on."""
    assertion, lines = False, set()
    for number, line in enumerate((ROOT / path).read_text(encoding="utf-8").splitlines(), 1):
        assertion = assertion or line.strip().startswith("assert(")
        if assertion:
            lines.add(number)
        assertion = assertion and not line.rstrip().endswith(");")
    return lines


def counted(folder):
    """File by file: lines and branches, and how many of them were reached. A line or branch is reached when any of the objects says so."""
    lines, branches = collections.defaultdict(dict), collections.defaultdict(dict)
    for data in folder.rglob("*.gcda"):
        told = subprocess.run(["gcov", "--json-format", "--branch-probabilities", "--stdout", str(data)], cwd=folder, capture_output=True, check=True).stdout
        for document in told.splitlines():
            for file in json.loads(document)["files"]:
                path = str((folder / file["file"]).resolve())
                if not path.startswith(str(ROOT)):
                    continue
                path = str(pathlib.Path(path).relative_to(ROOT))
                for line in file["lines"]:
                    at = line["line_number"]
                    lines[path][at] = lines[path].get(at, 0) + line["count"]
                    for i, branch in enumerate(line["branches"]):
                        branches[path][at, i] = branches[path].get((at, i), 0) + branch["count"]
    without = {path: asserted(path) for path in branches}
    return lines, {path: {where: count for where, count in of.items() if where[0] not in without[path]} for path, of in branches.items()}


def listed(room, branches):
    """Each line of a room with branches that are not reached, and how many."""
    for path in sorted(path for path in branches if path.startswith(room + "/") and path.endswith(".c")):
        text = (ROOT / path).read_text(encoding="utf-8").splitlines()
        missing = collections.Counter(line for (line, _), count in branches[path].items() if not count)
        for line in sorted(missing):
            yield f"{path}:{line}: {missing[line]}: {text[line - 1].strip()}"


def share(counts):
    return {"all": len(counts), "reached": sum(1 for count in counts if count)}


def figures(lines, branches):
    result = {}
    for area, rooms in ROOMS.items():
        for room in rooms:
            files = [path for path in lines if path.startswith(room + "/") and path.endswith(".c")]
            result[room] = {"area": area, "lines": share([n for path in files for n in lines[path].values()]),
                            "branches": share([n for path in files for n in branches.get(path, {}).values()])}
    return result


def percent(part):
    return f"{100 * part['reached'] / part['all']:.1f} %"


def page(result):
    rows = [f"| {room} | {r['area']} | {r['lines']['all']} | {percent(r['lines'])} | {r['branches']['all']} | {percent(r['branches'])} |" for room, r in result["rooms"].items()]
    rows.append(f"| all | | {result['lines']['all']} | {percent(result['lines'])} | {result['branches']['all']} | {percent(result['branches'])} |")
    return "\n".join(["# What the tests reach", "", "For whoever asks how much of the code the tests run. The aim is 90 % of the lines and 85 % of the branches of the numerics, the store and "
                      "the cryptography. The tests of the store run on SQLite and on PostgreSQL. A branch counts unless it is of an `assert`: what follows when "
                      "our own code breaks its promise is the end of the process, and no test can go there. What is not reached is mostly what follows when "
                      "memory fails, which is tried in the released program instead ([reliability.md](reliability.md)), where gcov does not count, and what no "
                      "caller can bring about, such as a fault in our own list of municipalities.", "", f"`tests/coverage.py --keep`, {result['date']}, gcov, no optimisation.", "",
                      "| room | area | lines | reached | branches | reached |", "|---|---|---|---|---|---|", *rows, ""])


def total(rooms, kind):
    return {key: sum(room[kind][key] for room in rooms.values()) for key in ("all", "reached")}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--list", metavar="ROOM", choices=sum(ROOMS.values(), []))
    parser.add_argument("--build", type=pathlib.Path)
    o = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lykta-coverage-") as name:
        folder = o.build.resolve() if o.build else pathlib.Path(name).resolve() / "build"
        run(folder, built(folder))
        lines, branches = counted(folder)
    rooms = figures(lines, branches)
    for line in listed(o.list, branches) if o.list else []:
        print(line)
    result = {"date": time.strftime("%Y-%m-%d"), "lines": total(rooms, "lines"), "branches": total(rooms, "branches"), "rooms": rooms}
    print(page(result))
    if o.keep:
        (ROOT / "docs/measurements/coverage.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
        (ROOT / "docs/coverage.md").write_text(page(result), encoding="utf-8")
    reached = [result[kind]["reached"] / result[kind]["all"] for kind in ("lines", "branches")]
    return 0 if reached[0] >= LINES and reached[1] >= BRANCHES else 1


if __name__ == "__main__":
    sys.exit(main())
