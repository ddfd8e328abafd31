/* Logistic regression on categories: the log odds are a sum of one coefficient for each category a person is
 * in. */
#ifndef LYKTA_ESTIMATE_LOGISTIC_H
#define LYKTA_ESTIMATE_LOGISTIC_H

#include <stddef.h>
#include <stdint.h>

struct arena;

enum { LOGISTIC_MAX_COEFFICIENTS = 200 };

/* Kinds of people, `rows` of them: those of row i have the coefficients column[i * terms .. + terms - 1] (of
 * which the first is 0, the intercept), and `yes[i]` of `yes[i] + no[i]` have the property. */
struct logistic {
    size_t rows, terms, coefficients;
    const uint16_t *column;
    const double *yes, *no;
};

/* The maximum of the likelihood with a prior N(0, 10^2) on every coefficient, so that there is one also where
 * a category has only one outcome, by Newton's method, into beta[coefficients]. */
void logistic_fit(const struct logistic *l, struct arena *a, double *beta);

/* The probability of the property in row `i`. */
double logistic_probability(const struct logistic *l, const double *beta, size_t i);

#endif
