/* The rules of other programs, against what those programs say of the same tables. */
#include "rules.h"

#include "../unit/estimate/reference.h"

#include <string.h>

static struct power_figure figure_by(const char *program, const char *rule, const char *table,
                                     struct arena *a)
{
    struct trial t = {.counts = reference_counts(table, a), .seed = 1, .a = a};

    for (const struct rule *r = rules; r->name; r++)
        if (strcmp(r->program, program) == 0 && strcmp(r->name, rule) == 0)
            return r->figure(&t);
    fail_msg("no rule %s of %s", rule, program);
    return (struct power_figure){0};
}

/* The row of `table`, with `threshold` where the file has one. */
static struct reference *row_of(const char *file, const char *table, double threshold, struct arena *a)
{
    struct reference *r = reference_open(file, a);

    while (reference_next(r))
        if (str_is(reference_str(r, "dataset"), table) &&
            (isnan(threshold) || reference_f64(r, "pthresh") == threshold))
            return r;
    fail_msg("no row for %s", table);
    return r;
}

static const char *const tables[] = {"UKdat_4", "UKdat_5", "Ned_5"};

/* R stops where the deviance settles, which the standard error feels to 3 in 100,000. */
static void stepwise_gives_the_limits_of_sparsemse(void **state)
{
    for (size_t i = 0; i < 3; i++) {
        struct power_figure f = figure_by("SparseMSE", "stepwise, Wald", tables[i], *state);
        struct reference *r = row_of("stepwise_sparsemse.csv", tables[i], 0.02, *state);

        assert_close(f.nhat, reference_f64(r, "Nhat"));
        assert_true(relative_error(f.low, reference_f64(r, "wald_lo95")) < 3e-5);
        assert_true(relative_error(f.high, reference_f64(r, "wald_hi95")) < 3e-5);
    }
}

/* The file's first row is the model of smallest BIC. */
static void the_best_model_has_the_standard_error_of_rcapture(void **state)
{
    for (size_t i = 0; i < 3; i++) {
        struct power_figure f = figure_by("Rcapture", "best BIC, N +- 1.96 se", tables[i], *state);
        struct reference *r = reference_open(arena_printf(*state, "closedpMS_%s.csv", tables[i]), *state);

        assert_true(reference_next(r));
        assert_close(f.nhat, reference_f64(r, "abundance"));
        assert_true(relative_error(f.high - f.nhat, 1.959964 * reference_f64(r, "stderr")) < 1e-4);
        assert_true(relative_error(f.nhat - f.low, 1.959964 * reference_f64(r, "stderr")) < 1e-4);
    }
}

/* Theirs are on ten times as many points: no quantile is further off than one of ours, or two. */
static void graphs_give_the_quantiles_of_dga(void **state)
{
    for (size_t i = 0; i < 2; i++) {
        struct power_figure f = figure_by("dga", "graphs to 30 n", tables[i], *state);
        struct reference *r = row_of("dga_posterior.csv", tables[i], NAN, *state);
        double step = reference_f64(r, "Nmissing_max") / 999.0;

        assert_true(fabs(f.nhat - reference_f64(r, "median")) < 2.0 * step);
        assert_true(fabs(f.low - reference_f64(r, "q025")) < 2.0 * step);
        assert_true(fabs(f.high - reference_f64(r, "q975")) < 2.0 * step);
    }
}

static void every_rule_has_a_figure_for_an_everyday_table(void **state)
{
    for (const struct rule *r = rules; r->name; r++) {
        if (strcmp(r->name, "all") == 0)
            continue; /* made of the others, and latent classes take seconds */
        struct power_figure f = figure_by(r->program, r->name, "UKdat_4", *state);

        assert_true(f.low > 2428.0 && f.low < f.nhat && f.nhat < f.high);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(stepwise_gives_the_limits_of_sparsemse),
        WITH_ARENA(the_best_model_has_the_standard_error_of_rcapture),
        WITH_ARENA(graphs_give_the_quantiles_of_dga),
        WITH_ARENA(every_rule_has_a_figure_for_an_everyday_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
