/* Cities added: how many people there are in all of them, and how sure that is.
 *
 * Never a sum of estimates or of limits: middles of skewed distributions do not add, and all cities are not
 * at their limits at once. Each city's figure becomes a distribution, one draw is taken from each, and the
 * sums of draws are the sum's distribution. A published figure carries no draws, only a middle and limits;
 * the distribution taken is log-normal in the unseen through all three (uncertainty_of_limits). Cities are
 * taken as independent: what all of them assume alike is not in the interval.  */
#ifndef LYKTA_POOL_SUM_H
#define LYKTA_POOL_SUM_H

#include <stddef.h>
#include <stdint.h>

struct arena;

enum { SUM_DRAWS = 4096 };

/* A published estimate: seen <= ci95[0] <= nhat <= ci95[1], all finite. */
struct sum_figure {
    double seen; /* people who are known, at least */
    double nhat;
    double ci95[2];
};

struct sum_total {
    double nhat; /* the middle of the sum's distribution */
    double ci95[2], ci80[2];
};

/* The sum of `n` figures; at least one. The same for the same seed. Nothing is left in `a`'s care but what it
 * grew by. */
struct sum_total sum_figures(const struct sum_figure *figure, size_t n, uint64_t seed, struct arena *a);

#endif
