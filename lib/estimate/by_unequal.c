/* The method "unequal". */
#include "estimate/by_unequal.h"

#include "base/arena.h"
#include "base/text.h"
#include "estimate/describe.h"
#include "estimate/estimate.h"
#include "estimate/note.h"
#include "estimate/profile.h"
#include "estimate/stepwise.h"
#include "estimate/unequal.h"

#include <math.h>
#include <string.h>

enum { MOST_MODELS = 2 * UNEQUAL_SHAPES, MANY_STEPS = 400 };

static const double close_criterion = 6.0; /* in BIC or AIC: still supported by the data */

/* A model that has a figure and limits. */
struct told {
    enum unequal_shape shape;
    uint16_t pair[MODEL_MAX_PAIRS]; /* in order of entry */
    size_t pairs;
    double unseen, deviance, aic, bic;
    int64_t df;
    double ci95[2], ci80[2];
};

struct search {
    const struct method_call *call;
    struct loglinear_table table;
    const struct loglinear *independence;
    struct unequal *fit, *trial;
    struct told now; /* the shape and the pairs in `fit` */
    struct told told[MOST_MODELS];
    size_t n;
    int64_t models_tried;
};

static void try_shape(struct search *s, enum unequal_shape shape);
static bool add_pair(struct search *s);
static void tell(struct search *s);
static const struct told *best_of(const struct search *s);
static void describe(const struct search *s, const struct told *best, struct estimate *out);
static void list_others(const struct search *s, const struct told *best, struct estimate *out);

static void open_search(struct search *s, const struct method_call *call)
{
    size_t lists = call->counts->lists;
    struct loglinear *independence = loglinear_open(call->a, lists, 1 + lists);

    *s = (struct search){.call = call, .independence = independence};
    s->table = (struct loglinear_table){.lists = lists, .cells = (size_t)1 << lists, .y = call->counts->y};
    s->table.margin = arena_new(call->a, s->table.cells, double);
    loglinear_margins(&s->table);
    loglinear_independence(independence, &s->table);
    s->fit = unequal_open(call->a, lists);
    s->trial = unequal_open(call->a, lists);
}

enum status by_unequal(const struct method_call *call, struct estimate *out, struct err *e)
{
    struct search *s = arena_new(call->a, 1, struct search);

    (void)e;
    open_search(s, call);
    for (enum unequal_shape shape = 0; shape < UNEQUAL_SHAPES; shape++)
        try_shape(s, shape);
    out->models_tried = s->models_tried;
    if (s->n == 0) {
        describe_refusal(out, (struct estimate_note){.kind = ESTIMATE_IS_UNIDENTIFIED}, call->a);
        return OK;
    }
    describe(s, best_of(s), out);
    list_others(s, best_of(s), out);
    return OK;
}

/* Alone, and with the pairs that then stand out. */
static void try_shape(struct search *s, enum unequal_shape shape)
{
    unequal_set(s->fit, shape, s->independence);
    s->now = (struct told){.shape = shape};
    s->models_tried++;
    if (!unequal_fit(s->fit, &s->table))
        return;
    tell(s);
    while (add_pair(s))
        ;
    if (s->now.pairs > 0)
        tell(s);
}

static bool is_in(const struct told *x, size_t pair)
{
    for (size_t i = 0; i < x->pairs; i++)
        if (x->pair[i] == pair)
            return true;
    return false;
}

/* Fits the model with `pair` added in s->trial. */
static bool try_pair(struct search *s, size_t pair)
{
    unequal_copy(s->trial, s->fit);
    unequal_add(s->trial, &s->table, pair);
    s->models_tried++;
    return unequal_fit(s->trial, &s->table);
}

/* The pair whose overlap the fit explains worst, among those not in the model and not `failed`; 0 when none
 * is below the threshold. Ties go to the first. */
static size_t worst_pair(const struct search *s, const struct mask_set *failed)
{
    double least = s->call->options->threshold;
    size_t worst = 0;
    int sign = 0;

    for (size_t k = 0; k < model_pairs(s->table.lists); k++) {
        size_t pair = model_pair(s->table.lists, k);
        double seen = s->table.margin[pair];

        if (is_in(&s->now, pair) || mask_set_has(failed, pair))
            continue;
        double p = stepwise_tail(seen, s->fit->margin[pair], lgamma_r(seen + 1.0, &sign));
        if (p < least) {
            least = p;
            worst = pair;
        }
    }
    return worst;
}

/* False when no pair below the threshold can be added. */
static bool add_pair(struct search *s)
{
    struct mask_set failed = {0};
    size_t pair = worst_pair(s, &failed);

    while (pair != 0 && !try_pair(s, pair)) {
        mask_set_add(&failed, pair);
        pair = worst_pair(s, &failed);
    }
    if (pair == 0)
        return false;
    struct unequal *before = s->fit;
    s->fit = s->trial;
    s->trial = before;
    s->now.pair[s->now.pairs++] = (uint16_t)pair;
    return true;
}

