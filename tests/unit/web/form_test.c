/* Forms and queries as browsers send them, and as others do. */
#include "base/arena.h"
#include "base/text.h"
#include "web/form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static int open_arena(void **state)
{
    *state = arena_open();
    return 0;
}

static int close_arena(void **state)
{
    arena_close(*state);
    return 0;
}

static enum status parse(void **state, struct str bytes, struct form *f)
{
    struct err e = {OK, ""};

    *f = (struct form){0};
    return form_parse(bytes, *state, f, &e);
}

static void fields_are_decoded_in_order(void **state)
{
    struct form f;

    assert_int_equal(parse(state, S("namn=%C3%85sa+Ek&sign=1&sign=2&tom=&bar"), &f), OK);
    assert_int_equal(f.n, 5);
    assert_true(str_is(form_value(&f, "namn"), "Åsa Ek"));
    assert_true(str_is(f.fields[2].value, "2"));
    assert_true(form_has(&f, "bar"));
    assert_false(form_has(&f, "annan"));
}

static void nothing_is_an_empty_form(void **state)
{
    struct form f;

    assert_int_equal(parse(state, S("&&"), &f), OK);
    assert_int_equal(f.n, 0);
    assert_int_equal(form_value(&f, "namn").n, 0);
}

static void blanks_around_a_value_are_not_part_of_it(void **state)
{
    struct form f;

    assert_int_equal(parse(state, S("namn=+%09Bo+%0D%0A"), &f), OK);
    assert_true(str_is(form_value(&f, "namn"), "Bo"));
}

static void line_ends_become_one_kind(void **state)
{
    struct form f;

    assert_int_equal(parse(state, S("text=a%0D%0Ab%0Dc%0Ad"), &f), OK);
    assert_true(str_is(form_value(&f, "text"), "a\nb\nc\nd"));
}

static void numbers_are_checked_against_their_range(void **state)
{
    struct form f;
    int64_t n = -1;

    assert_int_equal(parse(state, S("a=12&b=1x&c=99"), &f), OK);
    assert_true(form_i64(&f, "a", 0, 50, &n));
    assert_int_equal(n, 12);
    assert_false(form_i64(&f, "b", 0, 50, &n));
    assert_false(form_i64(&f, "c", 0, 50, &n));
    assert_false(form_i64(&f, "d", 0, 50, &n));
    assert_int_equal(n, 12);
}

static void broken_encodings_are_refused(void **state)
{
    static const char *const wrong[] = {"a=%", "a=%4", "a=%zz", "%=1", "a=%FF", "a=%C3", "a=%00", "a=\xff"};
    struct form f;

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(parse(state, str_of(wrong[i]), &f), BAD_INPUT);
}

static void control_characters_are_refused(void **state)
{
    struct form f;

    assert_int_equal(parse(state, S("a=%1B"), &f), BAD_INPUT);
    assert_int_equal(parse(state, S("a=%08"), &f), BAD_INPUT);
}

static void more_fields_than_any_form_has_are_refused(void **state)
{
    struct text t = text_open(*state);
    struct form f;

    for (int i = 0; i < FORM_MAX_FIELDS; i++)
        text_lit(&t, "a=1&");
    assert_int_equal(parse(state, text_str(&t), &f), OK);
    text_lit(&t, "a=1");
    assert_int_equal(parse(state, text_str(&t), &f), BAD_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(fields_are_decoded_in_order, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(nothing_is_an_empty_form, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(blanks_around_a_value_are_not_part_of_it, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(line_ends_become_one_kind, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(numbers_are_checked_against_their_range, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(broken_encodings_are_refused, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(control_characters_are_refused, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(more_fields_than_any_form_has_are_refused, open_arena, close_arena),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
