#!/usr/bin/env python3
"""Every statement of the program is one that PostgreSQL takes: postgres_sql.py LYKTA SOURCE

Reads the statements out of what a city is run with, lykta-city.so beside the program, makes a city in a server of its own, and has each
prepared there. What a parameter's type is, the program says when it binds it: a complaint that it cannot be guessed is none. Left out are
statements about the key file, which is always a file, and about the catalogue and clock of files.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

from with_postgres import Server

STATEMENT = re.compile(rb"(?<=\0)((?:select [^\0]|insert into \w+ \(|update \w+ set |delete from \w+|with \w+ as )[^\0\x01-\x1f]{4,})(?=\0)")
GUESSED = re.compile(r"could not determine data type of parameter|is of type \w+ but expression is of type text")


def statements(module, source):
    key_file = (pathlib.Path(source) / "src/keyring/key_file.sql").read_text(encoding="utf-8")
    others = re.compile(r"\b(sqlite_schema|unixepoch|" + "|".join(re.findall(r"create table (\w+)", key_file)) + r")\b")
    found = sorted({m.group(1).decode() for m in STATEMENT.finditer(module.read_bytes())})
    return [s for s in found if not others.search(s) and not s.endswith(" from ")]


def faults(server, program, found):
    """[(statement, what the server says)]"""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([program, "init", f"{folder}/city", "--municipality", "1281", "--db", server.address + "#statements"], check=True,
                       stdout=subprocess.DEVNULL)
    script = "set search_path = statements;\n\\set VERBOSITY terse\n"
    script += "".join(f"\\echo #{i}\nprepare s{i} as {statement};\n" for i, statement in enumerate(found))
    said = subprocess.run(["psql", "-q", "-h", server.folder, "-U", "lykta", "lykta"], input=script, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=True).stdout
    at = 0
    for line in said.splitlines():
        if line.startswith("#"):
            at = int(line[1:])
        elif "ERROR" in line and not GUESSED.search(line):
            yield found[at], line.split("ERROR:")[1].strip()


def main():
    program, source = sys.argv[1:]
    module = pathlib.Path(program).with_name("lykta-city.so")
    found = statements(module, source)
    if len(found) < 300:
        sys.exit(f"{module}: only {len(found)} statements were found in it")
    with Server() as server:
        told = list(faults(server, program, found))
    for statement, why in told:
        print(f"{statement}\n    {why}")
    print(f"{len(found)} statements, {len(told)} that PostgreSQL does not take")
    sys.exit(1 if told else 0)


if __name__ == "__main__":
    main()
