/* Numbers from text, and what a message may show of it. */
#include "base/number.h"

#include "../unit.h"

static void what_looks_like_a_number_is_shown(void **state)
{
    (void)state;
    assert_str(number_shown(S("-2,5e3")), "-2,5e3");
    assert_str(number_shown(S("99999999999999999999")), "99999999999999999999");
}

static void what_somebody_wrote_is_not_shown(void **state)
{
    static const char nul[] = {'1', '\0'};

    (void)state;
    assert_str(number_shown(S("Example Person")), "text");
    assert_str(number_shown(S("1234567890123456789012345")), "text");
    assert_str(number_shown((struct str){nul, 2}), "text");
    assert_str(number_shown(S("")), "nothing");
}

static void an_integer_outside_its_limits_is_not_read(void **state)
{
    int64_t value = 7;

    (void)state;
    assert_true(i64_from_str(S("-12"), -12, 0, &value));
    assert_int_equal(value, -12);
    assert_false(i64_from_str(S("-13"), -12, 0, &value));
    assert_false(i64_from_str(S("9223372036854775808"), INT64_MIN, INT64_MAX, &value));
    assert_false(i64_from_str(S("1 "), 0, 9, &value));
    assert_int_equal(value, -12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_looks_like_a_number_is_shown),
        cmocka_unit_test(what_somebody_wrote_is_not_shown),
        cmocka_unit_test(an_integer_outside_its_limits_is_not_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
