/* Capture histories and their table. The file is read twice: first to see which columns are lists, then the
 * rows. */
#include "estimate/counts.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/number.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

/* What the first reading learns of a column: whether some cell is 0 or 1, and the first that is neither. */
struct column {
    bool has_list_cell;
    bool has_other_cell;
    int64_t other_line;
    struct str other;
};

struct reader {
    struct csv in;
    struct counts *counts;
    size_t columns; /* before `count` */
    struct str name[CSV_MAX_FIELDS];
    struct column column[CSV_MAX_FIELDS];
    int list_of[CSV_MAX_FIELDS];    /* the list a column holds, or -1 */
    int stratum_of[CSV_MAX_FIELDS]; /* the stratum it holds, or -1 */
};

static enum status take_header(struct reader *r, struct err *e);
static enum status scan_columns(struct reader *r, struct err *e);
static enum status assign_columns(struct reader *r, struct err *e);
static enum status take_row(struct reader *r, struct err *e);
static enum status take_category(struct reader *r, size_t field, struct counts_record *out, struct err *e);
static enum status take_people(const struct reader *r, uint32_t *out, struct err *e);
static void add_up(struct counts *c, struct arena *a);

enum status counts_read(struct counts *out, const char *name, struct str bytes, struct arena *a,
                        struct err *e)
{
    struct reader *r = arena_new(a, 1, struct reader);
    struct counts counts = {0};
    bool has_row = false;

    r->counts = &counts;
    TRY(csv_open(&r->in, name, bytes, a, e));
    TRY(take_header(r, e));
    TRY(scan_columns(r, e));
    TRY(assign_columns(r, e));
    TRY(csv_open(&r->in, name, bytes, a, e));
    for (;;) {
        TRY(csv_next(&r->in, &has_row, e));
        if (!has_row)
            break;
        TRY(take_row(r, e));
    }
    add_up(&counts, a);
    *out = counts;
    return OK;
}

void counts_where(struct counts *out, const struct counts *whole, size_t stratum, size_t category,
                  struct arena *a)
{
    struct counts part = *whole;

    part.records = 0;
    part.record = arena_new(a, whole->records, struct counts_record);
    for (size_t i = 0; i < whole->records; i++)
        if (whole->record[i].category[stratum] == category)
            part.record[part.records++] = whole->record[i];
    add_up(&part, a);
    *out = part;
}

void counts_without(struct counts *out, const struct counts *whole, uint32_t dropped, struct arena *a)
{
    struct counts rest = *whole;
    size_t kept[COUNTS_MAX_LISTS];

    rest.lists = 0;
    for (size_t i = 0; i < whole->lists; i++) {
        if (dropped >> i & 1U)
            continue;
        kept[rest.lists] = i;
        rest.list[rest.lists++] = whole->list[i];
    }
    rest.records = 0;
    rest.record = arena_new(a, whole->records, struct counts_record);
    for (size_t i = 0; i < whole->records; i++) {
        struct counts_record record = whole->record[i];

        record.history = 0;
        for (size_t k = 0; k < rest.lists; k++)
            record.history |= (whole->record[i].history >> kept[k] & 1U) << k;
        if (record.history != 0)
            rest.record[rest.records++] = record;
    }
    add_up(&rest, a);
    *out = rest;
}

/* The names of the columns, checked; `count` is the last. */
static enum status take_header(struct reader *r, struct err *e)
{
    const struct csv *in = &r->in;
    int count = csv_column(in, "count");

    if (count < 0)
        return csv_fault(e, in, in->n - 1,
                         "no column named \"count\", expected one column per list and last \"count\"");
    if ((size_t)count + 1 != in->n)
        return csv_fault(e, in, (size_t)count, "columns after \"count\", expected \"count\" to be the last");
    r->columns = (size_t)count;
    for (size_t i = 0; i < r->columns; i++) {
        if (in->fields[i].n == 0)
            return csv_fault(e, in, i, "a column without a name, expected the name of a list");
        if (csv_column(in, arena_cstr(in->arena, in->fields[i].p, in->fields[i].n)) != (int)i)
            return csv_fault(e, in, i, "two columns are named \"%.*s\", expected different names",
                             STR(in->fields[i]));
        r->name[i] = str_copy(in->fields[i], in->arena);
    }
    return OK;
}

static bool is_list_cell(struct str cell)
{
    return str_equal(cell, S("0")) || str_equal(cell, S("1"));
}

static void note_cell(struct column *column, struct str cell, int64_t line)
{
    if (is_list_cell(cell)) {
        column->has_list_cell = true;
    } else if (!column->has_other_cell) {
        column->has_other_cell = true;
        column->other_line = line;
        column->other = cell;
    }
}

