/* Working days, against the Swedish calendar. */
#include "../unit.h"

#include "calendar/working_day.h"

static bool is_open(int year, int month, int day)
{
    return working_day_is((struct date){year, month, day});
}

static void a_week_has_five_of_them(void **state)
{
    (void)state;
    for (int day = 16; day <= 20; day++) /* 16 November 2026 is a Monday */
        assert_true(is_open(2026, 11, day));
    assert_false(is_open(2026, 11, 21));
    assert_false(is_open(2026, 11, 22));
}

static void holidays_with_a_date_are_none(void **state)
{
    (void)state;
    assert_false(is_open(2027, 1, 1));
    assert_false(is_open(2027, 1, 6));
    assert_false(is_open(2026, 5, 1));
    assert_false(is_open(2028, 6, 6));
    assert_false(is_open(2026, 12, 24));
    assert_false(is_open(2026, 12, 25));
    assert_false(is_open(2025, 12, 26));
    assert_false(is_open(2026, 12, 31));
    assert_true(is_open(2026, 12, 23));
}

/* Easter Day from almanacs, the earliest and the latest that there are among them. */
static void easter_moves_as_in_the_almanac(void **state)
{
    static const struct date easter[] = {{1818, 3, 22}, {1943, 4, 25}, {1981, 4, 19}, {2000, 4, 23},
                                         {2008, 3, 23}, {2024, 3, 31}, {2025, 4, 20}, {2026, 4, 5},
                                         {2027, 3, 28}, {2029, 4, 1},  {2038, 4, 25}, {2049, 4, 18}};

    (void)state;
    for (size_t i = 0; i < sizeof easter / sizeof *easter; i++) {
        int64_t day = date_days(easter[i]);

        assert_true(working_day_is(date_from_days(day - 3)));  /* Maundy Thursday */
        assert_false(working_day_is(date_from_days(day - 2))); /* Good Friday */
        assert_false(working_day_is(date_from_days(day + 1))); /* Easter Monday */
        assert_true(working_day_is(date_from_days(day + 2)));
        assert_false(working_day_is(date_from_days(day + 39))); /* Ascension */
    }
}

static void midsummer_eve_is_none(void **state)
{
    (void)state;
    assert_false(is_open(2026, 6, 19));
    assert_false(is_open(2027, 6, 25));
    assert_true(is_open(2026, 6, 26));
    assert_true(is_open(2026, 6, 18));
}

static void the_next_one_is_never_the_day_itself(void **state)
{
    (void)state;
    assert_true(date_equal(working_day_after((struct date){2026, 11, 24}), (struct date){2026, 11, 25}));
    assert_true(date_equal(working_day_after((struct date){2026, 12, 23}), (struct date){2026, 12, 28}));
    assert_true(date_equal(working_day_after((struct date){2026, 12, 30}), (struct date){2027, 1, 4}));
    assert_true(date_equal(working_day_after((struct date){2026, 4, 2}), (struct date){2026, 4, 7}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_week_has_five_of_them),
        cmocka_unit_test(holidays_with_a_date_are_none),
        cmocka_unit_test(easter_moves_as_in_the_almanac),
        cmocka_unit_test(midsummer_eve_is_none),
        cmocka_unit_test(the_next_one_is_never_the_day_itself),
    };

    return cmocka_run_group_tests_name("calendar working day", tests, NULL, NULL);
}
