/* Text inside XML. */
#include "base/xml.h"

#include "../unit.h"
#include "base/arena.h"

static struct str written(struct str s, struct arena *a)
{
    struct text out = text_open(a);

    xml_put(&out, s);
    return text_str(&out);
}

static void what_has_a_meaning_in_xml_is_written_as_what_it_is(void **state)
{
    assert_str(written(S("<a href=\"x\">Å & 'B'</a>"), *state),
               "&lt;a href=&quot;x&quot;&gt;Å &amp; 'B'&lt;/a&gt;");
}

static void control_characters_are_left_out_and_line_ends_stay(void **state)
{
    assert_str(written((struct str){"a\0b\x01\x1b\rc\n\td", 10}, *state), "abc\n\td");
}

static void a_document_has_its_elements_inside_each_other_and_its_values_escaped(void **state)
{
    struct xml x = xml_open(*state);

    xml_begin(&x, "a");
    xml_attribute(&x, "b", S("\"1\" & 2"));
    xml_element(&x, "c", S("<å>"));
    xml_begin(&x, "d");
    xml_end(&x);
    xml_element(&x, "e", S(""));
    xml_end(&x);
    assert_str(xml_document(&x), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                 "<a b=\"&quot;1&quot; &amp; 2\">\n <c>&lt;å&gt;</c>\n <d/>\n <e></e>\n</a>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_has_a_meaning_in_xml_is_written_as_what_it_is, open_arena,
                                        close_arena),
        cmocka_unit_test_setup_teardown(control_characters_are_left_out_and_line_ends_stay, open_arena,
                                        close_arena),
        cmocka_unit_test_setup_teardown(a_document_has_its_elements_inside_each_other_and_its_values_escaped,
                                        open_arena, close_arena),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
