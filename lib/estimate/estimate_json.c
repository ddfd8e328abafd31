/* An estimate as JSON. */
#include "estimate/estimate_json.h"

#include "base/json.h"
#include "estimate/diagnostics.h"
#include "estimate/estimate.h"
#include "estimate/linkage_sweep.h"
#include "estimate/method.h"
#include "estimate/note.h"
#include "estimate/summary.h"

#include <math.h>

static void put_lists(struct json *j, const struct estimate *x);
static void put_model(struct json *j, const struct estimate *x);
static void put_settled(struct json *j, const struct estimate_settled *s);
static void put_posterior(struct json *j, const struct estimate *x);
static void put_sweep(struct json *j, const struct estimate *x);
static void put_alternatives(struct json *j, const struct estimate *x);
static void put_summaries(struct json *j, const struct estimate *x);
static void put_notes(struct json *j, const struct estimate *x);

void estimate_json(struct text *out, const struct estimate *x, const char *version)
{
    struct json j = json_open(out);

    json_object_begin(&j, NULL);
    estimate_json_text(&j, "status", estimate_status_name(x->status));
    estimate_json_text(&j, "reason", x->reason.text);
    json_i64(&j, "n", x->n);
    put_lists(&j, x);
    json_i64(&j, "on_two_lists", x->on_two_lists);
    json_f64(&j, "nhat", x->nhat);
    json_bool(&j, "lower_bound", x->is_bound);
    estimate_json_limits(&j, "ci95", x->ci95);
    estimate_json_limits(&j, "ci80", x->ci80);
    estimate_json_limits(&j, "ci95_conditional", x->conditional95);
    estimate_json_limits(&j, "range", x->range);
    estimate_json_text(&j, "interval", estimate_interval_name(x->interval));
    estimate_json_text(&j, "method", x->method);
    json_f64(&j, "threshold", x->threshold);
    put_model(&j, x);
    json_i64(&j, "models_tried", x->models_tried);
    json_i64(&j, "replicates", x->replicates);
    json_i64(&j, "without_estimate", x->without_estimate);
    json_bool(&j, "resolved", x->is_resolved);
    json_f64(&j, "bias", x->bias);
    json_f64(&j, "acceleration", x->acceleration);
    put_settled(&j, &x->settled);
    put_posterior(&j, x);
    json_i64(&j, "linkages", (int64_t)x->linkages);
    json_f64(&j, "share_of_linkage", x->share_of_linkage);
    put_sweep(&j, x);
    put_alternatives(&j, x);
    if (x->diagnostics)
        diagnostics_json(&j, x->diagnostics, x);
    put_summaries(&j, x);
    put_notes(&j, x);
    json_i64(&j, "seed", (int64_t)x->seed);
    estimate_json_text(&j, "version", version);
    json_object_end(&j);
}

void estimate_json_text(struct json *j, const char *key, const char *text)
{
    if (text)
        json_str(j, key, str_of(text));
    else
        json_nothing(j, key);
}

void estimate_json_limits(struct json *j, const char *key, const double limits[2])
{
    if (isnan(limits[0])) {
        json_nothing(j, key);
        return;
    }
    json_array_flat(j, key);
    json_f64(j, NULL, limits[0]);
    json_f64(j, NULL, limits[1]);
    json_array_end(j);
}

static void put_lists(struct json *j, const struct estimate *x)
{
    size_t told = x->lists < ESTIMATE_MAX_LISTS ? x->lists : ESTIMATE_MAX_LISTS;

    json_array_flat(j, "lists");
    for (size_t i = 0; i < told; i++)
        json_str(j, NULL, x->list[i]);
    json_array_end(j);
    json_array_flat(j, "on_list");
    for (size_t i = 0; i < told; i++)
        json_i64(j, NULL, x->on_list[i]);
    json_array_end(j);
    json_array_begin(j, "overlaps");
    for (size_t i = 0; i < told; i++)
        for (size_t k = i + 1; k < told; k++) {
            json_object_begin(j, NULL);
            json_array_flat(j, "lists");
            json_str(j, NULL, x->list[i]);
            json_str(j, NULL, x->list[k]);
            json_array_end(j);
            json_i64(j, "people", x->overlap[i][k]);
            json_object_end(j);
        }
    json_array_end(j);
}

/* A term as its lists' names. */
static void put_terms(struct json *j, const struct estimate *x, const char *key, bool only_removed)
{
    json_array_flat(j, key);
    for (size_t k = 0; k < x->model.interactions; k++) {
        if (only_removed && !x->model.is_removed[k])
            continue;
        json_array_flat(j, NULL);
        for (size_t i = 0; i < x->lists; i++)
            if (x->model.interaction[k] >> i & 1)
                json_str(j, NULL, x->list[i]);
        json_array_end(j);
    }
    json_array_end(j);
}

