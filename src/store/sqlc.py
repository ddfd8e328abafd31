#!/usr/bin/env python3
"""Makes the table of migrations from the rooms' .sql files: sqlc.py [--name TABLE] OUT.c IN.sql ...

A file holds blocks that begin with "-- 0007 what it does"; the numbers run 1, 2, 3 ... over all files together.
"""
import re
import sys


def blocks(path):
    text = open(path, encoding="utf-8").read()
    parts = re.split(r"^-- (\d{4}) (.+)\n", text, flags=re.M)
    if parts[0].strip():
        sys.exit(f"{path}: text before the first numbered block")
    return [(int(n), title, body.strip(), path) for n, title, body in zip(parts[1::3], parts[2::3], parts[3::3])]


def literal(text):
    lines = text.replace("\\", "\\\\").replace('"', '\\"').split("\n")
    return "\n".join(f'        "{line}\\n"' for line in lines)


def main(name, out, paths):
    found = sorted(b for path in paths for b in blocks(path))
    for expected, (number, title, body, path) in enumerate(found, start=1):
        if number != expected:
            sys.exit(f"{path}: block {number:04} ({title}): expected number {expected:04}")
        if len(body.encode()) > 4000:
            sys.exit(f"{path}: block {number:04} is longer than a C literal may be; divide it")
    rows = "".join(f'    {{{n}, "{title}",\n{literal(body)}}},\n' for n, title, body, _ in found)
    with open(out, "w", encoding="utf-8") as f:
        f.write('/* Made by sqlc.py from the .sql files of the rooms. */\n#include "store/migrate.h"\n\n')
        f.write(f"const struct migration {name}[] = {{\n{rows}    {{0, NULL, NULL}},\n}};\n")


arguments = sys.argv[1:]
table = 'migrations'
if arguments[0] == '--name':
    table, arguments = arguments[1], arguments[2:]
main(table, arguments[0], arguments[1:])
