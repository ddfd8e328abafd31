"""What a build needs for the tests that are run in it, a path a line for ninja: needed.py BUILD release|fuzz

All but the programs of tests that run in another build. Those that clang is not asked to make, tests/syntax.py has it read.
"""
import json
import pathlib
import subprocess
import sys

RUN_ELSEWHERE = {"release": ("_test", "_prop", "_fuzz", "_replay"), "fuzz": ("_test", "_prop")}


def main():
    build, kind = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    told = subprocess.run(["meson", "introspect", "--targets", build], check=True, capture_output=True, text=True).stdout
    for target in json.loads(told):
        if target["build_by_default"] and not target["name"].endswith(RUN_ELSEWHERE[kind]):
            for name in target["filename"]:
                print(pathlib.Path(name).relative_to(build))


main()
