#!/usr/bin/env python3
"""Embeds the files of src/asset in the program: assets.c with their bytes, assets.h with their addresses.

    embed.py --header assets.h --source assets.c FILE …

Each is served under /a/<hash of its bytes>/<name>, so that it can be kept for a year and is never stale; beside it
stands a gzip copy where that is at least a tenth shorter. `lykta.css` becomes ASSET_LYKTA_CSS, its address. Style sheets
lose the comments and blanks that are there for who writes them.
"""
import argparse
import gzip
import hashlib
import pathlib
import re
import sys

TYPES = {'.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml',
         '.png': 'image/png', '.jpg': 'image/jpeg', '.webp': 'image/webp', '.ico': 'image/vnd.microsoft.icon',
         '.txt': 'text/plain; charset=utf-8', '.pdf': 'application/pdf'}
NOTE = '/* Made by embed.py from src/asset: change those. */\n'


def without_blanks(css):
    """The same rules in fewer bytes: what stands between quotes is kept as it is."""
    parts = re.split(r'("[^"]*"|\'[^\']*\')', re.sub(r'/\*.*?\*/', '', css, flags=re.S))
    for i in range(0, len(parts), 2):
        parts[i] = re.sub(r'\s*([{};,>])\s*', r'\1', re.sub(r'\s+', ' ', parts[i]))
        parts[i] = re.sub(r';}', '}', re.sub(r': ', ':', parts[i]))
    return ''.join(parts).strip() + '\n'


def array(name, data):
    rows = (', '.join(map(str, data[i:i + 24])) for i in range(0, len(data), 24))
    return f'static const unsigned char {name}[] = {{\n    ' + ',\n    '.join(rows) + '};\n'


def view(name, data):
    return f'{{(const char *){name}, sizeof {name}}}' if data else '{"", 0}'


def main():
    parser = argparse.ArgumentParser(description='Embeds files in the program')
    parser.add_argument('--header', required=True)
    parser.add_argument('--source', required=True)
    parser.add_argument('files', nargs='*', type=pathlib.Path)
    options = parser.parse_args()
    defines, arrays, rows, seen = '', '', '', set()
    for i, path in enumerate(options.files):
        if path.suffix not in TYPES or not re.fullmatch(r'[a-z0-9.-]+', path.name) or path.name in seen:
            sys.exit(f'{path}: an asset has a name of its own in small letters, and one of the endings '
                     + ' '.join(TYPES))
        seen.add(path.name)
        data = path.read_bytes()
        if data and path.suffix == '.css':
            data = without_blanks(data.decode()).encode()
        if not data:
            sys.exit(f'{path}: is empty')
        short = gzip.compress(data, 9, mtime=0)
        short = short if len(short) < 0.9 * len(data) else b''
        url = f'/a/{hashlib.sha256(data).hexdigest()[:16]}/{path.name}'
        defines += f'#define ASSET_{re.sub("[^a-z0-9]", "_", path.name).upper()} "{url}"\n'
        arrays += array(f'bytes_{i}', data) + (array(f'gzip_{i}', short) if short else '')
        rows += (f'    {{{{"{url}", {len(url)}}}, {{"{path.name}", {len(path.name)}}}, "{TYPES[path.suffix]}",\n'
                 f'     {view(f"bytes_{i}", data)}, {view(f"gzip_{i}", short)}}},\n')
    pathlib.Path(options.header).write_text(f'{NOTE}#pragma once\n\n{defines}')
    pathlib.Path(options.source).write_text(
        f'{NOTE}#include "web/asset.h"\n\n{arrays}\nconst struct asset assets[] = {{\n{rows}'
        '    {{"", 0}, {"", 0}, "", {"", 0}, {"", 0}},\n};\n')


if __name__ == '__main__':
    main()
