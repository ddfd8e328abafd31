/* Capture histories and their table. The file is read twice: first to see which columns are lists, then the
 * rows. */
#include "estimate/counts.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/number.h"
#include "estimate/categories.h"

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
    size_t first;    /* 1 when column 0 is `imputation` */
    size_t columns;  /* before `count` */
    size_t linkages; /* begun so far */
    size_t *begin;   /* [linkages]: the first record of each */
    size_t room;
    struct categories category[COUNTS_MAX_STRATA];
    struct str name[CSV_MAX_FIELDS];
    struct column column[CSV_MAX_FIELDS];
    int list_of[CSV_MAX_FIELDS];    /* the list a column holds, or -1 */
    int stratum_of[CSV_MAX_FIELDS]; /* the stratum it holds, or -1 */
};

static enum status take_header(struct reader *r, struct err *e);
static enum status scan_columns(struct reader *r, struct err *e);
static enum status assign_columns(struct reader *r, struct err *e);
static enum status take_row(struct reader *r, struct err *e);
static enum status take_linkage(struct reader *r, struct err *e);
static enum status take_category(struct reader *r, size_t field, struct counts_record *out, struct err *e);
static enum status take_people(const struct reader *r, uint32_t *out, struct err *e);
static void add_up(struct counts *c, struct arena *a);

/* The whole file as one run of records, and where each linkage begins among them. */
static enum status read_records(struct reader *r, const char *name, struct str bytes, struct arena *a,
                                struct err *e)
{
    bool has_row = false;

    TRY(csv_open(&r->in, name, bytes, a, e));
    TRY(take_header(r, e));
    TRY(scan_columns(r, e));
    TRY(assign_columns(r, e));
    TRY(csv_open(&r->in, name, bytes, a, e));
    for (;;) {
        TRY(csv_next(&r->in, &has_row, e));
        if (!has_row)
            break;
        TRY(take_linkage(r, e));
        TRY(take_row(r, e));
    }
    for (size_t s = 0; s < r->counts->strata; s++) {
        r->counts->stratum[s].categories = r->category[s].n;
        r->counts->stratum[s].category = r->category[s].value;
    }
    return OK;
}

enum status counts_read_linkages(struct counts_linkages *out, const char *name, struct str bytes,
                                 struct arena *a, struct err *e)
{
    struct reader *r = arena_new(a, 1, struct reader);
    struct counts whole = {0};

    r->counts = &whole;
    TRY(read_records(r, name, bytes, a, e));
    out->n = r->linkages;
    out->linkage = arena_new(a, r->linkages, struct counts);
    for (size_t i = 0; i < r->linkages; i++) {
        struct counts *part = &out->linkage[i];
        size_t end = i + 1 < r->linkages ? r->begin[i + 1] : whole.records;

        *part = whole;
        part->record = whole.record + r->begin[i];
        part->records = end - r->begin[i];
        add_up(part, a);
    }
    return OK;
}

enum status counts_read(struct counts *out, const char *name, struct str bytes, struct arena *a,
                        struct err *e)
{
    struct counts_linkages all;

    TRY(counts_read_linkages(&all, name, bytes, a, e));
    if (all.n > 1)
        return err_set(
            e, BAD_INPUT,
            "%s:1:1: %zu linkages of the same people, expected one: keep the rows of one imputation", name,
            all.n);
    *out = all.linkage[0];
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
    r->first = str_equal(in->fields[0], S("imputation")) ? 1 : 0;
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
        for (size_t i = r->first; i < r->columns; i++)
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

    for (size_t i = r->first; i < r->columns; i++) {
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

/* A row begins the next linkage, or goes on with the last; without the column all rows are one. */
static enum status take_linkage(struct reader *r, struct err *e)
{
    int64_t number = 1;

    if (r->first == 1) {
        struct str cell = str_trim(r->in.fields[0]);
        int64_t last = (int64_t)r->linkages;

        if (!i64_from_str(cell, 1, COUNTS_MAX_IMPUTATIONS, &number))
            return csv_fault(e, &r->in, 0, "imputation: expected a whole number from 1 to %d, found %.*s",
                             COUNTS_MAX_IMPUTATIONS, STR(number_shown(cell)));
        if (number != last + 1 && (last == 0 || number != last))
            return csv_fault(e, &r->in, 0,
                             "imputation: expected the numbers from 1 in order, found %d after %d",
                             (int)number, (int)last);
    }
    if ((size_t)number > r->linkages) {
        r->begin = arena_grow(r->in.arena, r->begin, r->linkages + 1, &r->room, sizeof *r->begin);
        r->begin[r->linkages++] = r->counts->records;
        r->counts->n = 0;
    }
    return OK;
}

static enum status take_row(struct reader *r, struct err *e)
{
    struct counts *c = r->counts;
    struct counts_record record = {0};

    for (size_t i = r->first; i < r->columns; i++) {
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
    const struct counts_stratum *stratum = &r->counts->stratum[s];
    struct str cell = str_trim(r->in.fields[field]);

    if (cell.n == 0)
        return csv_fault(e, &r->in, field, "\"%.60s\" is empty, expected a category such as \"unknown\"",
                         stratum->name.p);
    size_t i = categories_index(&r->category[s], cell, r->in.arena);
    if (i >= COUNTS_MAX_CATEGORIES)
        return csv_fault(e, &r->in, field, "\"%.60s\" has more than %d categories, the most that can be read",
                         stratum->name.p, COUNTS_MAX_CATEGORIES);
    out->category[s] = (uint16_t)i;
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
