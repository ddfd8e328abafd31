/* Forward choice of pairs, against the peers' choices. */
#include "estimate/stepwise.h"

#include "reference.h"

#include "base/text.h"
#include "estimate/interval.h"

#include <math.h>
#include <string.h>

static void put_pair(struct text *t, const struct counts *counts, size_t pair)
{
    size_t first = (size_t)__builtin_ctzll(pair);
    size_t second = (size_t)__builtin_ctzll(pair & (pair - 1));

    text_format(t, "%s%.*s:%.*s", t->n ? " " : "", STR(counts->list[first]), STR(counts->list[second]));
}

/* The chosen pairs in order, as names: those that somebody is on, or those that nobody is. */
static struct str pairs_of(const struct stepwise *s, const struct counts *counts, bool empty)
{
    struct text t = text_open(s->arena);

    for (size_t i = 0; i < s->pairs; i++)
        if ((s->table.margin[s->pair[i]] < 0.5) == empty)
            put_pair(&t, counts, s->pair[i]);
    return text_str(&t);
}

/* R's standard errors use the weights of its last step but one, so its limits agree to fewer digits. */
static void assert_row_agrees(const struct reference *r, struct stepwise *s, const struct counts *counts)
{
    struct stepwise_criteria criteria = stepwise_criteria(s);
    double n = s->table.margin[0];
    double dark = loglinear_dark_figure(s->fit);
    double error = loglinear_standard_error(s->fit, 0);

    assert_close(s->nhat, reference_f64(r, "Nhat"));
    assert_true(relative_error(interval_wald(n, dark, error, 0.025), reference_f64(r, "wald_lo95")) < 3e-5);
    assert_true(relative_error(interval_wald(n, dark, error, 0.975), reference_f64(r, "wald_hi95")) < 3e-5);
    assert_near(criteria.deviance, reference_f64(r, "deviance"), 1e-6);
    assert_near(criteria.aic, reference_f64(r, "AIC_sparsemse"), 1e-6);
    assert_int_equal(criteria.df, (int64_t)reference_f64(r, "df_resid"));
    assert_true(str_equal(pairs_of(s, counts, false), reference_str(r, "pairs_finite")));
    assert_true(str_equal(pairs_of(s, counts, true), reference_str(r, "pairs_minus_inf")));
}

static void every_threshold_gives_the_model_and_figures_of_sparsemse(void **state)
{
    struct reference *r = reference_open("stepwise_sparsemse.csv", *state);
    size_t rows = 0;

    for (; reference_next(r); rows++) {
        struct str table = reference_str(r, "dataset");
        struct counts *counts = reference_counts(arena_cstr(*state, table.p, table.n), *state);
        struct stepwise *s = stepwise_open(*state, counts->lists);

        stepwise_set_counts(s, counts->y);
        stepwise_choose(s, reference_f64(r, "pthresh"));
        assert_row_agrees(r, s, counts);
        stepwise_close(s);
    }
    assert_int_equal(rows, 63);
}

static void the_models_have_the_bic_of_the_peers(void **state)
{
    struct reference *r = reference_open("stepwise_mse2026.csv", *state);

    while (reference_next(r)) {
        struct str table = reference_str(r, "dataset");
        struct stepwise *s = reference_stepwise(arena_cstr(*state, table.p, table.n), *state);
        struct text name = text_open(*state);

        stepwise_choose(s, reference_f64(r, "pthresh"));
        struct model m = stepwise_model(s);
        double parameters = (double)model_size(&m);
        double log_likelihood = loglinear_quality(s->fit, &s->table).log_likelihood;
        model_put_name(&name, &m);
        assert_true(str_equal(text_str(&name), reference_str(r, "hierarchy")));
        assert_near(-2.0 * log_likelihood + parameters * log(s->table.margin[0]), reference_f64(r, "BIC"),
                    1e-6);
        stepwise_close(s);
    }
}

static void assert_replicates_agree(const char *table, size_t lists, struct arena *a)
{
    struct reference *r = reference_open(arena_printf(a, "boot_stepwise_%s.csv", table), a);
    struct stepwise *s = stepwise_open(a, lists);
    uint32_t *y = arena_new(a, s->table.cells, uint32_t);
    size_t rows = 0;

    for (; reference_next(r); rows++) {
        reference_table(r, s->table.cells, y);
        stepwise_set_counts(s, y);
        stepwise_choose(s, 0.02);
        assert_close(s->nhat, reference_f64(r, "Nhat"));
    }
    assert_int_equal(rows, 1000);
    stepwise_close(s);
}

static void every_stored_bootstrap_table_gives_the_stored_figure(void **state)
{
    assert_replicates_agree("UKdat_4", 4, *state);
    assert_replicates_agree("UKdat_5", 5, *state);
    assert_replicates_agree("UKdat", 6, *state);
    assert_replicates_agree("Ned", 6, *state);
}

static void with_one_person_less_the_figures_are_the_stored_ones(void **state)
{
    static const char *const tables[] = {"UKdat_4", "UKdat_5", "UKdat", "Ned"};

    for (size_t i = 0; i < 4; i++) {
        struct reference *r = reference_open(arena_printf(*state, "jack_stepwise_%s.csv", tables[i]), *state);
        struct counts *counts = reference_counts(tables[i], *state);
        struct stepwise *s = stepwise_open(*state, counts->lists);

        while (reference_next(r)) {
            size_t history = (size_t)reference_f64(r, "history");

            assert_int_equal(counts->y[history], (int64_t)reference_f64(r, "count"));
            counts->y[history]--;
            stepwise_set_counts(s, counts->y);
            stepwise_choose(s, 0.02);
            counts->y[history]++;
            assert_close(s->nhat, reference_f64(r, "jack_Nhat"));
        }
        stepwise_close(s);
    }
}

