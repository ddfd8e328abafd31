"""Every text of the catalogues is used by a page or a function. Run: python3 texts_used_test.py PROJECT CATALOGUE …"""
import pathlib
import re
import sys
import unittest

ROOT, CATALOGUES = pathlib.Path(sys.argv[1]), sys.argv[2:]
sys.path.insert(0, str(ROOT / 'src/web'))
import textc  # noqa: E402


def used_constants():
    names = set()
    for path in (ROOT / 'src').rglob('*'):
        if path.suffix == '.html':
            names |= {textc.constant(key) for key in re.findall(r'\{t ([a-z0-9_.]+)', path.read_text(encoding='utf-8'))}
        if path.suffix in ('.c', '.h', '.html'):
            names |= set(re.findall(r'\bTEXT_[A-Z0-9_]+', path.read_text(encoding='utf-8')))
    return names


class EveryText(unittest.TestCase):
    def test_is_used(self):
        used = used_constants()
        self.assertEqual([key for key in textc.read_catalogues(CATALOGUES) if textc.constant(key) not in used], [])


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
