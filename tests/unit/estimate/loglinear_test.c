/* The Poisson log-linear fit, against closed forms and against R. */
#include "estimate/loglinear.h"

#include "reference.h"

#include "estimate/exists.h"

#include <math.h>
#include <string.h>

static void two_independent_lists_give_lincoln_and_petersen(void **state)
{
    const uint32_t y[] = {0, 60, 40, 12};
    struct stepwise *s = stepwise_open(*state, 2);

    stepwise_set_counts(s, y);
    loglinear_independence(s->fit, &s->table);
    assert_int_equal(loglinear_fit(s->fit, &s->table, 25), LOGLINEAR_CERTIFIED);
    assert_near(112.0 + loglinear_dark_figure(s->fit), 72.0 * 52.0 / 12.0, 1e-9);
    stepwise_close(s);
}

/* log d = log y1 + log y2 - log y12, and each count's logarithm has variance 1 / count. */
static void two_lists_have_the_standard_error_of_the_delta_method(void **state)
{
    const uint32_t y[] = {0, 60, 40, 12};
    struct stepwise *s = stepwise_open(*state, 2);

    stepwise_set_counts(s, y);
    stepwise_choose(s, 0.0);
    assert_near(loglinear_standard_error(s->fit, 0), sqrt(1.0 / 60.0 + 1.0 / 40.0 + 1.0 / 12.0), 1e-12);
    stepwise_close(s);
}

static void the_closed_form_of_independence_is_where_newton_ends(void **state)
{
    struct stepwise *s = reference_stepwise("Ned", *state);
    double closed = 0.0;

    loglinear_independence(s->fit, &s->table);
    closed = s->fit->theta[0];
    assert_int_equal(loglinear_fit(s->fit, &s->table, 25), LOGLINEAR_CERTIFIED);
    assert_near(s->fit->theta[0], closed, 1e-10);
    assert_true(s->fit->steps <= 2);
    stepwise_close(s);
}

/* Of 3,888,937 people 12, 24 and 25 are not on a list: about 12 * 24 * 25 / n^2 are on none, which n + d in
 * doubles cannot tell from n. */
static void nearly_everybody_on_all_lists_leaves_a_dark_figure_with_all_its_digits(void **state)
{
    const uint32_t y[] = {0, 14, 3, 8, 8, 2, 1, 3888901};
    struct stepwise *s = stepwise_open(*state, 3);
    double n = 3888937.0;

    stepwise_set_counts(s, y);
    loglinear_independence(s->fit, &s->table);
    assert_near(loglinear_dark_figure(s->fit) * n * n, 12.0 * 24.0 * 25.0, 0.01);
    assert_int_equal(loglinear_fit(s->fit, &s->table, 25), LOGLINEAR_CERTIFIED);
    assert_near(loglinear_dark_figure(s->fit) * n * n, 12.0 * 24.0 * 25.0, 0.01);
    assert_true(isfinite(loglinear_standard_error(s->fit, 0)));
    stepwise_close(s);
}

static void a_fit_has_the_observed_margins(void **state)
{
    struct stepwise *s = reference_stepwise("UKdat", *state);

    stepwise_choose(s, 0.02);
    for (size_t i = 0; i < s->fit->k; i++) {
        size_t m = s->fit->term[i];
        assert_near(s->fit->margin[m], s->table.margin[m], 1e-8);
    }
    stepwise_close(s);
}

/* The position of a term among the free ones; its name is "(Intercept)", "A" or "A:B". */
static size_t find_term(const struct loglinear *fit, const struct counts *counts, struct str name)
{
    struct str first;
    struct str second;
    size_t mask = 0;

    str_cut(name, ':', &first, &second);
    for (size_t i = 0; i < counts->lists; i++)
        if (str_equal(first, counts->list[i]) || str_equal(second, counts->list[i]))
            mask |= (size_t)1 << i;
    for (size_t i = 0; i < fit->k; i++)
        if (fit->term[i] == mask)
            return i;
    fail_msg("no free term %.*s", STR(name));
    return 0;
}

/* R's standard errors use the weights of its last step but one, so they agree to fewer digits. */
static void every_coefficient_and_standard_error_is_that_of_r(void **state)
{
    static const char *const tables[] = {"UKdat", "UKdat_5",      "UKdat_4", "Ned",
                                         "Ned_5", "Artificial_3", "HIV_Rome"};
    struct reference *r = reference_open("stepwise_coefficients_p0.02.csv", *state);
    size_t rows = 0;
    size_t i = 0;

    while (reference_next(r)) {
        while (!str_is(reference_str(r, "dataset"), tables[i]))
            i++;
        struct stepwise *s = reference_stepwise(tables[i], *state);
        struct counts *counts = reference_counts(tables[i], *state);
        stepwise_choose(s, 0.02);
        if (isfinite(reference_f64(r, "std_error")) && reference_f64(r, "std_error") < 100.0) {
            size_t j = find_term(s->fit, counts, reference_str(r, "term"));
            assert_near(s->fit->theta[s->fit->term[j]], reference_f64(r, "estimate"), 1e-6);
            double error = loglinear_standard_error(s->fit, j);
            assert_true(relative_error(error, reference_f64(r, "std_error")) < 3e-4);
            rows++;
        }
        stepwise_close(s);
    }
    assert_true(rows > 50);
}

