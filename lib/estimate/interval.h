/* Intervals for the number of people in all, seen and unseen. */
#ifndef LYKTA_ESTIMATE_INTERVAL_H
#define LYKTA_ESTIMATE_INTERVAL_H

#include <stdbool.h>
#include <stddef.h>

/* The standard normal distribution function, and its inverse (minus and plus infinity at 0 and 1). */
double interval_normal(double z);
double interval_normal_quantile(double p);

/* Wald on the logarithm of the unseen: n + unseen exp(z_p standard_error), the limit that is exceeded with
 * probability 1 - p. `standard_error` is that of log unseen. */
double interval_wald(double n, double unseen, double standard_error, double p);

/* The quantile at p of `x[n]`, sorted, by Hyndman & Fan's definition 8 (1996, Am. Statist. 50, 361-365):
 * linear between order statistics at h = (n + 1/3) p + 1/3. */
double interval_quantile(const double *x, size_t n, double p);

/* The bias-corrected accelerated bootstrap (Efron 1987, J. Am. Statist. Ass. 82, 171-185). */
struct interval_bca {
    double bias;         /* z0: infinite when all replicates lie on one side of the estimate */
    double acceleration; /* a, from interval_acceleration */
    size_t replicates;
};

/* `x[n]` are the replicates' estimates, sorted; the share of them strictly below `estimate` gives the bias.
 */
struct interval_bca interval_bca(const double *x, size_t n, double estimate, double acceleration);

/* The probability p' at which the replicates' quantile is the limit for p. */
double interval_bca_level(const struct interval_bca *b, double p);

/* Do the replicates reach the limit for p: are at least 25 expected beyond it? */
bool interval_bca_is_resolved(const struct interval_bca *b, double p);

/* `without[n]` are the estimates with one person less, `weight[n]` how many people leave that same table. NaN
 * when one of them is not finite. */
double interval_acceleration(const double *without, const double *weight, size_t n);

#endif
