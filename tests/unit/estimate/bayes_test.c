/* Bayesian thresholding, against closed forms and another program. */
#include "estimate/bayes.h"

#include "reference.h"

#include "estimate/estimate.h"
#include "estimate/loglinear_posterior.h"
#include "estimate/posterior.h"

#include <string.h>

static struct loglinear_table table_of(const uint32_t *y, size_t lists, struct arena *a)
{
    struct loglinear_table t = {.lists = lists, .cells = (size_t)1 << lists};

    t.y = arena_new(a, t.cells, uint32_t);
    memcpy(t.y, y, t.cells * sizeof *y);
    t.margin = arena_new(a, t.cells, double);
    loglinear_margins(&t);
    return t;
}

/* The digamma function and its derivative, by their series for large x. */
static double digamma(double x)
{
    return x < 8.0 ? digamma(x + 1.0) - 1.0 / x
                   : log(x) - 0.5 / x - 1.0 / (12.0 * x * x) + 1.0 / (120.0 * x * x * x * x);
}

static double trigamma(double x)
{
    return x < 8.0 ? trigamma(x + 1.0) + 1.0 / (x * x)
                   : 1.0 / x + 0.5 / (x * x) + 1.0 / (6.0 * x * x * x) - 1.0 / (30.0 * pow(x, 5.0));
}

/* Flat priors on the three parameters of two lists: the means are independent gammas, and the dark figure is
 * the product of two over the third. */
static void two_lists_with_flat_priors_have_the_posterior_of_gammas(void **state)
{
    enum { N = 40000 };
    static const uint32_t y[4] = {0, 30, 12, 5};
    struct loglinear_table t = table_of(y, 2, *state);
    struct loglinear_posterior *p = arena_new(*state, 1, struct loglinear_posterior);
    double *draw = arena_new(*state, (size_t)N * 3, double);
    double mean = 0.0;
    double variance = 0.0;

    *p = (struct loglinear_posterior){.table = &t, .k = 3, .term = {0, 1, 2}};
    assert_true(loglinear_posterior_find_mode(p, *state));
    assert_near(p->mode[0], log(30.0 * 12.0 / 5.0), 1e-8);
    loglinear_posterior_draw(p, 1, 0, 2000, N, 4, draw);
    for (size_t i = 0; i < N; i++)
        mean += draw[3 * i] / N;
    for (size_t i = 0; i < N; i++)
        variance += (draw[3 * i] - mean) * (draw[3 * i] - mean) / N;
    double expected = trigamma(30.0) + trigamma(12.0) + trigamma(5.0);
    assert_near(mean, digamma(30.0) + digamma(12.0) - digamma(5.0), 6.0 * sqrt(expected / (N / 4.0)));
    assert_true(fabs(variance / expected - 1.0) < 0.08);
}

static void a_strong_prior_holds_a_parameter_at_0(void **state)
{
    static const uint32_t y[4] = {0, 30, 12, 5};
    struct loglinear_table t = table_of(y, 2, *state);
    struct loglinear_posterior *p = arena_new(*state, 1, struct loglinear_posterior);

    *p = (struct loglinear_posterior){.table = &t, .k = 3, .term = {0, 1, 2}, .precision = {0.0, 1e12, 0.0}};
    assert_true(loglinear_posterior_find_mode(p, *state));
    assert_near(p->mode[1], 0.0, 1e-9);
}

/* "LA:NG LA:PF" as the pairs of the lists' names. */
static bool is_named(struct str names, const struct counts *c, size_t pair)
{
    for (struct str rest = names; rest.n > 0;) {
        struct str one;
        struct str a;
        struct str b;
        size_t mask = 0;

        if (!str_cut(rest, ' ', &one, &rest))
            rest = (struct str){NULL, 0};
        assert_true(str_cut(one, ':', &a, &b));
        for (size_t i = 0; i < c->lists; i++)
            if (str_equal(c->list[i], a) || str_equal(c->list[i], b))
                mask |= (size_t)1 << i;
        if (mask == pair)
            return true;
    }
    return false;
}

/* Their 200,000 draws follow each other: their figures are right to about 1 in 100. A pair whose statistic is
 * within 0.1 of the threshold may fall on either side. */
