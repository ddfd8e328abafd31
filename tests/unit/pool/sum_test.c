/* Sums of published figures. */
#include "pool/sum.h"

#include "../unit.h"

#include "base/rng.h"
#include "base/variate.h"

#include <math.h>
#include <string.h>

static const double z95 = 1.959963984540054;

/* A figure as a city publishes it, of `unseen` people and a standard error of its logarithm. */
static struct sum_figure figure(double seen, double unseen, double se)
{
    return (struct sum_figure){.seen = seen,
                               .nhat = seen + unseen,
                               .ci95 = {seen + unseen * exp(-z95 * se), seen + unseen * exp(z95 * se)}};
}

static void one_city_is_its_own_sum(void **state)
{
    struct sum_figure f = figure(100, 300, 0.4);
    struct sum_total t = sum_figures(&f, 1, 1, *state);

    assert_true(fabs(t.nhat / f.nhat - 1.0) < 1e-3);
    assert_true(fabs(t.ci95[0] / f.ci95[0] - 1.0) < 2e-3);
    assert_true(fabs(t.ci95[1] / f.ci95[1] - 1.0) < 5e-3);
}

/* Of many small spreads the sum is normal, and its spread grows as the root of their number. */
static void a_hundred_equal_cities_have_a_tenth_of_the_relative_spread(void **state)
{
    struct sum_figure f[100];

    for (size_t i = 0; i < 100; i++)
        f[i] = figure(0, 1000, 0.02);
    struct sum_total t = sum_figures(f, 100, 1, *state);
    assert_true(fabs((t.ci95[1] - t.ci95[0]) / (2 * z95 * 1000 * 0.02 * 10) - 1.0) < 0.05);
    assert_true(fabs(t.nhat / 100000 - 1.0) < 1e-3);
}

/* The middle of a sum of skewed figures lies above the sum of middles, and its limits inside the sums of
 * limits. */
static void it_is_not_a_sum_of_middles_or_of_limits(void **state)
{
    struct sum_figure f[5];

    for (size_t i = 0; i < 5; i++)
        f[i] = figure(50, 200, 0.8);
    struct sum_total t = sum_figures(f, 5, 1, *state);
    assert_true(t.nhat > 1.1 * 5 * 250);
    assert_true(t.ci95[1] < 0.8 * 5 * f[0].ci95[1]);
    assert_true(t.ci95[0] > 1.2 * 5 * f[0].ci95[0]);
}

static void the_same_seed_gives_the_same_sum(void **state)
{
    struct sum_figure f[] = {figure(50, 200, 0.8), figure(10, 40, 0.3)};
    struct sum_total first = sum_figures(f, 2, 7, *state);
    struct sum_total second = sum_figures(f, 2, 7, *state);

    assert_memory_equal(&first, &second, sizeof first);
}

/* Ten cities whose true numbers are known, each with a figure and limits that are right for it: the sum's
 * limits hold the true sum in 95 rounds of 100. Bounds: five standard deviations (6.9) about 950 of 1000. */
static void the_limits_hold_the_true_sum_as_often_as_they_say(void **state)
{
    static const double unseen[] = {40, 60, 80, 120, 150, 200, 300, 400, 700, 900};
    struct rng r = rng_open(3, 1);
    int hits = 0;
    double truth = 0.0;

    (void)state;
    for (size_t i = 0; i < 10; i++)
        truth += 20 + unseen[i];
    for (int round = 0; round < 1000; round++) {
        struct arena *a = arena_open();
        struct sum_figure f[10];

        for (size_t i = 0; i < 10; i++)
            f[i] = figure(20, unseen[i] * exp(0.2 * variate_normal(&r)), 0.2);
        struct sum_total t = sum_figures(f, 10, (uint64_t)round, a);
        hits += t.ci95[0] <= truth && truth <= t.ci95[1];
        arena_close(a);
    }
    assert_in_range(hits, 915, 985);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(one_city_is_its_own_sum),
        WITH_ARENA(a_hundred_equal_cities_have_a_tenth_of_the_relative_spread),
        WITH_ARENA(it_is_not_a_sum_of_middles_or_of_limits),
        WITH_ARENA(the_same_seed_gives_the_same_sum),
        cmocka_unit_test(the_limits_hold_the_true_sum_as_often_as_they_say),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
