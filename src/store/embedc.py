#!/usr/bin/env python3
"""Makes a C text of a small data file: embedc.py OUT.c NAME IN. The text is `const char NAME[]`, ending with NUL."""
import sys


def main(out, name, path):
    data = open(path, "rb").read()
    if 0 in data:
        sys.exit(f"{path}: only texts are embedded this way")
    lines = data.decode("utf-8").replace("\\", "\\\\").replace('"', '\\"').splitlines()
    body = "\n".join(f'    "{line}\\n"' for line in lines)
    if len(data) > 4000:  # longer than a literal may be: as numbers
        numbers = ", ".join(str(b if b < 128 else b - 256) for b in data + b"\0")
        body = f"{{{numbers}}}"
    with open(out, "w", encoding="utf-8") as f:
        f.write(f"/* Made by embedc.py from a data file. */\nextern const char {name}[];\nconst char {name}[] =\n{body};\n")


main(*sys.argv[1:4])
