/* Estimating again from resampled people. */
#include "estimate/bootstrap.h"

#include "base/arena.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "estimate/interval.h"
#include "estimate/stepwise.h"

#include <math.h>

enum { BLOCK = 64 };

struct run {
    const struct bootstrap *b;
    size_t from, to;
    double *nhat;
};

static void run_block(void *work, size_t block);
static double choose(struct stepwise *s, const uint32_t *y, double threshold);

bool bootstrap_run(const struct bootstrap *b, size_t from, size_t to, double *nhat)
{
    struct run run = {.b = b, .from = from, .to = to};
    size_t blocks = (to - from + BLOCK - 1) / BLOCK;

    run.nhat = nhat;
    progress_begin(b->progress, "bootstrap", (int64_t)blocks);
    return parallel_for(blocks, b->threads, run_block, &run, b->progress);
}

static void run_block(void *work, size_t block)
{
    const struct run *run = work;
    const struct bootstrap *b = run->b;
    size_t first = run->from + block * BLOCK;
    size_t last = first + BLOCK < run->to ? first + BLOCK : run->to;
    struct arena *a = arena_open();
    struct stepwise *s = stepwise_open(a, b->lists);
    uint32_t *drawn = arena_new(a, s->table.cells, uint32_t);

    for (size_t i = first; i < last; i++) {
        struct rng r = rng_open(b->seed, i);

        bootstrap_resample(b->y, s->table.cells, &r, drawn);
        run->nhat[i] = choose(s, drawn, b->threshold);
    }
    stepwise_close(s);
    arena_close(a);
}

static double choose(struct stepwise *s, const uint32_t *y, double threshold)
{
    stepwise_set_counts(s, y);
    stepwise_choose(s, threshold);
    return s->dark_figure == DARK_FIGURE_UNIDENTIFIED ? (double)NAN : s->nhat;
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

double bootstrap_acceleration(const struct bootstrap *b, struct arena *a)
{
    struct stepwise *s = stepwise_open(a, b->lists);
    size_t cells = s->table.cells;
    uint32_t *y = arena_new(a, cells, uint32_t);
    double *without = arena_new(a, cells, double);
    double *weight = arena_new(a, cells, double);
    size_t n = 0;

    for (size_t c = 0; c < cells; c++)
        y[c] = b->y[c];
    for (size_t c = 1; c < cells; c++) {
        if (y[c] == 0)
            continue;
        y[c]--;
        without[n] = choose(s, y, b->threshold);
        y[c]++;
        weight[n++] = y[c];
    }
    stepwise_close(s);
    return interval_acceleration(without, weight, n);
}
