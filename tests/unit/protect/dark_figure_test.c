/* A dark figure as it may be published. */
#include "protect/dark_figure.h"

#include "../unit.h"

#include <math.h>

static void two_significant_digits_are_kept(void **state)
{
    (void)state;
    assert_int_equal(dark_figure_round(11417.99, DARK_FIGURE_NEAREST), 11000);
    assert_int_equal(dark_figure_round(9873.2, DARK_FIGURE_DOWN), 9800);
    assert_int_equal(dark_figure_round(13011.6, DARK_FIGURE_UP), 14000);
    assert_int_equal(dark_figure_round(996, DARK_FIGURE_NEAREST), 1000);
    assert_int_equal(dark_figure_round(1001, DARK_FIGURE_UP), 1100);
}

static void small_figures_are_rounded_to_tens(void **state)
{
    (void)state;
    assert_int_equal(dark_figure_round(99.99, DARK_FIGURE_DOWN), 90);
    assert_int_equal(dark_figure_round(87.4, DARK_FIGURE_NEAREST), 90);
    assert_int_equal(dark_figure_round(3, DARK_FIGURE_NEAREST), 0);
    assert_int_equal(dark_figure_round(3, DARK_FIGURE_UP), 10);
}

static void round_figures_stay(void **state)
{
    (void)state;
    assert_int_equal(dark_figure_round(12000, DARK_FIGURE_DOWN), 12000);
    assert_int_equal(dark_figure_round(12000, DARK_FIGURE_NEAREST), 12000);
    assert_int_equal(dark_figure_round(12000, DARK_FIGURE_UP), 12000);
}

static void an_interval_only_grows(void **state)
{
    (void)state;
    for (double people = 0; people < 1e14; people = people * 1.37 + 0.1) {
        assert_true((double)dark_figure_round(people, DARK_FIGURE_DOWN) <= people);
        assert_true((double)dark_figure_round(people, DARK_FIGURE_UP) >= people);
    }
}

static void what_is_no_finite_number_of_people_is_unknown(void **state)
{
    (void)state;
    assert_int_equal(dark_figure_round(NAN, DARK_FIGURE_UP), DARK_FIGURE_UNKNOWN);
    assert_int_equal(dark_figure_round(INFINITY, DARK_FIGURE_UP), DARK_FIGURE_UNKNOWN);
    assert_int_equal(dark_figure_round(-1, DARK_FIGURE_DOWN), DARK_FIGURE_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_significant_digits_are_kept),
        cmocka_unit_test(small_figures_are_rounded_to_tens),
        cmocka_unit_test(round_figures_stay),
        cmocka_unit_test(an_interval_only_grows),
        cmocka_unit_test(what_is_no_finite_number_of_people_is_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
