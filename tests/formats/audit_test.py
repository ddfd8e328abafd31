#!/usr/bin/python3
"""The audit log of a real city, and the file that an auditor takes, are checked by a program that shares nothing with Lykta,
which names the row in each copy that was tampered with.

    audit_test.py LYKTA PROJECT
"""
import http.client
import json
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

LYKTA, PROJECT = sys.argv[1], pathlib.Path(sys.argv[2])
CHECKER = PROJECT / 'docs/audit_check.py'
sys.dont_write_bytecode = True


def take_file(city, password):
    """Signs in as the auditor, as a browser does, and takes the log's file."""
    server = subprocess.Popen([LYKTA, 'serve', city, '--listen', '127.0.0.1:0'], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True)
    try:
        port = int(re.search(r':(\d+)/', server.stdout.readline())[1])

        def ask(method, path, body=None, headers=None):
            connection = http.client.HTTPConnection('127.0.0.1', port, timeout=60)
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            told = answer.status, answer.headers, answer.read()
            connection.close()
            return told

        def send(path, page, cookie, **fields):
            token = re.search(rb'name="token" value="([^"]+)"', page)[1].decode()
            status, headers, _ = ask('POST', path, urllib.parse.urlencode({'token': token, **fields}), {
                'Content-Type': 'application/x-www-form-urlencoded', 'Sec-Fetch-Site': 'same-origin', 'Cookie': cookie})
            assert status == 303, (path, status)
            return headers['Set-Cookie'].split(';')[0]

        _, _, page = ask('GET', '/logga-in')
        cookie = send('/logga-in', page, '', email='granskare@lund.example', password=password)
        _, _, page = ask('GET', '/logga-in/kod', headers={'Cookie': cookie})
        code = re.search(rb'<div class="note">.*?\b(\d{6})\b', page, re.S)[1].decode()
        cookie = send('/logga-in/kod', page, cookie, code=code)
        status, headers, taken = ask('GET', '/logg/fil', headers={'Cookie': cookie})
        assert status == 200 and headers['Content-Type'].startswith('application/jsonl'), (status, headers['Content-Type'])
        return taken
    finally:
        server.terminate()
        server.communicate()


