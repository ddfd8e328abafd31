"""Puts the lists of words that lib/words/scanner_words.c knows into the script that looks for them in the page.

    telling.py telling.in.js scanner_words.c telling.js

So there is one place to add a word or take one away, and page and server know the same.
"""
import json
import pathlib
import re
import sys

LISTS = ['origin_stems', 'origin_words', 'capital_only', 'health_stems', 'health_words']


def main():
    script, words, out = map(pathlib.Path, sys.argv[1:])
    source = words.read_text(encoding='utf-8')
    lists = {}
    for name in LISTS:
        found = re.search(r'\b' + name + r'\[\] = \{(.*?)\};', source, re.S)
        if not found:
            sys.exit(f'{words}: has no list {name}')
        lists[name] = re.findall(r'"([^"]*)"', found.group(1))
    text = script.read_text(encoding='utf-8').replace('LISTS;', json.dumps(lists, ensure_ascii=False) + ';')
    out.write_text(text, encoding='utf-8')


if __name__ == '__main__':
    main()
