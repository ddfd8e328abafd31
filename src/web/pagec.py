#!/usr/bin/env python3
"""Compiles page templates (src/<room>/*.html) to pages.h and pages.c: one C function a page.

    {# comment #}                                   is not sent
    {% use plan/plan.h %}                           the header with the types and functions the page names
    {% page measure(const struct measure *v) %}     becomes void page_measure(struct html *h, const struct measure *v)
    {% include layout(h, v->site) %}                another page: page_layout(h, v->site)
    {% call chart_interval(h, &v->chart) %}         a C function that writes into h
    {% if E %} {% elif E %} {% else %}              E is a C expression
    {% for m in v->measures, v->n %}                m points to each in turn; m_i is its index, from 0
    {% end %}                                       closes page, if and for
    {=E}                                            a value: its type and place decide how it is escaped
    {t key}  {t key n=E name=E}                     a text of the catalogue; values for its {n} and {name}

Parameters are pointers to structs, struct str, bool and integers. A directive or comment alone on its line leaves
nothing behind. Places for a value: text; a quoted attribute; the start of a URL (a whole address, checked); inside a
URL (percent-encoded). The build stops, with file and line, where no escaping is safe: tag and attribute names,
unquoted attributes, comments, srcset and srcdoc; and at on…=, style= and the content of <script> and <style>, which
the pages' content security policy would not run. Whichever way an {% if %} goes, it ends in the same place.

    pagec.py --header pages.h --source pages.c [--texts a.po …] --pages a.html …
"""
import argparse
import copy
import re
import sys

import textc
from place import Fault, Place

DIRECTIVE = r'\{#(?:(?!#\}).)*#\}|\{%(?:(?!%\}).)*%\}'
TOKEN = re.compile(rf'(^[ \t]*(?:{DIRECTIVE})[ \t]*\n|{DIRECTIVE}|\{{=[^}}]*\}}|\{{t [^}}]*\}})', re.M | re.S)
PUT = {'text': 'html_put', 'read': 'html_put', 'attribute': 'html_put_attribute', 'url start': 'html_put_url_start',
       'url inside': 'html_put_url_inside'}
LITERAL = 4000  # bytes: ISO C promises 4095 in a literal


