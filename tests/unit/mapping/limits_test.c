/* Limits of a figure that is less sure than they say. */
#include "mapping/limits.h"

#include "../unit.h"

#include <math.h>

static const double z95 = 1.959963984540054;

static void assert_near(double is, double expected)
{
    if (!(fabs(is / expected - 1.0) < 1e-12))
        fail_msg("%.15g, expected %.15g", is, expected);
}

/* Three and four parts of the log make five. */
static void errors_are_added_as_independent_ones_are(void **state)
{
    double limit[2] = {1000.0 * exp(-0.3), 1000.0 * exp(0.6)};

    (void)state;
    limits_move_out(limit, 1000.0, 10.0, 0.4 / z95, 1.0);
    assert_near(limit[0], 1000.0 * exp(-0.5));
    assert_near(limit[1], 1000.0 * exp(sqrt(0.36 + 0.16)));
}

static void a_quarter_that_is_known_doubles_the_distance(void **state)
{
    double limit[2] = {1000.0 * exp(-0.3), 1000.0 * exp(0.6)};

    (void)state;
    limits_move_out(limit, 1000.0, 10.0, 0.0, 0.25);
    assert_near(limit[0], 1000.0 * exp(-0.6));
    assert_near(limit[1], 1000.0 * exp(1.2));
}

static void no_limit_falls_below_the_people_who_are_known(void **state)
{
    double limit[2] = {900.0, 1500.0};

    (void)state;
    limits_move_out(limit, 1000.0, 850.0, 2.0, 1.0);
    assert_near(limit[0], 850.0);
}

static void what_is_not_known_or_has_no_end_stays_so(void **state)
{
    double limit[2] = {NAN, INFINITY};

    (void)state;
    limits_move_out(limit, 1000.0, 850.0, 0.1, 0.5);
    assert_true(isnan(limit[0]));
    assert_true(isinf(limit[1]));
}

/* A bootstrap that corrects for bias may leave its figure outside its limits. */
static void limits_stay_where_nothing_is_added(void **state)
{
    double limit[2] = {1010.0, 1500.0};

    (void)state;
    limits_move_out(limit, 1000.0, 850.0, 0.0, 1.0);
    assert_true(limit[0] == 1010.0 && limit[1] == 1500.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_are_added_as_independent_ones_are),
        cmocka_unit_test(a_quarter_that_is_known_doubles_the_distance),
        cmocka_unit_test(no_limit_falls_below_the_people_who_are_known),
        cmocka_unit_test(what_is_not_known_or_has_no_end_stays_so),
        cmocka_unit_test(limits_stay_where_nothing_is_added),
    };

    return cmocka_run_group_tests_name("limits", tests, NULL, NULL);
}
