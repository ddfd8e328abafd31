/* Strings: what counts as text, and how long it is. */
#include "base/str.h"

#include "../unit.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_are_counted_and_not_bytes),
        cmocka_unit_test(what_is_no_utf8_is_no_text),
    };

    return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
