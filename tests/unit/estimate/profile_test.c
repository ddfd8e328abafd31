/* The profile likelihood, against its closed form where lists are independent. */
#include "estimate/profile.h"

#include "reference.h"

#include "estimate/estimate.h"
#include "estimate/method.h"

/* With independent lists the fit for N is n_i / N on each list. */
static double closed_form(const struct loglinear_table *table, double all)
{
    double l = lgamma(all + 1.0) - lgamma(all - table->margin[0] + 1.0);

    for (size_t list = 1; list < table->cells; list *= 2) {
        double p = table->margin[list] / all;
        l += table->margin[list] * log(p) + (all - table->margin[list]) * log1p(-p);
    }
    return l;
}

static double highest(const struct loglinear_table *table)
{
    double best = -INFINITY;

    for (double all = table->margin[0] + 1.0; all < 40.0 * table->margin[0]; all += 1.0)
        best = fmax(best, closed_form(table, all));
    return best;
}

static void assert_limits_of_independence(const char *name, void **state)
{
    struct stepwise *s = reference_stepwise(name, *state);
    double limit[2];

    stepwise_choose(s, 0.0);
    assert_true(
        profile_limits(&s->table, s->fit->term, s->fit->k, &s->fit->removed, s->nhat, 0.025, *state, limit));
    for (int i = 0; i < 2; i++)
        assert_near(2.0 * (highest(&s->table) - closed_form(&s->table, limit[i])), 3.841458820694124, 1e-4);
    assert_true(limit[0] < s->nhat && s->nhat < limit[1]);
    stepwise_close(s);
}

static void limits_of_independent_lists_are_those_of_the_closed_form(void **state)
{
    assert_limits_of_independence("UKdat_4", state);
    assert_limits_of_independence("UKdat", state);
    assert_limits_of_independence("HIV_Rome", state);
}

/* All pairs of three lists: the dark cell is bound only by m1 m2 m3 m123 / (m12 m13 m23), and one person on
 * all three lists does not rule out a very large number. */
static void few_overlaps_leave_the_upper_limit_far_away(void **state)
{
    const uint32_t y[] = {0, 60, 50, 2, 70, 3, 2, 1};
    struct stepwise *s = stepwise_open(*state, 3);
    double limit[2];

    stepwise_set_counts(s, y);
    stepwise_choose(s, 1.0);
    assert_int_equal(s->pairs, 3);
    assert_true(
        profile_limits(&s->table, s->fit->term, s->fit->k, &s->fit->removed, s->nhat, 0.025, *state, limit));
    assert_true(limit[0] >= 188.0);
    assert_true(limit[1] > 3.0 * s->nhat);
    stepwise_close(s);
}

static void a_lower_limit_is_never_below_the_people_seen(void **state)
{
    const uint32_t y[] = {0, 3, 2, 40, 3, 50, 60, 90};
    struct stepwise *s = stepwise_open(*state, 3);
    double limit[2];

    stepwise_set_counts(s, y);
    stepwise_choose(s, 0.0);
    assert_true(
        profile_limits(&s->table, s->fit->term, s->fit->k, &s->fit->removed, s->nhat, 0.025, *state, limit));
    assert_true(limit[0] >= 248.0);
    stepwise_close(s);
}

/* 900 million people of whom three are on two lists: N is above 10^16, and rounding hides the likelihood's
 * fall. */
static void a_number_beyond_the_arithmetic_has_no_limits(void **state)
{
    const uint32_t y[] = {0, 300000000, 300000000, 1, 300000000, 1, 1, 0};
    struct stepwise *s = stepwise_open(*state, 3);
    double limit[2] = {-1.0, -1.0};

    stepwise_set_counts(s, y);
    stepwise_choose(s, 0.0);
    assert_true(s->nhat > 1e16);
    assert_false(
        profile_limits(&s->table, s->fit->term, s->fit->k, &s->fit->removed, s->nhat, 0.025, *state, limit));
    assert_near(limit[0], -1.0, 0.0);
    stepwise_close(s);
}

static void the_interval_can_be_asked_for(void **state)
{
    struct estimate_options options = estimate_options_default();
    struct estimate x;
    struct err e;

    options.interval = ESTIMATE_PROFILE;
    assert_int_equal(estimate(reference_counts("UKdat", *state), &options, *state, &x, &e), OK);
    assert_int_equal(x.interval, ESTIMATE_PROFILE);
    assert_int_equal(x.replicates, 0);
    assert_true(x.ci95[0] < x.ci80[0] && x.ci80[0] < x.nhat && x.nhat < x.ci80[1] && x.ci80[1] < x.ci95[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(limits_of_independent_lists_are_those_of_the_closed_form),
        WITH_ARENA(few_overlaps_leave_the_upper_limit_far_away),
        WITH_ARENA(a_lower_limit_is_never_below_the_people_seen),
        WITH_ARENA(a_number_beyond_the_arithmetic_has_no_limits),
        WITH_ARENA(the_interval_can_be_asked_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
