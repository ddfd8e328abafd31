/* The best fits met so far, so many at most. */
#ifndef LYKTA_ESTIMATE_BIC_RANKING_H
#define LYKTA_ESTIMATE_BIC_RANKING_H

#include "estimate/bic.h"

struct arena;

/* `fit[n]` is a heap, the worst at its top, until it is sorted. */
struct bic_ranking {
    size_t most, n;
    struct bic_fit *fit;
};

struct bic_ranking bic_ranking_open(struct arena *a, size_t most);

/* Adds `f`, in place of the worst when the ranking is full and that is worse. */
void bic_ranking_add(struct bic_ranking *r, const struct bic_fit *f);

/* The smallest BIC first; ties by fewer terms, then by the terms' bits. Nothing may be added afterwards until
 * n is 0. */
void bic_ranking_sort(struct bic_ranking *r);

#endif
