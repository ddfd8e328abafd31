/* What draws from a posterior distribution say about the number of people: middle, limits and modes. */
#ifndef LYKTA_ESTIMATE_POSTERIOR_H
#define LYKTA_ESTIMATE_POSTERIOR_H

#include "estimate/estimate.h"

#include <stddef.h>

struct arena;

/* Sets nhat (the median), ci95 and ci80 (equal tails) and the interval of *out from people[n], in any order;
 * sorts them. */
void posterior_describe(struct estimate *out, double *people, size_t n);

/* Separate modes of people[n], sorted and above 0, from the smallest: peaks of the density of their logarithm
 * (normal kernels, Silverman 1986, section 3.4.2) between which it falls to less than half of the lower, and
 * about which at least one in a hundred draws lies. Sets out->posterior.modes and .mode. */
void posterior_find_modes(struct estimate_posterior *out, const double *people, size_t n, struct arena *a);

#endif
