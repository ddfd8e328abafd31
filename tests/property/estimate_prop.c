/* What must hold for any table of capture histories: order and names change nothing, and a known truth is
 * found. */
#include "../unit/unit.h"

#include "base/rng.h"
#include "base/text.h"
#include "estimate/bic.h"
#include "estimate/bootstrap.h"
#include "estimate/by_stepwise.h"
#include "estimate/counts.h"
#include "estimate/estimate.h"
#include "estimate/interval.h"
#include "estimate/stepwise.h"

#include <math.h>
#include <string.h>

enum { LISTS = 5, CELLS = 32, CASES = 200 };

/* A table of lists that overlap: Poisson-like counts that fall with the number of lists. */
static void draw_table(uint64_t seed, uint32_t *y)
{
    struct rng r = rng_open(seed, 0);

    memset(y, 0, CELLS * sizeof *y);
    for (size_t c = 1; c < CELLS; c++)
        y[c] = (uint32_t)rng_binomial(&r, 4000, pow(0.1, __builtin_popcountll(c)) * rng_unit(&r));
}

static double choose(const uint32_t *y, double threshold, struct arena *a)
{
    struct stepwise *s = stepwise_open(a, LISTS);

    stepwise_set_counts(s, y);
    stepwise_choose(s, threshold);
    double nhat = s->nhat;
    stepwise_close(s);
    return nhat;
}

/* List i of the new table is list order[i] of the old. */
static void relabel(const uint32_t *y, const size_t *order, uint32_t *out)
{
    memset(out, 0, CELLS * sizeof *out);
    for (size_t c = 1; c < CELLS; c++) {
        size_t moved = 0;

        for (size_t i = 0; i < LISTS; i++)
            moved |= (c >> order[i] & 1U) << i;
        out[moved] = y[c];
    }
}

static void the_order_of_lists_changes_no_estimate(void **state)
{
    static const size_t order[] = {3, 0, 4, 2, 1};
    uint32_t y[CELLS];
    uint32_t moved[CELLS];

    for (uint64_t seed = 0; seed < CASES; seed++) {
        arena_reset(*state);
        draw_table(seed, y);
        relabel(y, order, moved);
        double before = choose(y, 0.02, *state);
        double after = choose(moved, 0.02, *state);
        if (!(fabs(after / before - 1.0) < 1e-9))
            fail_msg("seed %d: %.12g and, in another order, %.12g", (int)seed, before, after);
    }
}

static void put_row(struct text *t, size_t history, uint32_t people)
{
    for (size_t i = 0; i < LISTS; i++)
        text_format(t, "%u,", (unsigned)(history >> i & 1U));
    text_format(t, "%u\n", people);
}

static double estimate_csv(const struct text *t, struct arena *a)
{
    struct estimate_options options = {.threshold = 0.02};
    struct counts counts;
    struct estimate x;
    struct err e;

    assert_int_equal(counts_read(&counts, "a.csv", text_str(t), a, &e), OK);
    assert_int_equal(estimate(&counts, &options, a, &x, &e), OK);
    return x.nhat;
}

static void the_order_of_rows_and_rows_split_in_two_change_nothing(void **state)
{
    uint32_t y[CELLS];

    for (uint64_t seed = 0; seed < CASES; seed++) {
        arena_reset(*state);
        struct text plain = text_open(*state);
        struct text split = text_open(*state);
        draw_table(seed, y);
        text_lit(&plain, "A,B,C,D,E,count\n");
        text_lit(&split, "A,B,C,D,E,count\n");
        for (size_t c = 1; c < CELLS; c++) {
            put_row(&plain, c, y[c]);
            put_row(&split, CELLS - c, y[CELLS - c] / 3);
            put_row(&split, CELLS - c, y[CELLS - c] - y[CELLS - c] / 3);
        }
        double before = estimate_csv(&plain, *state);
        double after = estimate_csv(&split, *state);
        if (memcmp(&before, &after, sizeof before) != 0)
            fail_msg("seed %d: %.17g and, with rows split, %.17g", (int)seed, before, after);
    }
}

