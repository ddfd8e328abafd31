#!/usr/bin/env python3
"""Checks a Lykta audit log without Lykta: written from docs/audit-format.md, sharing nothing with the program.

    audit_check.py CITY/lykta.db [--anchor ROW:HASH]
    audit_check.py logg-1281-2026-11-25.jsonl --key HEX [--anchor ROW:HASH]

--key     the public key that the city has made known (CITY/keys/release.pub), of a file's signature
--anchor  a row's number and check value that was kept elsewhere; may be given several times

Needs Python 3.9 and, for files, the module cryptography (Debian: python3-cryptography).
Exit status: 0 whole, 2 called in a wrong way, 3 not whole; the sentence names the first row that is wrong.
"""
import argparse
import hashlib
import json
import re
import sqlite3
import sys

FORMAT = 'lykta-audit-log 1'
NUMBERS = ('id', 'at', 'subject')
TEXTS = ('who', 'role', 'why', 'action', 'detail')
ROW = ('id', 'at', 'who', 'role', 'why', 'action', 'subject', 'detail', 'hash')
LAST = ('last', 'head', 'sha256', 'public_key', 'signature')


class Fault(Exception):
    """The log is not whole; the sentence says where."""


def number(value):
    return value.to_bytes(8, 'little', signed=True)


def text(value):
    raw = value.encode('utf-8')
    return number(len(raw)) + raw


def row_hash(previous, row):
    """BLAKE2b-256 of the row before it and the row's fields."""
    told = previous + number(row['id']) + number(row['at']) + text(row['who']) + text(row['action'])
    told += number(row['subject']) + text(row['detail'])
    if row['role'] or row['why']:
        told += text(row['role']) + text(row['why'])
    return hashlib.blake2b(told, digest_size=32).digest()


def check_fields(row, expected):
    for name in NUMBERS:
        if type(row[name]) is not int or not -2**63 <= row[name] < 2**63:
            raise Fault(f'row {expected}: "{name}" is no whole number of 64 bits')
    for name in TEXTS:
        if type(row[name]) is not str:
            raise Fault(f'row {expected}: "{name}" is no text')


def follow(rows):
    """Follows the chain; gives the check value of every row, the first at index 1."""
    hashes = [bytes(32)]
    for row in rows:
        expected = len(hashes)
        check_fields(row, expected)
        if row['id'] != expected:
            raise Fault(f'row {expected}: missing: row {row["id"]} stands in its place')
        try:
            made = row_hash(hashes[-1], row)
        except UnicodeEncodeError:
            raise Fault(f'row {expected}: holds what is no text') from None
        if made != row['hash']:
            raise Fault(f'row {expected}: is not what was written: it was altered, or moved here from another place')
        hashes.append(made)
    return hashes


def check_head(hashes, last, head):
    if last != len(hashes) - 1:
        raise Fault(f'row {min(last + 1, len(hashes))}: the log has {len(hashes) - 1} rows, and its head says {last}')
    if head != hashes[-1]:
        raise Fault(f'row {last}: the head has another check value')


def check_anchors(hashes, anchors):
    for row, value in anchors:
        if row >= len(hashes):
            raise Fault(f'row {len(hashes)}: missing: the log once had {row} rows, and has {len(hashes) - 1}')
        if hashes[row] != value:
            raise Fault(f'row {row}: is not the one that was there when its check value was kept: the log was replaced')


def check_database(path, anchors):
    db = sqlite3.connect(f'file:{path}?mode=ro', uri=True)
    db.execute('begin')
    columns = ', '.join(ROW)
    hashes = follow(dict(zip(ROW, values)) for values in db.execute(f'select {columns} from audit order by id'))
    last, head = db.execute('select last, hash from audit_head where id = 1').fetchone() or (0, bytes(32))
    check_head(hashes, last, head)
    check_anchors(hashes, anchors)
    return hashes


def no_doubles(pairs):
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError('a name stands twice')
    return dict(pairs)