static void put_model(struct json *j, const struct estimate *x)
{
    if (!x->model.name) {
        json_nothing(j, "model");
        return;
    }
    json_object_begin(j, "model");
    estimate_json_text(j, "name", x->model.name);
    put_terms(j, x, "terms", false);
    put_terms(j, x, "removed", true);
    json_f64(j, "deviance", x->model.deviance);
    json_i64(j, "df", x->model.df);
    json_f64(j, "aic", x->model.aic);
    json_f64(j, "bic", x->model.bic);
    json_object_end(j);
}

static void put_rank(struct json *j, const char *key, int64_t rank)
{
    if (rank > 0)
        json_i64(j, key, rank);
    else
        json_nothing(j, key);
}

static void put_settled(struct json *j, const struct estimate_settled *s)
{
    if (s->tables == 0) {
        json_nothing(j, "settled");
        return;
    }
    json_object_begin(j, "settled");
    json_i64(j, "tables", s->tables);
    put_rank(j, "rank", s->rank);
    put_rank(j, "rank95", s->rank95);
    json_i64(j, "listed", s->listed);
    json_object_end(j);
}

static void put_posterior(struct json *j, const struct estimate *x)
{
    const struct estimate_posterior *p = &x->posterior;

    if (p->chains == 0) {
        json_nothing(j, "posterior");
        return;
    }
    json_object_begin(j, "posterior");
    json_i64(j, "chains", p->chains);
    json_i64(j, "sweeps", p->sweeps);
    json_f64(j, "rhat", p->rhat);
    json_f64(j, "ess", p->ess);
    json_array_begin(j, "modes");
    for (size_t i = 0; i < p->modes; i++) {
        json_object_begin(j, NULL);
        json_f64(j, "share", p->mode[i].share);
        json_f64(j, "middle", p->mode[i].middle);
        json_object_end(j);
    }
    json_array_end(j);
    json_object_end(j);
}

static void put_sweep(struct json *j, const struct estimate *x)
{
    if (!x->sweep)
        return;
    json_array_begin(j, "linkage_sweep");
    for (size_t i = 0; i < LINKAGE_SWEEP_STEPS; i++) {
        const struct linkage_step *step = &x->sweep->step[i];

        json_object_begin(j, NULL);
        json_f64(j, "missed_links", step->rates.missed);
        json_f64(j, "false_links", step->rates.untrue);
        estimate_json_text(j, "status", estimate_status_name(step->status));
        json_f64(j, "nhat", step->nhat);
        estimate_json_limits(j, "ci95", step->ci95);
        json_object_end(j);
    }
    json_array_end(j);
}

/* One of several methods, with what it rests on. */
static void put_method(struct json *j, const struct estimate_of_method *m)
{
    json_object_begin(j, NULL);
    estimate_json_text(j, "method", m->method->name);
    estimate_json_text(j, "status", estimate_status_name(m->status));
    estimate_json_text(j, "reason", m->reason);
    estimate_json_text(j, "model", m->model);
    json_f64(j, "nhat", m->nhat);
    estimate_json_limits(j, "limits", m->limit);
    estimate_json_text(j, "interval", estimate_interval_name(m->interval));
    json_bool(j, "lower_bound", m->is_bound);
    estimate_json_text(j, "assumption", m->method->assumption);
    estimate_json_text(j, "antagande", m->method->antagande);
    json_object_end(j);
}

static void put_summaries(struct json *j, const struct estimate *x)
{
    static const char *const keys[] = {[SUMMARY_SWEDISH] = "summary_sv", [SUMMARY_ENGLISH] = "summary_en"};

    for (int language = SUMMARY_SWEDISH; language <= SUMMARY_ENGLISH; language++) {
        struct text text = text_open(j->out->arena);

        summary_put(&text, x, (enum summary_language)language);
        json_str(j, keys[language], (struct str){text.p, text.n - 1});
    }
}

static void put_alternatives(struct json *j, const struct estimate *x)
{
    json_array_begin(j, "alternatives");
    for (size_t i = 0; i < x->methods; i++)
        put_method(j, &x->of_method[i]);
    for (size_t i = 0; i < x->alternatives; i++) {
        const struct estimate_alternative *other = &x->alternative[i];

        json_object_begin(j, NULL);
        json_f64(j, "threshold", other->threshold);
        estimate_json_text(j, "model", other->model);
        if (other->setting)
            estimate_json_text(j, "setting", other->setting);
        json_f64(j, "nhat", other->nhat);
        if (other->ci95[1] > 0.0)
            estimate_json_limits(j, "ci95", other->ci95);
        estimate_json_text(j, "status", other->status);
        json_f64(j, "aic", other->aic);
        json_f64(j, "bic", other->bic);
        json_bool(j, "defensible", other->is_defensible);
        json_object_end(j);
    }
    json_array_end(j);
}

static void put_notes(struct json *j, const struct estimate *x)
{
    json_array_begin(j, "warnings");
    for (size_t i = 0; i < x->warnings; i++)
        estimate_json_text(j, NULL, x->warning[i].text);
    json_array_end(j);
    json_array_begin(j, "assumptions");
    for (size_t i = 0; note_assumptions[i]; i++)
        estimate_json_text(j, NULL, note_assumptions[i]);
    json_array_end(j);
}
