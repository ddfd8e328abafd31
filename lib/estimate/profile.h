/* Limits of the number of people from the profile likelihood: the numbers for which the likelihood, all else
 * refitted, is not too far below its highest.
 *
 * For a number N the dark cell holds N - n people, the model is fitted to the whole table, and
 *
 *     l(N) = log N! - log (N - n)! + sum of y_c log (mu_c / N), the dark cell among them.
 *
 * The limits are where 2 (max l - l(N)) is the quantile of chi-squared with one degree of freedom. Cormack
 * (1992), Biometrics 48, 567-576. Unlike Wald's they need not be even about the figure on any scale, and the
 * upper one can be infinite: the lists then do not rule out any large number. */
#ifndef LYKTA_ESTIMATE_PROFILE_H
#define LYKTA_ESTIMATE_PROFILE_H

#include "estimate/loglinear.h"

#include <stdbool.h>

struct arena;

/* The limits of probability p on each side (0.025 for 95 % between them) into limit[2], for the model of
 * `terms`, n of them with `terms[0]` = 0, with the cells `removed` taken out, whose estimate of people in all
 * is `nhat`. The lower is at least the people seen; an upper one above 10^12 people, or 10^9 times those
 * seen, is infinite. False, and `limit` is not set, when the fits do not settle, or `nhat` is above 10^12:
 * rounding then hides where the likelihood falls. */
bool profile_limits(const struct loglinear_table *table, const uint16_t *terms, size_t n,
                    const struct mask_set *removed, double nhat, double p, struct arena *a, double limit[2]);

/* Any model: `fit` fits it to the table, whose dark cell holds people too, and gives the log-likelihood
 * without the terms of y alone, of the Poisson counts; false when it does not settle. */
struct profile_model {
    bool (*fit)(void *with, const struct loglinear_table *table, double *log_likelihood);
    void *with;
};

/* The same limits for that model. */
bool profile_limits_of(const struct profile_model *model, const struct loglinear_table *table, double nhat,
                       double p, struct arena *a, double limit[2]);

#endif
