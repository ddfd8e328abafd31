/* A lower bound. */
#include "estimate/chao.h"

#include "base/arena.h"
#include "estimate/describe.h"
#include "estimate/estimate.h"
#include "estimate/model.h"
#include "estimate/note.h"
#include "estimate/replicate.h"

#include <math.h>

static void *open_replicates(const struct bootstrap *b, struct arena *a);
static void estimate_replicates(void *memory, const uint32_t *y, size_t tables, double *nhat);
static void close_replicates(void *memory);

const struct bootstrap_estimator chao_estimator = {
    .open = open_replicates, .estimate = estimate_replicates, .close = close_replicates};

/* What the bound is made of. */
struct parts {
    double people, on_two;
    double alone;    /* on one list: the sum of f_i */
    double products; /* of f_i f_j */
};

static struct parts parts_of(const uint32_t *y, size_t lists)
{
    struct parts x = {0};

    for (size_t c = 1; c >> lists == 0; c++) {
        x.people += y[c];
        if (__builtin_popcountll(c) == 2)
            x.on_two += y[c];
    }
    for (size_t list = 0; list < lists; list++) {
        double f = y[(size_t)1 << list];

        x.products += x.alone * f;
        x.alone += f;
    }
    return x;
}

double chao_bound(const uint32_t *y, size_t lists)
{
    struct parts x = parts_of(y, lists);

    return x.people + x.products / (x.on_two + 1.0);
}

/* Of the logarithm of the unseen, when the f are independent Poisson counts: by their derivatives. */
static double standard_error(const uint32_t *y, size_t lists)
{
    struct parts x = parts_of(y, lists);
    double variance = 1.0 / (x.on_two + 1.0);

    for (size_t list = 0; list < lists && x.products > 0.0; list++) {
        double f = y[(size_t)1 << list];

        variance += f * (x.alone - f) * (x.alone - f) / (x.products * x.products);
    }
    return sqrt(variance);
}

enum status chao(const struct method_call *call, struct estimate *out, struct err *e)
{
    const struct counts *counts = call->counts;
    const struct estimate_options *options = call->options;
    struct bootstrap b = {.lists = counts->lists,
                          .y = counts->y,
                          .estimator = &chao_estimator,
                          .most = ESTIMATE_MAX_REPLICATES,
                          .seed = options->seed,
                          .threads = options->threads,
                          .share = options->share,
                          .progress = options->progress};

    out->threshold = NAN;
    out->nhat = chao_bound(counts->y, counts->lists);
    double people = (double)counts->n;
    describe_wald(out, people, out->nhat - people, standard_error(counts->y, counts->lists));
    out->is_bound = true;
    note_warn(out, (struct estimate_note){.kind = ESTIMATE_LOWER_BOUND}, call->a);
    if (options->replicates == 0 || options->interval == ESTIMATE_WALD)
        return OK;
    return replicate_interval(&b, options->replicates, call->a, out, e);
}

static void *open_replicates(const struct bootstrap *b, struct arena *a)
{
    size_t *lists = arena_new(a, 1, size_t);

    *lists = b->lists;
    return lists;
}

static void estimate_replicates(void *memory, const uint32_t *y, size_t tables, double *nhat)
{
    size_t lists = *(const size_t *)memory;

    for (size_t i = 0; i < tables; i++)
        nhat[i] = chao_bound(y + (i << lists), lists);
}

static void close_replicates(void *memory)
{
    (void)memory; /* all of it is in the arena */
}
