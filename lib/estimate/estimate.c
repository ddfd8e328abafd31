/* The front of the estimators. */
#include "estimate/estimate.h"

#include "base/arena.h"
#include "base/progress.h"
#include "base/text.h"
#include "estimate/alternative.h"
#include "estimate/bootstrap.h"
#include "estimate/gate.h"
#include "estimate/interval.h"
#include "estimate/note.h"
#include "estimate/stepwise.h"

#include <math.h>
#include <stdlib.h>

enum { FIRST_REPLICATES = 1000, FEW_PEOPLE = 30, FEW_OVERLAPS = 10 };

static const double most_without =
    0.05;                              /* share of replicates without an estimate that is still told as one */
static const double wide_factor = 2.0; /* between figures that are told as one */
static const double limits[] = {0.025, 0.975, 0.1, 0.9};

struct work {
    const struct estimate_options *options;
    struct counts counts; /* cleaned */
    struct stepwise *chosen;
    struct arena *a;
    double unseen, standard_error; /* of log unseen */
    struct estimate *out;
};

static void describe(struct estimate *out, const struct counts *clean);
static void estimate_two_lists(struct work *w);
static enum status estimate_stepwise(struct work *w, struct err *e);
static void describe_model(struct work *w);
static enum status replicate(struct work *w, struct err *e);
static void set_wald(struct work *w);
static void decide(struct work *w);
static void refuse(struct work *w, enum estimate_note_kind kind);
static enum estimate_note_kind kind_of_class(enum dark_figure d);

struct estimate_options estimate_options_default(void)
{
    return (struct estimate_options){.threshold = 0.02, .replicates = ESTIMATE_REPLICATES_AUTO, .seed = 1};
}

enum status estimate(const struct counts *counts, const struct estimate_options *options, struct arena *a,
                     struct estimate *out, struct err *e)
{
    struct estimate result = {.n = counts->n,
                              .nhat = NAN,
                              .ci95 = {NAN, NAN},
                              .ci80 = {NAN, NAN},
                              .range = {NAN, NAN},
                              .bias = NAN,
                              .acceleration = NAN,
                              .method = "stepwise",
                              .threshold = options->threshold,
                              .model = {.deviance = NAN, .aic = NAN, .bic = NAN},
                              .seed = options->seed};
    struct work w = {.options = options, .a = a, .out = &result};

    gate_clean(&w.counts, counts, a, &result);
    describe(&result, &w.counts);
    if (gate_passes(&w.counts, a, &result)) {
        w.chosen = stepwise_open(a, w.counts.lists);
        enum status s = OK;
        if (w.counts.lists == 2)
            estimate_two_lists(&w);
        else
            s = estimate_stepwise(&w, e);
        stepwise_close(w.chosen);
        if (s != OK)
            return s;
        decide(&w);
    }
    *out = result;
    return OK;
}

const char *estimate_status_name(enum estimate_status status)
{
    static const char *const names[] = {"estimate", "range", "refused"};

    return names[status];
}

const char *estimate_interval_name(enum estimate_interval interval)
{
    static const char *const names[] = {"none", "wald", "bca"};

    return names[interval];
}

static void describe(struct estimate *out, const struct counts *clean)
{
    out->lists = clean->lists;
    for (size_t i = 0; i < clean->lists && i < ESTIMATE_MAX_LISTS; i++)
        out->list[i] = clean->list[i];
    for (uint32_t h = 1; h >> clean->lists == 0; h++) {
        if ((h & (h - 1)) != 0)
            out->on_two_lists += clean->y[h];
        for (size_t i = 0; i < ESTIMATE_MAX_LISTS; i++)
            if (h >> i & 1U)
                out->on_list[i] += clean->y[h];
    }
}

