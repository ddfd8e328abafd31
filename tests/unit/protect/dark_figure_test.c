/* A dark figure as it may be published. */
#include "protect/dark_figure.h"

#include "../unit.h"

#include <math.h>
#include <string.h>

static void assert_published(double estimate, double lo, double hi, struct dark_figure expected)
{
    struct dark_figure out;
    struct err e;

    assert_int_equal(dark_figure_protect(estimate, lo, hi, &out, &e), OK);
    assert_int_equal(out.estimate, expected.estimate);
    assert_int_equal(out.lo, expected.lo);
    assert_int_equal(out.hi, expected.hi);
}

static void two_significant_digits_are_kept_and_the_interval_only_grows(void **state)
{
    (void)state;
    assert_published(11417.99, 9873.2, 13011.6, (struct dark_figure){11000, 9800, 14000});
    assert_published(996, 991, 1001, (struct dark_figure){1000, 990, 1100});
}

static void small_figures_are_rounded_to_tens(void **state)
{
    (void)state;
    assert_published(87.4, 81, 92, (struct dark_figure){90, 80, 100});
    assert_published(4, 0, 8.5, (struct dark_figure){0, 0, 10});
}

static void round_ends_stay(void **state)
{
    (void)state;
    assert_published(1200, 1100, 1300, (struct dark_figure){1200, 1100, 1300});
}

static void a_figure_without_finite_ends_is_refused(void **state)
{
    struct dark_figure out;
    struct err e;

    (void)state;
    assert_int_equal(dark_figure_protect(100, 50, INFINITY, &out, &e), REFUSED);
    assert_int_equal(dark_figure_protect(NAN, 50, 150, &out, &e), REFUSED);
    assert_int_equal(dark_figure_protect(100, 101, 150, &out, &e), REFUSED);
    assert_int_equal(dark_figure_protect(100, -1, 150, &out, &e), REFUSED);
    assert_says(e, "publish no figure");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_significant_digits_are_kept_and_the_interval_only_grows),
        cmocka_unit_test(small_figures_are_rounded_to_tens),
        cmocka_unit_test(round_ends_stay),
        cmocka_unit_test(a_figure_without_finite_ends_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
