/* Sample coverage. */
#include "estimate/coverage.h"

#include "base/arena.h"
#include "estimate/bootstrap.h"
#include "estimate/describe.h"
#include "estimate/estimate.h"
#include "estimate/model.h"
#include "estimate/note.h"
#include "estimate/replicate.h"

#include <math.h>

static const double least_share = 0.55;

/* Which of the figures is told. */
enum kind { FIGURE, BOUND };

static void *open_replicates(const struct bootstrap *b, struct arena *a);
static void estimate_replicates(void *memory, const uint32_t *y, size_t tables, double *nhat);
static void close_replicates(void *memory);

static const struct bootstrap_estimator estimator = {
    .open = open_replicates, .estimate = estimate_replicates, .close = close_replicates};

/* People on both of two lists, or on one: on[i][i]. */
struct sums {
    double people, lists;
    double on[MODEL_MAX_LISTS][MODEL_MAX_LISTS];
};

static struct sums sums_of(const double *y, size_t lists)
{
    struct sums s = {0};

    for (size_t c = 1; c >> lists == 0; c++) {
        s.people += y[c];
        for (size_t i = 0; i < lists; i++)
            for (size_t j = i; j < lists; j++)
                if ((c >> i & 1U) && (c >> j & 1U))
                    s.on[i][j] += y[c];
    }
    for (size_t i = 0; i < lists; i++)
        s.lists += s.on[i][i] > 0.0;
    return s;
}

/* A and B of the header. */
static void add_pairs(const double *y, size_t lists, const struct sums *s, double *a, double *b)
{
    for (size_t i = 0; i < lists; i++)
        for (size_t j = i + 1; j < lists; j++) {
            size_t first = (size_t)1 << i;
            size_t second = (size_t)1 << j;
            double only = (y[first] + y[second] + 2.0 * y[first | second]) / s->lists;

            if (!(s->on[i][i] > 0.0 && s->on[j][j] > 0.0))
                continue;
            *a += only;
            *b += only * s->on[i][j] / (s->on[i][i] * s->on[j][j]);
        }
}

struct coverage coverage_of(const double *y, size_t lists)
{
    struct sums s = sums_of(y, lists);
    double without = s.people; /* D */
    double share = 0.0;
    double a = 0.0;
    double b = 0.0;

    for (size_t i = 0; i < lists; i++) {
        double alone = y[(size_t)1 << i];

        if (!(s.on[i][i] > 0.0))
            continue;
        without -= alone / s.lists;
        share += (s.on[i][i] - alone) / s.on[i][i] / s.lists;
    }
    if (!(share > 0.0))
        return (struct coverage){.independent = INFINITY, .one_step = INFINITY, .figure = INFINITY};
    add_pairs(y, lists, &s, &a, &b);
    double independent = without / share;
    double first = (without - a + independent * b) / share;
    return (struct coverage){.share = share,
                             .independent = independent,
                             .one_step = (without - a + first * b) / share,
                             .figure = share > b ? (without - a) / (share - b) : (double)INFINITY};
}

static double people_by(enum kind kind, const double *y, size_t lists)
{
    struct coverage c = coverage_of(y, lists);

    return kind == FIGURE ? c.figure : c.one_step;
}

/* Of the logarithm of the unseen, the counts being independent Poisson counts: derivatives by differences. */
static double standard_error(enum kind kind, const struct counts *counts, double *y)
{
    static const double step = 1e-4;
    double seen = (double)counts->n;
    double unseen = people_by(kind, y, counts->lists) - seen;
    double variance = 0.0;

    for (size_t c = 1; c >> counts->lists == 0; c++) {
        double people = counts->y[c];

        if (!(people > 0.0))
            continue;
        y[c] = people * (1.0 + step);
        double above = people_by(kind, y, counts->lists) - people * step;
        y[c] = people * (1.0 - step);
        double below = people_by(kind, y, counts->lists) + people * step;
        y[c] = people;
        double slope = (above - below) / (2.0 * step * people * unseen);
        variance += people * slope * slope;
    }
    return sqrt(variance);
}

static void warn(struct estimate *out, const struct coverage *c, struct arena *a)
{
    if (c->share < least_share)
        note_warn(out, (struct estimate_note){.kind = ESTIMATE_LOW_COVERAGE, .value = c->share}, a);
    else
        note_warn(out, (struct estimate_note){.kind = ESTIMATE_LOWER_BOUND}, a);
}

enum status coverage(const struct method_call *call, struct estimate *out, struct err *e)
{
    const struct counts *counts = call->counts;
    const struct estimate_options *options = call->options;
    size_t cells = (size_t)1 << counts->lists;
    double *y = arena_new(call->a, cells, double);
    double seen = (double)counts->n;

    for (size_t c = 1; c < cells; c++)
        y[c] = counts->y[c];
    struct coverage found = coverage_of(y, counts->lists);
    enum kind kind = found.share >= least_share && isfinite(found.figure) ? FIGURE : BOUND;
    out->threshold = NAN;
    out->nhat = kind == FIGURE ? found.figure : found.one_step;
    if (!(out->nhat > seen)) {
        describe_refusal(out, (struct estimate_note){.kind = ESTIMATE_BELOW_SEEN}, call->a);
        return OK;
    }
    describe_wald(out, seen, out->nhat - seen, standard_error(kind, counts, y));
    out->is_bound = kind == BOUND;
    if (out->is_bound)
        warn(out, &found, call->a);
    if (options->replicates == 0 || options->interval == ESTIMATE_WALD)
        return OK;
    y[0] = out->nhat - seen;
    struct bootstrap b = {.lists = counts->lists,
                          .y = counts->y,
                          .mean = y,
                          .estimator = &estimator,
                          .with = &kind,
                          .most = ESTIMATE_MAX_REPLICATES,
                          .seed = options->seed,
                          .threads = options->threads,
                          .share = options->share,
                          .progress = options->progress};
    return replicate_interval(&b, options->replicates, call->a, out, e);
}

struct replicates {
    enum kind kind;
    size_t lists;
};

static void *open_replicates(const struct bootstrap *b, struct arena *a)
{
    struct replicates *r = arena_new(a, 1, struct replicates);

    *r = (struct replicates){.kind = *(const enum kind *)b->with, .lists = b->lists};
    return r;
}

static void estimate_replicates(void *memory, const uint32_t *y, size_t tables, double *nhat)
{
    const struct replicates *r = memory;
    double drawn[MODEL_MAX_CELLS] = {0.0};

    for (size_t i = 0; i < tables; i++) {
        for (size_t c = 1; c >> r->lists == 0; c++)
            drawn[c] = y[(i << r->lists) + c];
        nhat[i] = people_by(r->kind, drawn, r->lists);
    }
}

static void close_replicates(void *memory)
{
    (void)memory; /* all of it is in the arena */
}
