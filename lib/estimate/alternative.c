/* The same table with other models. */
#include "estimate/alternative.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

static const double thresholds[] = {0.0, 0.001, 0.005, 0.05, 0.1, 0.2};
enum { THRESHOLDS = sizeof thresholds / sizeof thresholds[0] };

static const double close_criterion = 6.0; /* in BIC or AIC: still supported by the data */

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

void alternative_list(const struct counts *counts, const struct stepwise *chosen, struct arena *a,
                      struct estimate *out)
{
    struct stepwise *s = stepwise_open(a, counts->lists);
    struct mask_set seen[THRESHOLDS + 1] = {chosen->in};
    size_t n = 1;

    stepwise_set_counts(s, counts->y);
    for (size_t i = 0; i < THRESHOLDS; i++) {
        stepwise_choose(s, thresholds[i]);
        out->models_tried += s->models_tried;
        if (is_listed(seen, n, &s->in))
            continue;
        seen[n++] = s->in;
        out->alternative[out->alternatives++] = describe(s, thresholds[i], a);
    }
    stepwise_close(s);
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