/* Fits the model of a row on its face; NaN where the dark figure is not finite. */
static double fit_row(struct stepwise *s, struct str name, struct arena *a)
{
    struct exists_face face;
    struct model m;

    assert_true(model_from_name(name, s->table.lists, &m));
    exists_find_face(&s->table, &m, DARK_FIGURE_FINITE, a, &face);
    if (face.dark_figure != DARK_FIGURE_FINITE)
        return NAN;
    struct loglinear *fit = loglinear_open(a, s->table.lists, face.terms);
    loglinear_start(fit, &s->table, face.term, face.terms, &face.off);
    assert_int_not_equal(loglinear_fit(fit, &s->table, 400), LOGLINEAR_UNSETTLED);
    return s->table.margin[0] + loglinear_dark_figure(fit);
}

static void assert_models_agree(const char *table, double tolerance, struct arena *a)
{
    struct reference *r = reference_open(arena_printf(a, "estimability_%s.csv", table), a);
    struct stepwise *s = reference_stepwise(table, a);
    size_t compared = 0;

    while (reference_next(r)) {
        double nhat = fit_row(s, reference_str(r, "model"), a);

        if (isnan(nhat) || !str_is(reference_str(r, "cells_off_face"), "0"))
            continue;
        assert_true(relative_error(nhat, reference_f64(r, "rcapture_N")) < tolerance);
        compared++;
    }
    assert_true(compared > 90);
    stepwise_close(s);
}

static void every_hierarchical_model_of_four_lists_gives_the_figure_of_rcapture(void **state)
{
    assert_models_agree("UKdat_4", 1e-6, *state);
    assert_models_agree("HIV_Rome", 1e-6, *state);
}

static void a_standard_error_is_infinite_where_the_matrix_is_singular(void **state)
{
    struct stepwise *s = reference_stepwise("UKdat_4", *state);

    loglinear_independence(s->fit, &s->table);
    loglinear_fit(s->fit, &s->table, 25);
    s->fit->term[s->fit->k++] = s->fit->term[1];
    assert_true(isinf(loglinear_standard_error(s->fit, 0)));
    stepwise_close(s);
}

/* All pairs, from the fit without them: the log-likelihood is known, and reached or not on either side of it.
 */
static void a_likelihood_is_reached_when_it_is_below_the_highest_and_not_when_above(void **state)
{
    struct stepwise *s = reference_stepwise("UKdat_4", *state);
    struct model m = model_independence(4);
    struct loglinear *fit = loglinear_open(*state, 4, 16);

    stepwise_choose(s, 1.0); /* all pairs */
    double highest = s->fit->log_likelihood;
    for (size_t k = 0; k < model_pairs(4); k++)
        model_add(&m, model_pair(4, k));
    stepwise_choose(s, 0.0);
    loglinear_set(fit, &s->table, &m, s->fit, s->fit);
    assert_false(loglinear_reaches(fit, &s->table, highest + 0.5));
    loglinear_set(fit, &s->table, &m, s->fit, s->fit);
    assert_true(loglinear_reaches(fit, &s->table, highest - 1e-3));
    stepwise_close(s);
}

/* With triples too: two lists of four depend in every way, the others on nothing. */
static void models_of_larger_terms_can_be_certified(void **state)
{
    struct stepwise *s = reference_stepwise("UKdat_4", *state);
    struct loglinear *fit = loglinear_open(*state, 4, 16);
    const uint16_t terms[] = {0, 1, 2, 4, 8, 3, 5, 6, 7};
    struct mask_set none = {0};

    loglinear_start(fit, &s->table, terms, 9, &none);
    assert_int_equal(loglinear_fit(fit, &s->table, 40), LOGLINEAR_CERTIFIED);
    assert_close(s->table.margin[0] + loglinear_dark_figure(fit), 13385.3365384615);
    stepwise_close(s);
}

/* Two lists and 30 in the dark cell: each list's mean share is n_i / N. */
static void a_whole_table_is_fitted_with_its_dark_cell(void **state)
{
    const uint32_t y[] = {0, 60, 40, 12};
    struct stepwise *s = stepwise_open(*state, 2);
    struct loglinear *fit = loglinear_open(*state, 2, 3);
    const uint16_t terms[] = {0, 1, 2};
    struct mask_set none = {0};

    stepwise_set_counts(s, y);
    s->table.is_whole = true;
    s->table.dark = 30.0;
    s->table.margin[0] = 142.0;
    loglinear_start(fit, &s->table, terms, 3, &none);
    assert_int_not_equal(loglinear_fit(fit, &s->table, 40), LOGLINEAR_UNSETTLED);
    assert_near(fit->mu[0], 142.0 * (70.0 / 142.0) * (90.0 / 142.0), 1e-9);
    stepwise_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(two_independent_lists_give_lincoln_and_petersen),
        WITH_ARENA(two_lists_have_the_standard_error_of_the_delta_method),
        WITH_ARENA(the_closed_form_of_independence_is_where_newton_ends),
        WITH_ARENA(nearly_everybody_on_all_lists_leaves_a_dark_figure_with_all_its_digits),
        WITH_ARENA(a_fit_has_the_observed_margins),
        WITH_ARENA(every_coefficient_and_standard_error_is_that_of_r),
        WITH_ARENA(every_hierarchical_model_of_four_lists_gives_the_figure_of_rcapture),
        WITH_ARENA(a_standard_error_is_infinite_where_the_matrix_is_singular),
        WITH_ARENA(a_likelihood_is_reached_when_it_is_below_the_highest_and_not_when_above),
        WITH_ARENA(models_of_larger_terms_can_be_certified),
        WITH_ARENA(a_whole_table_is_fitted_with_its_dark_cell),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