/* Chapman (1951), and the variance of Seber (1982, section 3.1); the interval is log-normal in the unseen. */
static void estimate_two_lists(struct work *w)
{
    const uint32_t *y = w->counts.y;
    double both = y[3];
    double first = (double)y[1] + both;
    double second = (double)y[2] + both;
    double nhat = (first + 1.0) * (second + 1.0) / (both + 1.0) - 1.0;
    double variance =
        (first + 1.0) * (second + 1.0) * y[1] * y[2] / ((both + 1.0) * (both + 1.0) * (both + 2.0));

    stepwise_set_counts(w->chosen, y);
    stepwise_choose(w->chosen, 0.0);
    describe_model(w);
    w->out->method = "chapman";
    w->out->nhat = nhat;
    w->unseen = nhat - (double)w->counts.n;
    w->standard_error = sqrt(log1p(variance / (w->unseen * w->unseen)));
    set_wald(w);
    note_warn(w->out, (struct estimate_note){.kind = ESTIMATE_INDEPENDENCE_ASSUMED}, w->a);
}

static enum status estimate_stepwise(struct work *w, struct err *e)
{
    struct stepwise *s = w->chosen;

    stepwise_set_counts(s, w->counts.y);
    stepwise_choose(s, w->options->threshold);
    w->out->models_tried += s->models_tried;
    if (s->dark_figure != DARK_FIGURE_FINITE) {
        refuse(w, kind_of_class(s->dark_figure));
        return OK;
    }
    describe_model(w);
    w->out->nhat = s->nhat;
    w->unseen = loglinear_dark_figure(s->fit);
    w->standard_error = loglinear_standard_error(s->fit, 0);
    set_wald(w);
    alternative_list(&w->counts, s, w->a, w->out);
    if (w->options->replicates == 0)
        return OK;
    return replicate(w, e);
}

static void put_pair(struct text *out, const struct work *w, size_t pair)
{
    bool is_first = true;

    if (out->n > 0)
        text_byte(out, ' ');
    for (size_t i = 0; i < w->counts.lists; i++) {
        if (!(pair >> i & 1U))
            continue;
        if (!is_first)
            text_byte(out, ':');
        text_add(out, w->counts.list[i]);
        is_first = false;
    }
}

static void describe_model(struct work *w)
{
    const struct stepwise *s = w->chosen;
    struct estimate_model *m = &w->out->model;
    struct text terms = text_open(w->a);
    struct text removed = text_open(w->a);

    struct stepwise_criteria criteria = stepwise_criteria(s);

    m->name = stepwise_name(s, w->a);
    m->pairs = s->pairs;
    for (size_t i = 0; i < s->pairs; i++) {
        m->pair[i] = s->pair[i];
        m->is_removed[i] = s->table.margin[s->pair[i]] < 0.5;
        put_pair(&terms, w, s->pair[i]);
        if (m->is_removed[i])
            put_pair(&removed, w, s->pair[i]);
    }
    m->terms = arena_cstr(w->a, terms.p, terms.n);
    m->removed = arena_cstr(w->a, removed.p, removed.n);
    m->deviance = criteria.deviance;
    m->df = criteria.df;
    m->aic = criteria.aic;
    m->bic = criteria.bic;
}

