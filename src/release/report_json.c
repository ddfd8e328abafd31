/* A release as one JSON object. */
#include "release/report.h"

#include "base/arena.h"
#include "base/date.h"
#include "base/json.h"
#include "release/release_files.h"
#include "release/what_if.h"

static void put_row(struct json *j, const struct release_row *row, const char *counted);
static void put_changes(struct json *j, const struct release *r, struct arena *a);

enum status report_json(const struct release *r, const struct series *series, struct text *out, struct err *e)
{
    (void)series;
    (void)e;
    struct json j = json_open(out);
    char moment[21];

    moment_to_text(r->published_at, moment);
    json_object_begin(&j, NULL);
    json_str(&j, "release", r->name);
    json_str(&j, "city", r->city);
    json_str(&j, "municipality", r->municipality);
    json_i64(&j, "first_year", r->mapping.first_year);
    json_i64(&j, "last_year", r->mapping.last_year);
    json_bool(&j, "example", r->mapping.is_example);
    json_str(&j, "published", str_of(moment));
    json_str(&j, "program", r->program);
    json_str(&j, "public_key", r->public_key);
    release_put_texts(&j, "texts", r);
    release_put_estimate(&j, "estimate", r);
    put_changes(&j, r, out->arena);
    release_put_protection(&j, "protection", r);
    json_object_begin(&j, "tables");
    for (size_t i = 0; i < r->tables; i++) {
        json_array_begin(&j, arena_cstr(out->arena, r->table[i].label.code.p, r->table[i].label.code.n));
        for (size_t row = 0; row < r->table[i].n; row++)
            put_row(&j, &r->table[i].row[row], "people");
        json_array_end(&j);
    }
    json_object_end(&j);
    json_array_begin(&j, "situations");
    for (size_t row = 0; row < r->situations.n; row++)
        put_row(&j, &r->situations.row[row], "situations");
    json_array_end(&j);
    json_object_end(&j);
    return OK;
}

static void put_row(struct json *j, const struct release_row *row, const char *counted)
{
    json_object_begin(j, NULL);
    json_str(j, "code", row->label.code);
    json_str(j, "sv", row->label.sv);
    json_str(j, "en", row->label.en);
    json_i64(j, counted, row->figure.people);
    json_i64(j, "lo", row->figure.lo);
    json_i64(j, "hi", row->figure.hi);
    json_str(j, "shown_sv", row->figure.sv);
    json_str(j, "shown_en", row->figure.en);
    json_object_end(j);
}

static void put_changes(struct json *j, const struct release *r, struct arena *a)
{
    struct what_if *x = arena_new(a, 1, struct what_if);

    what_if_of(r, a, x);
    json_array_begin(j, "what_would_change");
    for (size_t i = 0; i < x->notes; i++) {
        json_object_begin(j, NULL);
        json_str(j, "code", x->note[i].code);
        json_str(j, "sv", x->note[i].sv);
        json_str(j, "en", x->note[i].en);
        json_object_end(j);
    }
    json_array_end(j);
}
