/* The files of a release's folder, from the release. */
#include "release/release_files.h"

#include "base/arena.h"
#include "base/date.h"
#include "base/text.h"
#include "release/release_notes.h"
#include "release/release_tables.h"

/* Writes one part of a release as a JSON value. */
typedef void put_part(struct json *j, const char *key, const struct release *r);

static struct str part_file(const struct release *r, put_part *put, struct arena *a);
static struct str manifest_file(const struct release *r, const struct bundle *b, struct arena *a);

void release_files(const struct release *r, struct arena *a, struct bundle *b)
{
    for (size_t i = 0; i < r->tables; i++) {
        const struct release_table *t = &r->table[i];

        bundle_add(b, arena_printf(a, "tables/%.*s.csv", STR(t->label.code)), release_table_csv(t, a));
        bundle_add(b, arena_printf(a, "tables/%.*s.json", STR(t->label.code)),
                   release_table_json_stat(r, t, a));
    }
    if (r->situations.n > 0) {
        bundle_add(b, "situations.csv", release_table_csv(&r->situations, a));
        bundle_add(b, "situations.json", release_table_json_stat(r, &r->situations, a));
    }
    bundle_add(b, "cube.csv", r->cube_csv);
    bundle_add(b, "estimate.json", part_file(r, release_put_estimate, a));
    bundle_add(b, "protection.json", part_file(r, release_put_protection, a));
    bundle_add(b, "texts.json", part_file(r, release_put_texts, a));
    b->manifest = manifest_file(r, b, a);
}

void release_put_people(struct json *j, const char *key, int64_t people)
{
    if (people == RELEASE_UNKNOWN)
        json_nothing(j, key);
    else
        json_i64(j, key, people);
}

void release_put_limits(struct json *j, const char *key, const int64_t limits[2])
{
    if (limits[0] == RELEASE_UNKNOWN && limits[1] == RELEASE_UNKNOWN) {
        json_nothing(j, key);
        return;
    }
    json_array_flat(j, key);
    release_put_people(j, NULL, limits[0]);
    release_put_people(j, NULL, limits[1]);
    json_array_end(j);
}

static void put_note(struct json *j, const char *key, const struct release_note *note)
{
    json_object_begin(j, key);
    json_str(j, "code", note->code);
    json_str(j, "sv", note->sv);
    json_str(j, "en", note->en);
    json_object_end(j);
}

static void put_notes(struct json *j, const char *key, const struct release_note *notes, size_t n)
{
    json_array_begin(j, key);
    for (size_t i = 0; i < n; i++)
        put_note(j, NULL, &notes[i]);
    json_array_end(j);
}

static void put_label(struct json *j, const char *key, const struct label *label)
{
    const struct release_note as_note = {label->code, label->sv, label->en};

    put_note(j, key, &as_note);
}

static void put_both(struct json *j, const char *key, struct str sv, struct str en)
{
    json_object_begin(j, key);
    json_str(j, "sv", sv);
    json_str(j, "en", en);
    json_object_end(j);
}

static void put_alternatives(struct json *j, const struct release_estimate *estimate)
{
    json_array_begin(j, "alternatives");
    for (size_t i = 0; i < estimate->alternatives; i++) {
        json_object_begin(j, NULL);
        json_f64(j, "threshold", estimate->alternative[i].threshold);
        json_i64(j, "nhat", estimate->alternative[i].nhat);
        json_bool(j, "defensible", estimate->alternative[i].is_defensible);
        json_object_end(j);
    }
    json_array_end(j);
}

/* What an earlier version of Lykta wrote has no methods; readers take none and null alike. */
static void put_methods(struct json *j, const struct release_methods *told)
{
    if (told->n == 0) {
        json_nothing(j, "methods");
        return;
    }
    json_object_begin(j, "methods");
    release_put_limits(j, "range", told->range);
    json_str(j, "lowest", told->lowest);
    json_str(j, "highest", told->highest);
    put_notes(j, "tried", told->method, told->n);
    json_object_end(j);
}

