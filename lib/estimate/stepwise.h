/* Choosing the terms of a log-linear model forward by p-value.
 *
 * From independent lists on, each pair of lists that is not in the model has a p-value: how unlikely its
 * overlap is under the fitted model, the smaller tail of a Poisson distribution with the model's mean, not
 * doubled. The pair with the smallest enters while that is below the threshold; ties go to the first in the
 * order 12, 13, .., 23, ... A pair with which no estimate exists never enters. A threshold of 1 takes all
 * pairs at once, if their estimate exists. Chan, Silverman & Vincent (2021), J. R. Statist. Soc. A 184,
 * 1080-1102, section 4.
 *
 * Existence is tested only for the pair about to enter, and first by a certificate from the fit itself, so
 * that linear programs are rare; the choice is the same as when each pair is tested at each step. */
#ifndef LYKTA_ESTIMATE_STEPWISE_H
#define LYKTA_ESTIMATE_STEPWISE_H

#include "estimate/exists.h"
#include "estimate/loglinear.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

/* Memory for choosing again and again; one per thread. `table` is the caller's to fill with set_counts. */
struct stepwise {
    struct loglinear_table table;
    struct loglinear *fit;   /* the chosen model, fitted, when dark_figure is finite */
    struct loglinear *trial; /* with the pair that may enter */
    struct arena *arena;     /* for the rare exact tests; reset between them */
    double *log_factorial;   /* log k! for small k */

    enum dark_figure dark_figure;
    double nhat; /* n plus the dark figure: infinite, or n, where that is infinite or zero */
    size_t pairs;
    uint16_t pair[MODEL_MAX_PAIRS]; /* in order of entry */
    struct mask_set in;             /* the same as a set */
    int64_t models_tried;
    int64_t exact_tests; /* linear programs that were needed */
};

/* Room for tables of `lists` lists, 2..MODEL_MAX_LISTS. stepwise_close frees what is not in `a`. */
struct stepwise *stepwise_open(struct arena *a, size_t lists);
void stepwise_close(struct stepwise *s);

/* Takes y[2^lists] as the table to choose for. */
void stepwise_set_counts(struct stepwise *s, const uint32_t *y);

/* Chooses a model for the table set, and fits it. */
void stepwise_choose(struct stepwise *s, double threshold);

/* The chosen model, and its name in `a`: "[12,3]". */
struct model stepwise_model(const struct stepwise *s);
const char *stepwise_name(const struct stepwise *s, struct arena *a);

/* How well the chosen model fits; NaN unless dark_figure is finite. Pairs at minus infinity count as
 * parameters. */
struct stepwise_criteria {
    double deviance;
    int64_t df;      /* cells that are not removed, less free terms */
    double aic, bic; /* bic by the logarithm of the number of people */
};

struct stepwise_criteria stepwise_criteria(const struct stepwise *s);

/* The smaller tail, min(P(X <= k), P(X >= k)), of a Poisson variable with mean `mean`; right also where
 * exp(-mean) is 0 in floating point. `log_factorial_k` is log k!. */
double stepwise_tail(double k, double mean, double log_factorial_k);

/* The same where it is below the threshold; else any number that is not: found sooner. */
double stepwise_tail_below(double k, double mean, double log_factorial_k, double threshold);

#endif
