/* Two lists with covariates. */
#include "estimate/doubly_robust.h"

#include "reference.h"

#include "base/rng.h"
#include "base/text.h"
#include "estimate/estimate.h"
#include "estimate/logistic.h"

#include <string.h>

static struct estimate estimate_csv(const char *csv, const char *covariates, struct arena *a)
{
    struct estimate_options options = estimate_options_default();
    struct counts counts;
    struct estimate x;
    struct err e;

    options.method = &doubly_robust_method;
    options.covariates = str_of(covariates);
    assert_int_equal(counts_read(&counts, "a.csv", str_of(csv), a, &e), OK);
    assert_int_equal(estimate(&counts, &options, a, &x, &e), OK);
    return x;
}

static void a_regression_on_one_category_has_the_shares_as_its_fit(void **state)
{
    static const uint16_t column[] = {0, 1, 0, 2};
    static const double yes[] = {3000.0, 500.0};
    static const double no[] = {1000.0, 4500.0};
    struct logistic l = {2, 2, 3, column, yes, no};
    double beta[3];

    logistic_fit(&l, *state, beta);
    assert_near(logistic_probability(&l, beta, 0), 0.75, 1e-4);
    assert_near(logistic_probability(&l, beta, 1), 0.1, 1e-4);
}

static void a_category_with_one_outcome_has_a_finite_fit(void **state)
{
    static const uint16_t column[] = {0, 1, 0, 2};
    static const double yes[] = {50.0, 20.0};
    static const double no[] = {0.0, 30.0};
    struct logistic l = {2, 2, 3, column, yes, no};
    double beta[3];

    logistic_fit(&l, *state, beta);
    assert_true(isfinite(beta[1]) && logistic_probability(&l, beta, 0) > 0.95);
}

/* A column with one category tells nothing: n1 n2 / n12. */
static void a_column_that_tells_nothing_gives_lincoln_and_petersen(void **state)
{
    struct estimate x =
        estimate_csv("A,B,x,count\n1,0,all,40000\n0,1,all,30000\n1,1,all,20000\n", "x", *state);

    assert_string_equal(x.method, "covariates");
    assert_true(fabs(x.nhat / (60000.0 * 50000.0 / 20000.0) - 1.0) < 1e-3);
}

/* One column: the sum over its categories of n1 n2 / n12, which is not that of the whole. */
static void a_column_gives_the_sum_over_its_categories(void **state)
{
    struct estimate x = estimate_csv("A,B,age,count\n1,0,young,40000\n0,1,young,30000\n1,1,young,20000\n"
                                     "1,0,old,60000\n0,1,old,40000\n1,1,old,8000\n",
                                     "age", *state);
    double young = 60000.0 * 50000.0 / 20000.0;
    double old = 68000.0 * 48000.0 / 8000.0;

    assert_true(fabs(x.nhat / (young + old) - 1.0) < 2e-3);
    assert_true(x.nhat > 1.1 * (128000.0 * 98000.0 / 28000.0));
}

/* Old people are on neither list as often as young ones: the interval holds the true 20,000. */
static void a_known_truth_is_held_where_chapman_misses_it(void **state)
{
    enum { TABLES = 100 };
    int held = 0;

    for (uint64_t i = 0; i < TABLES; i++) {
        struct rng r = rng_open(5, i);
        struct text t = text_open(*state);
        static const double on[2] = {0.4, 0.1};

        text_lit(&t, "A,B,age,count\n");
        for (int k = 0; k < 2; k++) {
            int64_t first = rng_binomial(&r, 10000, on[k]);
            int64_t both = rng_binomial(&r, first, on[k]);
            int64_t second = both + rng_binomial(&r, 10000 - first, on[k]);

            text_format(&t, "1,0,%s,%d\n0,1,%s,%d\n1,1,%s,%d\n", k ? "old" : "young", (int)(first - both),
                        k ? "old" : "young", (int)(second - both), k ? "old" : "young", (int)both);
        }
        struct estimate x = estimate_csv(text_str(&t).p, "age", *state);
        held += x.ci95[0] <= 20000.0 && 20000.0 <= x.ci95[1];
    }
    /* Binomial(100, 0.95): below 82 the chance is under 1 in 10^6. */
    assert_true(held >= 82);
}

static void people_on_other_lists_are_counted_and_not_extended_from(void **state)
{
    struct estimate two = estimate_csv("A,B,x,count\n1,0,a,4000\n0,1,a,3000\n1,1,a,2000\n", "x", *state);
    struct estimate three = estimate_csv("A,B,C,x,count\n1,0,0,a,4000\n0,1,0,a,3000\n1,1,0,a,2000\n"
                                         "0,0,1,a,500\n1,0,1,a,100\n0,1,1,a,100\n",
                                         "x", *state);

    assert_true(fabs((three.nhat - two.nhat) / 700.0 - 1.0) < 0.3);
}

static void almost_nobody_on_both_is_told(void **state)
{
    struct estimate x = estimate_csv("A,B,x,count\n1,0,a,40000\n0,1,a,30000\n1,1,a,20\n1,0,b,400\n0,1,b,300\n"
                                     "1,1,b,200\n",
                                     "x", *state);

    assert_int_equal(x.warning[x.warnings - 1].kind, ESTIMATE_SHARE_HELD);
}

static void a_column_that_is_not_there_is_told(void **state)
{
    struct estimate_options options = estimate_options_default();
    struct counts *counts = reference_counts("spina_strata", *state);
    struct estimate x;
    struct err e;

    options.method = &doubly_robust_method;
    options.covariates = S("eth,shoe size");
    assert_int_equal(estimate(counts, &options, *state, &x, &e), USAGE);
    assert_says(e, "no column of categories named \"shoe size\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_regression_on_one_category_has_the_shares_as_its_fit),
        WITH_ARENA(a_category_with_one_outcome_has_a_finite_fit),
        WITH_ARENA(a_column_that_tells_nothing_gives_lincoln_and_petersen),
        WITH_ARENA(a_column_gives_the_sum_over_its_categories),
        WITH_ARENA(a_known_truth_is_held_where_chapman_misses_it),
        WITH_ARENA(people_on_other_lists_are_counted_and_not_extended_from),
        WITH_ARENA(almost_nobody_on_both_is_told),
        WITH_ARENA(a_column_that_is_not_there_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
