/* Averaging over graphs, as its parts share it: graphs_reach.c finds where on the grid each graph counts,
 * graphs.c adds there, graphs_told.c tells the most probable ones. */
#ifndef LYKTA_ESTIMATE_GRAPHS_OWN_H
#define LYKTA_ESTIMATE_GRAPHS_OWN_H

#include "estimate/graphs.h"
#include "estimate/hyper_dirichlet.h"

#include <stdatomic.h>

enum { GRAPHS_BLOCK = HYPER_DIRICHLET_BLOCK };

/* A graph that counts somewhere: within the blocks from `first` to `last`, its top among them. */
struct graphs_candidate {
    double log_top;
    uint32_t graph; /* of its part */
    uint16_t first, last;
};

/* Those of a part of all graphs, in their order. */
struct graphs_part {
    const struct decomposable *graph;
    size_t candidates;
    struct graphs_candidate *candidate; /* room for all graphs of the part */
    double highest;                     /* of log_top */
    double *coarse;                     /* [blocks] of one graph, at the first points */
};

/* What a block of the grid is needed for. */
struct graphs_need {
    atomic_bool has_top;                                              /* perhaps: all sets are filled */
    atomic_uint_least64_t sets[(HYPER_DIRICHLET_MAX_SETS + 63) / 64]; /* of the graphs that count there */
};

struct graphs {
    int threads;
    struct progress *progress;
    struct arena *own;
    struct decomposable_all all;
    const struct fit_kernel *kernel;
    struct graphs_part part[DECOMPOSABLE_MAX_PARTS];

    /* Of one average. */
    struct graphs_grid grid;
    struct hyper_dirichlet_margins margins;
    struct hyper_dirichlet log;    /* on the grid: filled where a graph counts */
    struct hyper_dirichlet coarse; /* at the first point of each block */
    struct graphs_need *need;      /* [blocks] */
    double least;                  /* on the log scale: below it a graph counts for nothing */
    double highest;                /* log_top of all graphs */
    double log_sum;                /* of all graphs and numbers, as a share of the highest top */
};

/* Finds the candidates, highest and least. False when asked to stop. */
bool graphs_find(struct graphs *g, struct arena *a);

/* Fills what a block needs and has not. */
void graphs_fill(const struct graphs *g, size_t block);

#endif
