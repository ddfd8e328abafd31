/* Strings: what counts as text, and how long it is. */
#include "base/str.h"

#include "../unit.h"

#include <stdio.h>
#include <string.h>

static void letters_are_counted_and_not_bytes(void **state)
{
    (void)state;
    assert_int_equal(str_letters(S("")), 0);
    assert_int_equal(str_letters(S("Lund 1281")), 9);
    assert_int_equal(str_letters(S("räksmörgås")), 10);
    assert_int_equal(str_letters(S("Україна")), 7);
    assert_int_equal(str_letters(S("€")), 1);
    assert_int_equal(str_letters(S("\xF0\x9F\x8F\xAE")), 1); /* U+1F3EE, four bytes */
}

static void what_is_no_utf8_is_no_text(void **state)
{
    (void)state;
    assert_true(str_is_utf8(S("räksmörgås")));
    assert_false(str_is_utf8(S("r\xE4ksm\xF6rg\xE5s"))); /* Latin-1 */
    assert_false(str_is_utf8(S("\xC0\xAF")));            /* overlong */
    assert_false(str_is_utf8(S("\xED\xA0\x80")));        /* half a pair */
    assert_false(str_is_utf8(S("\xF4\x90\x80\x80")));    /* beyond U+10FFFF */
    assert_false(str_is_utf8(S("cut \xE2\x82")));        /* not all of a letter */
    assert_false(str_is_utf8((struct str){"a\0b", 3}));
}

/* In a sentence for a person: no view of nothing ends the process, and no text of a file fills the screen. */
static void a_sentence_shows_at_most_so_much_of_a_view(void **state)
{
    static char many[STR_SHOWN + 2];
    char shown[sizeof many + 2];

    (void)state;
    memset(many, 'x', sizeof many - 1);
    for (size_t n = STR_SHOWN - 1; n < sizeof many; n++)
        assert_int_equal(snprintf(shown, sizeof shown, "%.*s", STR(((struct str){many, n}))),
                         n < STR_SHOWN ? n : STR_SHOWN);
    assert_int_equal(snprintf(shown, sizeof shown, "<%.*s>", STR(((struct str){NULL, 0}))), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_are_counted_and_not_bytes),
        cmocka_unit_test(what_is_no_utf8_is_no_text),
        cmocka_unit_test(a_sentence_shows_at_most_so_much_of_a_view),
    };

    return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
