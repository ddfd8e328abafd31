"""Page templates: what they become, and what stops the build. Run: python3 pagec_test.py FOLDER_OF_PAGEC"""
import sys
import unittest

sys.path.insert(0, sys.argv.pop(1))
import pagec  # noqa: E402
import place  # noqa: E402

TEXTS = {'greeting': (('Hej', ''), ('Hello', '')), 'seats': (('{n} plats', '{n} platser'), ('{n} seat', '{n} seats'))}


def compiled(body, texts=None):
    compiler = pagec.Compiler('x.html', TEXTS if texts is None else texts)
    compiler.compile('{% page x(const struct x *v) %}\n' + body + '\n{% end %}\n')
    return ''.join(line for line in ''.join(compiler.out).splitlines(True) if not line.startswith('#line'))


class APage(unittest.TestCase):
    def test_becomes_a_function_that_gets_the_writer_and_its_view(self):
        self.assertIn('void page_x(struct html *h, const struct x *v)\n{', compiled('Hej'))

    def test_names_the_line_of_the_template(self):
        compiler = pagec.Compiler('x.html', TEXTS)
        compiler.compile('{% page x(void) %}\n<p>\n{=v->a}\n{% end %}\n')
        self.assertIn('#line 3 "x.html"\n    html_put(h, v->a);', ''.join(compiler.out))

    def test_leaves_nothing_behind_for_a_directive_alone_on_its_line(self):
        self.assertIn('html_lit(h, "a\\n");\n    if (v) {\n        html_lit(h, "b\\n");\n    }\n    html_lit(h, "c\\n");',
                      compiled('a\n  {% if v %}\nb\n  {% end %}\nc'))

    def test_does_not_send_comments(self):
        self.assertNotIn('secret', compiled('a {# a secret #} b\n{# of two\nsecret lines #}\n'))

    def test_divides_literals_that_iso_c_does_not_promise(self):
        self.assertEqual(compiled('å' * 3000).count('html_lit'), 2)

    def test_loops_over_an_array_with_an_index(self):
        code = compiled('{% for m in v->rows, v->n %}{=m->name}{=m_i}{% end %}')
        self.assertIn('for (size_t m_i = 0; m_i < (size_t)(v->n); m_i++) {', code)
        self.assertIn('m = &(v->rows)[m_i];', code)

    def test_calls_other_pages_and_functions(self):
        code = compiled('{% include layout(h, v->site) %}{% call chart(h, &v->chart) %}')
        self.assertIn('page_layout(h, v->site);', code)
        self.assertIn('    chart(h, &v->chart);', code)


class AValue(unittest.TestCase):
    def test_in_text_is_written_for_people(self):
        self.assertIn('html_put(h, v->n);', compiled('<p>{=v->n}'))

    def test_in_an_attribute_is_written_for_programs(self):
        self.assertIn('html_put_attribute(h, v->n);', compiled('<input max="{=v->n}">'))

    def test_in_an_attribute_that_people_read_is_written_for_people(self):
        self.assertIn('html_put(h, v->n);', compiled("<p title='{=v->n} st'>"))

    def test_at_the_start_of_a_url_is_checked(self):
        self.assertIn('html_put_url_start(h, v->link);', compiled('<a href="{=v->link}">'))

    def test_inside_a_url_is_percent_encoded(self):
        self.assertIn('html_put_url_inside(h, v->id);', compiled('<a href="/plan/{=v->id}">'))

    def test_after_the_start_of_a_url_is_percent_encoded(self):
        self.assertIn('html_put_url_inside(h, v->b);', compiled('<a href="{=v->a}{=v->b}">'))

    def test_after_a_tag_is_in_text_again(self):
        self.assertIn('html_put(h, v->a);', compiled('<a class="b" href="/x">{=v->a}</a>'))


class AText(unittest.TestCase):
    def test_is_put_by_its_key(self):
        self.assertIn('html_put_text(h, TEXT_GREETING);', compiled('{t greeting}'))

    def test_takes_values_for_its_insertions(self):
        self.assertIn('html_put_text_with(h, TEXT_SEATS, (struct insertion[]){insertion("n", v->seats(1))}, 1);',
                      compiled('{t seats n=v->seats(1)}'))


class TheBuildStopsAt(unittest.TestCase):
    def refused(self, body, reason):
        with self.assertRaisesRegex(place.Fault, reason):
            compiled(body)

    def test_a_value_in_a_script(self):
        self.refused('<script>var a = {=v->a};</script>', 'content in <script>')

    def test_a_value_in_a_style_sheet(self):
        self.refused('<style>\n{=v->a}</style>', 'cannot stand in <style>')

    def test_a_script_in_an_attribute(self):
        self.refused('<p onclick="go()">', 'onclick=')

    def test_a_style_attribute(self):
        self.refused('<p style="color: {=v->a}">', 'style=')

    def test_a_value_in_an_unquoted_attribute(self):
        self.refused('<p class={=v->a}>', 'unquoted attribute class')

    def test_a_value_in_a_comment(self):
        self.refused('<!-- {=v->a} -->', 'a comment')

    def test_a_value_as_tag_name(self):
        self.refused('<{=v->a}>', 'tag name')

    def test_a_value_as_attribute_name(self):
        self.refused('<p {=v->a}="b">', 'between the attributes')

    def test_a_value_in_srcdoc(self):
        self.refused('<iframe srcdoc="{=v->a}">', 'attribute srcdoc')

    def test_a_text_in_a_url(self):
        self.refused('<a href="{t greeting}">', 'cannot stand in a URL')

    def test_a_condition_that_ends_in_another_place(self):
        self.refused('<p class="a{% if v->a %}"{% end %}>', 'ends in another place')

    def test_branches_that_end_in_different_places(self):
        self.refused('{% if v->a %}<p{% else %}<p>{% end %}', 'ends in another place')

    def test_a_loop_that_ends_in_another_place(self):
        self.refused('{% for m in v->a, 3 %}<p title="{% end %}', 'ends in another place')

    def test_a_page_that_ends_inside_a_tag(self):
        self.refused('<p', 'ends in another place')

    def test_a_block_without_an_end(self):
        self.refused('{% if v->a %}', 'has no {% end %}')

    def test_a_call_inside_a_tag(self):
        self.refused('<p {% call f(h) %}>', 'not inside a tag')

    def test_an_unknown_directive(self):
        self.refused('{% while 1 %}', 'unknown directive "while"')

    def test_a_text_that_no_catalogue_has(self):
        self.refused('{t farewell}', 'no catalogue has')

    def test_a_text_without_a_value_for_its_insertion(self):
        self.refused('{t seats}', 'takes n')

    def test_a_value_the_text_does_not_take(self):
        self.refused('{t greeting n=1}', 'takes no values')


if __name__ == '__main__':
    unittest.main()