/* Deviance and criteria, with the strength for a parameter also where it is 0, and pairs on which nobody is.
 */
static void criticise(const struct search *s, struct told *x)
{
    const struct unequal *u = s->fit;
    double parameters = (double)(1 + s->table.lists + x->pairs + 1);
    double log_likelihood = u->log_likelihood;
    int sign = 0;

    x->df = -(int64_t)(u->k + 1);
    for (size_t c = 1; c < u->cells; c++) {
        double y = s->table.y[c];

        if (mask_set_has(&u->removed, c))
            continue;
        x->df++;
        log_likelihood -= lgamma_r(y + 1.0, &sign);
        x->deviance += 2.0 * (u->mu[c] - y + (y > 0.0 ? y * log(y / u->mu[c]) : 0.0));
    }
    x->aic = -2.0 * log_likelihood + 2.0 * parameters;
    x->bic = -2.0 * log_likelihood + parameters * log(s->table.margin[0]);
}

static bool fit_whole(void *with, const struct loglinear_table *table, double *log_likelihood)
{
    struct unequal *u = with;
    bool is_settled = unequal_fit(u, table);

    *log_likelihood = u->log_likelihood;
    return is_settled;
}

/* Keeps the model in s->fit, with its limits. */
static void tell(struct search *s)
{
    struct told x = s->now;
    double people = s->table.margin[0];
    struct profile_model model = {.fit = fit_whole, .with = s->trial};

    x.unseen = unequal_dark_figure(s->fit);
    criticise(s, &x);
    unequal_copy(s->trial, s->fit);
    if (profile_limits_of(&model, &s->table, people + x.unseen, describe_limits[0], s->call->a, x.ci95) &&
        profile_limits_of(&model, &s->table, people + x.unseen, describe_limits[2], s->call->a, x.ci80))
        s->told[s->n++] = x;
}

static const struct told *best_of(const struct search *s)
{
    const struct told *best = &s->told[0];

    for (size_t i = 1; i < s->n; i++)
        if (s->told[i].bic < best->bic)
            best = &s->told[i];
    return best;
}

static struct model model_of(const struct search *s, const struct told *x)
{
    struct model m = model_independence(s->table.lists);

    for (size_t i = 0; i < x->pairs; i++)
        model_add(&m, x->pair[i]);
    return m;
}

static void describe(const struct search *s, const struct told *best, struct estimate *out)
{
    struct model model = model_of(s, best);

    describe_model(out, s->call->counts, &model, best->pair, best->pairs, s->table.margin, s->call->a);
    out->model.name = arena_printf(s->call->a, "%s + %s", out->model.name, unequal_shape_name(best->shape));
    out->model.deviance = best->deviance;
    out->model.df = best->df;
    out->model.aic = best->aic;
    out->model.bic = best->bic;
    out->nhat = s->table.margin[0] + best->unseen;
    memcpy(out->ci95, best->ci95, sizeof out->ci95);
    memcpy(out->ci80, best->ci80, sizeof out->ci80);
    memcpy(out->range, best->ci95, sizeof out->range);
    out->interval = ESTIMATE_PROFILE;
    out->status = ESTIMATE_RANGE;
}

static struct estimate_alternative alternative_of(const struct search *s, const struct told *x)
{
    struct text name = text_open(s->call->a);
    struct model model = model_of(s, x);

    model_put_name(&name, &model);
    text_format(&name, " + %s", unequal_shape_name(x->shape));
    return (struct estimate_alternative){.threshold = NAN,
                                         .model = text_str(&name).p,
                                         .setting = unequal_shape_about(x->shape),
                                         .nhat = s->table.margin[0] + x->unseen,
                                         .ci95 = {x->ci95[0], x->ci95[1]},
                                         .status = dark_figure_name(DARK_FIGURE_FINITE),
                                         .aic = x->aic,
                                         .bic = x->bic};
}

/* The others, and the range widened over those that are defensible. */
static void list_others(const struct search *s, const struct told *best, struct estimate *out)
{
    double aic = best->aic;
    size_t defensible = 1;

    for (size_t i = 0; i < s->n; i++)
        aic = fmin(aic, s->told[i].aic);
    for (size_t i = 0; i < s->n; i++) {
        const struct told *x = &s->told[i];

        if (x == best)
            continue;
        struct estimate_alternative other = alternative_of(s, x);
        other.is_defensible = x->bic <= best->bic + close_criterion || x->aic <= aic + close_criterion;
        out->alternative[out->alternatives++] = other;
        if (!other.is_defensible)
            continue;
        defensible++;
        out->range[0] = fmin(out->range[0], x->ci95[0]);
        out->range[1] = fmax(out->range[1], x->ci95[1]);
    }
    out->reason = note_of((struct estimate_note){.kind = ESTIMATE_SHAPE_UNSEEN, .value = (double)defensible},
                          s->call->a);
}
