#!/usr/bin/env python3
"""The names of all forms' fields, as a fuzzer's dictionary: field_names.py SRC > pages.dict"""
import pathlib
import re
import sys

IN_CODE = re.compile(r'(?:form_(?:value|raw|has|i64)\([^,()]+|field_add\([^,]+, FIELD_\w+), "([^"]+)"')
IN_PAGE = re.compile(r'name="([\w-]+)"')
# Of a date, and what the fields of most forms take.
MORE = ["-day=1", "-month=1", "-year=2027", "1", "sv", "en"]


def names(src):
    for path in sorted(src.rglob("*")):
        pattern = {".c": IN_CODE, ".html": IN_PAGE}.get(path.suffix)
        if pattern:
            yield from pattern.findall(path.read_text(encoding="utf-8"))


def main():
    found = sorted(set(names(pathlib.Path(sys.argv[1]))))
    if len(found) < 50:
        sys.exit(f"{sys.argv[1]}: only {len(found)} names of fields")
    for word in [f"&{name}=" for name in found] + MORE:
        print(f'"{word}"')


if __name__ == "__main__":
    main()
