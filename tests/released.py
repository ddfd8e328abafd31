"""What the released build needs for its tests, a path a line for ninja: released.py BUILD

All that is built but the programs of unit tests and fuzzing, which run in the builds with sanitizers.
"""
import json
import pathlib
import subprocess
import sys

OF_SANITIZED_TESTS = ("_test", "_prop", "_fuzz", "_replay")


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    told = subprocess.run(["meson", "introspect", "--targets", build], check=True, capture_output=True, text=True).stdout
    for target in json.loads(told):
        if target["build_by_default"] and not target["name"].endswith(OF_SANITIZED_TESTS):
            for name in target["filename"]:
                print(pathlib.Path(name).relative_to(build))


main()