static void threshold_1_takes_all_pairs_when_their_estimate_exists(void **state)
{
    struct stepwise *s = reference_stepwise("UKdat_4", *state);

    stepwise_choose(s, 1.0);
    assert_int_equal(s->pairs, 6);
    assert_near(s->fit->margin[3], s->table.margin[3], 1e-8);
    stepwise_close(s);
}

static void threshold_1_goes_pair_by_pair_when_it_does_not(void **state)
{
    struct stepwise *s = reference_stepwise("Artificial_3", *state);

    stepwise_choose(s, 1.0);
    assert_int_equal(s->dark_figure, DARK_FIGURE_FINITE);
    assert_true(s->pairs < 3);
    assert_near(s->nhat, 296.0, 1e-6);
    stepwise_close(s);
}

static void an_empty_list_changes_nothing(void **state)
{
    struct counts *counts = reference_counts("UKdat_5", *state);
    struct stepwise *with = stepwise_open(*state, 6);
    struct stepwise *without = reference_stepwise("UKdat_5", *state);
    uint32_t y[64] = {0};

    memcpy(y, counts->y, 32 * sizeof *y);
    stepwise_set_counts(with, y);
    stepwise_choose(with, 0.02);
    stepwise_choose(without, 0.02);
    assert_close(with->nhat, without->nhat);
    stepwise_close(with);
    stepwise_close(without);
}

static void without_overlap_the_figure_is_infinite(void **state)
{
    const uint32_t y[] = {0, 30, 20, 0, 10, 0, 0, 0};
    struct stepwise *s = stepwise_open(*state, 3);

    stepwise_set_counts(s, y);
    stepwise_choose(s, 0.02);
    assert_int_equal(s->dark_figure, DARK_FIGURE_INFINITE);
    assert_true(isinf(s->nhat));
    stepwise_close(s);
}

static void with_everybody_on_one_list_the_dark_figure_is_zero(void **state)
{
    const uint32_t y[] = {0, 24, 0, 2, 0, 2, 0, 0};
    struct stepwise *s = stepwise_open(*state, 3);

    stepwise_set_counts(s, y);
    stepwise_choose(s, 0.02);
    assert_int_equal(s->dark_figure, DARK_FIGURE_ZERO);
    assert_near(s->nhat, 28.0, 0.0);
    stepwise_close(s);
}

/* P(X = 0) = exp(-mean); the tail from 1 up is the rest. */
static void small_poisson_tails_are_their_closed_forms(void **state)
{
    (void)state;
    assert_near(stepwise_tail(0.0, 3.0, 0.0), exp(-3.0), 1e-15);
    assert_near(stepwise_tail(1.0, 0.1, 0.0), 1.0 - exp(-0.1), 1e-15);
    assert_near(stepwise_tail(2.0, 0.1, log(2.0)), 1.0 - exp(-0.1) * 1.1, 1e-14);
    assert_near(stepwise_tail(0.0, 0.0, 0.0), 1.0, 0.0);
    assert_near(stepwise_tail(4.0, 0.0, log(24.0)), 0.0, 0.0);
}

/* exp(-100000) is 0 in floating point. With a normal distribution's tail for comparison, 3 deviations out. */
static void poisson_tails_of_large_means_do_not_underflow(void **state)
{
    double k = 100000.0 - 3.0 * sqrt(100000.0);
    double tail = 0.0;

    (void)state;
    tail = stepwise_tail(floor(k), 100000.0, lgamma(floor(k) + 1.0));
    assert_true(tail > 0.9 * 0.00135 && tail < 1.1 * 0.00135);
}

/* The bits of the tail itself where it is below, and something that is not where it is not. */
static void a_tail_below_the_threshold_is_told_whole(void **state)
{
    static const double thresholds[] = {0.0, 0.001, 0.02, 0.2, 0.3, 1.0};

    (void)state;
    for (double mean = 0.01; mean < 3000.0; mean *= 1.37)
        for (double k = 0.0; k < 2.0 * mean + 5.0; k += 1.0 + floor(mean / 40.0))
            for (size_t i = 0; i < sizeof thresholds / sizeof thresholds[0]; i++) {
                double tail = stepwise_tail(k, mean, lgamma(k + 1.0));
                double below = stepwise_tail_below(k, mean, lgamma(k + 1.0), thresholds[i]);

                if (tail < thresholds[i])
                    assert_memory_equal(&tail, &below, sizeof tail);
                else
                    assert_true(below >= thresholds[i]);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(every_threshold_gives_the_model_and_figures_of_sparsemse),
        WITH_ARENA(the_models_have_the_bic_of_the_peers),
        WITH_ARENA(every_stored_bootstrap_table_gives_the_stored_figure),
        WITH_ARENA(with_one_person_less_the_figures_are_the_stored_ones),
        WITH_ARENA(threshold_1_takes_all_pairs_when_their_estimate_exists),
        WITH_ARENA(threshold_1_goes_pair_by_pair_when_it_does_not),
        WITH_ARENA(an_empty_list_changes_nothing),
        WITH_ARENA(without_overlap_the_figure_is_infinite),
        WITH_ARENA(with_everybody_on_one_list_the_dark_figure_is_zero),
        cmocka_unit_test(small_poisson_tails_are_their_closed_forms),
        cmocka_unit_test(poisson_tails_of_large_means_do_not_underflow),
        cmocka_unit_test(a_tail_below_the_threshold_is_told_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
