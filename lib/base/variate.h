/* Random numbers of the distributions that simulation needs, drawn from a stream of base/rng. */
#ifndef LYKTA_BASE_VARIATE_H
#define LYKTA_BASE_VARIATE_H

#include "base/rng.h"

#include <stdint.h>

/* Standard normal, by the ratio of uniforms (Leva 1992, ACM TOMS 18, 449-453). */
double variate_normal(struct rng *r);

/* Gamma with `shape` > 0 and scale 1 (Marsaglia & Tsang 2000, ACM TOMS 26, 363-372). For shapes far below 1
 * the number itself is 0 in floating point: then use the logarithm. */
double variate_gamma(struct rng *r, double shape);
double variate_log_gamma(struct rng *r, double shape);

/* Beta(a, b), strictly between 0 and 1 except where rounding makes it an end. */
double variate_beta(struct rng *r, double a, double b);

/* Poisson with `mean` in 0..1e15: inversion below 10, else Hoermann's PTRS (1993, Insurance: Mathematics and
 * Economics 12, 39-45). */
int64_t variate_poisson(struct rng *r, double mean);

#endif
