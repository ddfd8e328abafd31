/* The front of the estimators. */
#include "estimate/estimate.h"

#include "estimate/alternative.h"
#include "estimate/describe.h"
#include "estimate/exists.h"
#include "estimate/gate.h"
#include "estimate/method.h"
#include "estimate/note.h"

#include <math.h>

enum { FEW_PEOPLE = 30, FEW_OVERLAPS = 10 };

static const double wide_factor = 2.0; /* between figures that are told as one */

static void describe_lists(struct estimate *out, const struct counts *clean);
static const struct method *method_for(const struct counts *clean, const struct estimate_options *options);
static void decide(struct estimate *out, struct arena *a);

struct estimate_options estimate_options_default(void)
{
    return (struct estimate_options){.threshold = 0.02, .replicates = ESTIMATE_REPLICATES_AUTO, .seed = 1};
}

enum status estimate(const struct counts *counts, const struct estimate_options *options, struct arena *a,
                     struct estimate *out, struct err *e)
{
    struct counts clean;
    struct estimate result = {.n = counts->n,
                              .nhat = NAN,
                              .ci95 = {NAN, NAN},
                              .ci80 = {NAN, NAN},
                              .conditional95 = {NAN, NAN},
                              .range = {NAN, NAN},
                              .bias = NAN,
                              .acceleration = NAN,
                              .threshold = options->threshold,
                              .model = {.deviance = NAN, .aic = NAN, .bic = NAN},
                              .seed = options->seed};

    gate_clean(&clean, counts, a, &result);
    describe_lists(&result, &clean);
    const struct method *method = method_for(&clean, options);
    result.method = method->name;
    if (gate_passes(&clean, method->most_lists, a, &result)) {
        TRY(method->run(&(struct method_call){.counts = &clean, .options = options, .a = a}, &result, e));
        decide(&result, a);
    }
    *out = result;
    return OK;
}

/* Two lists carry no model that could be chosen. */
static const struct method *method_for(const struct counts *clean, const struct estimate_options *options)
{
    const struct method *asked = options->method ? options->method : methods;

    return clean->lists < asked->least_lists ? method_find(S("chapman")) : asked;
}

const char *estimate_status_name(enum estimate_status status)
{
    static const char *const names[] = {"estimate", "range", "refused"};

    return names[status];
}

const char *estimate_interval_name(enum estimate_interval interval)
{
    static const char *const names[] = {"none", "wald", "bca", "profile", "credible", "rubin", "parametric"};

    return names[interval];
}

static void describe_lists(struct estimate *out, const struct counts *clean)
{
    out->lists = clean->lists;
    for (size_t i = 0; i < clean->lists && i < ESTIMATE_MAX_LISTS; i++)
        out->list[i] = clean->list[i];
    for (uint32_t h = 1; h >> clean->lists == 0; h++) {
        if ((h & (h - 1)) != 0)
            out->on_two_lists += clean->y[h];
        for (size_t i = 0; i < ESTIMATE_MAX_LISTS; i++) {
            if (!(h >> i & 1U))
                continue;
            out->on_list[i] += clean->y[h];
            for (size_t j = i + 1; j < ESTIMATE_MAX_LISTS; j++)
                if (h >> j & 1U)
                    out->overlap[i][j] += clean->y[h];
        }
    }
}

bool estimate_is_of_few(const struct estimate *x, struct estimate_note *why)
{
    bool is_few_people = x->n < FEW_PEOPLE;

    if (!is_few_people && x->on_two_lists >= FEW_OVERLAPS)
        return false;
    *why = is_few_people
               ? (struct estimate_note){.kind = ESTIMATE_FEW_PEOPLE, .value = (double)x->n}
               : (struct estimate_note){.kind = ESTIMATE_FEW_OVERLAPS, .value = (double)x->on_two_lists};
    return true;
}

/* Why only a range can be told; false when one figure can. `factor` is that between defensible models. */
static bool needs_range(const struct estimate *x, double factor, struct estimate_note *why)
{
    if (estimate_is_of_few(x, why))
        return true;
    *why = (struct estimate_note){.kind = ESTIMATE_MODELS_DISAGREE, .value = factor};
    return factor > wide_factor;
}

/* Those who were seen on a list that was left out are known, too: no limit is below them. */
static void keep_above_seen(struct estimate *out)
{
    double *low[] = {&out->ci95[0], &out->ci80[0], &out->range[0], &out->conditional95[0]};

    for (size_t i = 0; i < sizeof low / sizeof low[0]; i++)
        if (*low[i] < (double)out->n)
            *low[i] = (double)out->n;
}

static void decide(struct estimate *out, struct arena *a)
{
    struct estimate_note why;

    if (out->status != ESTIMATE_REFUSED && out->nhat < (double)out->n) {
        describe_refusal(out, (struct estimate_note){.kind = ESTIMATE_BELOW_SEEN}, a);
        return;
    }
    keep_above_seen(out);
    if (out->status != ESTIMATE_POINT)
        return;
    double supported[2] = {out->ci95[0], out->ci95[1]};
    double factor = alternative_weigh(out, supported);
    if (!needs_range(out, factor, &why))
        return;
    out->range[0] = fmax(supported[0], (double)out->n);
    out->range[1] = supported[1];
    out->status = ESTIMATE_RANGE;
    out->reason = note_of(why, a);
}

enum estimate_note_kind estimate_kind_of(enum dark_figure d)
{
    if (d == DARK_FIGURE_INFINITE)
        return ESTIMATE_IS_INFINITE;
    return d == DARK_FIGURE_ZERO ? ESTIMATE_IS_ZERO : ESTIMATE_IS_UNIDENTIFIED;
}
