/* A mapping: its texts, its names, its rows in the database. */
#include "mapping/mapping.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/number.h"
#include "store/db.h"

#include <assert.h>
#include <inttypes.h>

static struct label *label_for(struct mapping *m, struct str code, bool *is_category, struct str *category);
static bool is_header(const struct csv *in);
static enum status take_name(struct mapping *m, const struct csv *in, struct arena *a, struct err *e);
static enum status take_residents(struct mapping *m, const struct csv *in, const struct label *label,
                                  struct err *e);
static enum status check_categories(const struct mapping *m, const struct counts *counts, const char *file,
                                    struct err *e);
static enum status give_codes(struct mapping *m, struct arena *a, struct err *e);
static enum status label_add(struct db *db, int64_t mapping, int64_t dimension, int64_t position,
                             const struct label *label, struct err *e);
static enum status labels_read(struct db *db, struct arena *a, struct mapping *out, struct err *e);

enum status mapping_period(struct mapping *m, struct str period, struct err *e)
{
    struct str first;
    struct str last;
    int64_t from = 0;
    int64_t to = 0;

    if (!str_cut(period, '-', &first, &last))
        last = first;
    if (!i64_from_str(first, MAPPING_FIRST_YEAR, MAPPING_LAST_YEAR, &from) ||
        !i64_from_str(last, from, MAPPING_LAST_YEAR, &to))
        return err_set(e, USAGE, "period \"%.*s\": expected a year, or two as 2013-2015, from %d to %d",
                       STR(period), (int)MAPPING_FIRST_YEAR, (int)MAPPING_LAST_YEAR);
    m->first_year = (int)from;
    m->last_year = (int)to;
    return OK;
}

enum status mapping_name(struct mapping *m, const struct counts *counts, const char *file, struct str names,
                         struct arena *a, struct err *e)
{
    struct csv in;
    bool has_row = false;

    m->lists = counts->lists;
    m->dimensions = counts->strata;
    for (size_t i = 0; i < m->lists; i++)
        m->list[i] = (struct label){counts->list[i], counts->list[i], counts->list[i]};
    for (size_t d = 0; d < m->dimensions; d++)
        m->dimension[d] = (struct mapping_dimension){
            .label = {counts->stratum[d].name, counts->stratum[d].name, counts->stratum[d].name}};
    if (names.n > 0) {
        TRY(csv_open(&in, file, names, a, e));
        if (!is_header(&in))
            return err_set(e, BAD_INPUT,
                           "%s:1:1: expected the header code,sv,en, and then residents where there are areas",
                           file);
        TRY(csv_next(&in, &has_row, e));
    }
    while (has_row) {
        TRY(take_name(m, &in, a, e));
        TRY(csv_next(&in, &has_row, e));
    }
    TRY(give_codes(m, a, e));
    return check_categories(m, counts, file, e);
}

static bool is_header(const struct csv *in)
{
    bool has_names = csv_column(in, "code") == 0 && csv_column(in, "sv") == 1 && csv_column(in, "en") == 2;

    return has_names && (in->n == 3 || (in->n == 4 && csv_column(in, "residents") == 3));
}

/* A list that the data name in plain words goes by them, and by a code of its place in files. */
static enum status give_codes(struct mapping *m, struct arena *a, struct err *e)
{
    for (size_t i = 0; i < m->lists; i++) {
        struct str code = str_of(arena_printf(a, "list%zu", i + 1));

        if (mapping_is_code(m->list[i].code))
            continue;
        for (size_t k = 0; k < m->lists; k++)
            if (str_equal(m->list[k].code, code))
                return err_set(e, BAD_INPUT,
                               "list \"%.*s\": its name in the data may have letters, digits, _ and - only, "
                               "when another list is named %.*s",
                               STR(m->list[i].code), STR(code));
        m->list[i].code = code;
    }
    return OK;
}

/* One row: the name of a list, of a column, or one more category of a column. */
static enum status take_name(struct mapping *m, const struct csv *in, struct arena *a, struct err *e)
{
    struct str category = S("");
    bool is_category = false;
    struct label *label = label_for(m, str_trim(in->fields[0]), &is_category, &category);

