/* Estimating again from resampled people. */
#include "estimate/bootstrap.h"

#include "base/arena.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "estimate/interval.h"

#include <math.h>
#include <string.h>

enum { BLOCK = 64 };

static const double most_people = 1e15; /* with more unseen, the seen are drawn from the same distribution */

struct run {
    const struct bootstrap *b;
    size_t from, to;
    size_t rank, size; /* this process makes the blocks rank, rank + size, .. */
    double *nhat;
};

static void run_block(void *work, size_t block);

bool bootstrap_run(const struct bootstrap *b, size_t from, size_t to, double *nhat)
{
    struct run run = {.b = b, .from = from, .to = to, .size = 1};
    size_t blocks = (to - from + BLOCK - 1) / BLOCK;

    run.nhat = nhat;
    if (b->share) {
        run.rank = b->share->rank;
        run.size = b->share->size;
        memset(nhat + from, 0, (to - from) * sizeof *nhat);
    }
    blocks = (blocks + run.size - 1 - run.rank) / run.size;
    progress_begin(b->progress, "bootstrap", (int64_t)blocks);
    return parallel_for(blocks, b->threads, run_block, &run, b->progress);
}

enum status bootstrap_gather(const struct bootstrap *b, size_t from, size_t to, double *nhat, struct err *e)
{
    if (!b->share)
        return OK;
    return b->share->combine(b->share->context, nhat + from, (to - from) * sizeof *nhat, e);
}

static void run_block(void *work, size_t block)
{
    const struct run *run = work;
    const struct bootstrap *b = run->b;
    size_t cells = (size_t)1 << b->lists;
    size_t first = run->from + (run->rank + block * run->size) * BLOCK;
    size_t last = first + BLOCK < run->to ? first + BLOCK : run->to;
    struct arena *a = arena_open();
    void *memory = b->estimator->open(b, a);
    uint32_t *drawn = arena_new(a, BLOCK * cells, uint32_t);

    for (size_t i = first; i < last; i++) {
        struct rng r = rng_open(b->seed, i);

        if (b->mean)
            bootstrap_draw(b->mean, cells, &r, drawn + (i - first) * cells);
        else
            bootstrap_resample(b->y, cells, &r, drawn + (i - first) * cells);
    }
    b->estimator->estimate(memory, drawn, last - first, run->nhat + first);
    b->estimator->close(memory);
    arena_close(a);
}

/* A multinomial as a chain of binomials: each history's share of those that are left. */
void bootstrap_resample(const uint32_t *y, size_t cells, struct rng *r, uint32_t *out)
{
    int64_t weight = 0;

    for (size_t c = 0; c < cells; c++)
        weight += y[c];
    int64_t people = weight;
    for (size_t c = 0; c < cells; c++) {
        out[c] = 0;
        if (y[c] == 0)
            continue;
        out[c] = (uint32_t)rng_binomial(r, people, (double)y[c] / (double)weight);
        people -= out[c];
        weight -= y[c];
    }
}

/* From the last history to the unseen, so that what is left of the weight is never less than the unseen's. */
void bootstrap_draw(const double *mean, size_t cells, struct rng *r, uint32_t *out)
{
    double weight = 0.0;

    for (size_t c = 0; c < cells; c++)
        weight += mean[c];
    weight = fmin(weight, most_people);
    int64_t people = llround(weight);
    for (size_t c = cells - 1; c > 0; c--) {
        double share = mean[c] > 0.0 ? fmin(1.0, mean[c] / weight) : 0.0;

        out[c] = (uint32_t)rng_binomial(r, people, share);
        people -= out[c];
        weight -= mean[c];
    }
    out[0] = 0;
}

double bootstrap_acceleration(const struct bootstrap *b, struct arena *a)
{
    size_t cells = (size_t)1 << b->lists;
    uint32_t *y = arena_new(a, cells * cells, uint32_t); /* a table for each history that somebody has */
    double *without = arena_new(a, cells, double);
    double *weight = arena_new(a, cells, double);
    size_t n = 0;

    for (size_t c = 1; c < cells; c++) {
        uint32_t *table = y + n * cells;

        if (b->y[c] == 0)
            continue;
        memcpy(table, b->y, cells * sizeof *table);
        table[c]--;
        weight[n++] = b->y[c];
    }
    void *memory = b->estimator->open(b, a);
    b->estimator->estimate(memory, y, n, without);
    b->estimator->close(memory);
    return interval_acceleration(without, weight, n);
}
