/* The dark figure of a rounded table. */
#include "mapping/from_cube.h"

#include "base/arena.h"
#include "estimate/counts_parts.h"
#include "estimate/note.h"
#include "estimate/pooled.h"
#include "mapping/cube_draws.h"
#include "mapping/cube_people.h"
#include "mapping/limits.h"
#include "protect/cube.h"

#include <math.h>

/* Of each draw where replicates are added of themselves: limits are pooled as variances, of which a thousand
 * tell enough, and all draws together have twenty times as many. */
enum { REPLICATES = 1000 };

/* As elsewhere: an answer that is further off by this factor is another answer (decision 0120). */
static const double wide_factor = 2.0;

static const double most_of_linkage = 0.9;

/* The draws' answers: those with a figure, the middle draw's first; and the last without one. */
struct answers {
    struct counts middle;
    size_t n;
    struct estimate of[CUBE_DRAWS];
    struct estimate without;
};

static void put_first(struct answers *x, size_t i)
{
    struct estimate first = x->of[i];

    x->of[i] = x->of[0];
    x->of[0] = first;
}

static enum status ask_draws(const struct cube *cube, const struct counts *like,
                             const struct estimate_options *options, struct arena *a, struct answers *x,
                             struct err *e)
{
    const struct cube_rounding how = {cube->base, cube->shape.parts[cube_combination(cube, like->lists, 1)]};
    struct counts shown;
    struct counts draw[CUBE_DRAWS];
    struct counts_linkages answered = {0, arena_new(a, CUBE_DRAWS, struct counts)};
    struct estimate_options of_one = *options;

    if (options->replicates == ESTIMATE_REPLICATES_AUTO)
        of_one.replicates = REPLICATES;

    counts_from_cube(&shown, cube, like, a);
    cube_draws(&shown, &how, options->seed, CUBE_DRAWS, a, draw);
    x->n = 0;
    for (size_t i = 0; i < CUBE_DRAWS; i++) {
        TRY(estimate(&draw[i], &of_one, a, &x->of[x->n], e));
        if (x->of[x->n].status == ESTIMATE_REFUSED) {
            x->without = x->of[x->n];
        } else {
            answered.linkage[answered.n++] = draw[i];
            x->n++;
        }
    }
    if (x->n > 0) {
        const struct counts *middle = counts_middle(&answered, a);

        put_first(x, (size_t)(middle - answered.linkage));
        x->middle = *middle;
    }
    return OK;
}

/* Why only a range can be told; false when one figure can. */
static bool needs_range(const struct answers *x, const struct estimate *pooled, struct estimate_note *why)
{
    double factor = 1.0;
    size_t ranges = 0;

    if (estimate_is_of_few(pooled, why))
        return true;
    for (size_t i = 0; i < x->n; i++) {
        struct estimate_note few;

        factor = fmax(factor, exp(fabs(log(x->of[i].nhat / pooled->nhat))));
        if (x->of[i].status == ESTIMATE_RANGE && !estimate_is_of_few(&x->of[i], &few)) {
            *why = x->of[i].reason;
            ranges++;
        }
    }
    if (2 * ranges >= x->n)
        return true;
    *why = (struct estimate_note){.kind = ESTIMATE_MODELS_DISAGREE, .value = factor};
    return factor > wide_factor;
}

/* From the lowest to the highest end of all that the draws tell. */
static void take_range(const struct answers *x, struct estimate *out)
{
    out->range[0] = out->ci95[0];
    out->range[1] = out->ci95[1];
    for (size_t i = 0; i < x->n; i++) {
        const double *ends = x->of[i].status == ESTIMATE_RANGE ? x->of[i].range : x->of[i].ci95;

        out->range[0] = fmin(out->range[0], ends[0]);
        out->range[1] = fmax(out->range[1], ends[1]);
    }
}

/* The warning of too few replicates is for limits that are quantiles of them. */
static void drop_unresolved(struct estimate *x)
{
    size_t kept = 0;

    for (size_t i = 0; i < x->warnings; i++)
        if (x->warning[i].kind != ESTIMATE_UNRESOLVED)
            x->warning[kept++] = x->warning[i];
    x->warnings = kept;
}

static void pool(const struct answers *x, struct arena *a, struct estimate *out)
{
    struct estimate_note why;

    if (2 * x->n <= CUBE_DRAWS) {
        *out = x->without;
        return;
    }
    pool_estimates(x->of, x->n, a, out);
    out->status = ESTIMATE_POINT;
    out->reason = (struct estimate_note){0};
    out->range[0] = out->range[1] = NAN;
    out->is_resolved = out->replicates > 0;
    drop_unresolved(out);
    if (needs_range(x, out, &why)) {
        out->status = ESTIMATE_RANGE;
        out->reason = note_of(why, a);
        take_range(x, out);
    }
}

/* How far the draws lie apart: the standard error that the rounding adds to the log of the figure. */
static double error_of_rounding(const struct answers *x, const struct estimate *pooled)
{
    double squares = 0.0;

    for (size_t i = 0; i < x->n; i++)
        squares += pow(log(x->of[i].nhat / pooled->nhat), 2.0);
    return sqrt((1.0 + 1.0 / (double)x->n) * squares / (double)(x->n - 1));
}

/* Counts what is known as `known` of the variance of the figure and its limits. */
static void doubt_figure(struct estimate *x, double known)
{
    double people = (double)x->n;

    limits_move_out(x->ci95, x->nhat, people, 0.0, known);
    limits_move_out(x->ci80, x->nhat, people, 0.0, known);
    if (x->status == ESTIMATE_RANGE)
        limits_move_out(x->range, x->nhat, people, 0.0, known);
}

enum status cube_figures(const struct cube *cube, const struct counts *like,
                         const struct estimate_options *options, const struct evidence_wanted *wanted,
                         const struct linkage_doubt *doubt, struct arena *a, struct cube_figures *out,
                         struct err *e)
{
    struct evidence_wanted methods_alone = {.methods = wanted->methods, .slow = wanted->slow};
    struct cube_figures *made = arena_new(a, 1, struct cube_figures);
    struct answers *answers = arena_new(a, 1, struct answers);
    double known = 1.0 - fmin(ceil(10.0 * doubt->share) / 10.0, most_of_linkage);

    TRY(ask_draws(cube, like, options, a, answers, e));
    pool(answers, a, &made->estimate);
    made->estimate.linkages = doubt->linkages;
    made->evidence.range[0] = made->evidence.range[1] = NAN;
    if (made->estimate.status != ESTIMATE_REFUSED) {
        doubt_figure(&made->estimate, known);
        methods_alone.error = error_of_rounding(answers, &made->estimate);
        methods_alone.doubt = 1.0 - known;
        TRY(mapping_evidence_make(&(struct counts_linkages){1, &answers->middle}, &made->estimate, options,
                                  &methods_alone, a, &made->evidence, e));
    }
    *out = *made;
    return OK;
}