    if (!label)
        return csv_fault(
            e, in, 0,
            "\"%.*s\" is neither a list, a column of categories nor column=category in the data, or too many",
            STR(in->fields[0]));
    if (is_category)
        label->code = str_copy(category, a);
    for (size_t i = 1; i <= 2; i++)
        if (str_trim(in->fields[i]).n == 0 || in->fields[i].n > MAPPING_MAX_TEXT_BYTES)
            return csv_fault(e, in, i, "expected a name of 1 to %d bytes", (int)MAPPING_MAX_TEXT_BYTES);
    label->sv = str_copy(str_trim(in->fields[1]), a);
    label->en = str_copy(str_trim(in->fields[2]), a);
    if (in->n == 3 || str_trim(in->fields[3]).n == 0)
        return OK;
    return take_residents(m, in, label, e);
}

/* Of the category that was added last: of nothing else it is known how many live there. */
static enum status take_residents(struct mapping *m, const struct csv *in, const struct label *label,
                                  struct err *e)
{
    int64_t residents = 0;

    if (!i64_from_str(str_trim(in->fields[3]), 0, MAPPING_MOST_RESIDENTS, &residents))
        return csv_fault(e, in, 3, "residents: expected a whole number, or nothing");
    for (size_t d = 0; d < m->dimensions; d++) {
        struct mapping_dimension *dimension = &m->dimension[d];

        if (dimension->n == 0 || label != &dimension->category[dimension->n - 1])
            continue;
        if (residents < MAPPING_LEAST_RESIDENTS)
            return csv_fault(e, in, 3,
                             "\"%.*s\" has %" PRId64 " residents, and an area must have %d: count it with a "
                             "neighbour",
                             STR(label->sv), residents, (int)MAPPING_LEAST_RESIDENTS);
        dimension->is_area[dimension->n - 1] = true;
        return OK;
    }
    return csv_fault(e, in, 3, "only a category, column=category, has residents");
}

static struct label *label_for(struct mapping *m, struct str code, bool *is_category, struct str *category)
{
    struct str column;

    *is_category = str_cut(code, '=', &column, category);
    for (size_t i = 0; i < m->lists && !*is_category; i++)
        if (str_equal(m->list[i].code, code))
            return &m->list[i];
    for (size_t d = 0; d < m->dimensions; d++) {
        struct mapping_dimension *dimension = &m->dimension[d];

        if (!str_equal(dimension->label.code, column))
            continue;
        if (!*is_category)
            return &dimension->label;
        return dimension->n < MAPPING_MAX_CATEGORIES ? &dimension->category[dimension->n++] : NULL;
    }
    return NULL;
}

static bool has_category(const struct mapping_dimension *d, struct str code)
{
    for (size_t i = 0; i < d->n; i++)
        if (str_equal(d->category[i].code, code))
            return true;
    return false;
}

static enum status check_categories(const struct mapping *m, const struct counts *counts, const char *file,
                                    struct err *e)
{
    for (size_t d = 0; d < m->dimensions; d++) {
        const struct counts_stratum *column = &counts->stratum[d];

        if (!mapping_is_code(column->name))
            return err_set(e, BAD_INPUT,
                           "column \"%.*s\": its name in the data may have letters, digits, _ and - only",
                           STR(column->name));
        for (size_t i = 0; i < column->categories; i++)
            if (!has_category(&m->dimension[d], column->category[i]))
                return err_set(
                    e, BAD_INPUT,
                    "%s: no row \"%.*s=%.*s\": every category of a column must be named, those without "
                    "anyone too, so that a missing one does not tell that it is empty",
                    file, STR(column->name), STR(column->category[i]));
    }
    return OK;
}

/* Codes become file names and parts of a combination ("NG+PF"). */
bool mapping_is_code(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

        if (!is_letter && !(c >= '0' && c <= '9') && c != '_' && c != '-')
            return false;
    }
    return s.n > 0 && s.n <= MAPPING_MAX_CODE_BYTES;
}

enum status mapping_check(const struct mapping *m, struct err *e)
{
    const struct {
        const char *name;
        struct str value;
    } texts[] = {
        {"the title in Swedish", m->title_sv},   {"the title in English", m->title_en},
        {"who is counted", m->people_sv},        {"who is counted, in English", m->people_en},
        {"the source in Swedish", m->source_sv}, {"the source in English", m->source_en},
    };

    assert(m->first_year <= m->last_year);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (str_trim(texts[i].value).n == 0 || texts[i].value.n > MAPPING_MAX_TEXT_BYTES ||
            !str_is_utf8(texts[i].value))
            return err_set(e, BAD_INPUT, "%s: expected UTF-8 text of 1 to %d bytes", texts[i].name,
                           (int)MAPPING_MAX_TEXT_BYTES);
    return OK;
}

