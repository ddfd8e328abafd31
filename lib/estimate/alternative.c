/* The same table with other models. */
#include "estimate/alternative.h"

#include "base/arena.h"
#include "base/text.h"
#include "estimate/note.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

static const double thresholds[] = {0.0, 0.001, 0.005, 0.05, 0.1, 0.2};
enum { THRESHOLDS = sizeof thresholds / sizeof thresholds[0] };

enum { WITHIN_REACH = 1000, PAIR = 2, MOST_SEARCHED_WHOLE = 6 };

static const double close_criterion = ALTERNATIVE_REACH; /* in BIC or AIC: still supported by the data */

static void span(const struct estimate_alternative *x, double people, double ends[2]);
static void list_within_reach(const struct method_call *call, const struct mask_set *seen, size_t n,
                              struct estimate *out);

static bool is_listed(const struct mask_set *seen, size_t n, const struct mask_set *model)
{
    for (size_t i = 0; i < n; i++)
        if (memcmp(&seen[i], model, sizeof *model) == 0)
            return true;
    return false;
}

static struct estimate_alternative describe(const struct stepwise *s, double threshold, struct arena *a)
{
    struct stepwise_criteria criteria = stepwise_criteria(s);

    return (struct estimate_alternative){.threshold = threshold,
                                         .model = stepwise_name(s, a),
                                         .nhat = s->nhat,
                                         .status = dark_figure_name(s->dark_figure),
                                         .aic = criteria.aic,
                                         .bic = criteria.bic};
}

void alternative_list(const struct method_call *call, const struct stepwise *chosen, struct estimate *out)
{
    struct stepwise *s = stepwise_open(call->a, call->counts->lists);
    struct mask_set seen[THRESHOLDS + 1] = {chosen->in};
    size_t n = 1;

    stepwise_set_counts(s, call->counts->y);
    for (size_t i = 0; i < THRESHOLDS; i++) {
        stepwise_choose(s, thresholds[i]);
        out->models_tried += s->models_tried;
        if (is_listed(seen, n, &s->in))
            continue;
        seen[n++] = s->in;
        out->alternative[out->alternatives++] = describe(s, thresholds[i], call->a);
    }
    stepwise_close(s);
    list_within_reach(call, seen, n, out);
}

static struct mask_set pairs_of(const struct bic_terms *terms, uint64_t in)
{
    struct mask_set out = {{0}};

    for (uint64_t left = in; left != 0; left &= left - 1)
        mask_set_add(&out, terms->term[__builtin_ctzll(left)]);
    return out;
}

static void list_within_reach(const struct method_call *call, const struct mask_set *seen, size_t n,
                              struct estimate *out)
{
    struct bic_terms *terms = arena_new(call->a, 1, struct bic_terms);
    size_t lists = call->counts->lists;
    struct bic_reach reach = {.bic = close_criterion,
                              .models = WITHIN_REACH,
                              .fits = lists > MOST_SEARCHED_WHOLE ? ALTERNATIVE_FITS : 0};
    struct bic_list list;
    size_t left = 0;

    bic_terms_of(lists, PAIR, terms);
    bic_within(terms, call->counts->y, &reach, call->options->threads, call->a, &list);
    out->models_tried += list.was_stopped ? list.fits : bic_count(terms);
    if (list.was_stopped)
        note_warn(out, (struct estimate_note){.kind = ESTIMATE_MODELS_LEFT, .value = (double)list.fits},
                  call->a);
    for (size_t i = 0; i < list.n; i++) {
        struct mask_set model = pairs_of(terms, list.fit[i].in);

        if (!is_listed(seen, n, &model))
            list.fit[left++] = list.fit[i];
    }
    alternative_add(terms, list.fit, left, call->a, out);
}

static struct estimate_alternative alternative_of(const struct bic_terms *terms, const struct bic_fit *f,
                                                  struct arena *a)
{
    struct model model = bic_model_of(terms, f->in);
    struct text name = text_open(a);

    model_put_name(&name, &model);
    return (struct estimate_alternative){.threshold = NAN,
                                         .model = name.p,
                                         .nhat = f->nhat,
                                         .status = dark_figure_name(f->dark_figure),
                                         .aic = f->aic,
                                         .bic = f->bic};
}

void alternative_add(const struct bic_terms *terms, const struct bic_fit *fit, size_t n, struct arena *a,
                     struct estimate *out)
{
    enum { LISTED = ESTIMATE_MAX_ALTERNATIVES - 2 };
    const struct bic_fit *end[2] = {NULL, NULL};
    double figure[2] = {INFINITY, -INFINITY};

    for (size_t i = 0; i < n; i++) {
        struct estimate_alternative other = alternative_of(terms, &fit[i], a);
        double ends[2];

        if (out->alternatives < LISTED) {
            out->alternative[out->alternatives++] = other;
            continue;
        }
        span(&other, (double)out->n, ends);
        if (!end[0] || ends[0] < figure[0]) {
            end[0] = &fit[i];
            figure[0] = ends[0];
        }
        if (!end[1] || ends[1] > figure[1]) {
            end[1] = &fit[i];
            figure[1] = ends[1];
        }
    }
    if (end[0])
        out->alternative[out->alternatives++] = alternative_of(terms, end[0], a);
    if (end[1] && end[1] != end[0])
        out->alternative[out->alternatives++] = alternative_of(terms, end[1], a);
}

/* What a model's figure can be: one number, or all that its class allows. */
static void span(const struct estimate_alternative *x, double people, double ends[2])
{
    ends[0] = ends[1] = x->nhat;
    if (strcmp(x->status, dark_figure_name(DARK_FIGURE_INFINITE)) == 0)
        ends[0] = ends[1] = INFINITY;
    if (strcmp(x->status, dark_figure_name(DARK_FIGURE_ZERO)) == 0)
        ends[0] = ends[1] = people;
    if (strcmp(x->status, dark_figure_name(DARK_FIGURE_UNIDENTIFIED)) == 0) {
        ends[0] = people;
        ends[1] = INFINITY;
    }
}

double alternative_weigh(struct estimate *x, double range[2])
{
    double aic = x->model.aic;
    double bic = x->model.bic;
    double factor = 1.0;

    for (size_t i = 0; i < x->alternatives; i++) {
        aic = fmin(aic, x->alternative[i].aic);
        bic = fmin(bic, x->alternative[i].bic);
    }
    for (size_t i = 0; i < x->alternatives; i++) {
        struct estimate_alternative *other = &x->alternative[i];

        other->is_defensible = other->aic <= aic + close_criterion || other->bic <= bic + close_criterion;
        if (!other->is_defensible)
            continue;
        double ends[2];
        span(other, (double)x->n, ends);
        factor = fmax(factor, fmax(ends[1] / x->nhat, x->nhat / ends[0]));
        range[0] = fmin(range[0], ends[0]);
        range[1] = fmax(range[1], ends[1]);
    }
    return factor;
}
