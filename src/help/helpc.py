#!/usr/bin/env python3
"""Compiles the languages of help: helpc.py OUT.c HELPLINES.csv languages/sv.po languages/<name>.po …

Each file is a gettext catalogue that any translator's tool opens. Its head says which language it is (Language, RFC 5646),
what the language calls itself (X-Name), from which side it is written (X-Direction) and how far the text has come (X-Status: original,
translated or reviewed by a native reader). Entries with a msgctxt are the page's sentences; those without are the words that come
with a number to call. msgid is the Swedish text. The build stops, and says where, when a sentence is missing, or is a translation of a
Swedish text that has changed, and when a number for people in danger has words that a language lacks.
"""
import csv
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'web'))
import textc  # noqa: E402: lies beside the web pages

FOR_THEMSELVES = {'now', 'self', 'child'}
STATUS = ('original', 'translated', 'reviewed')


def read_head(path, text):
    head = dict(re.findall(r'(?m)^([\w-]+): *(.*)$', text))
    if not head.get('Language') or not head.get('X-Name') or head.get('X-Direction') not in ('ltr', 'rtl') or head.get('X-Status') not in STATUS:
        raise textc.Fault(f'{path}: the head needs Language, X-Name, X-Direction (ltr or rtl) and X-Status ({", ".join(STATUS)})')
    return head


def read_language(path):
    """(head, {msgctxt: (Swedish, own)}, {Swedish: own})"""
    head, sentences, phrases = None, {}, {}
    lines = pathlib.Path(path).read_text(encoding='utf-8').splitlines()
    for line, entry in textc.read_entries(path, lines):
        swedish, own, key = entry.get('msgid', ''), entry.get('msgstr', ''), entry.get('msgctxt')
        if not swedish:
            head = read_head(path, own)
            continue
        table, name = (sentences, key) if key else (phrases, swedish)
        if not own or name in table:
            raise textc.Fault(f'{path}:{line}: {name}: is not translated, or stands twice')
        table[name] = (swedish, own) if key else own
    if head is None:
        raise textc.Fault(f'{path}: has no head')
    return head, sentences, phrases


def check(path, language, original, spoken):
    head, sentences, phrases = language
    wanted = {key: swedish for key, (swedish, _) in original[1].items()}
    found = {key: swedish for key, (swedish, _) in sentences.items()}
    for key in wanted.keys() | found.keys():
        if wanted.get(key) != found.get(key):
            raise textc.Fault(f'{path}: {key}: the Swedish text is now "{wanted.get(key, "gone")}": translate it anew')
    lacking = spoken - phrases.keys()
    if lacking:
        raise textc.Fault(f'{path}: of the numbers to call, these words are not translated: {"; ".join(sorted(lacking))}')


def words_of_numbers(path):
    """What comes with the numbers for people in danger, in Swedish."""
    with open(path, encoding='utf-8', newline='') as file:
        rows = [row for row in csv.DictReader(file) if FOR_THEMSELVES & set(row['circles'].split(';'))]
    return {row[column] for row in rows for column in ('sv', 'hours_sv') if row[column]}


def text(value):
    return f'{{{textc.literal(value)}, {len(value.encode())}}}'


def write(languages, keys):
    out = '/* Made by helpc.py from src/help/languages: change those. */\n#include "help/help_language.h"\n\n'
    rows = ''
    for name, (head, sentences, phrases) in languages:
        out += f'static const struct help_phrase phrases_{name}[] = {{\n'
        out += ''.join(f'    {{{text(swedish)}, {text(own)}}},\n' for swedish, own in phrases.items()) + '};\n\n'
        own = ''.join(f'     [{constant}] = {text(sentences[key][1])},\n' for key, constant in keys)
        rows += (f'    {{{text(name)}, {text(head["Language"])}, {text(head["X-Name"])}, {text(head["X-Direction"])}, '
                 f'{str(head["X-Status"] == "translated").lower()},\n    {{\n{own}    }},\n    phrases_{name}, {len(phrases)}}},\n')
    return (out + f'const struct help_language help_languages[] = {{\n{rows}}};\n'
            'const size_t help_languages_n = sizeof help_languages / sizeof help_languages[0];\n')


def main(out, helplines, paths):
    spoken = words_of_numbers(helplines)
    languages = [(pathlib.Path(path).stem, read_language(path)) for path in paths]
    for path, (_, language) in zip(paths, languages):
        check(path, language, languages[0][1], spoken)
    keys = [(key, key.upper().replace('.', '_')) for key in languages[0][1][1]]
    pathlib.Path(out).write_text(write(languages, keys), encoding='utf-8')


try:
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
except textc.Fault as fault:
    sys.exit(str(fault))
