/* Views of text, growing text, numbers, dates and JSON: the small things everything is written with. */
#include "base/text.h"

#include "../unit.h"

#include "base/date.h"
#include "base/json.h"
#include "base/number.h"

#include <math.h>
#include <string.h>

static void valid_utf8_is_told_from_invalid(void **state)
{
    (void)state;
    assert_true(str_is_utf8(S("Malmö \xF0\x9F\x8F\xAE")));
    assert_false(str_is_utf8(S("\xC0\x80")));
    assert_false(str_is_utf8(S("\xE0\x80\xAF")));
    assert_false(str_is_utf8(S("\xED\xA0\x80")));
    assert_false(str_is_utf8(S("\xF4\x90\x80\x80")));
    assert_false(str_is_utf8(S("\xE5")));
    assert_false(str_is_utf8(S("a\0b")));
}

static void a_text_is_cut_at_a_byte(void **state)
{
    struct str before;
    struct str after;

    (void)state;
    assert_true(str_cut(S("a=b=c"), '=', &before, &after));
    assert_str(before, "a");
    assert_str(after, "b=c");
    assert_false(str_cut(S("abc"), '=', &before, &after));
    assert_str(before, "abc");
    assert_int_equal(after.n, 0);
}

static void blanks_are_trimmed_at_both_ends(void **state)
{
    (void)state;
    assert_str(str_trim(S(" \t a b \r\n")), "a b");
    assert_int_equal(str_trim(S("  ")).n, 0);
}

static void a_prefix_sorts_before_a_longer_text(void **state)
{
    (void)state;
    assert_true(str_compare(S("ab"), S("abc")) < 0);
    assert_true(str_compare(S("b"), S("abc")) > 0);
    assert_int_equal(str_compare(S("x"), S("x")), 0);
}

static void a_text_grows_and_keeps_what_was_written(void **state)
{
    struct text t = text_open(*state);

    for (int i = 0; i < 1000; i++)
        text_format(&t, "%d,", i % 10);
    assert_int_equal(text_str(&t).n, 2000);
    assert_memory_equal(t.p + 1990, "5,6,7,8,9,", 10);
}

static void an_integer_outside_its_range_is_refused(void **state)
{
    int64_t value = 7;

    (void)state;
    assert_false(i64_from_str(S("101"), 0, 100, &value));
    assert_false(i64_from_str(S("9223372036854775808"), INT64_MIN, INT64_MAX, &value));
    assert_false(i64_from_str(S("1.0"), 0, 100, &value));
    assert_false(i64_from_str(S(""), 0, 100, &value));
    assert_false(i64_from_str(S("-"), -5, 100, &value));
    assert_int_equal(value, 7);
    assert_true(i64_from_str(S("-9223372036854775808"), INT64_MIN, INT64_MAX, &value));
    assert_true(value == INT64_MIN);
}

static void whole_numbers_are_written_in_digits(void **state)
{
    char buffer[I64_TEXT_BYTES];

    (void)state;
    assert_true(str_is(i64_to_text(0, buffer), "0"));
    assert_true(str_is(i64_to_text(-11417, buffer), "-11417"));
    assert_true(str_is(i64_to_text(INT64_MAX, buffer), "9223372036854775807"));
    assert_true(str_is(i64_to_text(INT64_MIN, buffer), "-9223372036854775808"));
}

static void a_number_that_is_not_finite_and_decimal_is_refused(void **state)
{
    double value = 7;

    (void)state;
    assert_false(f64_from_str(S("nan"), -1, 1, &value));
    assert_false(f64_from_str(S("0x1p3"), 0, 100, &value));
    assert_false(f64_from_str(S("1,5"), 0, 100, &value));
    assert_false(f64_from_str(S("1e999"), 0, 100, &value));
    assert_true(f64_from_str(S("1e-4"), 0, 1, &value));
    assert_true(value == 1e-4);
}

