/* Pooling linkages, and one distribution for what is not known. */
#include "estimate/pooled.h"

#include "reference.h"

#include "estimate/interval.h"
#include "estimate/method.h"
#include "estimate/student.h"
#include "estimate/uncertainty.h"

#include <string.h>

static struct estimate_options quick_options(void)
{
    struct estimate_options options = estimate_options_default();

    options.replicates = 0;
    return options;
}

/* The UK table with `more` people in each history of two lists or more. */
static struct counts linkage_of(uint32_t more, struct arena *a)
{
    struct counts c = *reference_counts("UKdat", a);

    for (size_t i = 0; i < c.records; i++)
        if ((c.record[i].history & (c.record[i].history - 1)) != 0)
            c.record[i].people += more;
    counts_without(&c, &c, 0, a);
    return c;
}

static void students_quantiles_are_those_of_tables(void **state)
{
    (void)state;
    assert_near(student_quantile(0.975, 1.0), 12.7062047, 1e-6);
    assert_near(student_quantile(0.975, 4.0), 2.7764451, 1e-6);
    assert_near(student_quantile(0.025, 10.0), -2.2281389, 1e-6);
    assert_near(student_quantile(0.9, 30.0), 1.3104150, 1e-6);
    assert_near(student_quantile(0.975, (double)INFINITY), 1.9599640, 1e-6);
}

static void one_linkage_is_the_estimate_itself(void **state)
{
    struct counts *c = reference_counts("UKdat", *state);
    struct estimate_options options = quick_options();
    struct estimate pooled;
    struct estimate plain;
    struct err e;

    assert_int_equal(pooled_estimate(c, 1, &options, *state, &pooled, &e), OK);
    assert_int_equal(estimate(c, &options, *state, &plain, &e), OK);
    assert_memory_equal(pooled.ci95, plain.ci95, sizeof plain.ci95);
    assert_int_equal(pooled.linkages, 0);
}

static void overlaps_of_linkages_are_their_mean(void **state)
{
    struct counts c[2] = {linkage_of(0, *state), linkage_of(2, *state)};
    struct estimate_options options = quick_options();
    struct estimate pooled;
    struct estimate of[2];
    struct err e;

    assert_int_equal(pooled_estimate(c, 2, &options, *state, &pooled, &e), OK);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(estimate(&c[i], &options, *state, &of[i], &e), OK);
    assert_true(of[0].on_two_lists < pooled.on_two_lists && pooled.on_two_lists < of[1].on_two_lists);
    assert_near((double)pooled.overlap[1][2], (double)(of[0].overlap[1][2] + of[1].overlap[1][2]) / 2.0, 0.5);
    assert_true(isnan(pooled.conditional95[0]));
}

static void equal_linkages_are_told_as_one(void **state)
{
    struct counts c[3] = {linkage_of(0, *state), linkage_of(0, *state), linkage_of(0, *state)};
    struct estimate_options options = quick_options();
    struct estimate pooled;
    struct estimate plain;
    struct err e;

    options.replicates = 100;
    assert_int_equal(pooled_estimate(c, 3, &options, *state, &pooled, &e), OK);
    assert_int_equal(estimate(&c[0], &options, *state, &plain, &e), OK);
    assert_close(pooled.nhat, plain.nhat);
    assert_true(pooled.share_of_linkage < 1e-12);
    for (size_t i = 0; i < 2; i++) {
        assert_close(pooled.ci95[i], plain.ci95[i]);
        assert_close(pooled.ci80[i], plain.ci80[i]);
    }
}

/* The mean of the variances that the upper limits tell, or the lower ones. */
static double variance_of(const struct estimate *of, size_t n, size_t side)
{
    double variance = 0.0;

    for (size_t i = 0; i < n; i++)
        variance += pow(log(of[i].ci95[side] / of[i].nhat) / 1.959963985, 2.0) / (double)n;
    return variance;
}

/* Rubin's rules by hand for three linkages, each limit with what is not known on its side. */
static void different_linkages_widen_the_interval_by_rubins_rules(void **state)
{
    struct counts c[3] = {linkage_of(0, *state), linkage_of(1, *state), linkage_of(2, *state)};
    struct estimate_options options = quick_options();
    struct estimate pooled;
    struct estimate of[3];
    double mean = 0.0;
    double added = 0.0;
    struct err e;

    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(estimate(&c[i], &options, *state, &of[i], &e), OK);
        mean += log(of[i].nhat) / 3.0;
    }
    for (size_t i = 0; i < 3; i++)
        added += 4.0 / 3.0 * pow(log(of[i].nhat) - mean, 2.0) / 2.0;
    assert_int_equal(pooled_estimate(c, 3, &options, *state, &pooled, &e), OK);
    assert_int_equal(pooled.interval, ESTIMATE_RUBIN);
    assert_int_equal(pooled.linkages, 3);
    assert_close(pooled.nhat, exp(mean));
    for (size_t side = 0; side < 2; side++) {
        double total = variance_of(of, 3, side) + added;
        double share = added / total;
        double t = student_quantile(side == 0 ? 0.025 : 0.975, 2.0 / (share * share));

        assert_close(pooled.ci95[side], exp(mean + t * sqrt(total)));
    }
    double share = pooled.share_of_linkage;
    assert_true(added / (variance_of(of, 3, 1) + added) < share);
    assert_true(share < added / (variance_of(of, 3, 0) + added));
}

