/* A dark figure as it may be published. */
#include "protect/dark_figure.h"

#include "../unit.h"

#include <math.h>

static int64_t rounded(double people, enum dark_figure what)
{
    int64_t out = -1;

    assert_true(dark_figure_round(people, what, &out));
    return out;
}

static void two_significant_digits_are_kept(void **state)
{
    (void)state;
    assert_int_equal(rounded(11417.99, DARK_FIGURE_ESTIMATE), 11000);
    assert_int_equal(rounded(996, DARK_FIGURE_ESTIMATE), 1000);
    assert_int_equal(rounded(1250000, DARK_FIGURE_ESTIMATE), 1300000);
}

static void the_interval_only_grows(void **state)
{
    (void)state;
    assert_int_equal(rounded(9873.2, DARK_FIGURE_LOWER_END), 9800);
    assert_int_equal(rounded(13011.6, DARK_FIGURE_UPPER_END), 14000);
    assert_int_equal(rounded(999.5, DARK_FIGURE_UPPER_END), 1000);
}

static void small_figures_are_rounded_to_tens(void **state)
{
    (void)state;
    assert_int_equal(rounded(87.4, DARK_FIGURE_ESTIMATE), 90);
    assert_int_equal(rounded(9, DARK_FIGURE_LOWER_END), 0);
    assert_int_equal(rounded(0.5, DARK_FIGURE_UPPER_END), 10);
}

static void round_figures_stay(void **state)
{
    (void)state;
    assert_int_equal(rounded(1200, DARK_FIGURE_LOWER_END), 1200);
    assert_int_equal(rounded(1200, DARK_FIGURE_UPPER_END), 1200);
    assert_int_equal(rounded(0, DARK_FIGURE_UPPER_END), 0);
}

static void the_estimate_stays_within_its_interval(void **state)
{
    (void)state;
    for (int i = 0; i < 4000; i++) {
        double people = 0.25 * pow(1.003, i);
        int64_t estimate = rounded(people, DARK_FIGURE_ESTIMATE);

        assert_in_range((uintmax_t)estimate, (uintmax_t)rounded(people * 0.999, DARK_FIGURE_LOWER_END),
                        (uintmax_t)rounded(people * 1.001, DARK_FIGURE_UPPER_END));
    }
}

static void what_has_no_end_is_no_figure(void **state)
{
    int64_t out = 7;

    (void)state;
    assert_false(dark_figure_round(INFINITY, DARK_FIGURE_UPPER_END, &out));
    assert_false(dark_figure_round(NAN, DARK_FIGURE_ESTIMATE, &out));
    assert_false(dark_figure_round(-1, DARK_FIGURE_LOWER_END, &out));
    assert_int_equal(out, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_significant_digits_are_kept),
        cmocka_unit_test(the_interval_only_grows),
        cmocka_unit_test(small_figures_are_rounded_to_tens),
        cmocka_unit_test(round_figures_stay),
        cmocka_unit_test(the_estimate_stays_within_its_interval),
        cmocka_unit_test(what_has_no_end_is_no_figure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
