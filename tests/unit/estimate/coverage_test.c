/* Sample coverage, against published figures and against mathematics. */
#include "estimate/coverage.h"

#include "reference.h"

#include "base/rng.h"
#include "base/text.h"
#include "estimate/bootstrap.h"
#include "estimate/estimate.h"
#include "estimate/estimate_json.h"
#include "estimate/estimate_text.h"
#include "estimate/pooled.h"

#include <string.h>

/* Hepatitis A in northern Taiwan, 1995: blood tests, hospitals, interviews. Chao et al. (2001). */
static const char hepatitis[] =
    "P,Q,E,count\n1,0,0,69\n0,1,0,55\n1,1,0,21\n0,0,1,63\n1,0,1,17\n0,1,1,18\n1,1,1,28\n";

/* Diabetes in Casale Monferrato: clinic, hospital, prescriptions, reagents. Bruno et al. (1994). */
static const char diabetes[] =
    "A,B,C,D,count\n1,1,1,1,58\n1,1,1,0,157\n1,1,0,1,18\n1,1,0,0,104\n1,0,1,1,46\n1,0,1,0,650\n1,0,0,1,12\n"
    "1,0,0,0,709\n0,1,1,1,14\n0,1,1,0,20\n0,1,0,1,7\n0,1,0,0,74\n0,0,1,1,8\n0,0,1,0,182\n0,0,0,1,10\n";

static struct counts *counts_of(const char *csv, struct arena *a)
{
    struct counts *counts = arena_new(a, 1, struct counts);
    struct err e;

    assert_int_equal(counts_read(counts, "a.csv", str_of(csv), a, &e), OK);
    return counts;
}

static struct coverage coverage_in(const struct counts *counts)
{
    double y[MODEL_MAX_CELLS];

    for (size_t c = 0; c >> counts->lists == 0; c++)
        y[c] = counts->y[c];
    return coverage_of(y, counts->lists);
}

static struct estimate *estimate_by(const char *method, const struct counts *counts, int64_t replicates,
                                    struct arena *a)
{
    struct estimate_options options = {.method = method_find(str_of(method)),
                                       .threshold = 0.02,
                                       .replicates = replicates,
                                       .seed = 1,
                                       .threads = 2};
    struct estimate *x = arena_new(a, 1, struct estimate);
    struct err e;

    assert_int_equal(estimate(counts, &options, a, x, &e), OK);
    return x;
}

/* Published: coverage 51.3 %; 407, 971 and 508. */
static void hepatitis_has_the_published_figures(void **state)
{
    struct coverage c = coverage_in(counts_of(hepatitis, *state));

    assert_near(c.share, 0.513, 0.0005);
    assert_near(c.independent, 407.0, 0.5);
    assert_near(c.figure, 971.0, 0.5);
    assert_near(c.one_step, 508.0, 0.5);
}

/* Published: 2,609, with four lists. */
static void diabetes_has_the_published_figure(void **state)
{
    assert_near(coverage_in(counts_of(diabetes, *state)).figure, 2609.0, 0.5);
}

static void two_lists_have_petersens_number(void **state)
{
    const double y[] = {0.0, 60.0, 40.0, 12.0};
    struct coverage c = coverage_of(y, 2);

    (void)state;
    assert_near(c.independent, 72.0 * 52.0 / 12.0, 1e-9);
}

/* People on lists with probabilities p[], whatever else, of `n`. */
static void expect_independent(double *y, const double *p, size_t lists, double n)
{
    for (size_t c = 1; c >> lists == 0; c++) {
        y[c] += n;
        for (size_t i = 0; i < lists; i++)
            y[c] *= c >> i & 1U ? p[i] : 1.0 - p[i];
    }
}