static void two_independent_lists_give_lincoln_and_petersen(void **state)
{
    struct rng r = rng_open(11, 0);

    for (int i = 0; i < CASES; i++) {
        uint32_t y[4] = {0, 1 + (uint32_t)rng_binomial(&r, 500, rng_unit(&r)),
                         1 + (uint32_t)rng_binomial(&r, 500, rng_unit(&r)),
                         1 + (uint32_t)rng_binomial(&r, 200, rng_unit(&r))};
        double expected = ((double)y[1] + y[3]) * ((double)y[2] + y[3]) / y[3];
        struct stepwise *s = stepwise_open(*state, 2);

        stepwise_set_counts(s, y);
        stepwise_choose(s, 0.0);
        if (!(fabs(s->nhat / expected - 1.0) < 1e-10))
            fail_msg("case %d: %.12g, expected %.12g", i, s->nhat, expected);
        stepwise_close(s);
        arena_reset(*state);
    }
}

/* A population of 5000 on three independent lists: the estimate of 400 samples. */
static void independent_lists_find_the_true_number_on_average(void **state)
{
    static const double p[] = {0.2, 0.3, 0.1};
    enum { TRUE_NUMBER = 5000, SAMPLES = 400 };
    uint32_t population[8] = {0};
    double sum = 0.0;
    double squares = 0.0;

    for (size_t c = 0; c < 8; c++) {
        double share = 1.0;
        for (size_t i = 0; i < 3; i++)
            share *= c >> i & 1U ? p[i] : 1.0 - p[i];
        population[c] = (uint32_t)lround(share * TRUE_NUMBER);
    }
    struct stepwise *s = stepwise_open(*state, 3);
    for (uint64_t i = 0; i < SAMPLES; i++) {
        struct rng r = rng_open(17, i);
        uint32_t y[8];

        bootstrap_resample(population, 8, &r, y);
        y[0] = 0;
        stepwise_set_counts(s, y);
        stepwise_choose(s, 0.0);
        sum += s->nhat;
        squares += s->nhat * s->nhat;
    }
    stepwise_close(s);
    double mean = sum / SAMPLES;
    double error = sqrt((squares / SAMPLES - mean * mean) / SAMPLES);
    /* 5 standard errors, and 0.5 % for the bias of a ratio at this size. */
    assert_true(fabs(mean - TRUE_NUMBER) < 5.0 * error + 0.005 * TRUE_NUMBER);
}

static void a_chosen_model_reproduces_its_margins(void **state)
{
    uint32_t y[CELLS];

    for (uint64_t seed = 0; seed < CASES; seed++) {
        struct stepwise *s = stepwise_open(*state, LISTS);

        draw_table(seed, y);
        stepwise_set_counts(s, y);
        stepwise_choose(s, 0.05);
        for (size_t i = 0; i < s->fit->k; i++) {
            size_t m = s->fit->term[i];
            if (!(fabs(s->fit->margin[m] - s->table.margin[m]) < 1e-7))
                fail_msg("seed %d, term %d: %.12g, expected %.12g", (int)seed, (int)m, s->fit->margin[m],
                         s->table.margin[m]);
        }
        stepwise_close(s);
        arena_reset(*state);
    }
}

static void draw_thin_table(uint64_t seed, uint32_t *y)
{
    struct rng r = rng_open(seed, 1);

    memset(y, 0, CELLS * sizeof *y);
    for (size_t c = 1; c < CELLS; c++)
        y[c] = (uint32_t)rng_binomial(&r, 300, pow(0.1, __builtin_popcountll(c)) * rng_unit(&r));
    y[3]++;
}

