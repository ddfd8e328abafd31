/* Dates of birth as officers write them. */
#include "link/birth.h"

#include "../unit.h"

static const struct date today = {2026, 11, 24};

static enum birth_reading read_as(const char *field, enum birth_order order, struct birth *out)
{
    return birth_read(str_of(field), order, today, out);
}

static void assert_birth(const char *field, int year, int month, int day)
{
    struct birth b;
    enum birth_reading reading = read_as(field, BIRTH_YEAR_FIRST, &b);

    assert_int_equal(reading, month ? BIRTH_GOOD : BIRTH_WEAK);
    assert_int_equal(b.year, year);
    assert_int_equal(b.month, month);
    assert_int_equal(b.day, day);
}

static void a_whole_date_is_read_in_each_form(void **state)
{
    (void)state;
    assert_birth("1981-02-03", 1981, 2, 3);
    assert_birth("19810203", 1981, 2, 3);
    assert_birth(" 1981/02/03 ", 1981, 2, 3);
    assert_birth("810203", 1981, 2, 3);
    assert_birth("000229", 2000, 2, 29);
}

static void two_digits_are_the_latest_year_that_has_been(void **state)
{
    (void)state;
    assert_birth("261124", 2026, 11, 24);
    assert_birth("261125", 1926, 11, 25);
    assert_birth("270301-", 1927, 3, 1);
    assert_birth("050301+", 1905, 3, 1);
}

static void unknown_parts_are_left_out(void **state)
{
    (void)state;
    assert_birth("1981", 1981, 0, 0);
    assert_birth("1981-02", 1981, 2, 0);
    assert_birth("1981-02-00", 1981, 2, 0);
    assert_birth("1981-xx-XX", 1981, 0, 0);
    assert_birth("19810000", 1981, 0, 0);
    assert_birth("1981-00-17", 1981, 0, 0);
}

static void the_first_of_january_says_the_year_alone(void **state)
{
    (void)state;
    assert_birth("1981-01-01", 1981, 0, 0);
    assert_birth("1981-01-02", 1981, 1, 2);
}

static void day_first_is_read_only_when_asked_for(void **state)
{
    struct birth b;

    (void)state;
    assert_int_equal(read_as("03/02/1981", BIRTH_YEAR_FIRST, &b), BIRTH_ODD);
    assert_int_equal(read_as("03/02/1981", BIRTH_DAY_FIRST, &b), BIRTH_GOOD);
    assert_int_equal(b.month, 2);
    assert_int_equal(b.day, 3);
}

static void what_is_no_date_is_odd_and_gives_nothing(void **state)
{
    static const char *const odd[] = {"1981-02-30",
                                      "1981-13-01",
                                      "19811301",
                                      "2027-01-05",
                                      "1881-05-05",
                                      "abc",
                                      "1981--02",
                                      "1981-2-3",
                                      "81",
                                      "198102031",
                                      "-1981",
                                      "1981-02-03-",
                                      "99999999999999999999",
                                      "+"};
    struct birth b;

    (void)state;
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        assert_int_equal(read_as(odd[i], BIRTH_YEAR_FIRST, &b), BIRTH_ODD);
        assert_int_equal(b.year, 0);
    }
}

static void a_field_that_says_nothing_is_missing(void **state)
{
    struct birth b;

    (void)state;
    assert_int_equal(read_as("", BIRTH_YEAR_FIRST, &b), BIRTH_MISSING);
    assert_int_equal(read_as("0000-00-00", BIRTH_YEAR_FIRST, &b), BIRTH_MISSING);
    assert_int_equal(read_as(" ? ", BIRTH_YEAR_FIRST, &b), BIRTH_MISSING);
}

static void an_age_gives_an_estimated_year(void **state)
{
    struct birth b;

    (void)state;
    assert_int_equal(birth_of_age(S("30"), today, &b), BIRTH_WEAK);
    assert_int_equal(b.year, 1996);
    assert_true(b.is_estimate);
    assert_int_equal(birth_of_age(S("about 30"), today, &b), BIRTH_ODD);
    assert_int_equal(birth_of_age(S(""), today, &b), BIRTH_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_date_is_read_in_each_form),
        cmocka_unit_test(two_digits_are_the_latest_year_that_has_been),
        cmocka_unit_test(unknown_parts_are_left_out),
        cmocka_unit_test(the_first_of_january_says_the_year_alone),
        cmocka_unit_test(day_first_is_read_only_when_asked_for),
        cmocka_unit_test(what_is_no_date_is_odd_and_gives_nothing),
        cmocka_unit_test(a_field_that_says_nothing_is_missing),
        cmocka_unit_test(an_age_gives_an_estimated_year),
    };

    return cmocka_run_group_tests_name("birth", tests, NULL, NULL);
}