static void independent_lists_have_the_number_itself_in_all_three(void **state)
{
    static const double p[] = {0.3, 0.5, 0.2, 0.6, 0.4, 0.1, 0.7, 0.35};

    (void)state;
    for (size_t lists = 3; lists <= 8; lists++) {
        double y[MODEL_MAX_CELLS] = {0.0};
        expect_independent(y, p, lists, 1000.0);
        struct coverage c = coverage_of(y, lists);
        assert_near(c.independent, 1000.0, 1e-9);
        assert_near(c.one_step, 1000.0, 1e-9);
        assert_near(c.figure, 1000.0, 1e-8);
    }
}

/* Of 1000 people half are on a list with probability 0.7 + d and half with 0.7 - d: what independence misses
 * is of the order of d^2, what the figure misses is of a higher one. */
static void what_the_figure_misses_falls_faster_than_the_dependence(void **state)
{
    double missed[2][2];

    (void)state;
    for (int half = 0; half < 2; half++) {
        double d = half ? 0.05 : 0.1;
        const double often[] = {0.7 + d, 0.7 + d, 0.7 + d};
        const double seldom[] = {0.7 - d, 0.7 - d, 0.7 - d};
        double y[8] = {0.0};
        double more[8] = {0.0};
        expect_independent(y, often, 3, 500.0);
        expect_independent(more, seldom, 3, 500.0);
        for (size_t c = 1; c < 8; c++)
            y[c] += more[c];
        struct coverage c = coverage_of(y, 3);
        assert_true(c.independent < c.one_step && c.one_step < 1000.0);
        missed[half][0] = 1000.0 - c.independent;
        missed[half][1] = fabs(1000.0 - c.figure);
    }
    assert_true(missed[0][1] < 0.2 * missed[0][0] && missed[1][1] < 0.2 * missed[1][0]);
}

static void a_list_that_nobody_is_on_changes_nothing(void **state)
{
    const double y[8] = {0.0, 69.0, 55.0, 21.0, 63.0, 17.0, 18.0, 28.0};
    double with[16] = {0.0};

    (void)state;
    memcpy(with, y, sizeof y);
    struct coverage c = coverage_of(y, 3);
    struct coverage d = coverage_of(with, 4);
    assert_near(c.figure, d.figure, 1e-9);
    assert_near(c.one_step, d.one_step, 1e-9);
}

static void nobody_on_two_lists_leaves_it_without_bound(void **state)
{
    const double y[8] = {0.0, 10.0, 20.0, 0.0, 5.0};
    struct coverage c = coverage_of(y, 3);

    (void)state;
    assert_true(isinf(c.independent) && isinf(c.one_step) && isinf(c.figure));
}

static void low_coverage_gives_a_lower_bound_and_says_so(void **state)
{
    struct estimate *x = estimate_by("coverage", counts_of(hepatitis, *state), 1000, *state);
    struct text words = text_open(*state);

    assert_near(x->nhat, 508.0, 0.5);
    assert_true(x->is_bound);
    assert_int_equal(x->warning[0].kind, ESTIMATE_LOW_COVERAGE);
    estimate_text(&words, x);
    assert_non_null(strstr(words.p, "at least about 508"));
    assert_non_null(strstr(words.p, "sample coverage 51 %"));
}

static void enough_coverage_gives_the_figure(void **state)
{
    struct estimate *x = estimate_by("coverage", counts_of(diabetes, *state), 10000, *state);
    struct text json = text_open(*state);

    assert_near(x->nhat, 2609.0, 0.5);
    assert_false(x->is_bound);
    assert_int_equal(x->warnings, 0);
    assert_int_equal(x->interval, ESTIMATE_PARAMETRIC);
    assert_true(x->ci95[0] > 2069.0 && x->ci95[0] < x->nhat && x->nhat < x->ci95[1]);
    estimate_json(&json, x, "0");
    assert_non_null(strstr(json.p, "\"lower_bound\": false"));
}

/* Delta method beside replicates: two roads to one spread. */
static void walds_limits_are_near_those_of_the_replicates(void **state)
{
    struct counts *counts = counts_of(diabetes, *state);
    struct estimate *wald = estimate_by("coverage", counts, 0, *state);
    struct estimate *drawn = estimate_by("coverage", counts, 10000, *state);

    assert_int_equal(wald->interval, ESTIMATE_WALD);
    assert_near((wald->ci95[1] - wald->ci95[0]) / (drawn->ci95[1] - drawn->ci95[0]), 1.0, 0.2);
}