/* Tables so thin that most overlaps are empty and the fit cannot always prove that its estimate exists. */
static void no_chosen_model_fails_the_exact_test_of_existence(void **state)
{
    struct exists_face face;
    uint32_t y[CELLS];
    int64_t exact_tests = 0;

    for (uint64_t seed = 0; seed < CASES; seed++) {
        struct stepwise *s = stepwise_open(*state, LISTS);

        draw_thin_table(seed, y);
        stepwise_set_counts(s, y);
        stepwise_choose(s, 0.3);
        struct model m = stepwise_model(s);
        exists_find_face(&s->table, &m, DARK_FIGURE_FINITE, *state, &face);
        exact_tests += s->exact_tests;
        if (s->dark_figure != face.dark_figure)
            fail_msg("seed %d: %s, and exactly %s", (int)seed, dark_figure_name(s->dark_figure),
                     dark_figure_name(face.dark_figure));
        stepwise_close(s);
        arena_reset(*state);
    }
    assert_true(exact_tests > 0);
}

static void exact_tests_on_two_threads_give_the_same_replicates(void **state)
{
    const double threshold = 0.3;
    uint32_t y[CELLS];
    double one[256];
    double two[256];

    (void)state;
    for (uint64_t seed = 0; seed < 5; seed++) {
        draw_thin_table(seed, y);
        struct bootstrap b = {.lists = LISTS,
                              .y = y,
                              .estimator = &by_stepwise_estimator,
                              .with = &threshold,
                              .seed = seed,
                              .threads = 1};
        assert_true(bootstrap_run(&b, 0, 256, one));
        b.threads = 2;
        assert_true(bootstrap_run(&b, 0, 256, two));
        assert_memory_equal(one, two, sizeof one);
    }
}

/* Those within 6 of the best are the beginning of all, on one thread and on two. */
static void assert_within(const struct bic_terms *terms, const uint32_t *y, const struct bic_list *all,
                          int threads, struct arena *a)
{
    static const struct bic_reach six = {.bic = 6.0, .models = 7000};
    struct bic_list close;

    bic_within(terms, y, &six, threads, a, &close);
    assert_true(close.n > 0 && close.n < all->n && !close.was_stopped);
    assert_true(all->fit[close.n].bic > all->fit[0].bic + six.bic - 1e-9);
    assert_true(close.fit[close.n - 1].bic <= all->fit[0].bic + six.bic + 1e-9);
    for (size_t i = 0; i < close.n; i++)
        assert_true(close.fit[i].in == all->fit[i].in || fabs(close.fit[i].bic - all->fit[i].bic) <= 1e-9);
}

/* Bounds leave nothing out: the ten best of tables of five lists, thin and thick, with and without them. */
static void the_bounded_list_is_that_of_all_models(void **state)
{
    struct bic_terms terms;
    uint32_t y[CELLS];

    assert_true(bic_terms_of(LISTS, 3, &terms));
    for (uint64_t seed = 0; seed < 12; seed++) {
        struct bic_list few;
        struct bic_list all;

        if (seed % 2 == 0)
            draw_thin_table(seed, y);
        else
            draw_table(seed, y);
        bic_best(&terms, y, 10, 1, NULL, *state, &few);
        bic_best(&terms, y, 7000, 2, NULL, *state, &all);
        if ((int64_t)all.n != bic_count(&terms))
            fail_msg("seed %d: %d of %d models", (int)seed, (int)all.n, (int)bic_count(&terms));
        for (size_t i = 0; i < few.n; i++)
            if (few.fit[i].in != all.fit[i].in && fabs(few.fit[i].bic - all.fit[i].bic) > 1e-9)
                fail_msg("seed %d: model %d is another", (int)seed, (int)i);
        assert_within(&terms, y, &all, 1 + (int)(seed % 2), *state);
        arena_reset(*state);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_order_of_lists_changes_no_estimate),
        WITH_ARENA(the_order_of_rows_and_rows_split_in_two_change_nothing),
        WITH_ARENA(two_independent_lists_give_lincoln_and_petersen),
        WITH_ARENA(independent_lists_find_the_true_number_on_average),
        WITH_ARENA(a_chosen_model_reproduces_its_margins),
        WITH_ARENA(no_chosen_model_fails_the_exact_test_of_existence),
        WITH_ARENA(the_bounded_list_is_that_of_all_models),
        cmocka_unit_test(exact_tests_on_two_threads_give_the_same_replicates),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
