/* An estimate in plain English. */
#include "estimate/estimate_text.h"

#include "estimate/about.h"
#include "estimate/diagnostics.h"
#include "estimate/estimate.h"
#include "estimate/linkage_sweep.h"
#include "estimate/method.h"
#include "estimate/note.h"
#include "estimate/summary.h"

#include <inttypes.h>
#include <math.h>

static void put_answer(struct text *out, const struct estimate *x);
static void put_method(struct text *out, const struct estimate *x);
static void put_settled(struct text *out, const struct estimate_settled *s);
static void put_modes(struct text *out, const struct estimate *x);
static void put_sweep(struct text *out, const struct estimate *x);
static void put_methods(struct text *out, const struct estimate *x);
static void put_alternatives(struct text *out, const struct estimate *x);
static void put_diagnostics(struct text *out, const struct estimate *x);

void estimate_text(struct text *out, const struct estimate *x)
{
    text_format(out, "Known: %" PRId64 " people", x->n);
    if (x->lists > 0)
        text_format(out, " on %zu list%s", x->lists, x->lists == 1 ? "" : "s");
    if (x->on_two_lists > 0)
        text_format(out, ", %" PRId64 " of them on two or more", x->on_two_lists);
    text_lit(out, ".\n");
    put_answer(out, x);
    if (x->status != ESTIMATE_REFUSED) {
        put_method(out, x);
        put_settled(out, &x->settled);
        put_methods(out, x);
        put_alternatives(out, x);
        put_diagnostics(out, x);
    }
    put_modes(out, x);
    put_sweep(out, x);
    for (size_t i = 0; i < x->warnings; i++)
        text_format(out, "Note: %s\n", x->warning[i].text);
    text_lit(out, "This rests on what the lists cannot show:\n");
    for (size_t i = 0; note_assumptions[i]; i++)
        text_format(out, "  - %s\n", note_assumptions[i]);
    if (x->methods > 0) {
        text_lit(out, "\nIn short: ");
        summary_put(out, x, SUMMARY_ENGLISH);
        text_lit(out, "\nKort sagt: ");
        summary_put(out, x, SUMMARY_SWEDISH);
    }
}

static void put_answer(struct text *out, const struct estimate *x)
{
    if (x->status == ESTIMATE_REFUSED) {
        text_format(out, "No estimate: %s\nWhat can be said is that there are at least %" PRId64 " people.\n",
                    x->reason.text, x->n);
        return;
    }
    if (x->status == ESTIMATE_RANGE) {
        text_lit(out, "Likely in all: ");
        about_put_between(out, x->range);
        text_lit(out, ". One figure would promise too much.\n");
        return;
    }
    text_add(out, x->is_bound ? S("Likely in all: at least about ") : S("Likely in all: about "));
    about_put(out, x->nhat);
    text_add(out, x->is_bound ? S(", so at least about ") : S(", so about "));
    about_put(out, x->nhat - (double)x->n);
    text_lit(
        out,
        " have not been seen by any list.\nHow sure: 95 times in 100 such a range holds the true number: ");
    about_put_between(out, x->ci95);
    text_lit(out, ".\n          80 times in 100: ");
    about_put_between(out, x->ci80);
    text_lit(out, ".\n");
    if (x->interval == ESTIMATE_WALD || !isfinite(x->conditional95[0]))
        return;
    text_lit(out, "          95 times in 100 if the chosen model were the right one: ");
    about_put_between(out, x->conditional95);
    text_lit(out, ".\n");
}

static void put_method(struct text *out, const struct estimate *x)
{
    text_format(out, "Method: %s", x->method);
    if (isfinite(x->threshold))
        text_format(out, ", threshold %g", x->threshold);
    if (x->model.name)
        text_format(out, ", model %s", x->model.name);
    if (x->model.interactions > 0)
        text_format(out, " (lists that go together or avoid each other: %s)", x->model.terms);
    text_format(out, "; interval %s", estimate_interval_name(x->interval));
    if (x->replicates > 0)
        text_format(out, ", %" PRId64 " replicates, seed %" PRIu64, x->replicates, x->seed);
    if (x->posterior.chains > 0)
        text_format(out, ", %" PRId64 " chains of %" PRId64 " sweeps, R-hat %.3f, seed %" PRIu64,
                    x->posterior.chains, x->posterior.sweeps, x->posterior.rhat, x->seed);
    if (x->linkages > 1)
        text_format(out, ", over %zu linkages, which are %.0f %% of the uncertainty", x->linkages,
                    100.0 * x->share_of_linkage);
    if (x->models_tried > 0)
        text_format(out, "; %" PRId64 " models tried", x->models_tried);
    text_lit(out, ".\n");
}

/* Whether a bootstrap over the best models alone would have said the same. */
static void put_settled(struct text *out, const struct estimate_settled *s)
{
    if (s->tables == 0)
        return;
    if (s->rank > 0)
        text_format(
            out, "Each replicate searched all models. The %" PRId64 " best of the data would have sufficed",
            s->rank);
    else
        text_format(out,
                    "Each replicate searched all models. The %" PRId64
                    " best of the data would not have sufficed",
                    s->listed);
    if (s->rank95 > 0)
        text_format(out, "; for 95 %% of the replicates the %" PRId64 " best", s->rank95);
    text_lit(out, ".\n");
}