static void estimates_of_few_people_are_less_sure_upward(void **state)
{
    const struct estimate of[2] = {
        {.n = 80, .nhat = 200.0, .ci95 = {150.0, 400.0}, .ci80 = {165.0, 310.0}, .interval = ESTIMATE_WALD},
        {.n = 80, .nhat = 210.0, .ci95 = {155.0, 410.0}, .ci80 = {170.0, 320.0}, .interval = ESTIMATE_WALD},
    };
    struct estimate x;

    pool_estimates(of, 2, *state, &x);
    assert_true(log(x.ci95[1] / x.nhat) > 2.0 * log(x.nhat / x.ci95[0]));
    assert_true(x.ci95[1] > 400.0 && x.ci95[1] < 430.0);
    assert_true(x.ci95[0] > 145.0 && x.ci95[0] < 155.0);
}

static void no_upper_limit_in_one_leaves_the_lower_one(void **state)
{
    const struct estimate of[2] = {
        {.n = 80, .nhat = 200.0, .ci95 = {150.0, INFINITY}, .ci80 = {165.0, 310.0}, .interval = ESTIMATE_BCA},
        {.n = 80, .nhat = 210.0, .ci95 = {155.0, 410.0}, .ci80 = {170.0, 320.0}, .interval = ESTIMATE_BCA},
    };
    struct estimate x;

    pool_estimates(of, 2, *state, &x);
    assert_true(isinf(x.ci95[1]));
    assert_true(x.ci95[0] > 145.0 && x.ci95[0] < 155.0);
}

static void a_linkage_without_an_estimate_refuses_the_whole(void **state)
{
    struct counts c[2] = {linkage_of(0, *state), linkage_of(0, *state)};
    struct estimate_options options = quick_options();
    struct estimate pooled;
    struct err e;

    for (size_t i = 0; i < c[1].records; i++)
        if ((c[1].record[i].history & (c[1].record[i].history - 1)) != 0)
            c[1].record[i].people = 0;
    counts_without(&c[1], &c[1], 0, *state);
    assert_int_equal(pooled_estimate(c, 2, &options, *state, &pooled, &e), OK);
    assert_int_equal(pooled.status, ESTIMATE_REFUSED);
    assert_true(isnan(pooled.nhat));
}

static void draws_of_a_posterior_are_put_together(void **state)
{
    struct counts c[2] = {linkage_of(0, *state), linkage_of(3, *state)};
    struct estimate_options options = quick_options();
    struct estimate pooled;
    struct estimate one;
    struct err e;

    options.method = method_find(S("bayes"));
    assert_int_equal(pooled_estimate(c, 2, &options, *state, &pooled, &e), OK);
    assert_int_equal(estimate(&c[0], &options, *state, &one, &e), OK);
    assert_int_equal(pooled.interval, ESTIMATE_CREDIBLE);
    assert_int_equal(pooled.draws, 2 * one.draws);
    assert_true(pooled.ci95[0] < one.ci95[0]);
}

static void the_distribution_goes_through_walds_limits(void **state)
{
    struct counts *c = reference_counts("UKdat", *state);
    struct estimate_options options = quick_options();
    struct estimate x;
    struct err e;

    assert_int_equal(estimate(c, &options, *state, &x, &e), OK);
    assert_close(uncertainty_quantile(&x, 0.025), x.ci95[0]);
    assert_close(uncertainty_quantile(&x, 0.975), x.ci95[1]);
    assert_close(uncertainty_quantile(&x, 0.5), x.nhat);
    assert_close(uncertainty_quantile(&x, 0.9), x.ci80[1]);
}

static void the_distribution_goes_through_the_limits_of_a_bootstrap(void **state)
{
    struct estimate_options options = quick_options();
    struct estimate x;
    struct err e;

    options.replicates = 20000;
    assert_int_equal(estimate(reference_counts("HIV_Rome", *state), &options, *state, &x, &e), OK);
    assert_int_equal(x.interval, ESTIMATE_BCA);
    assert_close(uncertainty_quantile(&x, 0.1), x.ci80[0]);
    assert_close(uncertainty_quantile(&x, 0.975), x.ci95[1]);
}

static void no_upper_limit_is_none_for_the_distribution_either(void **state)
{
    struct estimate x = {.n = 100, .nhat = 300.0, .ci95 = {150.0, INFINITY}, .interval = ESTIMATE_WALD};

    (void)state;
    assert_true(isinf(uncertainty_quantile(&x, 0.6)));
    assert_near(uncertainty_quantile(&x, 0.025), 150.0, 1e-6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(students_quantiles_are_those_of_tables),
        WITH_ARENA(one_linkage_is_the_estimate_itself),
        WITH_ARENA(overlaps_of_linkages_are_their_mean),
        WITH_ARENA(equal_linkages_are_told_as_one),
        WITH_ARENA(different_linkages_widen_the_interval_by_rubins_rules),
        WITH_ARENA(estimates_of_few_people_are_less_sure_upward),
        WITH_ARENA(no_upper_limit_in_one_leaves_the_lower_one),
        WITH_ARENA(a_linkage_without_an_estimate_refuses_the_whole),
        WITH_ARENA(draws_of_a_posterior_are_put_together),
        WITH_ARENA(the_distribution_goes_through_walds_limits),
        WITH_ARENA(the_distribution_goes_through_the_limits_of_a_bootstrap),
        WITH_ARENA(no_upper_limit_is_none_for_the_distribution_either),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
