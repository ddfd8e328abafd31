"""Embedded files: what they become, and what stops the build. Run: python3 embed_test.py FOLDER_OF_EMBED"""
import gzip
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

EMBED = pathlib.Path(sys.argv.pop(1)) / 'embed.py'


def embed(files):
    """(header, source, what was said) of embed.py run on {name: bytes}."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for file, data in files.items():
            (folder / file).parent.mkdir(exist_ok=True)
            (folder / file).write_bytes(data)
        run = subprocess.run([sys.executable, str(EMBED), '--header', str(folder / 'a.h'), '--source', str(folder / 'a.c'),
                              *(str(folder / file) for file in files)], capture_output=True, text=True, check=False)
        if run.returncode != 0:
            return '', '', run.stderr
        return (folder / 'a.h').read_text(), (folder / 'a.c').read_text(), ''


def array(source, name):
    return bytes(map(int, re.search(name + r'\[\] = \{([^}]*)\}', source)[1].split(',')))


class AnAsset(unittest.TestCase):
    def test_has_an_address_that_changes_with_its_bytes(self):
        first, second = embed({'lykta.css': b'a{}'})[0], embed({'lykta.css': b'b{}'})[0]
        self.assertRegex(first, r'#define ASSET_LYKTA_CSS "/a/[0-9a-f]{16}/lykta\.css"')
        self.assertNotEqual(first, second)

    def test_keeps_its_bytes(self):
        data = bytes(range(256))
        self.assertEqual(array(embed({'a.png': data})[1], 'bytes_0'), data)

    def test_has_a_gzip_copy_where_that_is_shorter(self):
        data = b'abc def ghi ' * 50
        self.assertEqual(gzip.decompress(array(embed({'a.txt': data})[1], 'gzip_0')), data)

    def test_loses_blanks_and_comments_of_a_style_sheet_but_not_in_quotes(self):
        data = b'/* why */ a:hover > b {\n  color: black;\n  content: " { ; } ";\n}\n@media (min-width: 4rem) { a { margin: 0 1px } }\n'
        self.assertEqual(array(embed({'a.css': data})[1], 'bytes_0'),
                         b'a:hover>b{color:black;content:" { ; } "}@media (min-width:4rem){a{margin:0 1px}}\n')

    def test_has_none_where_it_is_not(self):
        self.assertNotIn('gzip_0', embed({'a.css': b'a{}'})[1])

    def test_gives_the_same_bytes_each_time(self):
        files = {'a.css': b'a { color: black } ' * 50}
        self.assertEqual(embed(files), embed(files))

    def test_may_be_missing(self):
        self.assertIn('const struct asset assets[]', embed({})[1])


class TheBuildStopsAt(unittest.TestCase):
    def test_an_ending_without_a_type(self):
        self.assertIn('one of the endings', embed({'a.exe': b'x'})[2])

    def test_an_empty_file(self):
        self.assertIn('is empty', embed({'a.css': b''})[2])

    def test_two_files_with_one_name(self):
        self.assertIn('a name of its own', embed({'x/a.css': b'x', 'y/a.css': b'y'})[2])


if __name__ == '__main__':
    unittest.main()
