/* The register that other tests rest on. */
#include "register.h"

#include "../unit/unit.h"

#include <math.h>
#include <string.h>

static void the_same_seed_gives_the_same_rows(void **state)
{
    struct text x = text_open(*state);
    struct text y = text_open(*state);

    for (uint64_t i = 0; i < 200; i++)
        register_row(&x, 7, i, 1, &register_field);
    for (uint64_t i = 0; i < 200; i++)
        register_row(&y, 7, i, 1, &register_field);
    assert_true(str_equal(text_str(&x), text_str(&y)));
}

static void two_lists_write_one_person_in_two_ways(void **state)
{
    struct text x = text_open(*state);
    struct text y = text_open(*state);

    for (uint64_t i = 0; i < 50; i++) {
        register_row(&x, 7, i, 1, &register_field);
        register_row(&y, 7, i, 2, &register_field);
    }
    assert_false(str_equal(text_str(&x), text_str(&y)));
}

static void without_errors_a_row_is_the_person(void **state)
{
    static const struct register_errors none = {0};
    struct register_person p;
    struct text row = text_open(*state);
    char day[11];

    register_person(&p, 7, 11);
    date_to_text(p.birth, day);
    register_row(&row, 7, 11, 3, &none);
    assert_string_equal(
        row.p, arena_printf(*state, "%s;%s;%s;%c;%s;%s\n", p.given, p.family, day, p.sex, p.town, p.phone));
}

/* 20,000 draws of a share of .0205, 30 % of them shared by three: 4 standard errors are below .006. */
static void the_commonest_name_is_as_frequent_as_it_is_in_the_source(void **state)
{
    char name[REGISTER_TEXT];
    struct register_person p;
    int n = 0;

    (void)state;
    assert_true(fabs(register_family(name, 0) - 217631 / 10.6) < 1e-9);
    assert_string_equal(name, "Andersson");
    for (uint64_t i = 0; i < 20000; i++) {
        register_person(&p, 3, i);
        n += strcmp(p.family, "Andersson") == 0;
    }
    assert_true(fabs(n / 20000.0 - 217631 / 10.6e6) < 0.006);
}

static void rates_of_errors_are_those_that_were_asked_for(void **state)
{
    static const struct register_errors half = {.no_date = 0.5};
    struct text row = text_open(*state);
    int n = 0;

    for (uint64_t i = 0; i < 4000; i++) {
        row.n = 0;
        register_row(&row, 5, i, 0, &half);
        n += strstr(row.p, ";;K;") || strstr(row.p, ";;M;");
    }
    assert_true(fabs(n / 4000.0 - 0.5) < 0.04); /* five standard errors */
}

static void telephone_numbers_are_of_the_series_for_fiction(void **state)
{
    struct register_person p;

    (void)state;
    for (uint64_t i = 0; i < 1000; i++) {
        register_person(&p, 9, i);
        assert_int_equal(strncmp(p.phone, "070-174 06 ", 11), 0);
        assert_true(strcmp(p.phone + 11, "05") >= 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_same_seed_gives_the_same_rows),
        WITH_ARENA(two_lists_write_one_person_in_two_ways),
        WITH_ARENA(without_errors_a_row_is_the_person),
        cmocka_unit_test(the_commonest_name_is_as_frequent_as_it_is_in_the_source),
        WITH_ARENA(rates_of_errors_are_those_that_were_asked_for),
        cmocka_unit_test(telephone_numbers_are_of_the_series_for_fiction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
