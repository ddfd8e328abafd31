/* Personnummer. Numbers are the Tax Agency's test numbers and the open test suite personnummer/meta:
 * nobody's. */
#include "link/personnummer.h"

#include "../unit.h"

static const struct date today = {2026, 11, 24};

static void numbers_made_for_tests_are_read(void **state)
{
    static const char *const good[] = {"19440813-9089", "19900602-2397", "19910717-2380", "19961020-2385",
                                       "19010413-2386", "20000105-2380", "19931217-2381", "19121212-1212",
                                       "19090527-1474", "20000229-2399", "19570428-9999", "19460823-9986",
                                       "194408139089",  "4408139089",    "440813-9089"};
    struct personnummer p;

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_int_equal(personnummer_read(str_of(good[i]), today, &p), PERSONNUMMER_GOOD);
}

static void a_number_that_fails_is_odd(void **state)
{
    static const char *const odd[] = {"20150916-0006", "19700428-9895",
                                      "19420566-9899", "19600430-9886",
                                      "19721086-9924", "090527 1474",
                                      "857209-0606",   "802005-1952",
                                      "750231-0241",   "19440813-9088",
                                      "44081390890",   "4408-139089",
                                      "T408139089",    "+",
                                      "20990101-0000"};
    struct personnummer p = {.sex = '?'};

    (void)state;
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
        assert_int_equal(personnummer_read(str_of(odd[i]), today, &p), PERSONNUMMER_ODD);
    assert_int_equal(p.sex, '?');
}

static void an_empty_field_is_missing(void **state)
{
    struct personnummer p;

    (void)state;
    assert_int_equal(personnummer_read(S("  "), today, &p), PERSONNUMMER_MISSING);
}

static void every_way_to_write_a_number_comes_to_the_same(void **state)
{
    struct personnummer full;
    struct personnummer brief;

    (void)state;
    assert_int_equal(personnummer_read(S("19090527-1474"), today, &full), PERSONNUMMER_GOOD);
    assert_int_equal(personnummer_read(S("090527+1474"), today, &brief), PERSONNUMMER_GOOD);
    assert_string_equal(full.digits, "190905271474");
    assert_string_equal(brief.digits, full.digits);
}

/* Without a sign a number is of the latest year that is not after today: the day itself counts. */
static void a_number_without_its_century_is_the_latest_that_can_be(void **state)
{
    static const char *const full[] = {"19440813-9089", "20000105-2380", "20000229-2399", "19931217-2381"};
    struct personnummer p;
    struct personnummer brief;

    (void)state;
    for (size_t i = 0; i < sizeof full / sizeof *full; i++) {
        assert_int_equal(personnummer_read(str_of(full[i]), today, &p), PERSONNUMMER_GOOD);
        assert_int_equal(personnummer_read(str_of(full[i] + 2), today, &brief), PERSONNUMMER_GOOD);
        assert_string_equal(brief.digits, p.digits);
    }
    assert_int_equal(personnummer_read(S("000105-2380"), (struct date){2000, 1, 5}, &p), PERSONNUMMER_GOOD);
    assert_int_equal(p.birth.year, 2000);
    assert_int_equal(personnummer_read(S("000105-2380"), (struct date){2000, 1, 4}, &p), PERSONNUMMER_GOOD);
    assert_int_equal(p.birth.year, 1900);
}

static void a_coordination_number_has_sixty_added_to_its_day(void **state)
{
    struct personnummer p;

    (void)state;
    assert_int_equal(personnummer_read(S("19730288-9931"), today, &p), PERSONNUMMER_GOOD);
    assert_true(p.is_coordination);
    assert_true(date_equal(p.birth, (struct date){1973, 2, 28}));
    assert_string_equal(p.digits, "197302889931");
    assert_int_equal(personnummer_read(S("20210791-9967"), today, &p), PERSONNUMMER_GOOD);
    assert_true(date_equal(p.birth, (struct date){2021, 7, 31}));
}

static void the_last_digit_but_one_tells_the_sex(void **state)
{
    struct personnummer p;

    (void)state;
    assert_int_equal(personnummer_read(S("19121212-1212"), today, &p), PERSONNUMMER_GOOD);
    assert_int_equal(p.sex, 'M');
    assert_int_equal(personnummer_read(S("19440813-9089"), today, &p), PERSONNUMMER_GOOD);
    assert_int_equal(p.sex, 'K');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_made_for_tests_are_read),
        cmocka_unit_test(a_number_that_fails_is_odd),
        cmocka_unit_test(an_empty_field_is_missing),
        cmocka_unit_test(every_way_to_write_a_number_comes_to_the_same),
        cmocka_unit_test(a_coordination_number_has_sixty_added_to_its_day),
        cmocka_unit_test(the_last_digit_but_one_tells_the_sex),
        cmocka_unit_test(a_number_without_its_century_is_the_latest_that_can_be),
    };

    return cmocka_run_group_tests_name("personnummer", tests, NULL, NULL);
}
