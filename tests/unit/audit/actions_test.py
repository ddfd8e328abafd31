"""Every action that the program writes into the audit log has words, in both languages, and no words are left over.

Actions are found where they are given: at `.action =`, and in calls of functions with a parameter `action`.
Run: python3 actions_test.py PROJECT
"""
import csv
import pathlib
import re
import sys
import unittest

SOURCES = pathlib.Path(sys.argv[1]) / 'src'
ACTION = re.compile(r'"([a-z]+(?:\.[a-z_]+)+)"')
TAKES_ACTION = re.compile(r'\b([a-z_]+)\([^(){};]*\bconst char \*action\b')


def actions_of(texts):
    takers = {name for text in texts for name in TAKES_ACTION.findall(text)}
    found = set()
    for text in texts:
        for part in re.findall(r'\.action\s*=([^;]*?)(?:,\s*\.|\}|;)', text):
            found |= set(ACTION.findall(part))
        for taker in takers:
            for part in re.findall(rf'\b{taker}\(([^;{{]*)\)', text):
                found |= set(ACTION.findall(part))
    return found


def rows():
    with open(SOURCES / 'audit/actions.csv', encoding='utf-8', newline='') as file:
        return list(csv.DictReader(file))


class Actions(unittest.TestCase):
    def test_have_words_and_words_have_actions(self):
        written = actions_of([path.read_text(encoding='utf-8') for path in sorted(SOURCES.rglob('*.[ch]'))])
        self.assertGreater(len(written), 90)
        told = [row['code'] for row in rows()]
        self.assertEqual(sorted(written - set(told)), [], 'have no words in src/audit/actions.csv')
        self.assertEqual(sorted(set(told) - written), [], 'are written nowhere')
        self.assertEqual(len(told), len(set(told)))

    def test_are_found_in_each_way_they_are_given(self):
        self.assertEqual(actions_of([
            'x = {.who = *who, .action = "a.one", .subject = 1}; y = {.action = b ? "a.two" : "a.three.more"};',
            'static int note(int r, const char *action, int n);\n',
            'TRY(note(r, "a.four", 0)); other(r, "a.not");',
        ]), {'a.one', 'a.two', 'a.three.more', 'a.four'})

    def test_are_told_in_both_languages_with_the_number_in_both(self):
        for row in rows():
            self.assertTrue(row['sv'].strip() and row['en'].strip(), row)
            self.assertEqual(row['sv'].count('{n}'), row['en'].count('{n}'), row)
            self.assertLessEqual(row['sv'].count('{n}'), 1, row)
            self.assertIn(row['detail'], ('', 'words'), row)
            self.assertFalse(row['sv'].endswith('.'), row)

    def test_are_told_differently(self):
        for language in ('sv', 'en'):
            words = [row[language] for row in rows()]
            self.assertEqual(len(words), len(set(words)))


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
