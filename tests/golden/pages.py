#!/usr/bin/env python3
"""What holds for every public page, without a browser.

    pages.py PAGES

PAGES draws the pages of an example city into a folder, and their style sheet beside them. Checked: each start tag is closed in order, ids are unique,
what a page points at within itself is there, nothing is fetched from elsewhere, weight, language, and for Swedish
pages the readability index LIX (Björnsson 1968): words per sentence plus the percentage of words of more than six
letters; at most 40 is easy to read.
"""
import html.parser
import pathlib
import re
import subprocess
import sys
import tempfile

VOID = {'area', 'br', 'hr', 'img', 'input', 'link', 'meta', 'wbr'}
ENDS_A_SENTENCE = {'h1', 'h2', 'h3', 'li', 'p', 'dt', 'dd', 'td', 'th', 'figcaption', 'summary', 'caption'}
NOT_PROSE = {'code', 'nav', 'title', 'desc', 'table', 'svg', 'style', 'dl'}
MOST_LIX = 40
PAGE_BYTES, REPORT_BYTES, STYLE_BYTES = 20_000, 50_000, 12_000


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.faults, self.links, self.prose, self.in_main = [], [], [], [], [], False
        self.language = ''
        self.feed(text)
        self.close()
        if self.open:
            self.faults.append(f'<{self.open[-1]}> is not closed')

    def handle_starttag(self, tag, attributes):
        facts = dict(attributes)
        if tag == 'html':
            self.language = facts.get('lang', '')
        self.ids += [facts['id']] if 'id' in facts else []
        self.links += [(tag, name, facts[name]) for name in ('href', 'src') if name in facts]
        for name in ('aria-labelledby', 'aria-describedby', 'for'):
            self.links += [(tag, name, '#' + part) for part in facts.get(name, '').split()]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f'</{tag}> closes something else')
        if tag in ENDS_A_SENTENCE:
            self.prose.append('.\n')

    def handle_data(self, text):
        if 'main' in self.open and not NOT_PROSE & set(self.open):
            self.prose.append(text)


def lix(text):
    words = re.findall(r'[^\W\d_]+(?:-[^\W\d_]+)*|\d+', text)
    sentences = [s for s in re.split(r'[.:!?]+(?=\s|$)', text) if re.search(r'\w', s)]
    return len(words) / len(sentences) + 100 * sum(len(word) > 6 for word in words) / len(words)


def faults(path, style):
    text = path.read_text(encoding='utf-8')
    page = Page(text)
    yield from page.faults
    if len(set(page.ids)) != len(page.ids):
        yield f'an id stands twice: {sorted(i for i in page.ids if page.ids.count(i) > 1)[0]}'
    for tag, name, link in page.links:
        if link.startswith('#') and link[1:] not in page.ids:
            yield f'{name}="{link}" leads nowhere'
        if tag in ('link', 'img', 'script', 'iframe', 'source') and not link.startswith('/'):
            yield f'<{tag}> fetches {link}'
    if page.language != path.name[:2]:
        yield f'lang="{page.language}"'
    is_report = '-rapport' in path.name
    weight = len(text.encode()) + (0 if path.name.endswith('fil.html') else style)
    if weight > (REPORT_BYTES if is_report else PAGE_BYTES):
        yield f'weighs {weight} bytes with its style sheet'
    if page.language == 'sv' and (index := lix(''.join(page.prose))) > MOST_LIX:
        yield f'LIX {index:.1f}: at most {MOST_LIX}'


def main():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.argv[1], folder, '2026-11-24'], check=True)
        style = pathlib.Path(folder, 'lykta.css').stat().st_size
        pages = sorted(pathlib.Path(folder).glob('*.html'))
        told = [(path.name, list(faults(path, style))) for path in pages]
    told.append(('the style sheet', [f'is {style} bytes'] if style > STYLE_BYTES else []))
    print(f'1..{len(told)}')
    for number, (name, found) in enumerate(told, 1):
        print(f'{"not ok" if found else "ok"} {number} - {name} keeps its promises')
        for fault in found:
            print(f'# {fault}')
    return any(found for _, found in told)


sys.exit(main())
