/* A release, from the files of its folder. */
#include "base/arena.h"
#include "base/text.h"
#include "protect/table.h"
#include "release/bundle.h"
#include "release/fields.h"
#include "release/release.h"
#include "release/release_files.h"

#include <math.h>

static enum status read_manifest(const struct bundle *b, struct arena *a, struct release *out, struct err *e);
static enum status read_estimate(const struct bundle *b, struct arena *a, struct release *out, struct err *e);
static enum status read_texts(const struct bundle *b, struct arena *a, struct release *out, struct err *e);
static enum status read_protection(const struct bundle *b, struct arena *a, struct release *out,
                                   struct err *e);
static enum status read_table(const struct bundle *b, const char *name, struct release_table *t,
                              const struct mapping *m, struct arena *a, struct err *e);
static bool has_file(const struct bundle *b, const char *name);

enum status release_read(const char *path, struct str public_key, struct arena *a, struct release *out,
                         struct err *e)
{
    struct bundle *b = arena_new(a, 1, struct bundle);

    TRY(bundle_read(path, public_key, a, b, e));
    return release_from_files(b, a, out, e);
}

enum status release_from_files(const struct bundle *b, struct arena *a, struct release *out, struct err *e)
{
    struct release *r = arena_new(a, 1, struct release);

    r->public_key = b->public_key;
    TRY(read_manifest(b, a, r, e));
    TRY(read_texts(b, a, r, e));
    TRY(read_estimate(b, a, r, e));
    TRY(read_protection(b, a, r, e));
    for (size_t i = 0; i < r->tables; i++)
        TRY(read_table(b, arena_printf(a, "tables/%.*s.json", STR(r->table[i].label.code)), &r->table[i],
                       &r->mapping, a, e));
    r->situations.label = release_situations_label;
    if (has_file(b, "situations.json"))
        TRY(read_table(b, "situations.json", &r->situations, &r->mapping, a, e));
    TRY(bundle_find(b, "cube.csv", &r->cube_csv, e));
    *out = *r;
    return OK;
}

static enum status read_manifest(const struct bundle *b, struct arena *a, struct release *out, struct err *e)
{
    struct fields_file file;
    struct fields f = fields_open(&file, "manifest.json", b->manifest, a);

    if (!str_is(fields_str(f, "format"), "lykta-release 1"))
        fields_fault(f, "format", "\"lykta-release 1\"; a later version of Lykta may know this one");
    out->name = fields_str(f, "name");
    out->city = fields_str(f, "city");
    out->municipality = fields_str(f, "municipality");
    out->mapping.first_year = (int)fields_int(f, "first_year", MAPPING_FIRST_YEAR, MAPPING_LAST_YEAR);
    out->mapping.last_year = (int)fields_int(f, "last_year", out->mapping.first_year, MAPPING_LAST_YEAR);
    out->mapping.is_example = fields_bool(f, "example");
    out->published_at = fields_int(f, "published_at", 0, (int64_t)1 << 40);
    out->program = fields_str(f, "program");
    return fields_close(&file, e);
}

static struct release_note note_in(struct fields f)
{
    return (struct release_note){fields_str(f, "code"), fields_str(f, "sv"), fields_str(f, "en")};
}

static struct label label_in(struct fields f)
{
    return (struct label){fields_str(f, "code"), fields_str(f, "sv"), fields_str(f, "en")};
}

static void read_both(struct fields f, const char *key, struct str *sv, struct str *en)
{
    struct fields both = fields_object(f, key);

    *sv = fields_str(both, "sv");
    *en = fields_str(both, "en");
}

static enum status read_texts(const struct bundle *b, struct arena *a, struct release *out, struct err *e)
{
    struct fields_file file;
    struct str bytes;