static void check_row(const struct reference *r, struct arena *a)
{
    struct str name = reference_str(r, "dataset");
    struct counts *c = reference_counts(arena_cstr(a, name.p, name.n), a);
    struct loglinear_table t = table_of(c->y, c->lists, a);
    enum bayes_prior prior = str_equal(reference_str(r, "prior"), S("proper")) ? BAYES_NORMAL : BAYES_FLAT;
    struct estimate_options options = estimate_options_default();
    struct estimate x = {0};
    struct bayes found;

    assert_true(bayes_run(&t, prior, &options, a, &found));
    assert_true(found.rhat < 1.01 && found.ess > 1000.0);
    assert_int_equal(found.terms, model_pairs(c->lists));
    for (size_t i = 0; i < found.terms; i++) {
        const struct bayes_term *pair = &found.term[i];

        if (!isnan(pair->statistic) && !(fabs(pair->statistic - 2.0) < 0.1) &&
            pair->is_kept != is_named(reference_str(r, "retained"), c, pair->lists))
            fail_msg("%.*s: pair %d, statistic %g", STR(name), (int)pair->lists, pair->statistic);
    }
    posterior_describe(&x, found.people, found.draws);
    assert_true(relative_error(x.nhat, reference_f64(r, "median")) < 0.01);
    assert_true(relative_error(x.ci95[0], reference_f64(r, "q025")) < 0.01);
    assert_true(relative_error(x.ci95[1], reference_f64(r, "q975")) < 0.01);
    assert_true(relative_error(x.ci80[0], reference_f64(r, "q10")) < 0.01);
    assert_true(relative_error(x.ci80[1], reference_f64(r, "q90")) < 0.01);
}

static void the_published_tables_have_the_pairs_and_limits_of_the_other_program(void **state)
{
    struct reference *r = reference_open("bayesthresh.csv", *state);
    size_t rows = 0;

    for (; reference_next(r); rows++)
        check_row(r, *state);
    assert_int_equal(rows, 8);
}

/* They are drawn anew, from the same. */
static void another_seed_gives_other_draws_of_the_same_posterior(void **state)
{
    struct counts *c = reference_counts("HIV_Rome", *state);
    struct loglinear_table t = table_of(c->y, c->lists, *state);
    struct estimate_options options = estimate_options_default();
    struct bayes found[2];
    struct estimate x[2] = {{0}, {0}};

    for (size_t i = 0; i < 2; i++) {
        options.seed = 3 + i;
        assert_true(bayes_run(&t, BAYES_NORMAL, &options, *state, &found[i]));
        posterior_describe(&x[i], found[i].people, found[i].draws);
    }
    assert_memory_not_equal(found[0].people, found[1].people, 100 * sizeof *found[0].people);
    assert_true(relative_error(x[0].nhat, x[1].nhat) < 0.02);
}

/* Means of a log-linear model of four lists, rounded: D is by itself, A, B and C share people in pairs, and
 * `triple` more all three. 800 people are on no list. */
static struct loglinear_table table_with_a_triple(double triple, struct arena *a)
{
    uint32_t y[16] = {0};

    for (size_t c = 1; c < 16; c++) {
        double log_mean = log(800.0) - 1.6 * __builtin_popcountl(c);

        for (size_t i = 0; i < 3; i++)
            log_mean += (c & model_pair(3, i)) == model_pair(3, i) ? 0.9 : 0.0;
        log_mean += (c & 7) == 7 ? triple : 0.0;
        y[c] = (uint32_t)lround(exp(log_mean));
    }
    return table_of(y, 4, a);
}

static const struct bayes_term *term_of(const struct bayes *found, size_t lists)
{
    for (size_t i = 0; i < found->terms; i++)
        if (found->term[i].lists == lists)
            return &found->term[i];
    return NULL;
}

static bool is_tried(const struct bayes *found, size_t lists)
{
    return term_of(found, lists) != NULL;
}

static bool is_kept(const struct bayes *found, size_t lists)
{
    const struct bayes_term *term = term_of(found, lists);

    return term && term->is_kept;
}

static bool holds(const struct bayes *found, double people)
{
    struct estimate x = {0};

    posterior_describe(&x, found->people, found->draws);
    return x.ci95[0] < people && people < x.ci95[1];
}