void release_put_estimate(struct json *j, const char *key, const struct release *r)
{
    static const char *const answers[] = {
        [RELEASE_POINT] = "estimate", [RELEASE_RANGE] = "range", [RELEASE_REFUSED] = "refused"};
    const struct release_estimate *estimate = &r->estimate;

    json_object_begin(j, key);
    json_str(j, "status", str_of(answers[estimate->answer]));
    if (estimate->answer == RELEASE_POINT)
        json_nothing(j, "reason");
    else
        put_note(j, "reason", &estimate->reason);
    json_object_begin(j, "seen");
    json_i64(j, "people", r->seen.people);
    json_i64(j, "lo", r->seen.lo);
    json_i64(j, "hi", r->seen.hi);
    json_str(j, "sv", r->seen.sv);
    json_str(j, "en", r->seen.en);
    json_object_end(j);
    release_put_people(j, "nhat", estimate->nhat);
    release_put_limits(j, "ci95", estimate->ci95);
    release_put_limits(j, "ci80", estimate->ci80);
    release_put_limits(j, "range", estimate->range);
    json_str(j, "interval", estimate->interval);
    json_str(j, "method", estimate->method);
    json_f64(j, "threshold", estimate->threshold);
    json_array_flat(j, "pairs");
    for (size_t i = 0; i < estimate->pairs; i++)
        json_str(j, NULL, estimate->pair[i]);
    json_array_end(j);
    json_i64(j, "replicates", estimate->replicates);
    json_bool(j, "resolved", estimate->is_resolved);
    put_alternatives(j, estimate);
    put_methods(j, &estimate->methods);
    put_notes(j, "warnings", estimate->warning, estimate->warnings);
    json_i64(j, "seed", (int64_t)estimate->seed);
    json_object_end(j);
}

void release_put_texts(struct json *j, const char *key, const struct release *r)
{
    const struct mapping *m = &r->mapping;

    json_object_begin(j, key);
    put_both(j, "title", m->title_sv, m->title_en);
    put_both(j, "people", m->people_sv, m->people_en);
    put_both(j, "source", m->source_sv, m->source_en);
    json_array_begin(j, "lists");
    for (size_t i = 0; i < m->lists; i++)
        put_label(j, NULL, &m->list[i]);
    json_array_end(j);
    json_array_begin(j, "tables");
    for (size_t i = 0; i < r->tables; i++)
        put_label(j, NULL, &r->table[i].label);
    json_array_end(j);
    put_notes(j, "limits", r->limit, r->limits);
    json_object_end(j);
}

void release_put_protection(struct json *j, const char *key, const struct release *r)
{
    json_object_begin(j, key);
    json_str(j, "method", r->protection.method);
    json_str(j, "profile", r->protection.profile);
    json_i64(j, "base", r->protection.base);
    json_i64(j, "margin_move", r->protection.margin_move);
    put_both(j, "statement", release_protection_note.sv, release_protection_note.en);
    json_object_end(j);
}

/* One of the parts above as a file of its own. */
static struct str part_file(const struct release *r, put_part *put, struct arena *a)
{
    struct text out = text_open(a);
    struct json j = json_open(&out);

    put(&j, NULL, r);
    return text_str(&out);
}

static struct str manifest_file(const struct release *r, const struct bundle *b, struct arena *a)
{
    struct text out = text_open(a);
    struct json j = json_open(&out);
    char moment[21];

    moment_to_text(r->published_at, moment);
    json_object_begin(&j, NULL);
    json_str(&j, "format", S("lykta-release 1"));
    json_str(&j, "name", r->name);
    json_str(&j, "city", r->city);
    json_str(&j, "municipality", r->municipality);
    json_i64(&j, "first_year", r->mapping.first_year);
    json_i64(&j, "last_year", r->mapping.last_year);
    json_bool(&j, "example", r->mapping.is_example);
    json_str(&j, "published", str_of(moment));
    json_i64(&j, "published_at", r->published_at);
    json_str(&j, "program", r->program);
    json_str(&j, "method", r->estimate.method);
    json_i64(&j, "seed", (int64_t)r->estimate.seed);
    json_str(&j, "profile", r->protection.profile);
    json_i64(&j, "base", r->protection.base);
    bundle_put_files(b, &j);
    json_object_end(&j);
    return text_str(&out);
}
