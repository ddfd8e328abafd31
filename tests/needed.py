"""What a build needs for the tests that are run in it, a path a line for ninja: needed.py BUILD release|fuzz

All but the programs of tests that run in another build: for fuzzing those of tests/fuzz alone. Those that clang is not asked to make,
tests/syntax.py has it read.
"""
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
RUN_ELSEWHERE = ("_test", "_prop", "_fuzz", "_replay")


def is_needed(target, kind):
    if kind == "fuzz":
        folders = pathlib.Path(target["defined_in"]).relative_to(ROOT).parts
        return folders[0] != "tests" or folders[1] == "fuzz"
    return not target["name"].endswith(RUN_ELSEWHERE)


def main():
    build, kind = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    told = subprocess.run(["meson", "introspect", "--targets", build], check=True, capture_output=True, text=True).stdout
    for target in json.loads(told):
        if target["build_by_default"] and is_needed(target, kind):
            for name in target["filename"]:
                print(pathlib.Path(name).relative_to(build))


main()
