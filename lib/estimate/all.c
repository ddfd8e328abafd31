/* The method "all". */
#include "estimate/all.h"

#include "base/arena.h"
#include "estimate/describe.h"
#include "estimate/diagnostics.h"
#include "estimate/estimate.h"
#include "estimate/note.h"

#include <math.h>

static struct estimate_of_method told(const struct method *m, const struct estimate *x);
static void widen(struct estimate *out, const struct estimate_of_method *x);
static void take_warnings_of_lists(struct estimate *out, const struct estimate *first);

/* Chapman's estimate is for tables that no other method takes. */
static bool is_run(const struct method *m, size_t lists)
{
    return m->run != all_methods && lists >= m->least_lists && lists <= m->most_lists;
}

enum status all_methods(const struct method_call *call, struct estimate *out, struct err *e)
{
    struct estimate *first = arena_new(call->a, 1, struct estimate); /* of the first method, stepwise */
    struct estimate_options options = *call->options;

    out->range[0] = INFINITY;
    out->range[1] = -INFINITY;
    out->is_resolved = true;
    for (const struct method *m = methods; m->name; m++) {
        struct estimate *x = arena_new(call->a, 1, struct estimate);

        if (!is_run(m, call->counts->lists) || out->methods == ESTIMATE_MAX_METHODS)
            continue;
        options.method = m;
        TRY(estimate(call->counts, &options, call->a, x, e));
        if (out->methods == 0)
            first = x;
        out->of_method[out->methods++] = told(m, x);
        out->models_tried += x->models_tried;
        out->is_resolved = out->is_resolved && (x->replicates == 0 || x->is_resolved);
        widen(out, &out->of_method[out->methods - 1]);
    }
    if (!(out->range[0] <= out->range[1])) {
        out->range[0] = out->range[1] = NAN;
        describe_refusal(out, first->reason, call->a);
        return OK;
    }
    out->replicates = first->replicates;
    out->without_estimate = first->without_estimate;
    out->status = ESTIMATE_RANGE;
    out->reason = note_of(
        (struct estimate_note){.kind = ESTIMATE_ALL_METHODS, .value = (double)out->methods_with_figure},
        call->a);
    if (first->status == ESTIMATE_REFUSED)
        return OK;
    struct diagnostics *d = arena_new(call->a, 1, struct diagnostics);
    TRY(diagnostics_make(call->counts, first, call->options, d, e));
    out->diagnostics = d;
    take_warnings_of_lists(out, first);
    return OK;
}

static struct estimate_of_method told(const struct method *m, const struct estimate *x)
{
    struct estimate_of_method t = {.method = m,
                                   .status = x->status,
                                   .reason = x->reason.text,
                                   .nhat = x->nhat,
                                   .limit = {x->ci95[0], x->ci95[1]},
                                   .interval = x->interval,
                                   .model = x->model.name,
                                   .is_bound = x->is_bound};

    if (x->status == ESTIMATE_RANGE) {
        t.limit[0] = x->range[0];
        t.limit[1] = x->range[1];
    }
    return t;
}

static void widen(struct estimate *out, const struct estimate_of_method *x)
{
    if (x->status == ESTIMATE_REFUSED || x->is_bound)
        return;
    out->methods_with_figure++;
    out->range[0] = fmin(out->range[0], x->limit[0]);
    out->range[1] = fmax(out->range[1], x->limit[1]);
}

static void take_warnings_of_lists(struct estimate *out, const struct estimate *first)
{
    for (size_t i = 0; i < first->warnings && out->warnings < ESTIMATE_MAX_NOTES; i++)
        if (first->warning[i].kind == ESTIMATE_LIST_MOVES)
            out->warning[out->warnings++] = first->warning[i];
}
