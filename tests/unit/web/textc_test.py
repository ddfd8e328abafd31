"""Catalogues: what they become, and what stops the build. Run: python3 textc_test.py FOLDER_OF_TEXTC"""
import os
import sys
import tempfile
import unittest

sys.path.insert(0, sys.argv.pop(1))
import textc  # noqa: E402

SEATS = 'msgctxt "seats"\nmsgid "{n} plats"\nmsgid_plural "{n} platser"\nmsgstr[0] "{n} seat"\nmsgstr[1] "{n} seats"\n'


def read(*contents):
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, f'{i}.po') for i in range(len(contents))]
        for path, content in zip(paths, contents):
            with open(path, 'w', encoding='utf-8') as file:
                file.write(content)
        return textc.read_catalogues(paths)


class ACatalogue(unittest.TestCase):
    def test_gives_each_key_a_swedish_and_an_english_text(self):
        self.assertEqual(read('msgctxt "a.b"\nmsgid "Hej"\nmsgstr "Hello"\n'), {'a.b': (('Hej', ''), ('Hello', ''))})

    def test_joins_the_lines_of_a_long_text(self):
        self.assertEqual(read('msgctxt "a"\nmsgid ""\n"Hej "\n"du"\nmsgstr "Hello"\n')['a'][0][0], 'Hej du')

    def test_has_two_forms_of_a_text_that_counts(self):
        self.assertEqual(read(SEATS)['seats'], (('{n} plats', '{n} platser'), ('{n} seat', '{n} seats')))

    def test_skips_the_head_and_comments(self):
        self.assertEqual(read('# a comment\nmsgid ""\nmsgstr ""\n"Language: en\\n"\n'), {})

    def test_becomes_constants_and_tables_of_bytes(self):
        texts = read('msgctxt "a.b"\nmsgid "Får \\"du\\"?"\nmsgstr "May you?"\n')
        self.assertIn('    TEXT_A_B,\n    TEXT_COUNT', textc.write_header(texts))
        self.assertIn('[TEXT_A_B] = {{"Får \\"du\\"\\?", 10}, {"", 0}},', textc.write_source(texts))


class TheBuildStopsAt(unittest.TestCase):
    def refused(self, reason, *contents):
        with self.assertRaisesRegex(textc.Fault, reason):
            read(*contents)

    def test_a_missing_translation(self):
        self.refused('0.po:1: a: the text is missing', 'msgctxt "a"\nmsgid "Hej"\nmsgstr ""\n')

    def test_unequal_insertions(self):
        self.refused('different insertions: name / nam', 'msgctxt "a"\nmsgid "Hej {name}"\nmsgstr "Hello {nam}"\n')

    def test_a_count_without_its_number(self):
        self.refused('needs the insertion', SEATS.replace('{n} ', ''))

    def test_a_key_that_stands_twice(self):
        entry = 'msgctxt "a"\nmsgid "Hej"\nmsgstr "Hello"\n'
        self.refused('1.po:1: a stands already as a in .*0.po', entry, entry)

    def test_two_keys_with_one_constant(self):
        self.refused('stands already', *(f'msgctxt "{key}"\nmsgid "Hej"\nmsgstr "Hello"\n' for key in ('a.b', 'a_b')))

    def test_a_key_with_capitals(self):
        self.refused('small letters', 'msgctxt "A"\nmsgid "Hej"\nmsgstr "Hello"\n')

    def test_two_entries_without_an_empty_line_between(self):
        self.refused('3: msgctxt stands twice|is an empty line missing', 'msgctxt "a"\nmsgid "b"\nmsgctxt "c"\n')

    def test_a_line_that_is_not_understood(self):
        self.refused('0.po:2: expected', 'msgctxt "a"\nmsgid Hej\n')

    def test_a_text_longer_than_a_literal(self):
        self.refused('divide it', f'msgctxt "a"\nmsgid "{"å" * 2001}"\nmsgstr "Hello"\n')


if __name__ == '__main__':
    unittest.main()