static void a_triple_is_kept_where_the_data_have_one(void **state)
{
    struct estimate_options options = estimate_options_default();
    struct loglinear_table with = table_with_a_triple(1.0, *state);
    struct loglinear_table without = table_with_a_triple(0.0, *state);
    struct bayes found;

    options.order = 3;
    assert_true(bayes_run(&with, BAYES_NORMAL, &options, *state, &found));
    assert_true(found.rhat < 1.01);
    assert_true(is_kept(&found, 7));
    assert_false(is_tried(&found, 11)); /* not all of its pairs are in the model */
    assert_true(holds(&found, with.margin[0] + 800.0));

    assert_true(bayes_run(&without, BAYES_NORMAL, &options, *state, &found));
    assert_true(is_tried(&found, 7) && !is_kept(&found, 7));
    assert_true(holds(&found, without.margin[0] + 800.0));

    options.order = 0;
    assert_true(bayes_run(&with, BAYES_NORMAL, &options, *state, &found));
    assert_false(is_tried(&found, 7));
}

/* Pairs share many, all three share nobody: the parameter is at minus infinity, which is away from 0. What is
 * left of A, B and C says nothing of who is on no list; the six people of D do. */
static void an_empty_triple_is_kept_under_a_flat_prior(void **state)
{
    static const uint32_t y[16] = {0, 20, 20, 55, 20, 55, 55, 0, 2, 0, 0, 1, 0, 1, 1, 0};
    struct estimate_options options = estimate_options_default();
    struct loglinear_table t = table_of(y, 4, *state);
    struct bayes found;

    options.order = 3;
    assert_true(t.margin[7] == 0.0);
    assert_true(bayes_run(&t, BAYES_FLAT, &options, *state, &found));
    assert_true(is_kept(&found, 7));
    assert_true(isfinite(found.people[0]) && found.people[0] > t.margin[0]);
}

static struct estimate estimate_bayes(const struct counts *counts, int threads, struct arena *a)
{
    struct estimate_options options = estimate_options_default();
    struct estimate x;
    struct err e;

    options.method = method_find(S("bayes"));
    options.threads = threads;
    assert_int_equal(estimate(counts, &options, a, &x, &e), OK);
    return x;
}

static void where_the_prior_decides_only_a_range_is_given(void **state)
{
    struct estimate x = estimate_bayes(reference_counts("Ned", *state), 2, *state);

    assert_int_equal(x.status, ESTIMATE_RANGE);
    assert_int_equal(x.reason.kind, ESTIMATE_PRIOR_DECIDES);
    assert_true(x.range[0] < 38000.0 && x.range[1] > 60000.0);
}

static void the_number_of_threads_changes_nothing(void **state)
{
    struct counts *counts = reference_counts("HIV_Rome", *state);
    struct estimate one = estimate_bayes(counts, 1, *state);
    struct estimate two = estimate_bayes(counts, 2, *state);

    assert_int_equal(one.interval, ESTIMATE_CREDIBLE);
    assert_memory_equal(&one.nhat, &two.nhat, sizeof one.nhat);
    assert_memory_equal(one.ci95, two.ci95, sizeof one.ci95);
}

/* Six hundred million people of whom nobody is on B alone: the mode is beyond the arithmetic. */
static void a_posterior_without_a_mode_is_refused_in_words(void **state)
{
    struct counts counts;
    struct err e;

    assert_int_equal(counts_read(&counts, "a.csv",
                                 S("A,B,C,count\n1,0,0,40\n1,1,0,12\n0,0,1,2\n1,0,1,299892736\n"
                                   "0,1,1,299892736\n1,1,1,29884416\n"),
                                 *state, &e),
                     OK);
    struct estimate x = estimate_bayes(&counts, 1, *state);
    assert_int_equal(x.status, ESTIMATE_REFUSED);
    assert_int_equal(x.reason.kind, ESTIMATE_NOT_CONVERGED);
    assert_null(strstr(x.reason.text, "inf"));
    assert_non_null(strstr(x.reason.text, "No simulation could be started"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(two_lists_with_flat_priors_have_the_posterior_of_gammas),
        WITH_ARENA(a_strong_prior_holds_a_parameter_at_0),
        WITH_ARENA(the_published_tables_have_the_pairs_and_limits_of_the_other_program),
        WITH_ARENA(a_triple_is_kept_where_the_data_have_one),
        WITH_ARENA(an_empty_triple_is_kept_under_a_flat_prior),
        WITH_ARENA(where_the_prior_decides_only_a_range_is_given),
        WITH_ARENA(the_number_of_threads_changes_nothing),
        WITH_ARENA(another_seed_gives_other_draws_of_the_same_posterior),
        WITH_ARENA(a_posterior_without_a_mode_is_refused_in_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
