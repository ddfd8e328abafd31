/* The method "classes", and what it tells of a posterior. */
#include "estimate/classes.h"

#include "reference.h"

#include "base/variate.h"
#include "estimate/estimate.h"
#include "estimate/posterior.h"

#include <string.h>

static struct estimate estimate_classes(const struct counts *counts, int threads, struct arena *a)
{
    struct estimate_options options = estimate_options_default();
    struct estimate x;
    struct err e;

    options.method = method_find(S("classes"));
    options.threads = threads;
    assert_int_equal(estimate(counts, &options, a, &x, &e), OK);
    return x;
}

static void the_number_of_threads_changes_nothing(void **state)
{
    struct counts *counts = reference_counts("Artificial_3", *state);
    struct estimate one = estimate_classes(counts, 1, *state);
    struct estimate two = estimate_classes(counts, 2, *state);

    assert_memory_equal(&one.nhat, &two.nhat, sizeof one.nhat);
    assert_memory_equal(one.ci95, two.ci95, sizeof one.ci95);
}

static void two_lists_get_chapmans_estimate(void **state)
{
    struct counts two;

    counts_without(&two, reference_counts("spina_strata", *state), 4, *state);
    assert_string_equal(estimate_classes(&two, 1, *state).method, "chapman");
}

/* `share` of the draws about 5,000, the others about 15,000. */
static double *draw_two_modes(size_t n, double share, struct arena *a)
{
    double *x = arena_new(a, n, double);
    struct rng r = rng_open(9, 0);

    for (size_t i = 0; i < n; i++)
        x[i] = ((double)i < share * (double)n ? 5000.0 : 15000.0) * exp(0.1 * variate_normal(&r));
    return x;
}

static void separate_modes_are_told_with_their_shares(void **state)
{
    struct estimate x = {0};
    double *draw = draw_two_modes(4000, 0.25, *state);

    posterior_describe(&x, draw, 4000);
    posterior_find_modes(&x.posterior, draw, 4000, *state);
    assert_int_equal(x.posterior.modes, 2);
    assert_near(x.posterior.mode[0].share, 0.25, 0.01);
    assert_near(x.posterior.mode[0].middle, 5000.0, 100.0);
    assert_near(x.posterior.mode[1].middle, 15000.0, 300.0);
}

static void one_peak_is_one_mode(void **state)
{
    struct estimate x = {0};
    double *draw = draw_two_modes(4000, 0.0, *state);

    posterior_describe(&x, draw, 4000);
    posterior_find_modes(&x.posterior, draw, 4000, *state);
    assert_int_equal(x.posterior.modes, 1);
    assert_near(x.nhat, 15000.0, 150.0);
    assert_near(x.ci95[0], 15000.0 * exp(-0.196), 250.0);
}

static void draws_that_are_all_equal_are_one_mode(void **state)
{
    struct estimate x = {0};
    double draw[100];

    for (size_t i = 0; i < 100; i++)
        draw[i] = 70.0;
    posterior_describe(&x, draw, 100);
    posterior_find_modes(&x.posterior, draw, 100, *state);
    assert_int_equal(x.posterior.modes, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_number_of_threads_changes_nothing),     WITH_ARENA(two_lists_get_chapmans_estimate),
        WITH_ARENA(separate_modes_are_told_with_their_shares), WITH_ARENA(one_peak_is_one_mode),
        WITH_ARENA(draws_that_are_all_equal_are_one_mode),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