def object_of(line, names, where):
    try:
        found = json.loads(line.decode('utf-8'), object_pairs_hook=no_doubles)
    except ValueError as why:
        raise Fault(f'{where}: is no JSON: {why}') from None
    if type(found) is not dict or tuple(found) != names:
        raise Fault(f'{where}: expected an object with {", ".join(names)}')
    return found


def bytes_of(value, size, where):
    if type(value) is not str or not re.fullmatch(f'[0-9a-f]{{{2 * size}}}', value):
        raise Fault(f'{where}: expected {2 * size} small hexadecimal digits')
    return bytes.fromhex(value)


def rows_of(lines):
    for expected, line in enumerate(lines, 1):
        row = object_of(line, ROW, f'row {expected}')
        row['hash'] = bytes_of(row['hash'], 32, f'row {expected}')
        yield row


def check_signature(last, key):
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if key != bytes_of(last['public_key'], 32, 'last line'):
        raise Fault('last line: was signed with another key than the city\'s')
    told = f'{FORMAT}\nlast {last["last"]}\nhead {last["head"]}\nsha256 {last["sha256"]}\n'
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(bytes_of(last['signature'], 64, 'last line'), told.encode())
    except InvalidSignature:
        raise Fault('last line: the signature is not of this log') from None


def check_file(whole, key, anchors):
    if not whole.endswith(b'\n'):
        raise Fault('the file is cut short: its last line does not end')
    first, *lines = whole[:-1].split(b'\n')
    opening = object_of(first, ('format', 'city', 'name', 'exported_at'), 'first line')
    if opening['format'] != FORMAT:
        raise Fault(f'first line: expected the format "{FORMAT}"')
    if not lines or b'"signature"' not in lines[-1]:
        raise Fault(f'row {len(lines) + 1}: the file is cut short: it ends without a signature')
    last = object_of(lines.pop(), LAST, 'last line')
    hashes = follow(rows_of(lines))
    if type(last['last']) is not int:
        raise Fault('last line: "last" is no whole number')
    check_head(hashes, last['last'], bytes_of(last['head'], 32, 'last line'))
    check_anchors(hashes, anchors)
    signed = whole[:whole.rindex(b'\n', 0, -1) + 1]
    if hashlib.sha256(signed).hexdigest() != last['sha256']:
        raise Fault('the lines before the last are not those that were signed, though the chain is whole')
    check_signature(last, key)
    return hashes


def anchor_of(value):
    found = re.fullmatch(r'([0-9]{1,18}):([0-9a-f]{64})', value)
    if not found:
        raise argparse.ArgumentTypeError('expected ROW:HASH, as 15:3fc0…')
    return int(found[1]), bytes.fromhex(found[2])


def key_of(value):
    if not re.fullmatch('[0-9a-f]{64}', value.strip()):
        raise argparse.ArgumentTypeError('expected 64 small hexadecimal digits')
    return bytes.fromhex(value.strip())


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument('log')
    options.add_argument('--key', type=key_of)
    options.add_argument('--anchor', type=anchor_of, action='append', default=[])
    given = options.parse_args()
    try:
        with open(given.log, 'rb') as file:
            whole = file.read(16)
            is_database = whole == b'SQLite format 3\0'
            whole += b'' if is_database else file.read()
        if is_database:
            hashes = check_database(given.log, given.anchor)
        elif given.key:
            hashes = check_file(whole, given.key, given.anchor)
        else:
            options.error('a file is checked with --key: without it nobody knows who made it')
    except Fault as fault:
        print(f'{given.log}: {fault}', file=sys.stderr)
        return 3
    except (OSError, sqlite3.Error) as fault:
        print(f'{given.log}: cannot be read: {fault}', file=sys.stderr)
        return 3
    print(f'{given.log}: whole, {len(hashes) - 1} rows\nAnchor: {len(hashes) - 1}:{hashes[-1].hex()}')
    return 0


if __name__ == '__main__':
    sys.exit(main())