class Compiler:
    def __init__(self, path, texts):
        self.path, self.texts, self.line = path, texts, 1
        self.out, self.headers, self.prototypes = [], [], []
        self.place, self.blocks = Place(), []

    def emit(self, code):
        self.out.append(f'#line {self.line} "{self.path}"\n{"    " * max(1, len(self.blocks))}{code}\n')

    def compile(self, source):
        for token in TOKEN.split(source):
            bare = token.strip()
            try:
                if re.match(r'\{[#%=]|\{t ', bare) and TOKEN.fullmatch(token):
                    self.directive(bare)
                else:
                    self.literal(token)
            except Fault as fault:
                raise Fault(f'{self.path}:{self.line}: {fault}')
            self.line += token.count('\n')
        if self.blocks:
            raise Fault(f'{self.path}:{self.blocks[-1][1]}: {{% {self.blocks[-1][0]} %}} has no {{% end %}}')

    def literal(self, text):
        if not self.blocks:
            if text.strip():
                raise Fault(f'"{text.strip()[:20]}" stands outside every page')
            return
        self.place.feed(text)
        data = text.encode()
        while data:
            n = min(LITERAL, len(data))
            while n < len(data) and data[n] & 0xC0 == 0x80:
                n -= 1
            self.emit(f'html_lit(h, {textc.literal(data[:n].decode())});')
            data = data[n:]

    def directive(self, token):
        kind, inner = token[1], token[2:-1].strip() if token[1] in '=t' else token[2:-2].strip()
        if kind == '#':
            return
        word, _, rest = inner.partition(' ')
        if kind == '%' and word not in ('use', 'page') and not self.blocks:
            raise Fault(f'{{% {word} %}} stands outside every page')
        if kind == '=':
            self.emit(f'{PUT[self.place.value()]}(h, {inner});')
        elif kind == 't':
            self.text(word, rest.strip())
        elif word in ('use', 'page', 'include', 'call', 'if', 'elif', 'else', 'for', 'end'):
            getattr(self, 'on_' + word)(rest.strip())
        else:
            raise Fault(f'unknown directive "{word}"')

    def text(self, key, arguments):
        if self.place.value().startswith('url'):
            raise Fault(f'the text {key} cannot stand in a URL')
        argument = r'([a-z_]+)=((?:\([^()]*\)|[^\s()])+)\s*'
        if not re.fullmatch(f'(?:{argument})*', arguments):
            raise Fault(f'expected {{t {key} name=expression …}}')
        given = dict(re.findall(argument, arguments))
        if self.texts is not None:
            if key not in self.texts:
                raise Fault(f'no catalogue has the text {key}')
            wanted = textc.insertions(self.texts[key][0][0])
            if sorted(given) != wanted:
                raise Fault(f'the text {key} takes {", ".join(wanted) or "no values"}')
        if not given:
            return self.emit(f'html_put_text(h, {textc.constant(key)});')
        values = ', '.join(f'insertion("{name}", {value})' for name, value in given.items())
        self.emit(f'html_put_text_with(h, {textc.constant(key)}, (struct insertion[]){{{values}}}, {len(given)});')

    def on_use(self, header):
        self.headers.append(header)

    def on_page(self, prototype):
        match = re.fullmatch(r'([a-z][a-z0-9_]*)\((.*)\)', prototype, re.S)
        if not match or self.blocks:
            raise Fault('expected {% page name(parameters) %}, outside every other page')
        parameters = '' if match[2].strip() in ('', 'void') else f', {match[2].strip()}'
        self.prototypes.append(f'void page_{match[1]}(struct html *h{parameters})')
        self.open_block('page')
        self.out.append(f'\n#line {self.line} "{self.path}"\n{self.prototypes[-1]}\n{{\n')

    def on_call(self, call, prefix=''):
        if self.place.state != 'text':
            raise Fault('a function or page can be called where text stands, not inside a tag')
        self.emit(f'{prefix}{call};')

    def on_include(self, call):
        self.on_call(call, 'page_')

    def on_if(self, condition):
        self.emit(f'if ({condition}) {{')
        self.open_block('if')

    def on_elif(self, condition):
        self.branch(f'}} else if ({condition}) {{', 'if')

    def on_else(self, _):
        self.branch('} else {', 'else')

    def open_block(self, kind):
        self.blocks.append((kind, self.line, copy.copy(self.place), []))

    def branch(self, code, becomes):
        kind, line, start, ends = self.blocks.pop()
        if kind != 'if':
            raise Fault('{% elif %} and {% else %} belong to an {% if %}')
        self.emit(code)
        self.blocks.append((becomes, line, start, ends + [self.place.key()]))
        self.place = copy.copy(start)

    def on_for(self, rest):
        match = re.fullmatch(r'([a-z][a-z0-9_]*) in (.+), *([^,]+)', rest, re.S)
        if not match:
            raise Fault('expected {% for item in array, count %}')
        item, array, count = match.groups()
        self.emit(f'for (size_t {item}_i = 0; {item}_i < (size_t)({count}); {item}_i++) {{')
        self.open_block('for')
        self.emit(f'__typeof__(&({array})[0]) {item} = &({array})[{item}_i];')

    def on_end(self, _):
        kind, line, start, ends = self.blocks.pop()
        without = [] if kind == 'else' else [start.key()]  # what an {% if %} that is not taken leaves behind
        if len({*ends, self.place.key(), *without}) > 1:
            raise Fault(f'the {{% {kind} %}} of line {line} ends in another place of the HTML than it began')
        self.emit('}')


def write(path, content):
    with open(path, 'w', encoding='utf-8') as file:
        file.write(content)


def main():
    parser = argparse.ArgumentParser(description='Compiles page templates to C')
    parser.add_argument('--header', required=True)
    parser.add_argument('--source', required=True)
    parser.add_argument('--texts', nargs='*', help='catalogues: keys and insertions are checked against them')
    parser.add_argument('--pages', nargs='*', default=[], help='the templates')
    options = parser.parse_args()
    try:
        texts = textc.read_catalogues(options.texts) if options.texts else None
        compilers = [Compiler(path, texts) for path in options.pages]
        for compiler in compilers:
            with open(compiler.path, encoding='utf-8') as file:
                compiler.compile(file.read())
    except (Fault, textc.Fault) as fault:
        sys.exit(f'{fault}')
    prototypes = [p for c in compilers for p in c.prototypes]
    structs = sorted(set(re.findall(r'struct [a-z][a-z0-9_]*', ' '.join(prototypes))) - {'struct str'})
    note = '/* Made by pagec.py from the templates: change those. */\n'
    write(options.header, note + '#pragma once\n\n#include "base/str.h"\n\n#include <stdbool.h>\n#include <stdint.h>\n\n'
          + ''.join(f'{s};\n' for s in structs) + '\n' + ''.join(f'{p};\n' for p in prototypes))
    headers = sorted({h for c in compilers for h in c.headers})
    write(options.source, note + f'#include "{options.header.rsplit("/", 1)[-1]}"\n\n#include "web/html.h"\n'
          + ''.join(f'#include "{h}"\n' for h in headers) + ''.join(''.join(c.out) for c in compilers))


if __name__ == '__main__':
    main()