static enum status scan_columns(struct reader *r, struct err *e)
{
    bool has_row = false;
    size_t rows = 0;

    for (;; rows++) {
        TRY(csv_next(&r->in, &has_row, e));
        if (!has_row)
            break;
        for (size_t i = 0; i < r->columns; i++)
            note_cell(&r->column[i], str_trim(r->in.fields[i]), r->in.line);
    }
    if (rows == 0)
        return err_set(e, BAD_INPUT, "%s:2:1: no rows after the header, expected one per capture history",
                       r->in.name);
    r->counts->record = arena_new(r->in.arena, rows, struct counts_record);
    return OK;
}

static enum status assign_columns(struct reader *r, struct err *e)
{
    struct counts *c = r->counts;

    for (size_t i = 0; i < r->columns; i++) {
        const struct column *column = &r->column[i];

        r->in.line = column->other_line;
        if (column->has_list_cell && column->has_other_cell)
            return csv_fault(e, &r->in, i, "list \"%.60s\": expected 0 or 1, found %.*s", r->name[i].p,
                             STR(number_shown(column->other)));
        r->in.line = 1;
        r->list_of[i] = r->stratum_of[i] = -1;
        if (column->has_list_cell && c->lists == COUNTS_MAX_LISTS)
            return csv_fault(e, &r->in, i, "more than %d lists, the most that can be read", COUNTS_MAX_LISTS);
        if (!column->has_list_cell && c->strata == COUNTS_MAX_STRATA)
            return csv_fault(e, &r->in, i, "more than %d columns of categories, the most that can be read",
                             COUNTS_MAX_STRATA);
        if (column->has_list_cell) {
            r->list_of[i] = (int)c->lists;
            c->list[c->lists++] = r->name[i];
        } else {
            r->stratum_of[i] = (int)c->strata;
            c->stratum[c->strata++].name = r->name[i];
        }
    }
    if (c->lists == 0)
        return csv_fault(e, &r->in, 0, "no column of 0 and 1, expected one per list before \"count\"");
    return OK;
}

static enum status take_row(struct reader *r, struct err *e)
{
    struct counts *c = r->counts;
    struct counts_record record = {0};

    for (size_t i = 0; i < r->columns; i++) {
        if (r->list_of[i] >= 0 && str_equal(str_trim(r->in.fields[i]), S("1")))
            record.history |= UINT32_C(1) << r->list_of[i];
        if (r->stratum_of[i] >= 0)
            TRY(take_category(r, i, &record, e));
    }
    if (record.history == 0)
        return csv_fault(
            e, &r->in, 0,
            "a history on no list; who is on none was not seen and cannot be counted: remove the row");
    TRY(take_people(r, &record.people, e));
    c->n += record.people;
    if (c->n > COUNTS_MAX_PEOPLE)
        return csv_fault(e, &r->in, r->columns,
                         "the counts add up to more than %d, the most that can be read", COUNTS_MAX_PEOPLE);
    c->record[c->records++] = record;
    return OK;
}

static enum status take_category(struct reader *r, size_t field, struct counts_record *out, struct err *e)
{
    size_t s = (size_t)r->stratum_of[field];
    struct counts_stratum *stratum = &r->counts->stratum[s];
    struct str cell = str_trim(r->in.fields[field]);
    size_t i = 0;

    if (cell.n == 0)
        return csv_fault(e, &r->in, field, "\"%.60s\" is empty, expected a category such as \"unknown\"",
                         stratum->name.p);
    while (i < stratum->categories && !str_equal(stratum->category[i], cell))
        i++;
    if (i == COUNTS_MAX_CATEGORIES)
        return csv_fault(e, &r->in, field, "\"%.60s\" has more than %d categories, the most that can be read",
                         stratum->name.p, COUNTS_MAX_CATEGORIES);
    if (i == stratum->categories)
        stratum->category[stratum->categories++] = str_copy(cell, r->in.arena);
    out->category[s] = (uint8_t)i;
    return OK;
}

static enum status take_people(const struct reader *r, uint32_t *out, struct err *e)
{
    struct str cell = str_trim(r->in.fields[r->columns]);
    int64_t people = 0;

    if (!i64_from_str(cell, 0, COUNTS_MAX_PEOPLE, &people))
        return csv_fault(e, &r->in, r->columns, "count: expected a whole number from 0 to %d, found %.*s",
                         COUNTS_MAX_PEOPLE, STR(number_shown(cell)));
    *out = (uint32_t)people;
    return OK;
}

static void add_up(struct counts *c, struct arena *a)
{
    c->n = 0;
    c->y = arena_new(a, (size_t)1 << c->lists, uint32_t);
    for (size_t i = 0; i < c->records; i++) {
        c->y[c->record[i].history] += c->record[i].people;
        c->n += c->record[i].people;
    }
}
