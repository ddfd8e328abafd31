/* Estimating again from resampled people, the choice of model repeated each time.
 *
 * A replicate draws as many people as were seen, with replacement, from those seen: a multinomial over the
 * observed histories. Or, where the means of a model are given, as many as the model says there are, seen and
 * unseen, each with a history by the model: how many are seen then varies too, and a history that nobody had
 * can be drawn (the parametric bootstrap: Norris & Pollock 1996, Environ. Ecol. Stat. 3, 235-244). Replicate
 * b uses the random stream b of the seed, so neither the number of threads nor how many replicates are asked
 * for changes it. */
#ifndef LYKTA_ESTIMATE_BOOTSTRAP_H
#define LYKTA_ESTIMATE_BOOTSTRAP_H

#include "base/err.h"
#include "base/rng.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct progress;

struct bootstrap;

/* How a table is estimated, the choice of model included. */
struct bootstrap_estimator {
    void *(*open)(const struct bootstrap *b, struct arena *a); /* the memory of one thread, in `a` */
    /* The estimates of y[tables][2^lists] into nhat[tables]: infinite, or NaN where there is none. */
    void (*estimate)(void *memory, const uint32_t *y, size_t tables, double *nhat);
    void (*close)(void *memory); /* frees what is not in the arena */
};

/* Replicates shared among processes that all make the same estimate: each makes its blocks of them. */
struct bootstrap_share {
    size_t rank, size; /* this process of how many */
    void *context;
    /* Gives every process the bitwise or of all processes' bytes[n]. */
    enum status (*combine)(void *context, void *bytes, size_t n, struct err *e);
};

struct bootstrap {
    size_t lists;
    const uint32_t *y;  /* [2^lists] */
    const double *mean; /* [2^lists] of a model, with the unseen first; NULL: people are drawn from y */
    const struct bootstrap_estimator *estimator;
    const void *with; /* what the estimator is to know: its threshold, its models */
    int64_t most;     /* replicates that are worth making when their number is left open */
    uint64_t seed;
    int threads;
    const struct bootstrap_share *share; /* NULL: this process makes all */
    struct progress *progress;
};

/* The estimates of the replicates from..to-1 into nhat[from..to-1]: infinite where the replicate's is, NaN
 * where it has none. Those of other processes are left 0. False, with nhat unfinished, when asked to stop. */
bool bootstrap_run(const struct bootstrap *b, size_t from, size_t to, double *nhat);

/* After bootstrap_run: the replicates of the other processes into nhat[from..to-1], bit for bit. Waits for
 * all of them. What the share's combine says when it fails. */
enum status bootstrap_gather(const struct bootstrap *b, size_t from, size_t to, double *nhat,
                             struct err *e) MUST_USE;

/* The acceleration of the BCa interval, from the estimates with one person less. */
double bootstrap_acceleration(const struct bootstrap *b, struct arena *a);

/* As many people as in `y[cells]`, drawn with replacement from them, into `out[cells]`. */
void bootstrap_resample(const uint32_t *y, size_t cells, struct rng *r, uint32_t *out);

/* As many people as `mean[cells]` sums to, rounded (10^15 of them when it is more), each with a history by
 * its share of that sum: those seen, into `out[cells]`. */
void bootstrap_draw(const double *mean, size_t cells, struct rng *r, uint32_t *out);

#endif
