/* What a round's figure rests on, as JSON. */
#include "publishing/round_evidence_json.h"

#include "base/arena.h"
#include "base/json.h"
#include "estimate/method.h"
#include "mapping/evidence.h"
#include "protect/dark_figure.h"
#include "release/fields.h"
#include "release/release_files.h"
#include "release/release_notes.h"

static void put_ways(struct json *j, const struct mapping_evidence *x);
static void put_lists(struct json *j, const struct mapping_evidence *x);
static void put_part(struct json *j, const struct strata *x);
static void read_ways(struct fields f, struct round_evidence *out);
static void read_lists(struct fields f, struct round_evidence *out);
static void read_part(struct fields f, struct arena *a, struct round_part *out);

/* No upper limit is told as null, no limits as null for both. */
static void put_limits(struct json *j, const double exact[2])
{
    release_put_people(j, "lo", dark_figure_round(exact[0], DARK_FIGURE_DOWN));
    release_put_people(j, "hi", dark_figure_round(exact[1], DARK_FIGURE_UP));
}

static void put_about(struct json *j, const char *key, double exact)
{
    release_put_people(j, key, dark_figure_round(exact, DARK_FIGURE_NEAREST));
}

struct str round_evidence_json(const struct mapping_evidence *exact, struct arena *a)
{
    struct text out = text_open(a);
    struct json j = json_open(&out);

    json_object_begin(&j, NULL);
    put_ways(&j, exact);
    put_limits(&j, exact->range);
    put_lists(&j, exact);
    json_array_begin(&j, "parts");
    for (size_t i = 0; i < exact->parts; i++)
        put_part(&j, &exact->part[i]);
    json_array_end(&j);
    json_object_end(&j);
    return text_str(&out);
}

static void put_ways(struct json *j, const struct mapping_evidence *x)
{
    json_array_begin(j, "ways");
    for (size_t i = 0; i < x->methods; i++) {
        const struct evidence_method *m = &x->method[i];
        struct release_note why = m->status == ESTIMATE_POINT ? (struct release_note){S(""), S(""), S("")}
                                                              : release_note_of(m->reason);

        json_object_begin(j, NULL);
        json_str(j, "code", str_of(m->method->name));
        json_i64(j, "answer", (int64_t)m->status);
        json_str(j, "why", why.code);
        json_str(j, "sv", why.sv);
        json_str(j, "en", why.en);
        put_limits(j, m->limit);
        json_bool(j, "bound", m->is_bound);
        json_object_end(j);
    }
    json_array_end(j);
}

static void put_lists(struct json *j, const struct mapping_evidence *x)
{
    const struct diagnostics *d = &x->diagnostics;
    const struct diagnostics_spread *within_6 = &d->spread[1];

    json_array_begin(j, "lists");
    for (size_t i = 0; x->has_diagnostics && i < x->lists; i++) {
        json_object_begin(j, NULL);
        json_str(j, "list", x->list[i]);
        put_about(j, "without", d->list[i].dropped);
        json_bool(j, "moves", d->list[i].moves);
        json_object_end(j);
    }
    json_array_end(j);
    if (!x->has_diagnostics)
        return;
    put_about(j, "half", d->at_odds[0]);
    put_about(j, "twice", d->at_odds[DIAGNOSTICS_ODDS - 1]);
    json_object_begin(j, "models");
    json_i64(j, "n", within_6->models);
    json_i64(j, "without_limit", within_6->unbounded);
    put_limits(j, (const double[2]){within_6->lowest, within_6->highest});
    json_object_end(j);
}

static void put_part(struct json *j, const struct strata *x)
{
    json_object_begin(j, NULL);
    json_str(j, "column", x->by);
    json_i64(j, "refused", (int64_t)x->refused);
    put_limits(j, x->at_least.ci95);
    json_array_begin(j, "rows");
    for (size_t i = 0; i < x->n; i++) {
        const struct stratum *s = &x->stratum[i];

        json_object_begin(j, NULL);
        json_str(j, "category", s->category);
        json_i64(j, "answer", (int64_t)s->status);
        put_limits(j, s->status == ESTIMATE_RANGE ? s->range : s->ci95);
        json_object_end(j);
    }
    json_array_end(j);
    json_object_end(j);
}