/* Rows to compare with each other: their limits count neither the choice of model nor a bootstrap. */
static void put_sweep(struct text *out, const struct estimate *x)
{
    if (!x->sweep)
        return;
    text_lit(out, "Were links between lists missed or false (of the people on two lists or more):\n");
    for (size_t i = 0; i < LINKAGE_SWEEP_STEPS; i++) {
        const struct linkage_step *step = &x->sweep->step[i];

        text_format(out, "  %.1f %% missed, %.1f %% false: ", 100.0 * step->rates.missed,
                    100.0 * step->rates.untrue);
        if (step->status == ESTIMATE_REFUSED) {
            text_lit(out, "no estimate\n");
            continue;
        }
        text_lit(out, "about ");
        about_put(out, step->nhat);
        text_lit(out, ", ");
        about_put_between(out, step->ci95);
        text_byte(out, '\n');
    }
}

/* What a single middle would hide. */
static void put_modes(struct text *out, const struct estimate *x)
{
    if (x->posterior.modes < 2)
        return;
    text_lit(out, "Separate likely values:\n");
    for (size_t i = 0; i < x->posterior.modes; i++) {
        text_lit(out, "  about ");
        about_put(out, x->posterior.mode[i].middle);
        text_format(out, ", %.0f %% of the draws\n", 100.0 * x->posterior.mode[i].share);
    }
}

static void put_alternatives(struct text *out, const struct estimate *x)
{
    if (x->alternatives > 0)
        text_lit(out, "The same lists with other models:\n");
    for (size_t i = 0; i < x->alternatives; i++) {
        const struct estimate_alternative *other = &x->alternative[i];

        if (isfinite(other->nhat)) {
            text_lit(out, "  about ");
            about_put(out, other->nhat);
        } else {
            text_format(out, "  %s", other->status);
        }
        text_format(out, " with %s%s%s%s\n", other->model, other->setting ? ", " : "",
                    other->setting ? other->setting : "",
                    other->is_defensible || (other->setting && isnan(other->bic))
                        ? ""
                        : " (fits the data clearly worse)");
    }
}

static void put_methods(struct text *out, const struct estimate *x)
{
    for (size_t i = 0; i < x->methods; i++) {
        const struct estimate_of_method *m = &x->of_method[i];

        text_format(out, "  %-9s", m->method->name);
        if (m->status == ESTIMATE_REFUSED) {
            text_format(out, "no figure: %s\n", m->reason);
            continue;
        }
        if (m->is_bound)
            text_lit(out, "at least ");
        about_put(out, m->nhat);
        text_lit(out, ", ");
        about_put_between(out, m->limit);
        text_format(out, ". Rests on: %s\n", m->method->assumption);
    }
}

static void put_figure(struct text *out, double figure)
{
    if (isfinite(figure))
        about_put(out, figure);
    else
        text_lit(out, "no figure");
}

static void put_diagnostics(struct text *out, const struct estimate *x)
{
    const struct diagnostics *d = x->diagnostics;

    if (!d)
        return;
    text_lit(out, "What the stepwise figure hangs on:\n");
    for (size_t i = 0; i < d->lists; i++) {
        text_format(out, "  without %.*s: ", STR(x->list[i]));
        put_figure(out, d->list[i].dropped);
        text_format(out, "; its %" PRId64 " people, told by the other lists: ", d->list[i].people);
        put_figure(out, d->list[i].from_rest);
        text_byte(out, '\n');
    }
    for (size_t i = 0; i < d->pairs; i++) {
        text_format(out, "  %.*s and %.*s: %" PRId64 " on both, odds ratio %.2g; as one list: ",
                    STR(x->list[d->pair[i].first]), STR(x->list[d->pair[i].second]), d->pair[i].both,
                    d->pair[i].odds_ratio);
        put_figure(out, d->pair[i].merged);
        text_byte(out, '\n');
    }
    for (size_t i = 0; i < DIAGNOSTICS_THRESHOLDS; i++) {
        text_format(out, "  threshold %g: ", d->threshold[i]);
        put_figure(out, d->at_threshold[i]);
        text_byte(out, '\n');
    }
    for (size_t i = 0; i < DIAGNOSTICS_SPREADS; i++) {
        text_format(out, "  %" PRId64 " models within %g of the best BIC: ", d->spread[i].models,
                    d->spread[i].within);
        put_figure(out, d->spread[i].lowest);
        text_lit(out, " to ");
        put_figure(out, d->spread[i].highest);
        text_byte(out, '\n');
    }
    for (size_t i = 0; i < DIAGNOSTICS_PARTS; i++) {
        text_format(out, "  from %.0f %% of the people: ", 100.0 * d->part[i]);
        put_figure(out, d->at_part[i]);
        text_byte(out, '\n');
    }
    for (size_t i = 0; i < DIAGNOSTICS_ODDS; i++) {
        text_format(
            out, "  if the dependence of all lists together, which no list shows, has odds %g: ", d->odds[i]);
        put_figure(out, d->at_odds[i]);
        text_byte(out, '\n');
    }
}
