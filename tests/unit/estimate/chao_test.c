/* The lower bound. */
#include "estimate/chao.h"

#include "reference.h"

#include "base/rng.h"
#include "base/variate.h"
#include "estimate/estimate.h"

#include <string.h>

/* Independent lists and people alike: the bound is the expected number itself, but for the 1 below. */
static void people_alike_make_the_bound_the_number(void **state)
{
    static const double p[] = {0.1, 0.2, 0.05, 0.15};
    uint32_t y[16] = {0};

    (void)state;
    for (size_t c = 1; c < 16; c++) {
        double share = 1.0;
        for (size_t i = 0; i < 4; i++)
            share *= c >> i & 1U ? p[i] : 1.0 - p[i];
        y[c] = (uint32_t)lround(1e7 * share);
    }
    assert_near(chao_bound(y, 4) / 1e7, 1.0, 1e-5);
}

/* Half of the people twice, half of them half as easily listed as the mean. */
static void people_who_differ_make_it_smaller_than_the_number(void **state)
{
    static const double odds[] = {0.1, 0.2, 0.05, 0.15};
    uint32_t y[16] = {0};

    (void)state;
    for (size_t c = 1; c < 16; c++) {
        double share = 0.0;
        for (int kind = 0; kind < 2; kind++) {
            double part = 0.5;
            for (size_t i = 0; i < 4; i++) {
                double o = odds[i] * (kind == 0 ? 2.0 : 0.5);
                part *= (c >> i & 1U ? o : 1.0) / (1.0 + o);
            }
            share += part;
        }
        y[c] = (uint32_t)lround(1e7 * share);
    }
    assert_true(chao_bound(y, 4) < 0.97e7);
    assert_true(chao_bound(y, 4) > 0.7e7);
}

/* Rcapture fits the same bound by likelihood with a term for each number of lists: near, not the same. */
static void the_bound_is_near_that_of_the_likelihood(void **state)
{
    static const struct {
        const char *table;
        double theirs;
    } known[] = {{"HIV_Rome", 11700.9882958613},
                 {"Ned_5", 53714.1094525039},
                 {"UKdat_4", 10813.4363792279},
                 {"UKdat_5", 13570.0268009403}};

    for (size_t i = 0; i < 4; i++) {
        struct counts *counts = reference_counts(known[i].table, *state);
        assert_true(relative_error(chao_bound(counts->y, counts->lists), known[i].theirs) < 0.02);
    }
}

static void nobody_on_two_lists_leaves_it_finite(void **state)
{
    const uint32_t y[] = {0, 10, 20, 0};

    (void)state;
    assert_near(chao_bound(y, 2), 230.0, 1e-9);
}

static void the_method_says_that_it_is_a_bound(void **state)
{
    struct estimate_options options = {
        .method = method_find(S("chao")), .replicates = ESTIMATE_REPLICATES_AUTO, .seed = 1};
    struct estimate x;
    struct err e;

    assert_int_equal(estimate(reference_counts("UKdat", *state), &options, *state, &x, &e), OK);
    assert_int_equal(x.warning[0].kind, ESTIMATE_LOWER_BOUND);
    assert_int_equal(x.interval, ESTIMATE_BCA);
    assert_true(x.ci95[0] < x.nhat && x.nhat < x.ci95[1]);
}

/* Tables are drawn whose counts are Poisson with those of one table as their means: the limits, which are
 * told of that table alone, are as wide as the bound's own spread. 20 people on two lists leave the spread's
 * approximation right to 1 in 25; 10000 draws are right to 1 in 100. */
static void the_limits_are_as_wide_as_the_bound_spreads(void **state)
{
    enum { DRAWS = 10000 };
    const uint32_t y[] = {0, 200, 300, 20};
    struct counts counts = *reference_counts("UKdat", *state);
    struct estimate_options options = {.method = method_find(S("chao")), .interval = ESTIMATE_WALD};
    struct rng r = rng_open(4, 0);
    double sum = 0.0;
    double squares = 0.0;
    struct estimate x;
    struct err e;

    counts.lists = 2;
    counts.n = 520;
    counts.y = memcpy(arena_new(*state, 4, uint32_t), y, sizeof y);
    assert_int_equal(estimate(&counts, &options, *state, &x, &e), OK);
    double told = log((x.ci95[1] - 520.0) / (x.ci95[0] - 520.0)) / (2.0 * 1.959963984540054);
    for (int i = 0; i < DRAWS; i++) {
        uint32_t drawn[4] = {0};

        for (size_t c = 1; c < 4; c++)
            drawn[c] = (uint32_t)variate_poisson(&r, y[c]);
        double unseen = log(chao_bound(drawn, 2) - (double)(drawn[1] + drawn[2] + drawn[3]));
        sum += unseen;
        squares += unseen * unseen;
    }
    double spread = sqrt(squares / DRAWS - sum / DRAWS * (sum / DRAWS));
    assert_true(fabs(told / spread - 1.0) < 0.035);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(people_alike_make_the_bound_the_number),
        WITH_ARENA(people_who_differ_make_it_smaller_than_the_number),
        WITH_ARENA(the_bound_is_near_that_of_the_likelihood),
        WITH_ARENA(nobody_on_two_lists_leaves_it_finite),
        WITH_ARENA(the_method_says_that_it_is_a_bound),
        WITH_ARENA(the_limits_are_as_wide_as_the_bound_spreads),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
