/* What sets of lists tell of how many people there are, when cell probabilities have a hyper-Dirichlet prior.
 * The probability of a table, given a decomposable graph and the number of people N, is a product of one
 * function of N a clique, divided by one a separator. Dawid & Lauritzen (1993), Ann. Statist. 21, 1272-1317;
 * Madigan & York (1997), Biometrika 84, 19-31. */
#ifndef LYKTA_ESTIMATE_HYPER_DIRICHLET_H
#define LYKTA_ESTIMATE_HYPER_DIRICHLET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct graphs_grid;
struct progress;

enum { HYPER_DIRICHLET_BLOCK = 64 }; /* points that a thread takes at a time */

struct hyper_dirichlet {
    double people; /* seen */
    size_t sets;   /* 2^lists */
    size_t points;
    double *of_set;    /* [sets][points] the logarithm of h(A); 0 for the empty set */
    double *of_number; /* [points] of the multinomial coefficient and the prior 1/N, without the constant */
};

/* For y[2^lists], 2 to 7 lists, at N = people seen and the grid's number of unseen. `delta` is the prior's
 * weight a cell. `threads` as for parallel_for; it changes no bit. False when asked to stop. */
bool hyper_dirichlet_fill(const uint32_t *y, size_t lists, double delta, const struct graphs_grid *grid,
                          int threads, struct progress *p, struct arena *a, struct hyper_dirichlet *out);

#endif
