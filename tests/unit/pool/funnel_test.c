/* The limits of a funnel plot. */
#include "pool/funnel.h"

#include "../unit.h"

#include "pool/effects.h"

#include <math.h>

static void the_limits_of_a_figure_without_error_are_those_of_cities(void **state)
{
    const struct effects x = {.mean = 2.0, .tau2 = 0.25};
    struct funnel_limits at = funnel_limits(&x, 0.0);

    (void)state;
    assert_true(fabs(at.hi95 - 2.979981992270027) < 1e-12);
    assert_true(fabs(at.lo998 - 0.4548838469160935) < 1e-12);
}

static void the_limits_widen_with_the_standard_error(void **state)
{
    const struct effects x = {.mean = 2.0, .tau2 = 0.09};
    struct funnel_limits at = funnel_limits(&x, 0.4); /* a 3-4-5 triangle */

    (void)state;
    assert_true(fabs(at.hi95 - (2.0 + 0.5 * 1.959963984540054)) < 1e-12);
}

static void a_far_city_is_inside_when_it_is_unsure_enough(void **state)
{
    const struct effects x = {.mean = 0.0, .tau2 = 0.01};

    (void)state;
    assert_int_equal(funnel_place(&x, 1.0, 0.1), FUNNEL_OUTSIDE);
    assert_int_equal(funnel_place(&x, 1.0, 0.4), FUNNEL_BETWEEN);
    assert_int_equal(funnel_place(&x, -1.0, 0.6), FUNNEL_INSIDE);
}

static void a_city_on_a_line_is_within_it(void **state)
{
    const struct effects x = {.mean = 0.3, .tau2 = 0.02};
    struct funnel_limits at = funnel_limits(&x, 0.2);

    (void)state;
    assert_int_equal(funnel_place(&x, at.lo95, 0.2), FUNNEL_INSIDE);
    assert_int_equal(funnel_place(&x, at.hi95, 0.2), FUNNEL_INSIDE);
    assert_int_equal(funnel_place(&x, at.lo998, 0.2), FUNNEL_BETWEEN);
    assert_int_equal(funnel_place(&x, at.hi998, 0.2), FUNNEL_BETWEEN);
    assert_int_equal(funnel_place(&x, nextafter(at.hi998, INFINITY), 0.2), FUNNEL_OUTSIDE);
    assert_int_equal(funnel_place(&x, nextafter(at.lo998, -INFINITY), 0.2), FUNNEL_OUTSIDE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_limits_of_a_figure_without_error_are_those_of_cities),
        cmocka_unit_test(the_limits_widen_with_the_standard_error),
        cmocka_unit_test(a_far_city_is_inside_when_it_is_unsure_enough),
        cmocka_unit_test(a_city_on_a_line_is_within_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