enum status round_evidence_from_json(struct str bytes, struct arena *a, struct round_evidence *out,
                                     struct err *e)
{
    struct fields_file file;
    struct fields f = fields_open(&file, "what the figure rests on", bytes, a);

    *out = (struct round_evidence){.half = RELEASE_UNKNOWN, .twice = RELEASE_UNKNOWN};
    read_ways(f, out);
    read_lists(f, out);
    out->parts = fields_count(f, "parts", COUNTS_MAX_STRATA);
    for (size_t i = 0; i < out->parts; i++)
        read_part(fields_item(f, "parts", i), a, &out->part[i]);
    return fields_close(&file, e);
}

static void read_limits(struct fields f, int64_t out[2])
{
    out[0] = fields_int_or(f, "lo", 0, INT64_MAX, RELEASE_UNKNOWN);
    out[1] = fields_int_or(f, "hi", 0, INT64_MAX, RELEASE_UNKNOWN);
}

static enum release_answer answer_in(struct fields f)
{
    static const enum release_answer answers[] = {[ESTIMATE_POINT] = RELEASE_POINT,
                                                  [ESTIMATE_RANGE] = RELEASE_RANGE,
                                                  [ESTIMATE_REFUSED] = RELEASE_REFUSED};

    return answers[fields_int(f, "answer", ESTIMATE_POINT, ESTIMATE_REFUSED)];
}

static void read_ways(struct fields f, struct round_evidence *out)
{
    out->ways = fields_count(f, "ways", RELEASE_MAX_METHODS);
    for (size_t i = 0; i < out->ways; i++) {
        struct fields one = fields_item(f, "ways", i);
        struct round_way *way = &out->way[i];

        *way = (struct round_way){
            .code = fields_str(one, "code"),
            .answer = answer_in(one),
            .reason = {fields_str(one, "why"), fields_str(one, "sv"), fields_str(one, "en")},
            .is_bound = fields_bool(one, "bound")};
        read_limits(one, way->limit);
    }
    read_limits(f, out->range);
}

static void read_lists(struct fields f, struct round_evidence *out)
{
    out->drops = fields_count(f, "lists", ESTIMATE_MAX_LISTS);
    for (size_t i = 0; i < out->drops; i++) {
        struct fields one = fields_item(f, "lists", i);

        out->drop[i] =
            (struct round_drop){.list = fields_str(one, "list"),
                                .nhat = fields_int_or(one, "without", 0, INT64_MAX, RELEASE_UNKNOWN),
                                .moves = fields_bool(one, "moves")};
    }
    if (!fields_has(f, "models"))
        return;
    struct fields models = fields_object(f, "models");

    out->half = fields_int_or(f, "half", 0, INT64_MAX, RELEASE_UNKNOWN);
    out->twice = fields_int_or(f, "twice", 0, INT64_MAX, RELEASE_UNKNOWN);
    out->models = fields_int(models, "n", 0, INT64_MAX);
    out->models_without_limit = fields_int(models, "without_limit", 0, INT64_MAX);
    read_limits(models, out->model_limit);
}

static void read_part(struct fields f, struct arena *a, struct round_part *out)
{
    *out = (struct round_part){.column = fields_str(f, "column"),
                               .n = fields_count(f, "rows", STRATA_MOST),
                               .refused = fields_int(f, "refused", 0, STRATA_MOST)};
    read_limits(f, out->limit);
    out->row = arena_new(a, out->n + 1, struct round_category);
    for (size_t i = 0; i < out->n; i++) {
        struct fields one = fields_item(f, "rows", i);

        out->row[i] =
            (struct round_category){.category = fields_str(one, "category"), .answer = answer_in(one)};
        read_limits(one, out->row[i].limit);
    }
}
