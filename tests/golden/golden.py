#!/usr/bin/env python3
"""The charts are drawn to the byte as in tests/data/golden, are well-formed, and hold no colour of their own.

    golden.py CHARTS GOLDEN-FOLDER
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree


def faults(drawn, golden):
    if drawn != golden:
        at = next((i for i, (a, b) in enumerate(zip(drawn, golden)) if a != b), min(len(drawn), len(golden)))
        yield f'differs at byte {at}: {drawn[max(0, at - 40):at + 40]!r}'
    try:
        figure = tree.fromstring(drawn)
    except tree.ParseError as fault:
        yield f'is not well-formed: {fault}'
        return
    own = figure.get('id')
    seen = {own}
    if not own or not own.endswith('-chart'):
        yield f'has no name of its own that a link can lead to: {own!r}'
    for svg in figure.iter('svg'):
        ids = [e.get('id') for e in svg.iter() if e.get('id') and e.tag != 'pattern']
        if svg.get('aria-labelledby').split() != ids:
            yield f'aria-labelledby {svg.get("aria-labelledby")!r} does not name the title and desc {ids}'
        if seen & set(ids) or len(set(ids)) != len(ids):
            yield f'an id of {ids} stands twice'
        seen |= set(ids)
    if len(seen) == 1:
        yield 'has no drawing'
    if figure.find('.//table/tbody/tr') is None:
        yield 'has no table with its figures'
    if re.search(rb'(fill|stroke|style)="(?!url\(#)', drawn):
        yield 'colours a mark by itself: the style sheet does that'


def main():
    charts, golden = sys.argv[1], pathlib.Path(sys.argv[2])
    names = sorted(path.name for path in golden.glob('chart-*.html'))
    failed = 0
    print(f'1..{len(names)}')
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([charts, folder], check=True)
        for number, name in enumerate(names, 1):
            found = list(faults(pathlib.Path(folder, name).read_bytes(), (golden / name).read_bytes()))
            print(f'{"not ok" if found else "ok"} {number} - {name} is drawn as before')
            for fault in found:
                print(f'# {fault}')
            failed += bool(found)
    return failed > 0


sys.exit(main())