static void a_number_reads_back_as_itself(void **state)
{
    const double numbers[] = {0.1, 11417.991091504586, 1e-300, 2.0 / 3.0, -0.0, 5e15};
    char text[32];
    double back = 0;

    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        size_t n = f64_to_text(numbers[i], text);
        assert_true(f64_from_str((struct str){text, n}, -1e308, 1e308, &back));
        assert_memory_equal(&back, &numbers[i], sizeof back);
    }
}

static void days_are_counted_through_leap_years(void **state)
{
    struct date d;
    char text[21];

    (void)state;
    assert_true(date_from_str(S("2024-02-29"), &d));
    assert_int_equal(date_days(d), 19782);
    assert_true(date_equal(date_from_days(19782), d));
    assert_false(date_from_str(S("2023-02-29"), &d));
    assert_false(date_from_str(S("2023-2-09"), &d));
    assert_int_equal(date_days((struct date){1970, 1, 1}), 0);
    moment_to_text(-1, text);
    assert_string_equal(text, "1969-12-31T23:59:59Z");
}

static void every_day_of_four_centuries_survives_the_round_trip(void **state)
{
    (void)state;
    for (int64_t day = -100000; day < 46097; day++)
        assert_int_equal(date_days(date_from_days(day)), day);
}

static void json_is_written_in_a_fixed_form(void **state)
{
    struct text t = text_open(*state);
    struct json j = json_open(&t);

    json_object_begin(&j, NULL);
    json_str(&j, "a",
             S("\"\n\x01"
               "å"));
    json_array_flat(&j, "b");
    json_i64(&j, NULL, 1);
    json_f64(&j, NULL, NAN);
    json_array_end(&j);
    json_object_begin(&j, "c");
    json_object_end(&j);
    json_object_end(&j);
    assert_str(text_str(&t), "{\n  \"a\": \"\\\"\\n\\u0001å\",\n  \"b\": [1, null],\n  \"c\": {}\n}\n");
}

static void put_person(struct json *j, int64_t age)
{
    json_object_begin(j, NULL);
    json_i64(j, "age", age);
    json_object_end(j);
}

static void json_in_two_texts_is_that_in_one(void **state)
{
    struct text one = text_open(*state);
    struct text two = text_open(*state);
    struct json whole = json_open(&one);
    struct json first = json_open(&two);

    json_array_begin(&whole, NULL);
    put_person(&whole, 1);
    put_person(&whole, 2);
    json_array_end(&whole);
    json_array_begin(&first, NULL);
    put_person(&first, 1);
    struct text rest = text_open(*state);
    struct json second = json_open_in_array(&rest);
    put_person(&second, 2);
    json_array_end(&second);
    text_add(&two, text_str(&rest));
    assert_string_equal(two.p, one.p);
}

static void room_in_a_text_is_used_without_copying(void **state)
{
    struct text t = text_open(*state);

    text_reserve(&t, 1000);
    const char *before = t.p;
    assert_int_equal(t.n, 0);
    for (int i = 0; i < 1000; i++)
        text_byte(&t, 'a');
    assert_ptr_equal(t.p, before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(valid_utf8_is_told_from_invalid),
        cmocka_unit_test(a_text_is_cut_at_a_byte),
        cmocka_unit_test(blanks_are_trimmed_at_both_ends),
        cmocka_unit_test(a_prefix_sorts_before_a_longer_text),
        WITH_ARENA(a_text_grows_and_keeps_what_was_written),
        cmocka_unit_test(an_integer_outside_its_range_is_refused),
        cmocka_unit_test(a_number_that_is_not_finite_and_decimal_is_refused),
        cmocka_unit_test(a_number_reads_back_as_itself),
        cmocka_unit_test(days_are_counted_through_leap_years),
        cmocka_unit_test(every_day_of_four_centuries_survives_the_round_trip),
        WITH_ARENA(json_is_written_in_a_fixed_form),
        WITH_ARENA(json_in_two_texts_is_that_in_one),
        WITH_ARENA(room_in_a_text_is_used_without_copying),
        cmocka_unit_test(whole_numbers_are_written_in_digits),
    };

    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
