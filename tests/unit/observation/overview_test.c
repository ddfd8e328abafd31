/* The monthly picture: what is told of a count, and what is counted where. */
#include "arrivals.h"

#include "observation/evidence.h"
#include "observation/overview.h"

#include <string.h>

static void fewer_than_five_look_like_none(void **state)
{
    const struct overview_figure none = overview_figure(0);

    (void)state;
    for (int64_t n = 1; n < EVIDENCE_FEW; n++) {
        const struct overview_figure few = overview_figure(n);

        assert_true(few.is_few);
        assert_memory_equal(&few, &none, sizeof few);
    }
    assert_false(overview_figure(EVIDENCE_FEW).is_few);
}

static void a_figure_is_a_range_of_at_least_three_counts_and_holds_the_true_one(void **state)
{
    (void)state;
    for (int64_t n = EVIDENCE_FEW; n < 1000; n++) {
        const struct overview_figure f = overview_figure(n);

        assert_true(f.least <= n && n <= f.most);
        assert_true(f.most - f.least >= 2);
        assert_int_equal(f.about % EVIDENCE_FEW, 0);
        /* Every count in the range looks the same. */
        for (int64_t other = f.least; other <= f.most; other++)
            assert_int_equal(overview_figure(other).about, f.about);
    }
}

static void count_times(struct town *t, struct date on, enum report_place place, enum report_area area,
                        int times)
{
    const struct report r = {.actor = S("hotel"), .place = place, .area = area};
    struct err e = {0};

    for (int i = 0; i < times; i++)
        assert_int_equal(evidence_count(t->city->db, &r, S("labour"), on, &e), OK);
}

static void twelve_whole_months_are_shown_and_not_the_one_that_goes_on(void **state)
{
    struct town *t = *state;
    const struct date today = {2026, 11, 25};
    struct overview o;
    struct err e = {0};

    count_times(t, (struct date){2026, 11, 1}, PLACE_HOTEL, AREA_NORTH, 9);
    count_times(t, (struct date){2025, 10, 31}, PLACE_HOTEL, AREA_NORTH, 9);
    assert_int_equal(overview_read(t->city->db, today, &o, &e), OK);
    assert_true(o.by_place[PLACE_HOTEL].is_few);
    count_times(t, (struct date){2026, 10, 31}, PLACE_HOTEL, AREA_NORTH, 6);
    count_times(t, (struct date){2025, 11, 1}, PLACE_SALON, AREA_NORTH, 8);
    assert_int_equal(overview_read(t->city->db, today, &o, &e), OK);
    assert_string_equal(o.month[0], "2025-11");
    assert_string_equal(o.month[OVERVIEW_MONTHS - 1], "2026-10");
    assert_int_equal(o.by_month[0].about, 10);
    assert_int_equal(o.by_month[OVERVIEW_MONTHS - 1].about, 5);
    assert_int_equal(o.by_place[PLACE_HOTEL].about, 5);
    assert_int_equal(o.by_place[PLACE_SALON].about, 10);
    assert_int_equal(o.by_area[AREA_NORTH].about, 15);
    assert_int_equal(o.by_form[1].about, 15);
    assert_true(o.by_form[0].is_few && o.by_area[AREA_SOUTH].is_few);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fewer_than_five_look_like_none),
        cmocka_unit_test(a_figure_is_a_range_of_at_least_three_counts_and_holds_the_true_one),
        IN_TOWN(twelve_whole_months_are_shown_and_not_the_one_that_goes_on),
    };

    return cmocka_run_group_tests_name("overview", tests, NULL, NULL);
}
