/* How the figure moves with missed and false links. */
#include "estimate/linkage_sweep.h"

#include "base/arena.h"
#include "base/progress.h"
#include "base/variate.h"
#include "estimate/counts_parts.h"
#include "estimate/pooled.h"

#include <string.h>

/* One of the lists of `history`. */
static uint32_t any_list(uint32_t history, struct rng *r)
{
    int skipped = (int)(rng_unit(r) * __builtin_popcount(history));

    while (skipped-- > 0)
        history &= history - 1;
    return history & (~history + 1);
}

static void take_apart(uint32_t *y, uint32_t history, double share, struct rng *r)
{
    int64_t untrue = rng_binomial(r, y[history], share);

    for (; untrue > 0; untrue--) {
        uint32_t list = any_list(history, r);

        y[history]--;
        y[list]++;
        y[history & ~list]++;
    }
}

/* Of t people with this history a share m lost a record and (1 - m) t are left: with those, t is known but
 * for a negative binomial. */
static void join(uint32_t *y, uint32_t history, double share, struct rng *r)
{
    if (y[history] == 0 || share <= 0.0)
        return;
    int64_t missed = variate_poisson(r, variate_gamma(r, y[history]) * share / (1.0 - share));
    for (; missed > 0; missed--) {
        uint32_t list = any_list(history, r);
        uint32_t rest = history & ~list;

        if (y[list] == 0 || y[rest] == 0)
            continue;
        y[list]--;
        y[rest]--;
        y[history]++;
    }
}

void linkage_sweep_undo(const uint32_t *y, size_t lists, struct linkage_rates rates, struct rng *r,
                        uint32_t *out)
{
    uint32_t cells = UINT32_C(1) << lists;

    memcpy(out, y, cells * sizeof *y);
    for (int size = 2; size <= (int)lists; size++)
        for (uint32_t h = 1; h < cells; h++)
            if (__builtin_popcount(h) == size)
                take_apart(out, h, rates.untrue, r);
    for (int size = (int)lists; size >= 2; size--)
        for (uint32_t h = 1; h < cells; h++)
            if (__builtin_popcount(h) == size)
                join(out, h, rates.missed, r);
}

static enum status run_step(const struct counts *counts, const struct estimate_options *options, size_t step,
                            struct linkage_step *out, struct err *e)
{
    struct arena *a = arena_open();
    size_t cells = (size_t)1 << counts->lists;
    struct counts *table = arena_new(a, LINKAGE_SWEEP_TABLES, struct counts);
    struct estimate *x = arena_new(a, 1, struct estimate);
    size_t n = step == 0 ? 1 : LINKAGE_SWEEP_TABLES;

    for (size_t i = 0; i < n; i++) {
        struct rng r = rng_open(options->seed, step * LINKAGE_SWEEP_TABLES + i);
        uint32_t *y = arena_new(a, cells, uint32_t);

        linkage_sweep_undo(counts->y, counts->lists, out->rates, &r, y);
        counts_of_people(&table[i], counts, y, a);
    }
    enum status s = pooled_estimate(table, n, options, a, x, e);
    if (s == OK) {
        out->status = x->status;
        out->nhat = x->nhat;
        out->ci95[0] = x->ci95[0];
        out->ci95[1] = x->ci95[1];
    }
    arena_close(a);
    return s;
}

enum status linkage_sweep_run(const struct counts *counts, struct linkage_rates rates,
                              const struct estimate_options *options, struct arena *a,
                              struct linkage_sweep *out, struct err *e)
{
    struct estimate_options quick = *options;
    struct linkage_sweep *sweep = arena_new(a, 1, struct linkage_sweep);

    quick.replicates = 0;
    for (size_t i = 0; i < LINKAGE_SWEEP_STEPS; i++) {
        double share = (double)i / (LINKAGE_SWEEP_STEPS - 1);

        if (progress_should_stop(options->progress))
            return err_set(e, SYSTEM, "stopped after a signal; nothing was written");
        sweep->step[i].rates = (struct linkage_rates){share * rates.missed, share * rates.untrue};
        TRY(run_step(counts, &quick, i, &sweep->step[i], e));
    }
    *out = *sweep;
    return OK;
}