def check(path, *options):
    done = subprocess.run([sys.executable, CHECKER, path, *options], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


class Log(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.room = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.room.name)
        cls.city = cls.folder / 'city'
        made = subprocess.run([LYKTA, 'demo', cls.city], check=True, capture_output=True, text=True).stdout
        cls.taken = take_file(cls.city, re.search(r'Password for all of them: (\S+)', made)[1])
        cls.key = (cls.city / 'keys/release.pub').read_text().strip()
        cls.lines = cls.taken.split(b'\n')[:-1]
        cls.n = len(cls.lines) - 2

    @classmethod
    def tearDownClass(cls):
        cls.room.cleanup()

    # The database

    def tampered(self, *statements):
        copy = self.folder / 'copy.db'
        shutil.copy(self.city / 'lykta.db', copy)
        db = sqlite3.connect(copy)
        for statement in ('drop trigger audit_is_never_changed', 'drop trigger audit_is_never_shortened', *statements):
            db.execute(statement)
        db.commit()
        db.close()
        return copy

    def assert_named(self, said, row):
        self.assertEqual(said[0], 3, said[1])
        self.assertRegex(said[1], rf'row {row}: ')

    def test_a_whole_database_gives_the_head_that_lykta_gives(self):
        status, told = check(self.city / 'lykta.db')
        self.assertEqual(status, 0, told)
        verified = subprocess.run([LYKTA, 'verify', self.city], check=True, capture_output=True, text=True).stdout
        last, head = re.search(r'Audit head: (\d+) ([0-9a-f]{64})', verified).groups()
        self.assertIn(f'Anchor: {last}:{head}', told)
        self.assertGreaterEqual(int(last), 17)

    def test_every_field_of_a_row_is_held(self):
        for field, value in (('at', 'at + 1'), ('who', "'person 1'"), ('role', "'dpo'"), ('why', "'x'"), ('action', "'a.b'"),
                             ('subject', 'subject + 1'), ('detail', "'x'"), ('hash', "x'00'")):
            with self.subTest(field):
                self.assert_named(check(self.tampered(f'update audit set {field} = {value} where id = 7')), 7)

    def test_a_dropped_row_is_named_also_when_the_rest_is_renumbered(self):
        self.assert_named(check(self.tampered('delete from audit where id = 5')), 5)
        self.assert_named(check(self.tampered('delete from audit where id = 5',
                                              'update audit set id = -id where id > 5',
                                              'update audit set id = -id - 1 where id < 0')), 5)

    def test_swapped_rows_are_named(self):
        self.assert_named(check(self.tampered('update audit set id = 1000 where id = 3', 'update audit set id = 3 where id = 4',
                                              'update audit set id = 4 where id = 1000')), 3)

    def test_a_row_put_in_is_named(self):
        self.assert_named(check(self.tampered(
            f"insert into audit (id, at, who, action, subject, detail, role, why, hash) "
            f"select {self.n + 1}, at, who, action, subject, detail, role, why, hash from audit where id = 9")), self.n + 1)

    def test_a_tail_cut_off_is_missed_by_the_head(self):
        self.assert_named(check(self.tampered(f'delete from audit where id > {self.n - 2}')), self.n - 1)

    def test_a_tail_cut_off_with_its_head_is_missed_by_an_anchor_alone(self):
        copy = self.tampered(f'delete from audit where id > {self.n - 2}',
                             f'update audit_head set last = {self.n - 2}, hash = (select hash from audit where id = {self.n - 2})')
        self.assertEqual(check(copy)[0], 0)
        last = json.loads(self.lines[-1])
        self.assert_named(check(copy, '--anchor', f'{last["last"]}:{last["head"]}'), self.n - 1)

    # The file

    def write(self, lines, end=b'\n'):
        path = self.folder / 'copy.jsonl'
        path.write_bytes(b'\n'.join(lines) + end)
        return path

    def test_a_whole_file_is_whole_and_its_head_is_an_anchor_of_the_database(self):
        status, told = check(self.write(self.lines), '--key', self.key)
        self.assertEqual(status, 0, told)
        self.assertIn(f'whole, {self.n} rows', told)
        self.assertEqual(check(self.city / 'lykta.db', '--anchor', re.search(r'Anchor: (\S+)', told)[1])[0], 0)

    def test_every_field_of_a_row_in_the_file_is_held(self):
        for field in ('id', 'at', 'subject'):
            row = json.loads(self.lines[7])
            row[field] += 1
            self.assert_named(check(self.write([*self.lines[:7], json.dumps(row).encode(), *self.lines[8:]]), '--key', self.key), 7)
        for field in ('who', 'role', 'why', 'action', 'detail'):
            row = json.loads(self.lines[7])
            row[field] += 'x'
            self.assert_named(check(self.write([*self.lines[:7], json.dumps(row).encode(), *self.lines[8:]]), '--key', self.key), 7)

    def test_every_bit_of_the_file_is_held(self):
        """Each bit of a row, of the first and of the last line is flipped; whatever it becomes, it is not whole."""
        sys.path.insert(0, str(PROJECT / 'docs'))
        import audit_check
        key = bytes.fromhex(self.key)
        audit_check.check_file(self.taken, key, [])
        starts = [0, sum(len(line) + 1 for line in self.lines[:7]), len(self.taken) - len(self.lines[-1]) - 1]
        for line, start in zip((self.lines[0], self.lines[7], self.lines[-1]), starts):
            for bit in range(8 * (len(line) + 1)):
                flipped = bytearray(self.taken)
                flipped[start + bit // 8] ^= 1 << bit % 8
                with self.assertRaises(audit_check.Fault, msg=f'bit {bit} of {line[:40]}'):
                    audit_check.check_file(bytes(flipped), key, [])

    def test_dropped_doubled_and_swapped_lines_are_named(self):
        lines = self.lines
        self.assert_named(check(self.write(lines[:5] + lines[6:]), '--key', self.key), 5)
        self.assert_named(check(self.write(lines[:6] + lines[5:]), '--key', self.key), 6)
        self.assert_named(check(self.write(lines[:3] + [lines[4], lines[3]] + lines[5:]), '--key', self.key), 3)

    def test_a_file_cut_short_is_named_at_its_end(self):
        self.assert_named(check(self.write(self.lines[:-3] + self.lines[-1:]), '--key', self.key), self.n - 1)
        self.assert_named(check(self.write(self.lines[:-3]), '--key', self.key), self.n - 1)
        status, told = check(self.write(self.lines, end=b''), '--key', self.key)
        self.assertEqual(status, 3, told)
        self.assertIn('cut short', told)

    def test_another_key_is_not_the_citys(self):
        status, told = check(self.write(self.lines), '--key', '0' * 64)
        self.assertEqual(status, 3)
        self.assertIn('another key', told)

    def test_a_file_made_and_signed_by_somebody_else_is_not_the_citys(self):
        """Somebody without the key drops the last row, and signs with a key of their own, or puts the city's in."""
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        import hashlib
        secret = Ed25519PrivateKey.from_private_bytes(b'\7' * 32)
        public = secret.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw).hex()
        kept = self.lines[:-2]
        last = {'last': self.n - 1, 'head': json.loads(kept[-1])['hash'],
                'sha256': hashlib.sha256(b'\n'.join(kept) + b'\n').hexdigest(), 'public_key': public}
        told = f'lykta-audit-log 1\nlast {last["last"]}\nhead {last["head"]}\nsha256 {last["sha256"]}\n'
        last['signature'] = secret.sign(told.encode()).hex()
        forged = self.write([*kept, json.dumps(last).encode()])
        self.assertEqual(check(forged, '--key', public)[0], 0)
        self.assertIn('another key', check(forged, '--key', self.key)[1])
        last['public_key'] = self.key
        self.assertIn('signature', check(self.write([*kept, json.dumps(last).encode()]), '--key', self.key)[1])

    def test_a_file_is_not_checked_without_a_key(self):
        self.assertEqual(check(self.write(self.lines))[0], 2)

    def test_openssl_says_the_same_of_the_signature(self):
        last = json.loads(self.lines[-1])
        told, key, signature = self.folder / 'told', self.folder / 'key.der', self.folder / 'signature'
        told.write_text(f'lykta-audit-log 1\nlast {last["last"]}\nhead {last["head"]}\nsha256 {last["sha256"]}\n')
        key.write_bytes(bytes.fromhex('302a300506032b6570032100' + last['public_key']))
        signature.write_bytes(bytes.fromhex(last['signature']))
        verified = subprocess.run(['openssl', 'pkeyutl', '-verify', '-pubin', '-keyform', 'DER', '-inkey', key, '-rawin', '-in', told,
                                   '-sigfile', signature], capture_output=True, text=True)
        self.assertIn('Signature Verified Successfully', verified.stdout)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
