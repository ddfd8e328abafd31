#!/usr/bin/env python3
"""Embeds the texts a city begins with: contentc.py OUT.c HELPLINES.csv content/<language>/<key>.md …

A text begins with its facts between two lines of three hyphens, then Markdown whose headings are "## ":

    ---
    kind: page or article
    title: …            ingress: …
    picture: the name of a file in src/asset      picture_text: what it shows
    contact: an e-mail address
    whose: city, when a city must write its own words there: who answers, and where
    published_days_ago: 40     updated_days_ago: 12     reviewed_days_ago: 12
    ---
"""
import pathlib
import sys

MUST = {'kind', 'title', 'ingress', 'published_days_ago', 'updated_days_ago', 'reviewed_days_ago'}
MAY = {'picture', 'picture_text', 'contact', 'whose'}


def read(path):
    parts = path.read_text(encoding='utf-8').split('---\n', 2)
    if len(parts) != 3 or parts[0]:
        sys.exit(f'{path}: expected facts between two lines of ---')
    facts = {}
    for number, line in enumerate(parts[1].splitlines(), 2):
        name, found, value = line.partition(': ')
        if not found or name not in MUST | MAY or name in facts:
            sys.exit(f'{path}:{number}: expected one of {", ".join(sorted(MUST | MAY))}, once, and its value')
        facts[name] = value.strip()
    if MUST - facts.keys() or facts['kind'] not in ('page', 'article') or ('picture' in facts) != ('picture_text' in facts) \
            or facts.get('whose', 'city') != 'city':
        sys.exit(f'{path}: needs {", ".join(sorted(MUST))}; kind is page or article; a picture has a picture_text; whose is city')
    return facts, parts[2].strip() + '\n'


def array(name, text):
    """As numbers: a body is longer than a literal may be."""
    data = ', '.join(str(b if b < 128 else b - 256) for b in text.encode())
    return f'static const char {name}[] = {{{data}}};\n'


def view(text):
    escaped = text.replace('\\', '\\\\').replace('"', '\\"')
    return f'{{"{escaped}", {len(text.encode())}}}'


def main(out, helplines, paths):
    arrays, rows = '', ''
    for path in map(pathlib.Path, paths):
        facts, body = read(path)
        language, name = path.parent.name, f'body_{path.parent.name}_{path.stem.replace("-", "_")}'
        arrays += array(name, body)
        rows += (f'    {{{{{view(path.stem)}, {view(language)}, ARTICLE_KIND_{facts["kind"].upper()}, {view(facts["title"])},\n'
                 f'      {view(facts["ingress"])},\n      {view(facts.get("picture", ""))}, '
                 f'{view(facts.get("picture_text", ""))}, 0, 0, {view(facts.get("contact", ""))},\n'
                 f'      {{{name}, sizeof {name}}}, {{0, 0, 0}}, {{0, 0, 0}}, {{0, 0, 0}}}},\n'
                 f'     {int(facts["published_days_ago"])}, {int(facts["updated_days_ago"])}, '
                 f'{int(facts["reviewed_days_ago"])}, {str("whose" in facts).lower()}}},\n')
    arrays += array('helplines', pathlib.Path(helplines).read_text(encoding='utf-8'))
    with open(out, 'w', encoding='utf-8') as file:
        file.write('/* Made by contentc.py from src/public/content: change that. */\n#include "public/content.h"\n\n'
                   f'{arrays}\nconst struct content contents[] = {{\n{rows}}};\n'
                   'const size_t contents_n = sizeof contents / sizeof contents[0];\n'
                   'const struct str content_helplines = {helplines, sizeof helplines};\n')


main(sys.argv[1], sys.argv[2], sys.argv[3:])
