/* How far down the list of models a bootstrap by BIC has to go before its answer no longer moves.
 *
 * Silverman, Chan & Vincent (2024, Statistics and Computing 34, 44) rank the models by BIC on the data and
 * try the first k of them in each replicate, with k 20 or 100. Here each replicate searches all models
 * (by_bic.h), so the k that would have sufficed is known afterwards:
 *
 *     rank = the smallest k for which the k best models of the data hold the best model of every table that
 *            was searched again: each replicate, and each table with one person less.
 *
 * Trying the first k models for any k >= rank gives the same figure in every such table, so the same bias,
 * acceleration and limits; with any k below it at least one table is given another model than its best. The
 * rank of a model on the data is its place in the list of bic_best, ties among them, those without a finite
 * dark figure as well. Tables in which nobody is on two lists are not searched and not counted: their figure
 * is infinite for every k. */
#ifndef LYKTA_ESTIMATE_BIC_SETTLED_H
#define LYKTA_ESTIMATE_BIC_SETTLED_H

#include "estimate/bic.h"
#include "estimate/estimate.h"

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* The best models of tables searched again, in no order. */
struct bic_chosen {
    pthread_mutex_t lock;
    struct arena *a;
    uint64_t *in; /* [n] of room */
    size_t n, room;
};

/* In `a`, which no other thread may use while bic_chosen_add can be called. */
struct bic_chosen *bic_chosen_open(struct arena *a);

/* Adds the models in[n]; from any thread. */
void bic_chosen_add(struct bic_chosen *c, const uint64_t *in, size_t n);

/* Their places in `list`, the best models of the data. Sorts what was chosen. A rank is 0 when the list is
 * too short to hold it. */
struct estimate_settled bic_settled_in(struct bic_chosen *c, const struct bic_list *list);

#endif
