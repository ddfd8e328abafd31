/* The axis and the numbers of all charts. */
#include "chart/chart.h"

#include "../unit.h"

static void an_axis_has_three_to_six_round_ticks(void **state)
{
    (void)state;
    for (int64_t top = 3; top < 100000; top += 1 + top / 7) {
        struct chart_axis axis = chart_axis(top, 0, 100);

        assert_true(axis.end >= top);
        assert_in_range(axis.end / axis.step + 1, 3, 6);
    }
}

static void the_largest_number_has_an_axis(void **state)
{
    (void)state;
    assert_true(chart_step(INT64_MAX) > INT64_MAX / 10);
}

static void an_axis_without_anything_on_it_ends_at_one(void **state)
{
    (void)state;
    assert_int_equal(chart_axis(0, 0, 100).end, 1);
}

static void places_on_the_axis_are_proportional(void **state)
{
    (void)state;
    struct chart_axis axis = chart_axis(1000, 100, 200);

    assert_true(chart_x(&axis, 0) == 100);
    assert_true(chart_x(&axis, 500) == 150);
    assert_true(chart_x(&axis, 1000) == 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(an_axis_has_three_to_six_round_ticks),
        WITH_ARENA(the_largest_number_has_an_axis),
        WITH_ARENA(an_axis_without_anything_on_it_ends_at_one),
        WITH_ARENA(places_on_the_axis_are_proportional),
    };

    return cmocka_run_group_tests_name("chart", tests, NULL, NULL);
}
