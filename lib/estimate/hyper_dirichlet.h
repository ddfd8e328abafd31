/* What sets of lists tell of how many people there are, when cell probabilities have a hyper-Dirichlet prior.
 * The probability of a table, given a decomposable graph and the number of people N, is a product of one
 * function of N a clique, divided by one a separator. Dawid & Lauritzen (1993), Ann. Statist. 21, 1272-1317;
 * Madigan & York (1997), Biometrika 84, 19-31. */
#ifndef LYKTA_ESTIMATE_HYPER_DIRICHLET_H
#define LYKTA_ESTIMATE_HYPER_DIRICHLET_H

#include "estimate/decomposable.h"
#include "estimate/kernel.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct graphs_grid;

enum { HYPER_DIRICHLET_MAX_SETS = 1 << DECOMPOSABLE_MAX_LISTS, HYPER_DIRICHLET_BLOCK = KERNEL_BLOCK };

/* What does not depend on N. */
struct hyper_dirichlet_margins {
    double people; /* seen */
    size_t sets;   /* 2^lists */
    double whole;  /* the prior's weight in all */
    double fixed[HYPER_DIRICHLET_MAX_SETS];
    double empty[HYPER_DIRICHLET_MAX_SETS]; /* people seen on none of a set's lists, and the prior's weight of
                                               those cells */
};

/* For y[2^lists], 2 to 7 lists; `delta` is the prior's weight a cell. */
void hyper_dirichlet_margins(const uint32_t *y, size_t lists, double delta,
                             struct hyper_dirichlet_margins *out);

/* Tables over the numbers of a grid, in blocks of HYPER_DIRICHLET_BLOCK points. */
struct hyper_dirichlet {
    const struct hyper_dirichlet_margins *margins;
    const struct graphs_grid *grid;
    size_t blocks;
    size_t room, room_of_number; /* numbers that the tables have room for */
    double *of_set;              /* [blocks][sets][block] the logarithm of h(A); 0 for the empty set */
    double *of_number; /* [blocks][block] of the multinomial coefficient and the prior 1/N, without the
                          constant; -infinity after the grid's end */
};

/* For N = people seen and the grid's number of unseen. Margins and grid must live as long. *out is 0, or was
 * opened before in the same arena: its memory is then used again. What is not filled is worth nothing, but
 * that of the empty set is 0. */
void hyper_dirichlet_open(const struct hyper_dirichlet_margins *margins, const struct graphs_grid *grid,
                          struct arena *a, struct hyper_dirichlet *out);

/* The rows of a block of those sets for which wanted[set] (NULL: of all), and that of the number. Different
 * blocks may be filled at the same time. */
void hyper_dirichlet_fill(const struct hyper_dirichlet *x, size_t block, const bool *wanted);

/* The logarithm of a table's probability given a graph, as a sum of rows of a block that has been filled. */
struct kernel_sum hyper_dirichlet_of(const struct hyper_dirichlet *x, size_t block,
                                     const struct decomposable *graph);

#endif
