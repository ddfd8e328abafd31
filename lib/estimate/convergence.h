/* Have the chains of a simulation reached the same distribution, and how much do their draws tell?
 * Vehtari, Gelman, Simpson, Carpenter & Buerkner (2021), Bayesian Analysis 16, 667-718. */
#ifndef LYKTA_ESTIMATE_CONVERGENCE_H
#define LYKTA_ESTIMATE_CONVERGENCE_H

#include <stddef.h>

struct arena;

struct convergence {
    double rhat; /* the larger of that of the ranks and that of the distances from the median; 1 at best */
    double ess;  /* of the ranks: how many independent draws tell as much about the middle */
};

/* `draw[chains * n]`, the chains one after the other, n even and at least 8. Each chain is split in two. The
 * draws are replaced by normal scores of their ranks, so that heavy tails do no harm; equal draws share a
 * rank. Draws that are all equal have rhat 1 and ess chains * n. Temporary memory is in `a`. */
struct convergence convergence_of(const double *draw, size_t chains, size_t n, struct arena *a);

#endif
