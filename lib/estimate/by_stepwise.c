/* The method "stepwise". */
#include "estimate/by_stepwise.h"

#include "base/arena.h"
#include "estimate/alternative.h"
#include "estimate/bootstrap.h"
#include "estimate/describe.h"
#include "estimate/diagnostics.h"
#include "estimate/replicate.h"

#include <math.h>
#include <string.h>

struct replicates {
    struct stepwise *s;
    double threshold;
};

static void *open_replicates(const struct bootstrap *b, struct arena *a);
static void estimate_replicates(void *memory, const uint32_t *y, size_t tables, double *nhat);
static void close_replicates(void *memory);
static enum status choose(const struct method_call *call, struct stepwise *s, struct estimate *out,
                          struct err *e);
static enum status find_limits(const struct method_call *call, const struct stepwise *s, struct estimate *out,
                               struct err *e);
static const double *means_of(const struct stepwise *s, struct arena *a);
static enum status replicate(const struct method_call *call, const double *mean, struct estimate *out,
                             struct err *e);

const struct bootstrap_estimator by_stepwise_estimator = {
    .open = open_replicates, .estimate = estimate_replicates, .close = close_replicates};

enum status by_stepwise(const struct method_call *call, struct estimate *out, struct err *e)
{
    struct stepwise *s = stepwise_open(call->a, call->counts->lists);
    enum status status = choose(call, s, out, e);

    stepwise_close(s);
    return status;
}

static enum status choose(const struct method_call *call, struct stepwise *s, struct estimate *out,
                          struct err *e)
{
    const struct estimate_options *options = call->options;

    stepwise_set_counts(s, call->counts->y);
    stepwise_choose(s, options->threshold);
    out->models_tried += s->models_tried;
    if (s->dark_figure != DARK_FIGURE_FINITE) {
        describe_refusal(out, (struct estimate_note){.kind = estimate_kind_of(s->dark_figure)}, call->a);
        return OK;
    }
    by_stepwise_describe(call, s, out);
    out->nhat = s->nhat;
    describe_wald(out, (double)call->counts->n, loglinear_dark_figure(s->fit),
                  loglinear_standard_error(s->fit, 0));
    TRY(find_limits(call, s, out, e));
    if (options->without_alternatives)
        return OK;
    alternative_list(call, s, out);
    diagnostics_warn_of_lists(call->counts, options, call->a, out);
    return OK;
}

/* The limits asked for, in place of Wald's. */
static enum status find_limits(const struct method_call *call, const struct stepwise *s, struct estimate *out,
                               struct err *e)
{
    const struct estimate_options *options = call->options;
    bool is_parametric = options->interval == ESTIMATE_PARAMETRIC;

    if (options->interval == ESTIMATE_PROFILE)
        describe_profile(out, &s->table, s->fit, call->a);
    if ((options->interval != ESTIMATE_NO_INTERVAL && !is_parametric) || options->replicates == 0)
        return OK;
    return replicate(call, is_parametric ? means_of(s, call->a) : NULL, out, e);
}

/* What the chosen model expects of each history, the unseen first. */
static const double *means_of(const struct stepwise *s, struct arena *a)
{
    double *mean = arena_new(a, s->fit->cells, double);

    memcpy(mean, s->fit->mu, s->fit->cells * sizeof *mean);
    mean[0] = loglinear_dark_figure(s->fit);
    return mean;
}

static enum status replicate(const struct method_call *call, const double *mean, struct estimate *out,
                             struct err *e)
{
    const struct estimate_options *options = call->options;
    struct bootstrap b = {.lists = call->counts->lists,
                          .y = call->counts->y,
                          .mean = mean,
                          .estimator = &by_stepwise_estimator,
                          .with = &options->threshold,
                          .most = ESTIMATE_MAX_REPLICATES,
                          .seed = options->seed,
                          .threads = options->threads,
                          .share = options->share,
                          .progress = options->progress};
    return replicate_interval(&b, options->replicates, call->a, out, e);
}

void by_stepwise_describe(const struct method_call *call, const struct stepwise *s, struct estimate *out)
{
    struct stepwise_criteria criteria = stepwise_criteria(s);
    struct model model = stepwise_model(s);

    describe_model(out, call->counts, &model, s->pair, s->pairs, s->table.margin, call->a);
    out->model.deviance = criteria.deviance;
    out->model.df = criteria.df;
    out->model.aic = criteria.aic;
    out->model.bic = criteria.bic;
}

static void *open_replicates(const struct bootstrap *b, struct arena *a)
{
    struct replicates *r = arena_new(a, 1, struct replicates);

    r->s = stepwise_open(a, b->lists);
    r->threshold = *(const double *)b->with;
    return r;
}

static void estimate_replicates(void *memory, const uint32_t *y, size_t tables, double *nhat)
{
    const struct replicates *r = memory;

    for (size_t i = 0; i < tables; i++) {
        stepwise_set_counts(r->s, y + i * r->s->table.cells);
        stepwise_choose(r->s, r->threshold);
        nhat[i] = r->s->dark_figure == DARK_FIGURE_UNIDENTIFIED ? (double)NAN : r->s->nhat;
    }
}

static void close_replicates(void *memory)
{
    const struct replicates *r = memory;

    stepwise_close(r->s);
}