static void set_wald(struct work *w)
{
    double n = (double)w->counts.n;
    double *ends[] = {&w->out->ci95[0], &w->out->ci95[1], &w->out->ci80[0], &w->out->ci80[1]};

    for (size_t i = 0; i < 4; i++)
        *ends[i] = interval_wald(n, w->unseen, w->standard_error, limits[i]);
    w->out->interval = ESTIMATE_WALD;
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

static void set_bca(struct work *w, const double *nhat, const struct interval_bca *b)
{
    double *ends[] = {&w->out->ci95[0], &w->out->ci95[1], &w->out->ci80[0], &w->out->ci80[1]};

    for (size_t i = 0; i < 4; i++)
        *ends[i] = interval_quantile(nhat, b->replicates, interval_bca_level(b, limits[i]));
    w->out->interval = ESTIMATE_BCA;
}

/* The interval of `total` sorted replicates; false when more of them could give one that these do not. */
static bool settle(struct work *w, double *nhat, size_t total, double acceleration)
{
    struct estimate *out = w->out;
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
    out->is_resolved = interval_bca_is_resolved(&b, limits[0]) && interval_bca_is_resolved(&b, limits[1]);
    if (out->is_resolved)
        set_bca(w, nhat, &b);
    return out->is_resolved;
}

static enum status replicate(struct work *w, struct err *e)
{
    const struct estimate_options *options = w->options;
    bool is_auto = options->replicates == ESTIMATE_REPLICATES_AUTO;
    size_t total = is_auto ? FIRST_REPLICATES : (size_t)options->replicates;
    size_t done = 0;
    double *nhat = NULL;
    size_t room = 0;
    struct bootstrap b = {.lists = w->counts.lists,
                          .y = w->counts.y,
                          .threshold = options->threshold,
                          .seed = options->seed,
                          .threads = options->threads,
                          .progress = options->progress};
    double acceleration = bootstrap_acceleration(&b, w->a);

    for (;; total *= 10) {
        nhat = arena_grow(w->a, nhat, total, &room, sizeof *nhat);
        if (!bootstrap_run(&b, done, total, nhat))
            return err_set(e, SYSTEM, "stopped after a signal; nothing was written");
        done = total;
        if (settle(w, nhat, total, acceleration) || !is_auto || total == ESTIMATE_MAX_REPLICATES)
            break;
    }
    if (w->out->interval == ESTIMATE_BCA)
        return OK;
    double share = (double)w->out->without_estimate / (double)total;
    struct estimate_note note = {.kind = ESTIMATE_UNRESOLVED, .value = (double)total};
    if (share > most_without)
        note = (struct estimate_note){.kind = ESTIMATE_REPLICATES_FAILED, .value = share};
    else if (isnan(acceleration) || isinf(w->out->bias))
        note = (struct estimate_note){.kind = ESTIMATE_ONE_SIDED};
    note_warn(w->out, note, w->a);
    return OK;
}

/* Why only a range can be told; false when one figure can. `factor` is that between defensible models. */
static bool needs_range(const struct estimate *x, double factor, struct estimate_note *why)
{
    *why = (struct estimate_note){.kind = ESTIMATE_MODELS_DISAGREE, .value = factor};
    if (x->n < FEW_PEOPLE)
        *why = (struct estimate_note){.kind = ESTIMATE_FEW_PEOPLE, .value = (double)x->n};
    else if (x->on_two_lists < FEW_OVERLAPS)
        *why = (struct estimate_note){.kind = ESTIMATE_FEW_OVERLAPS, .value = (double)x->on_two_lists};
    return factor > wide_factor || why->kind != ESTIMATE_MODELS_DISAGREE;
}

static void decide(struct work *w)
{
    struct estimate *out = w->out;
    double supported[2] = {out->ci95[0], out->ci95[1]};
    struct estimate_note why;

    if (out->status == ESTIMATE_REFUSED)
        return;
    if (out->nhat < (double)out->n) {
        refuse(w, ESTIMATE_BELOW_SEEN);
        return;
    }
    double factor = alternative_weigh(out, supported);
    if (!needs_range(out, factor, &why))
        return;
    out->range[0] = supported[0];
    out->range[1] = supported[1];
    out->status = ESTIMATE_RANGE;
    out->reason = note_of(why, w->a);
}

/* No figure may be left where one is refused. */
static void refuse(struct work *w, enum estimate_note_kind kind)
{
    struct estimate *out = w->out;

    out->status = ESTIMATE_REFUSED;
    out->reason = note_of((struct estimate_note){.kind = kind}, w->a);
    out->nhat = out->ci95[0] = out->ci95[1] = out->ci80[0] = out->ci80[1] = NAN;
    out->interval = ESTIMATE_NO_INTERVAL;
    out->alternatives = 0;
}

static enum estimate_note_kind kind_of_class(enum dark_figure d)
{
    if (d == DARK_FIGURE_INFINITE)
        return ESTIMATE_IS_INFINITE;
    return d == DARK_FIGURE_ZERO ? ESTIMATE_IS_ZERO : ESTIMATE_IS_UNIDENTIFIED;
}
