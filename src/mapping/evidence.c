/* What a mapping's figure rests on, and what would change it. */
#include "mapping/evidence.h"

#include "base/arena.h"
#include "estimate/by_bic.h"
#include "estimate/chao.h"
#include "estimate/classes.h"
#include "estimate/counts_parts.h"
#include "estimate/coverage.h"
#include "estimate/gate.h"
#include "estimate/method.h"
#include "mapping/limits.h"

#include <math.h>

enum { MOST_REPLICATES = 1000 };

/* A look into the counts. */
struct looking {
    const struct counts *counts; /* the middle linkage */
    const struct estimate *headline;
    const struct estimate_options *options;
    const struct evidence_wanted *wanted;
};

static enum status look_at_methods(const struct looking *x, struct mapping_evidence *out, struct err *e);
static enum status look_at_lists(const struct looking *x, struct arena *a, struct mapping_evidence *out,
                                 struct err *e);

static int64_t replicates(const struct estimate_options *options)
{
    bool is_few = options->replicates >= 0 && options->replicates < MOST_REPLICATES;

    return is_few ? options->replicates : MOST_REPLICATES;
}

enum status mapping_evidence_make(const struct counts_linkages *linkages, const struct estimate *headline,
                                  const struct estimate_options *options,
                                  const struct evidence_wanted *wanted, struct arena *a,
                                  struct mapping_evidence *out, struct err *e)
{
    struct mapping_evidence *made = arena_new(a, 1, struct mapping_evidence);
    const struct looking x = {counts_middle(linkages, a), headline, options, wanted};
    struct estimate_options of_parts = *options;

    made->range[0] = made->range[1] = NAN;
    of_parts.method = NULL;
    of_parts.replicates = replicates(options);
    if (wanted->methods)
        TRY(look_at_methods(&x, made, e));
    if (wanted->changes)
        TRY(look_at_lists(&x, a, made, e));
    for (size_t d = 0; wanted->changes && d < x.counts->strata; d++)
        TRY(strata_estimate(linkages, x.counts->stratum[d].name, &of_parts, a, &made->part[made->parts++],
                            e));
    *out = *made;
    return OK;
}

/* Bounds are told after those that are part of the range; Chapman's is for tables that no other takes. */
static bool is_looked_at(const struct looking *x, const struct method *m)
{
    bool is_allowed = x->headline->lists >= m->least_lists && x->headline->lists <= m->most_lists;
    bool is_slow = m->run == classes;
    bool is_all = str_is(str_of(m->name), "all");
    bool is_beside = m->run == coverage; /* for who runs `lykta estimate`; no release tells it */

    return is_allowed && !is_all && !is_beside && (!is_slow || x->wanted->slow);
}

static struct evidence_method row_of(const struct method *m, const struct estimate *x)
{
    const double *limit = x->status == ESTIMATE_RANGE ? x->range : x->ci95;

    return (struct evidence_method){.method = m,
                                    .status = x->status,
                                    .reason = x->reason.kind,
                                    .limit = {limit[0], limit[1]},
                                    .nhat = x->nhat,
                                    .is_bound = m->run == chao};
}

static bool is_in_range(const struct evidence_method *m)
{
    return m->status != ESTIMATE_REFUSED && !m->is_bound && !isnan(m->limit[0]);
}

static void widen(struct mapping_evidence *out, size_t i)
{
    const struct evidence_method *m = &out->method[i];

    if (!is_in_range(m))
        return;
    if (!(out->range[0] <= m->limit[0])) {
        out->range[0] = m->limit[0];
        out->lowest = i;
    }
    if (!(out->range[1] >= m->limit[1])) {
        out->range[1] = m->limit[1];
        out->highest = i;
    }
}

/* The method that the mapping used is not run again. */
static enum status look_at_methods(const struct looking *x, struct mapping_evidence *out, struct err *e)
{
    struct estimate_options options = *x->options;
    struct arena *room = arena_open();
    enum status s = OK;

    for (const struct method *m = methods; s == OK && m->name && out->methods < ESTIMATE_MAX_METHODS; m++) {
        struct estimate *one = arena_new(room, 1, struct estimate);

        if (!is_looked_at(x, m))
            continue;
        options.method = m;
        options.replicates = m->run == by_bic ? 0 : replicates(x->options);
        bool is_headline = str_is(str_of(m->name), x->headline->method);
        if (is_headline)
            *one = *x->headline;
        else
            s = estimate(x->counts, &options, room, one, e);
        if (s == OK) {
            struct evidence_method *row = &out->method[out->methods];

            *row = row_of(m, one);
            if (!is_headline)
                limits_move_out(row->limit, row->nhat, (double)one->n, x->wanted->error,
                                1.0 - x->wanted->doubt);
            widen(out, out->methods++);
        }
        arena_reset(room);
    }
    arena_close(room);
    return s;
}

/* What a list moves is held against the limits of the same table. */
static enum status look_at_lists(const struct looking *x, struct arena *a, struct mapping_evidence *out,
                                 struct err *e)
{
    struct estimate *chosen = arena_new(a, 1, struct estimate);
    struct estimate_options options = *x->options;
    struct counts clean;

    options.method = NULL;
    options.replicates = replicates(x->options);
    *chosen = *x->headline;
    if (chosen->linkages > 1)
        TRY(estimate(x->counts, &options, a, chosen, e));
    if (chosen->status == ESTIMATE_REFUSED || chosen->lists < 3)
        return OK;
    gate_clean(&clean, x->counts, a, arena_new(a, 1, struct estimate));
    TRY(diagnostics_make(&clean, chosen, &options, &out->diagnostics, e));
    out->lists = clean.lists;
    for (size_t i = 0; i < clean.lists; i++)
        out->list[i] = clean.list[i];
    out->has_diagnostics = true;
    return OK;
}
