/* Averaging over decomposable graphs of lists: how many people there are when any way for lists to hang
 * together that a decomposable graph can tell is possible beforehand, in proportion to how well it explains
 * the table.
 *
 * Lists are nodes; two without an edge are independent given the others. Cell probabilities have the
 * hyper-Dirichlet prior with `delta` a cell, graphs are equally likely, and N has the prior 1/N. Madigan &
 * York (1997), Biometrika 84, 19-31. A table's probability given graph and N is then a product over cliques
 * divided by one over separators, and what of it depends on N is one function per set of lists. */
#ifndef LYKTA_ESTIMATE_GRAPHS_H
#define LYKTA_ESTIMATE_GRAPHS_H

#include "estimate/decomposable.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct model;
struct progress;

enum { GRAPHS_MAX_LISTS = DECOMPOSABLE_MAX_LISTS, GRAPHS_TOLD = 10 };

/* Where the posterior is computed: `unseen[points]`, ascending whole numbers from 0, and how many numbers
 * each stands for. */
struct graphs_grid {
    size_t points;
    double *unseen;
    double *weight;
};

/* All numbers to 256, then ever wider steps, a 256th of the number, to `largest`: by trapezoids the sums are
 * exact to more digits than a posterior has meaning. */
void graphs_grid_make(double largest, struct arena *a, struct graphs_grid *out);

/* `points` numbers at most, evenly from `low` to `high`: to look closer. */
void graphs_grid_between(double low, double high, size_t points, struct arena *a, struct graphs_grid *out);

/* All decomposable graphs of so many lists, and memory to average over them for one prior after another. */
struct graphs;

/* For 2 to GRAPHS_MAX_LISTS lists, 617,675 graphs at most. `threads` as for parallel_for; they change no bit.
 * NULL when asked to stop; graphs_close(NULL) is harmless. */
struct graphs *graphs_open(size_t lists, int threads, struct progress *p);
void graphs_close(struct graphs *g);

struct graphs_posterior {
    size_t graphs;   /* that there are */
    double *density; /* [points] of the grid; the sum of density times weight is 1 */
    double mean;     /* people, seen and unseen */
    double end;      /* density at the grid's last point, as a share of the highest */
};

/* The posterior for y[2^lists]. A graph counts where it is less likely than the likeliest at its top by no
 * more than a factor e^40; each has one top. The grid has 4,000,000 points at most. False when asked to stop.
 */
bool graphs_average(struct graphs *g, const uint32_t *y, double delta, const struct graphs_grid *grid,
                    struct arena *a, struct graphs_posterior *out);

struct graphs_told {
    uint32_t edges; /* bit k: pair k of lists in the order 12, 13, .., 23, .. */
    double probability;
    double mean; /* people, given the graph */
};

/* The most probable graphs of the average made last, of those that count, the first one first; its grid must
 * still be there. Returns how many, GRAPHS_TOLD at most. */
size_t graphs_most_probable(const struct graphs *g, struct graphs_told out[GRAPHS_TOLD]);

/* People in all at which the posterior distribution reaches `p`, between grid points linearly. */
double graphs_quantile(const struct graphs_posterior *x, const struct graphs_grid *grid, double people,
                       double p);

/* The graph as a model: its cliques with all their subsets. */
struct model graphs_model(size_t lists, uint32_t edges);

#endif
