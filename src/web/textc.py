#!/usr/bin/env python3
"""Compiles the catalogues (src/<room>/<room>.po, and src/web/catalogue.po) to texts.h and texts.c.

In a catalogue, msgctxt is the key, msgid the Swedish text and msgstr the English one; msgid_plural, msgstr[0] and
msgstr[1] where the text counts something by the insertion {n}. A key is small letters, digits, _ and dots; it
becomes the constant TEXT_… of `enum text_key`. The build stops, and says where, when a translation is missing, when the
two languages have different insertions, when a key stands twice, or when a line is not understood.

    textc.py --header texts.h --source texts.c a.po b.po …
"""
import argparse
import ast
import re
import sys

LONGEST = 4000  # bytes in one text: ISO C promises 4095 in a literal


class Fault(Exception):
    pass


def constant(key):
    return 'TEXT_' + re.sub(r'[^a-z0-9]', '_', key).upper()


def insertions(text):
    return sorted(set(re.findall(r'\{([a-z_]+)\}', text)))


def read_entries(path, lines):
    """Yields (line number, {field: text}) for each paragraph of the file."""
    entry, field, start = {}, None, 0
    for number, line in enumerate([*lines, ''], 1):
        line = line.strip()
        if not line:
            if entry:
                yield start, entry
            entry, field = {}, None
            continue
        if line.startswith('#'):
            continue
        match = re.fullmatch(r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[[01]\])?) )?(".*")', line)
        if not match or not (match[1] or field):
            raise Fault(f'{path}:{number}: expected msgctxt, msgid or msgstr and a quoted text')
        if match[1] in entry:
            raise Fault(f'{path}:{number}: {match[1]} stands twice: is an empty line missing?')
        start = start if entry else number
        field = match[1] or field
        try:
            entry[field] = entry.get(field, '') + ast.literal_eval(match[2])
        except (SyntaxError, ValueError):
            raise Fault(f'{path}:{number}: a quote or backslash in the text is not closed or not known')


def check(path, line, key, forms):
    where = f'{path}:{line}: {key}'
    if not re.fullmatch(r'[a-z][a-z0-9_]*(\.[a-z0-9_]+)*', key):
        raise Fault(f'{where}: a key is small letters, digits and _, with dots between its parts')
    if not all(forms):
        raise Fault(f'{where}: the text is missing in one language')
    if len({tuple(insertions(form)) for form in forms if form}) > 1:
        raise Fault(f'{where}: the forms have different insertions: '
                    + ' / '.join(', '.join(insertions(form)) or 'none' for form in forms))
    if len(forms) == 4 and 'n' not in insertions(forms[0]):
        raise Fault(f'{where}: a text that counts needs the insertion {{n}} in every form')
    if any(len(form.encode()) > LONGEST for form in forms):
        raise Fault(f'{where}: a text is at most {LONGEST} bytes: divide it')


def read_catalogues(paths):
    """{key: ((Swedish one, many), (English one, many))} in the order of the files."""
    texts, constants = {}, {}
    for path in paths:
        with open(path, encoding='utf-8') as file:
            for line, entry in read_entries(path, file.read().splitlines()):
                if entry.get('msgid') == '' and 'msgctxt' not in entry:
                    continue  # the head of the file
                key = entry.get('msgctxt', '')
                counts = 'msgid_plural' in entry
                names = ['msgid', 'msgid_plural', 'msgstr[0]', 'msgstr[1]'] if counts else ['msgid', 'msgstr']
                forms = [entry.get(name, '') for name in names]
                check(path, line, key, forms)
                if constant(key) in constants:
                    raise Fault(f'{path}:{line}: {key} stands already as {constants[constant(key)]}')
                constants[constant(key)] = f'{key} in {path}'
                texts[key] = ((forms[0], forms[1]), (forms[2], forms[3])) if counts else \
                    ((forms[0], ''), (forms[1], ''))
    return texts


def literal(text):
    """A C literal; octal escapes end after three digits, so that nothing that follows is swallowed."""
    named = {'"': '\\"', '\\': '\\\\', '\n': '\\n', '\t': '\\t', '?': '\\?'}
    return '"' + ''.join(named.get(c, c if ord(c) >= 32 else f'\\{ord(c):03o}') for c in text) + '"'


def write_header(texts):
    rows = ''.join(f'    {constant(key)},\n' for key in texts)
    return ('/* Made by textc.py from the catalogues: change those. */\n#ifndef LYKTA_TEXTS_H\n#define LYKTA_TEXTS_H\n\n'
            f'enum text_key {{\n{rows}    TEXT_COUNT\n}};\n\n#endif\n')


def write_source(texts):
    out = '/* Made by textc.py from the catalogues: change those. */\n#include "web/language.h"\n'
    for index, code in enumerate(('sv', 'en')):
        out += f'\nextern const struct catalogue_text catalogue_texts_{code}[];\n'
        out += f'const struct catalogue_text catalogue_texts_{code}[] = {{\n'
        for key, languages in texts.items():
            one, many = languages[index]
            out += (f'    [{constant(key)}] = {{{{{literal(one)}, {len(one.encode())}}}, '
                    f'{{{literal(many)}, {len(many.encode())}}}}},\n')
        out += '    [TEXT_COUNT] = {{"", 0}, {"", 0}},\n};\n'
    return out


def main():
    parser = argparse.ArgumentParser(description='Compiles catalogues to texts.h and texts.c')
    parser.add_argument('--header', required=True)
    parser.add_argument('--source', required=True)
    parser.add_argument('catalogue', nargs='+')
    options = parser.parse_args()
    try:
        texts = read_catalogues(options.catalogue)
    except Fault as fault:
        sys.exit(f'{fault}')
    for path, content in ((options.header, write_header(texts)), (options.source, write_source(texts))):
        with open(path, 'w', encoding='utf-8') as file:
            file.write(content)


if __name__ == '__main__':
    main()
