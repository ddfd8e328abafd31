/* The bootstrap's interval. */
#include "estimate/replicate.h"

#include "base/arena.h"
#include "estimate/bootstrap.h"
#include "estimate/describe.h"
#include "estimate/interval.h"
#include "estimate/note.h"

#include <math.h>
#include <stdlib.h>

enum { FIRST_REPLICATES = 1000 };

static const double most_without =
    0.05; /* share of replicates without an estimate that is still told as one */

static bool settle(struct estimate *out, enum estimate_interval kind, double *nhat, size_t total,
                   double acceleration);
static void warn(struct estimate *out, double acceleration, struct arena *a);

enum status replicate_interval(const struct bootstrap *b, int64_t replicates, struct arena *a,
                               struct estimate *out, struct err *e)
{
    bool is_auto = replicates == ESTIMATE_REPLICATES_AUTO;
    size_t total = is_auto ? FIRST_REPLICATES : (size_t)replicates;
    size_t done = 0;
    double *nhat = NULL;
    size_t room = 0;
    enum estimate_interval kind = b->mean ? ESTIMATE_PARAMETRIC : ESTIMATE_BCA;
    double acceleration = b->mean ? 0.0 : bootstrap_acceleration(b, a);

    for (;; total *= 10) {
        nhat = arena_grow(a, nhat, total, &room, sizeof *nhat);
        if (!bootstrap_run(b, done, total, nhat))
            return err_set(e, SYSTEM, "stopped after a signal; nothing was written");
        TRY(bootstrap_gather(b, done, total, nhat, e));
        done = total;
        if (settle(out, kind, nhat, total, acceleration) || !is_auto || (int64_t)total >= b->most)
            break;
    }
    if (!out->is_resolved)
        warn(out, acceleration, a);
    return OK;
}

/* NaN, no estimate, after infinity. */
static int compare_figures(const void *left, const void *right)
{
    const double a = *(const double *)left;
    const double b = *(const double *)right;

    if (isnan(a) || isnan(b))
        return isnan(a) - isnan(b);
    return (a > b) - (a < b);
}

static void set_limits(struct estimate *out, enum estimate_interval kind, const double *nhat,
                       const struct interval_bca *b)
{
    double *ends[DESCRIBE_LIMITS];

    describe_ends(out, ends);
    for (size_t i = 0; i < DESCRIBE_LIMITS; i++)
        *ends[i] = interval_quantile(nhat, b->replicates, interval_bca_level(b, describe_limits[i]));
    out->interval = kind;
    out->draws = b->replicates;
    out->draw = nhat;
}

/* The interval of `total` sorted replicates; false when more of them could give one that these do not. */
static bool settle(struct estimate *out, enum estimate_interval kind, double *nhat, size_t total,
                   double acceleration)
{
    size_t n = total;

    qsort(nhat, total, sizeof *nhat, compare_figures);
    while (n > 0 && isnan(nhat[n - 1]))
        n--;
    out->replicates = (int64_t)total;
    out->without_estimate = (int64_t)(total - n);
    if ((double)(total - n) > most_without * (double)total || isnan(acceleration))
        return true;
    struct interval_bca b = interval_bca(nhat, n, out->nhat, acceleration);
    out->bias = b.bias;
    out->acceleration = acceleration;
    out->is_resolved =
        interval_bca_is_resolved(&b, describe_limits[0]) && interval_bca_is_resolved(&b, describe_limits[1]);
    if (out->is_resolved)
        set_limits(out, kind, nhat, &b);
    return out->is_resolved;
}

static void warn(struct estimate *out, double acceleration, struct arena *a)
{
    double total = (double)out->replicates;
    double share = (double)out->without_estimate / total;
    struct estimate_note note = {.kind = ESTIMATE_UNRESOLVED, .value = total};

    if (share > most_without)
        note = (struct estimate_note){.kind = ESTIMATE_REPLICATES_FAILED, .value = share};
    else if (isnan(acceleration) || isinf(out->bias))
        note = (struct estimate_note){.kind = ESTIMATE_ONE_SIDED};
    note_warn(out, note, a);
}