/* 300 tables of 2000 independent people: 95 % limits hold the number in 250 of them or more (expected 285,
 * and 249 or fewer happens less than once in a million). */
static void limits_hold_the_number_of_people_who_are_independent(void **state)
{
    static const double p[] = {0.6, 0.7, 0.5};
    double mean[8] = {0.0};
    int holds = 0;

    (void)state;
    expect_independent(mean, p, 3, 2000.0);
    mean[0] = 2000.0 * 0.4 * 0.3 * 0.5;
    for (uint64_t i = 0; i < 300; i++) {
        struct arena *a = arena_open();
        struct counts *counts = counts_of("A,B,C,count\n1,1,1,1\n", a);
        struct rng r = rng_open(5, i);
        bootstrap_draw(mean, 8, &r, counts->y);
        counts->n = 0;
        for (size_t c = 1; c < 8; c++)
            counts->n += counts->y[c];
        struct estimate *x = estimate_by("coverage", counts, 0, a);
        holds += x->ci95[0] <= 2000.0 && 2000.0 <= x->ci95[1];
        arena_close(a);
    }
    assert_true(holds >= 250);
}

static void all_methods_tell_it_as_a_bound_or_in_the_range(void **state)
{
    struct estimate *low = estimate_by("all", counts_of(hepatitis, *state), 0, *state);
    size_t i = 0;

    while (strcmp(low->of_method[i].method->name, "coverage") != 0)
        i++;
    assert_true(low->of_method[i].is_bound);
    assert_true(low->range[0] > 0.0);
}

static void one_linkage_with_a_bound_makes_the_mean_a_bound(void **state)
{
    struct counts linkage[2] = {*counts_of(diabetes, *state), *counts_of(diabetes, *state)};
    struct estimate_options options = {.method = method_find(S("coverage")), .seed = 1};
    struct estimate *x = arena_new(*state, 1, struct estimate);
    struct err e;

    for (size_t c = 1; c < 16; c++) /* few on two lists or more */
        if ((c & (c - 1)) != 0)
            linkage[1].y[c] = (linkage[1].y[c] + 9) / 10;
    linkage[1].n = 0;
    for (size_t c = 1; c < 16; c++)
        linkage[1].n += linkage[1].y[c];
    assert_int_equal(pooled_estimate(linkage, 2, &options, *state, x, &e), OK);
    assert_true(x->is_bound);
}

static void two_lists_get_chapmans_estimate(void **state)
{
    struct counts *counts = counts_of("A,B,count\n1,0,60\n0,1,40\n1,1,12\n", *state);

    assert_string_equal(estimate_by("coverage", counts, 0, *state)->method, "chapman");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(hepatitis_has_the_published_figures),
        WITH_ARENA(diabetes_has_the_published_figure),
        WITH_ARENA(two_lists_have_petersens_number),
        WITH_ARENA(independent_lists_have_the_number_itself_in_all_three),
        WITH_ARENA(what_the_figure_misses_falls_faster_than_the_dependence),
        WITH_ARENA(a_list_that_nobody_is_on_changes_nothing),
        WITH_ARENA(nobody_on_two_lists_leaves_it_without_bound),
        WITH_ARENA(low_coverage_gives_a_lower_bound_and_says_so),
        WITH_ARENA(enough_coverage_gives_the_figure),
        WITH_ARENA(walds_limits_are_near_those_of_the_replicates),
        WITH_ARENA(limits_hold_the_number_of_people_who_are_independent),
        WITH_ARENA(all_methods_tell_it_as_a_bound_or_in_the_range),
        WITH_ARENA(one_linkage_with_a_bound_makes_the_mean_a_bound),
        WITH_ARENA(two_lists_get_chapmans_estimate),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