    TRY(bundle_find(b, "texts.json", &bytes, e));
    struct fields f = fields_open(&file, "texts.json", bytes, a);
    struct mapping *m = &out->mapping;
    read_both(f, "title", &m->title_sv, &m->title_en);
    read_both(f, "people", &m->people_sv, &m->people_en);
    read_both(f, "source", &m->source_sv, &m->source_en);
    m->lists = fields_count(f, "lists", TABLE_MAX_DIMENSIONS);
    for (size_t i = 0; i < m->lists; i++)
        m->list[i] = label_in(fields_item(f, "lists", i));
    out->tables = fields_count(f, "tables", RELEASE_MAX_TABLES);
    for (size_t i = 0; i < out->tables; i++)
        out->table[i].label = label_in(fields_item(f, "tables", i));
    out->limits = fields_count(f, "limits", RELEASE_MAX_NOTES);
    for (size_t i = 0; i < out->limits; i++)
        out->limit[i] = note_in(fields_item(f, "limits", i));
    return fields_close(&file, e);
}

static void read_limits(struct fields f, const char *key, int64_t out[2])
{
    bool is_known = !fields_is_null(f, key);

    if (is_known && fields_count(f, key, 2) != 2)
        fields_fault(f, key, "a lower and an upper limit");
    for (size_t i = 0; i < 2; i++)
        out[i] = is_known ? fields_item_int_or(f, key, i, RELEASE_UNKNOWN) : RELEASE_UNKNOWN;
}

static enum release_answer answer_in(struct fields f)
{
    struct str status = fields_str(f, "status");

    if (str_is(status, "estimate"))
        return RELEASE_POINT;
    if (str_is(status, "range"))
        return RELEASE_RANGE;
    if (!str_is(status, "refused"))
        fields_fault(f, "status", "estimate, range or refused");
    return RELEASE_REFUSED;
}

static void read_figures(struct fields f, struct release_estimate *out)
{
    out->nhat = fields_int_or(f, "nhat", 0, INT64_MAX, RELEASE_UNKNOWN);
    read_limits(f, "ci95", out->ci95);
    read_limits(f, "ci80", out->ci80);
    read_limits(f, "range", out->range);
    bool is_known =
        out->answer == RELEASE_POINT ? out->nhat != RELEASE_UNKNOWN : out->range[0] != RELEASE_UNKNOWN;
    if (!is_known && out->answer != RELEASE_REFUSED)
        fields_fault(f, out->answer == RELEASE_POINT ? "nhat" : "range", "a figure, as the status says");
}

static void read_lists_of(struct fields f, struct release_estimate *out)
{
    out->pairs = fields_count(f, "pairs", RELEASE_MAX_PAIRS);
    for (size_t i = 0; i < out->pairs; i++)
        out->pair[i] = fields_item_str(f, "pairs", i);
    out->alternatives = fields_count(f, "alternatives", RELEASE_MAX_ALTERNATIVES);
    for (size_t i = 0; i < out->alternatives; i++) {
        struct fields other = fields_item(f, "alternatives", i);

        out->alternative[i] = (struct release_alternative){.threshold = fields_real(other, "threshold"),
                                                           .nhat = fields_int(other, "nhat", 0, INT64_MAX),
                                                           .is_defensible = fields_bool(other, "defensible")};
    }
    out->warnings = fields_count(f, "warnings", RELEASE_MAX_NOTES);
    for (size_t i = 0; i < out->warnings; i++)
        out->warning[i] = note_in(fields_item(f, "warnings", i));
}

/* Releases of earlier versions have none. */
static void read_methods(struct fields f, struct release_methods *out)
{
    if (!fields_has(f, "methods") || fields_is_null(f, "methods"))
        return;
    struct fields told = fields_object(f, "methods");

    read_limits(told, "range", out->range);
    out->lowest = fields_str(told, "lowest");
    out->highest = fields_str(told, "highest");
    out->n = fields_count(told, "tried", RELEASE_MAX_METHODS);
    for (size_t i = 0; i < out->n; i++)
        out->method[i] = note_in(fields_item(told, "tried", i));
    if (out->range[0] == RELEASE_UNKNOWN)
        fields_fault(told, "range", "a lower limit at least");
}

static struct release_figure figure_in(struct fields f)
{
    return (struct release_figure){.people = fields_int(f, "people", 0, INT64_MAX),
                                   .lo = fields_int(f, "lo", 0, INT64_MAX),
                                   .hi = fields_int(f, "hi", 0, INT64_MAX),
                                   .sv = fields_str(f, "sv"),
                                   .en = fields_str(f, "en")};
}

static enum status read_estimate(const struct bundle *b, struct arena *a, struct release *out, struct err *e)
{
    struct release_estimate *estimate = &out->estimate;
    struct fields_file file;
    struct str bytes;

