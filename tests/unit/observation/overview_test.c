/* The monthly picture: what is counted where, and that no reader gets a small number out of it. */
#include "arrivals.h"

#include "base/text.h"
#include "observation/evidence.h"
#include "observation/overview.h"

#include <string.h>

static const unsigned char key[CUBE_KEY_BYTES] = "en nyckel som bara provet har";
static const struct date november = {2026, 11, 25};

enum { LABOUR = 2, LAST = OVERVIEW_MONTHS - 1 };

static void count_times(struct town *t, struct date counted, enum report_area area, int times)
{
    const struct report r = {.actor = S("hotel"), .place = PLACE_HOTEL, .area = area};
    struct err e = {0};

    for (int i = 0; i < times; i++)
        assert_int_equal(evidence_count(t->city->db, &r, S("labour"), counted, &e), OK);
}

static void read_on(struct town *t, struct date today, struct overview *out)
{
    const struct overview_source source = {
        .db = t->city->db, .municipality = S("1281"), .key = key, .today = today};
    struct err e = {0};

    if (overview_read(&source, t->arena, out, &e) != OK)
        fail_msg("%s", e.what);
}

static void assert_holds(const struct overview *o, size_t month, size_t form, size_t area, int64_t truth)
{
    struct cube_cell cell = overview_cell(o, month, form, area);

    assert_true(cell.lo <= truth && truth <= cell.hi);
    assert_true(cell.hi - cell.lo >= 4);
    assert_int_equal(cell.n % CUBE_STANDARD_BASE, 0);
}

static void a_situation_is_in_the_month_it_was_counted_in(void **state)
{
    const struct date october = {2026, 10, 31};
    struct town *t = *state;
    struct overview o;

    count_times(t, october, AREA_NORTH, 60);
    read_on(t, november, &o);
    assert_string_equal(o.month[0], "2025-11");
    assert_string_equal(o.month[LAST], "2026-10");
    assert_holds(&o, LAST, LABOUR, AREA_NORTH + 1, 60);
    assert_holds(&o, LAST, LABOUR, OVERVIEW_ALL, 60);
    assert_holds(&o, LAST, OVERVIEW_ALL, OVERVIEW_ALL, 60);
    assert_int_equal(overview_cell(&o, LAST, LABOUR, AREA_NORTH + 1).n, 60);
    assert_int_equal(overview_cell(&o, LAST - 1, LABOUR, AREA_NORTH + 1).n, 0);
    assert_int_equal(overview_cell(&o, LAST, 1, AREA_NORTH + 1).n, 0);
}

static void the_month_that_goes_on_is_not_shown(void **state)
{
    struct town *t = *state;
    struct overview o;

    count_times(t, (struct date){2026, 11, 1}, AREA_NORTH, 60);
    count_times(t, (struct date){2025, 10, 31}, AREA_NORTH, 60);
    read_on(t, november, &o);
    for (size_t i = 0; i < OVERVIEW_MONTHS; i++)
        assert_int_equal(overview_cell(&o, i, OVERVIEW_ALL, OVERVIEW_ALL).n, 0);
}

static void a_small_number_is_shown_like_none(void **state)
{
    const struct date october = {2026, 10, 3};
    struct town *t = *state;
    struct overview o;

    for (int n = 0; n < CUBE_STANDARD_BASE; n++) {
        struct text text = text_open(t->arena);

        read_on(t, november, &o);
        struct cube_cell cell = overview_cell(&o, LAST, LABOUR, AREA_SOUTH + 1);
        assert_true(cell.n == 0 || cell.n == CUBE_STANDARD_BASE);
        assert_holds(&o, LAST, LABOUR, AREA_SOUTH + 1, n);
        cube_put_shown(&text, &o.cube[LAST], &cell, CUBE_SWEDISH);
        assert_true(str_equal(text_str(&text), cell.n == 0 ? S("färre än 5") : S("cirka 5")));
        count_times(t, october, AREA_SOUTH, 1);
    }
}

static void a_month_that_is_over_shows_the_same_whenever_it_is_read(void **state)
{
    const struct date october = {2026, 10, 3};
    const struct date next = {2026, 12, 24};
    struct town *t = *state;
    struct overview first;
    struct overview later;

    for (enum report_area area = AREA_CENTRE; area < AREAS; area++)
        count_times(t, october, area, (int)area + 1);
    read_on(t, november, &first);
    /* Reports of October that are counted later are in the month that counted them. */
    count_times(t, next, AREA_NORTH, 40);
    read_on(t, next, &later);
    assert_string_equal(later.month[LAST - 1], "2026-10");
    for (size_t form = 0; form <= SITUATION_FORMS; form++)
        for (size_t area = 0; area <= AREAS; area++)
            assert_int_equal(overview_cell(&later, LAST - 1, form, area).n,
                             overview_cell(&first, LAST, form, area).n);
}

static void a_sum_is_the_sum_of_what_is_shown(void **state)
{
    const struct date october = {2026, 10, 3};
    struct town *t = *state;
    struct overview o;
    int64_t sum = 0;

    for (enum report_area area = AREA_CENTRE; area < AREAS; area++)
        count_times(t, october, area, 3);
    read_on(t, november, &o);
    for (size_t area = 1; area <= AREAS; area++)
        sum += overview_cell(&o, LAST, LABOUR, area).n;
    assert_int_equal(overview_cell(&o, LAST, LABOUR, OVERVIEW_ALL).n, sum);
    assert_holds(&o, LAST, LABOUR, OVERVIEW_ALL, 3 * AREAS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(a_situation_is_in_the_month_it_was_counted_in),
        IN_TOWN(the_month_that_goes_on_is_not_shown),
        IN_TOWN(a_small_number_is_shown_like_none),
        IN_TOWN(a_month_that_is_over_shows_the_same_whenever_it_is_read),
        IN_TOWN(a_sum_is_the_sum_of_what_is_shown),
    };

    return cmocka_run_group_tests_name("overview", tests, NULL, NULL);
}