static enum status row_add(struct db *db, struct mapping *m, struct err *e)
{
    static const char sql[] =
        "insert into mapping (first_year, last_year, title_sv, title_en, people_sv, people_en, "
        "source_sv, source_en, is_example) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, m->first_year);
    bind_int(&q, 2, m->last_year);
    bind_str(&q, 3, m->title_sv);
    bind_str(&q, 4, m->title_en);
    bind_str(&q, 5, m->people_sv);
    bind_str(&q, 6, m->people_en);
    bind_str(&q, 7, m->source_sv);
    bind_str(&q, 8, m->source_en);
    bind_int(&q, 9, m->is_example);
    if (query_next(&q))
        m->id = query_int(&q, 0);
    return query_run(&q, e);
}

/* Dimension 0 is the lists; dimension d + 1 begins, at position 0, with the column's own name. */
enum status mapping_add(struct db *db, struct mapping *m, struct err *e)
{
    TRY(mapping_check(m, e));
    TRY(row_add(db, m, e));
    for (size_t i = 0; i < m->lists; i++)
        TRY(label_add(db, m->id, 0, (int64_t)i, &m->list[i], e));
    for (size_t d = 0; d < m->dimensions; d++) {
        TRY(label_add(db, m->id, (int64_t)d + 1, 0, &m->dimension[d].label, e));
        for (size_t i = 0; i < m->dimension[d].n; i++)
            TRY(label_add(db, m->id, (int64_t)d + 1, (int64_t)i + 1, &m->dimension[d].category[i], e));
    }
    return OK;
}

static enum status label_add(struct db *db, int64_t mapping, int64_t dimension, int64_t position,
                             const struct label *label, struct err *e)
{
    static const char sql[] = "insert into mapping_label (mapping, dimension, position, code, sv, en) "
                              "values ($1, $2, $3, $4, $5, $6)";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, mapping);
    bind_int(&q, 2, dimension);
    bind_int(&q, 3, position);
    bind_str(&q, 4, label->code);
    bind_str(&q, 5, label->sv);
    bind_str(&q, 6, label->en);
    return query_run(&q, e);
}

enum status mapping_find(struct db *db, int64_t id, struct arena *a, struct mapping *out, struct err *e)
{
    static const char sql[] =
        "select first_year, last_year, title_sv, title_en, people_sv, people_en, source_sv, source_en, "
        "is_example from mapping where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bool is_there = query_next(&q);
    struct mapping m = {.id = id,
                        .first_year = (int)query_int(&q, 0),
                        .last_year = (int)query_int(&q, 1),
                        .title_sv = query_str(&q, 2, a),
                        .title_en = query_str(&q, 3, a),
                        .people_sv = query_str(&q, 4, a),
                        .people_en = query_str(&q, 5, a),
                        .source_sv = query_str(&q, 6, a),
                        .source_en = query_str(&q, 7, a),
                        .is_example = query_int(&q, 8) != 0};
    TRY(query_end(&q, e));
    if (!is_there)
        return err_set(e, BAD_INPUT, "mapping %" PRId64 ": there is none with this number", id);
    TRY(labels_read(db, a, &m, e));
    *out = m;
    return OK;
}

/* Where the label at (dimension, position) belongs; the database only holds what mapping_add wrote. */
static struct label *place_label(struct mapping *m, int64_t dimension, int64_t position)
{
    if (dimension == 0)
        return m->lists < COUNTS_MAX_LISTS ? &m->list[m->lists++] : NULL;
    if (dimension > COUNTS_MAX_STRATA)
        return NULL;
    struct mapping_dimension *d = &m->dimension[dimension - 1];
    m->dimensions = (size_t)dimension;
    if (position == 0)
        return &d->label;
    return d->n < MAPPING_MAX_CATEGORIES ? &d->category[d->n++] : NULL;
}

static enum status labels_read(struct db *db, struct arena *a, struct mapping *out, struct err *e)
{
    static const char sql[] =
        "select dimension, position, code, sv, en from mapping_label where mapping = $1 "
        "order by dimension, position";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, out->id);
    while (query_next(&q)) {
        struct label *label = place_label(out, query_int(&q, 0), query_int(&q, 1));

        if (label)
            *label = (struct label){query_str(&q, 2, a), query_str(&q, 3, a), query_str(&q, 4, a)};
    }
    return query_end(&q, e);
}