    TRY(bundle_find(b, "estimate.json", &bytes, e));
    struct fields f = fields_open(&file, "estimate.json", bytes, a);
    estimate->answer = answer_in(f);
    if (estimate->answer != RELEASE_POINT)
        estimate->reason = note_in(fields_object(f, "reason"));
    out->seen = figure_in(fields_object(f, "seen"));
    read_figures(f, estimate);
    estimate->interval = fields_str(f, "interval");
    estimate->method = fields_str(f, "method");
    estimate->threshold = fields_real(f, "threshold");
    estimate->replicates = fields_int(f, "replicates", 0, INT64_MAX);
    estimate->is_resolved = fields_bool(f, "resolved");
    read_lists_of(f, estimate);
    read_methods(f, &estimate->methods);
    estimate->seed = (uint64_t)fields_int(f, "seed", 0, INT64_MAX);
    return fields_close(&file, e);
}

static enum status read_protection(const struct bundle *b, struct arena *a, struct release *out,
                                   struct err *e)
{
    struct fields_file file;
    struct str bytes;

    TRY(bundle_find(b, "protection.json", &bytes, e));
    struct fields f = fields_open(&file, "protection.json", bytes, a);
    out->protection = (struct release_protection){.method = fields_str(f, "method"),
                                                  .profile = fields_str(f, "profile"),
                                                  .base = fields_int(f, "base", 1, 1000),
                                                  .margin_move = fields_int(f, "margin_move", 0, 100000)};
    return fields_close(&file, e);
}

/* The lists of "LA+NG" as a mask; 0 when one of them is unknown. */
static uint32_t lists_of(struct str code, const struct mapping *m)
{
    uint32_t lists = 0;
    struct str rest = code;

    while (rest.n > 0) {
        struct str one;
        size_t i = 0;

        if (!str_cut(rest, '+', &one, &rest))
            rest = S("");
        while (i < m->lists && !str_equal(m->list[i].code, one))
            i++;
        if (i == m->lists)
            return 0;
        lists |= (uint32_t)1 << i;
    }
    return lists;
}

static void read_rows(struct fields f, struct release_table *t, const struct mapping *m, struct arena *a)
{
    struct fields dimension =
        fields_object(fields_object(f, "dimension"), arena_cstr(a, t->label.code.p, t->label.code.n));
    struct fields category = fields_object(dimension, "category");
    struct fields sv = fields_object(category, "label");
    struct fields more = fields_object(fields_object(f, "extension"), "lykta");
    bool is_overlap = str_is(t->label.code, "overlap");

    for (size_t i = 0; i < t->n; i++) {
        struct str code = fields_item_str(category, "index", i);

        t->row[i] = (struct release_row){.label = {code, fields_str(sv, arena_cstr(a, code.p, code.n)),
                                                   fields_item_str(more, "category_en", i)},
                                         .lists = is_overlap ? lists_of(code, m) : 0,
                                         .figure = {.people = fields_item_int(f, "value", i, 0, INT64_MAX),
                                                    .lo = fields_item_int(more, "lo", i, 0, INT64_MAX),
                                                    .hi = fields_item_int(more, "hi", i, 0, INT64_MAX),
                                                    .sv = fields_item_str(more, "shown_sv", i),
                                                    .en = fields_item_str(more, "shown_en", i)}};
        if (is_overlap && t->row[i].lists == 0)
            fields_fault(f, "overlap", "combinations of the release's own lists");
    }
}

static bool has_file(const struct bundle *b, const char *name)
{
    for (size_t i = 0; i < b->files; i++)
        if (str_is(b->file[i].name, name))
            return true;
    return false;
}

static enum status read_table(const struct bundle *b, const char *name, struct release_table *t,
                              const struct mapping *m, struct arena *a, struct err *e)
{
    struct fields_file file;
    struct str bytes;

    TRY(bundle_find(b, name, &bytes, e));
    struct fields f = fields_open(&file, name, bytes, a);
    t->n = fields_count(f, "value", TABLE_MAX_PUBLISHED);
    t->row = arena_new(a, t->n, struct release_row);
    read_rows(f, t, m, a);
    return fields_close(&file, e);
}
