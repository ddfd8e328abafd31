/* The posterior distribution of a log-linear model with normal priors.
 *
 * The likelihood is that of loglinear.h; each free term has a normal prior with mean 0 and a precision (1 /
 * variance) of its own. Draws are made by a chain whose proposals are drawn back towards the mode and
 * scattered by the curvature there, so that a draw costs one likelihood: theta' = mode + r (theta - mode) +
 * sqrt(1 - r^2) noise, which would always be accepted if the posterior were normal (Neal 1999, Bayesian
 * Statistics 6, 475-501). */
#ifndef LYKTA_ESTIMATE_LOGLINEAR_POSTERIOR_H
#define LYKTA_ESTIMATE_LOGLINEAR_POSTERIOR_H

#include "estimate/loglinear.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum { LOGLINEAR_POSTERIOR_MAX_TERMS = 96 };

/* Read only once its mode is found: one for all chains. */
struct loglinear_posterior {
    const struct loglinear_table *table;
    size_t k;
    uint16_t term[LOGLINEAR_POSTERIOR_MAX_TERMS]; /* 0 first */
    double precision[LOGLINEAR_POSTERIOR_MAX_TERMS];
    struct mask_set removed; /* cells with mean 0 */
    double mode[LOGLINEAR_POSTERIOR_MAX_TERMS];
    double root[LOGLINEAR_POSTERIOR_MAX_TERMS][LOGLINEAR_POSTERIOR_MAX_TERMS]; /* Cholesky, lower triangle */
};

/* Finds the mode and the curvature there by Newton's method; k, term, precision, removed and table are the
 * caller's. False when there is none to working precision. */
bool loglinear_posterior_find_mode(struct loglinear_posterior *p, struct arena *a);

/* Chain `number` of `seed`: after `burned` draws that set how far proposals go, `n` draws, each the last of
 * `thin`, into draw[n * k], one row after the other. */
void loglinear_posterior_draw(const struct loglinear_posterior *p, uint64_t seed, size_t number,
                              size_t burned, size_t n, size_t thin, double *draw);

#endif
