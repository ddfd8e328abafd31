/* The search for the models that are best by BIC, as its parts share it: bic.c hands out the work, bic_walk.c
 * walks the tree of models. */
#ifndef LYKTA_ESTIMATE_BIC_SEARCH_H
#define LYKTA_ESTIMATE_BIC_SEARCH_H

#include "estimate/bic.h"
#include "estimate/bic_ranking.h"

#include <pthread.h>
#include <stdatomic.h>

struct arena;
struct progress;

/* A branch is shared between threads by its first terms, so many: of n terms there are n choose 4. */
enum {
    BIC_SHARED_DEPTH = 4,
    BIC_BRANCHES = BIC_MAX_TERMS * (BIC_MAX_TERMS - 1) * (BIC_MAX_TERMS - 2) * (BIC_MAX_TERMS - 3) / 24
};

/* What the threads of one search have in common. */
struct bic_shared {
    _Atomic double limit; /* a BIC above it is not in the list */
    double reach;         /* nor one so far above the best; infinite: any may be */
    int64_t most_fits;    /* of a worker; it stops there */
    atomic_uchar *taken;  /* [BIC_BRANCHES], by their terms; NULL: one thread */
    struct progress *progress;
    pthread_mutex_t lock; /* over the ranking */
    struct bic_ranking best;
};

/* A model on the way down: all models below it have its terms and some of `open`. */
struct bic_level {
    uint64_t in, open;
    size_t last; /* the term it was reached by */
    struct loglinear *fit;
    bool is_certified; /* fit is at the maximum, which exists; else it is made anew from its face */
    enum dark_figure dark_figure;
    struct loglinear *upper; /* a fit of upper_in, perhaps that of the level above */
    uint64_t upper_in;
    struct loglinear *own[2]; /* room for it; NULL in a search for all models, which has no bounds */
};

struct bic_search {
    const struct bic_terms *terms; /* in the order in which they are tried */
    struct bic_terms ordered;
    size_t order[BIC_MAX_TERMS]; /* ordered.term[i] is the caller's term[order[i]] */
    struct loglinear_table table;
    double log_n, saturated, factorials; /* sums of y log y - y and of log y! */
    struct arena *arena;                 /* for exact tests, reset between them */
    struct bic_shared *shared;
    bool tells; /* of the models above the shared branches */
    int64_t fits;
    struct bic_ranking best; /* room for that of a search on one thread */
    struct bic_list list;
    struct bic_level level[BIC_MAX_TERMS + 1];
};

/* Walks the tree of models, but for branches that others have taken or that cannot be within the limit, and
 * puts the models met into the shared ranking. s->tells: the models above the shared branches too. The table
 * must be set. */
void bic_walk(struct bic_search *s, struct bic_shared *shared);

/* The BIC of a good model to begin with. */
double bic_greedy(struct bic_search *s);

#endif
