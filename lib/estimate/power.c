/* What a mapping would give. */
#include "estimate/power.h"

#include "base/arena.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "base/rng.h"
#include "estimate/counts.h"
#include "estimate/interval.h"

#include <math.h>
#include <stdlib.h>

enum { BLOCK = 8, VALUES = 5 };

struct run {
    const struct power *p;
    double probability[MODEL_MAX_CELLS];
    size_t first, stride, mine;
    struct power_figure *figure;
};

static void run_block(void *work, size_t block);
static struct power_summary summarise(const struct power *p, const struct power_figure *figure);

size_t power_variants(const struct power *p)
{
    return p->design.lists > 2 && !p->only_all_lists ? p->design.lists + 1 : 1;
}

bool power_run(const struct power *p, size_t first, size_t stride, struct power_figure *figure)
{
    struct run run = {.p = p, .first = first, .stride = stride};

    run.mine = first < p->tables ? (p->tables - first + stride - 1) / stride : 0;
    run.figure = figure;
    design_probabilities(&p->design, run.probability);
    size_t blocks = (run.mine + BLOCK - 1) / BLOCK;
    progress_begin(p->estimate.progress, "simulation", (int64_t)blocks);
    return parallel_for(blocks, p->estimate.threads, run_block, &run, p->estimate.progress);
}

static struct power_figure figure_of(const struct counts *counts, const struct estimate_options *options,
                                     struct arena *a)
{
    struct estimate *x = arena_new(a, 1, struct estimate);
    struct power_figure f = {.nhat = NAN, .low = NAN, .high = NAN};
    struct err e;

    if (estimate(counts, options, a, x, &e) != OK || x->status == ESTIMATE_REFUSED) {
        f.seen = (double)counts->n;
        return f;
    }
    const double *ends = x->status == ESTIMATE_RANGE ? x->range : x->ci95;
    return (struct power_figure){.seen = (double)x->n,
                                 .on_two_lists = (double)x->on_two_lists,
                                 .nhat = x->nhat,
                                 .low = ends[0],
                                 .high = ends[1],
                                 .is_range = x->status == ESTIMATE_RANGE ? 1.0 : 0.0};
}

static void run_table(const struct run *run, size_t i, struct arena *a)
{
    const struct power *p = run->p;
    struct estimate_options options = p->estimate;
    struct rng r = rng_open(p->estimate.seed, i);
    struct counts whole;

    options.threads = 1;
    options.progress = NULL;
    design_draw(&p->design, run->probability, &r, a, &whole);
    for (size_t v = 0; v < power_variants(p); v++) {
        struct counts part = whole;

        if (v > 0)
            counts_without(&part, &whole, UINT32_C(1) << (v - 1), a);
        run->figure[v * p->tables + i] = figure_of(&part, &options, a);
    }
}

static void run_block(void *work, size_t block)
{
    const struct run *run = work;
    struct arena *a = arena_open();

    for (size_t k = block * BLOCK; k < (block + 1) * BLOCK && k < run->mine; k++) {
        arena_reset(a);
        run_table(run, run->first + k * run->stride, a);
    }
    arena_close(a);
}

void power_summarise(const struct power *p, const struct power_figure *figure, struct power_result *out)
{
    out->variants = power_variants(p);
    for (size_t v = 0; v < out->variants; v++)
        out->of[v] = summarise(p, figure + v * p->tables);
}

static int ascending(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;

    return (a > b) - (a < b);
}

/* The quantile of x[n], which is sorted; NaN when there is none. */
static double quantile(double *x, size_t n, double p)
{
    if (n == 0)
        return NAN;
    qsort(x, n, sizeof *x, ascending);
    return interval_quantile(x, n, p);
}

static struct power_summary summarise(const struct power *p, const struct power_figure *figure)
{
    struct arena *a = arena_open();
    double *value[VALUES]; /* nhat, low, high, width, error */
    double people = (double)p->design.people;
    double tables = (double)p->tables;
    struct power_summary s = {0};
    size_t n = 0;
    double held = 0.0;

    for (size_t k = 0; k < VALUES; k++)
        value[k] = arena_new(a, p->tables, double);
    for (size_t i = 0; i < p->tables; i++) {
        const struct power_figure *f = &figure[i];

        s.seen += f->seen / tables;
        s.on_two_lists += f->on_two_lists / tables;
        if (isnan(f->nhat))
            continue;
        s.range_only += f->is_range / tables;
        held += f->low <= people && people <= f->high ? 1.0 : 0.0;
        value[0][n] = f->nhat;
        value[1][n] = f->low;
        value[2][n] = f->high;
        value[3][n] = (f->high - f->low) / people;
        value[4][n++] = fabs(f->nhat / people - 1.0);
    }
    s.refused = 1.0 - (double)n / tables;
    s.coverage = n > 0 ? held / (double)n : (double)NAN;
    s.nhat = quantile(value[0], n, 0.5);
    s.spread[0] = quantile(value[0], n, 0.025);
    s.spread[1] = quantile(value[0], n, 0.975);
    s.low = quantile(value[1], n, 0.5);
    s.high = quantile(value[2], n, 0.5);
    s.width = quantile(value[3], n, 0.5);
    s.error = quantile(value[4], n, 2.0 / 3.0);
    arena_close(a);
    return s;
}
