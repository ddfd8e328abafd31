/* Rows of a table and areas of a division find each other by code, else by name. */
#include "area/area_match.h"

#include "../unit.h"

#include <string.h>

/* The areas of the division, by their place in it. */
enum { LUND, MALMO, ESLOV };

static struct areas three_areas(void **state)
{
    const struct area known[] = {[LUND] = {.code = S("1281"), .name = S("LUND")},
                                 [MALMO] = {.code = S("1280"), .name = S("Malmö")},
                                 [ESLOV] = {.code = S("1285"), .name = S("Eslöv")}};
    struct areas areas = {3, arena_new(*state, 3, struct area)};

    memcpy(areas.area, known, sizeof known);
    return areas;
}

static struct release_row row_of(struct str code, struct str name)
{
    return (struct release_row){.label = {code, name, name}};
}

static struct area_match match(void **state, const struct areas *areas, struct release_row *rows, size_t n)
{
    const struct release_table table = {.n = n, .row = rows};

    return area_match(&table, areas, *state);
}

static void a_row_finds_the_area_with_its_code(void **state)
{
    struct areas areas = three_areas(state);
    struct release_row rows[] = {row_of(S("1285"), S("Eslöv")), row_of(S("1280"), S("Malmö"))};
    struct area_match m = match(state, &areas, rows, 2);

    assert_ptr_equal(m.of_row[0], &areas.area[ESLOV]);
    assert_ptr_equal(m.of_row[1], &areas.area[MALMO]);
    assert_int_equal(m.lost + m.renamed, 0);
}

static void a_row_without_code_finds_the_area_with_its_name_in_any_case(void **state)
{
    struct areas areas = three_areas(state);
    struct release_row rows[] = {row_of(S("lund"), S("Lund"))};

    assert_ptr_equal(match(state, &areas, rows, 1).of_row[0], &areas.area[LUND]);
}

static void an_area_with_another_name_is_found_and_told(void **state)
{
    struct areas areas = three_areas(state);
    struct release_row rows[] = {row_of(S("1281"), S("Lunds kommun"))};
    struct area_match m = match(state, &areas, rows, 1);

    assert_ptr_equal(m.of_row[0], &areas.area[LUND]);
    assert_int_equal(m.renamed, 1);
    assert_ptr_equal(m.renaming[0].area, &areas.area[LUND]);
}

static void a_row_that_is_nowhere_is_lost(void **state)
{
    struct areas areas = three_areas(state);
    struct release_row rows[] = {row_of(S("1281"), S("Lund")), row_of(S("okand"), S("Okänt område"))};
    struct area_match m = match(state, &areas, rows, 2);

    assert_null(m.of_row[1]);
    assert_int_equal(m.lost, 1);
    assert_ptr_equal(m.lost_row[0], &rows[1]);
}

static void an_area_goes_to_one_row_alone(void **state)
{
    struct areas areas = three_areas(state);
    struct release_row rows[] = {row_of(S("gamla"), S("Lund")), row_of(S("1281"), S("Lund"))};
    struct area_match m = match(state, &areas, rows, 2);

    assert_null(m.of_row[0]);
    assert_ptr_equal(m.of_row[1], &areas.area[LUND]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_row_finds_the_area_with_its_code),
        WITH_ARENA(a_row_without_code_finds_the_area_with_its_name_in_any_case),
        WITH_ARENA(an_area_with_another_name_is_found_and_told),
        WITH_ARENA(a_row_that_is_nowhere_is_lost),
        WITH_ARENA(an_area_goes_to_one_row_alone),
    };

    return cmocka_run_group_tests_name("area_match", tests, NULL, NULL);
}
