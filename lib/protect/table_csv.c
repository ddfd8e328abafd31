/* A table of counts from CSV. */
#include "protect/table_csv.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/number.h"
#include "protect/grid.h"

#include <inttypes.h>
#include <stdlib.h>

enum { NOT_GROUPED = GRID_MAX_COLUMNS };

/* What is known while the file becomes a table. */
struct reading {
    struct csv in;
    struct grid grid;
    size_t counts_room;
    int64_t *count;           /* [grid.rows] */
    struct str person_column; /* empty: the rows are cells with counts */
    struct str *person;       /* [grid.rows] */
    size_t *inner;            /* [grid.rows] the cell of each */
    bool is_list[GRID_MAX_COLUMNS];
    bool is_group[GRID_MAX_COLUMNS];
    size_t group[GRID_MAX_COLUMNS]; /* the column that groups this one, or NOT_GROUPED */
    size_t dimensions;
    size_t column_of[TABLE_MAX_DIMENSIONS];
    struct table_dimension dimension[TABLE_MAX_DIMENSIONS];
};

static enum status check_once(struct reading *r, struct err *e);
static enum status read_header(struct reading *r, struct arena *a, struct err *e);
static enum status read_groups(struct reading *r, struct str groups, struct err *e);
static enum status read_rows(struct reading *r, struct err *e);
static enum status read_lists(struct reading *r, struct str lists, struct err *e);
static enum status make_dimensions(struct reading *r, struct err *e);
static void mark_lists(const struct reading *r, struct table *t, struct arena *a);
static enum status fill(struct reading *r, struct table *t, struct err *e);

static enum status read_table(struct reading *r, const char *name, struct str whole,
                              const struct table_csv_options *options, struct table *out, struct err *e)
{
    struct arena *a = r->grid.arena;
    struct table t;

    TRY(csv_open(&r->in, name, whole, a, e));
    TRY(read_header(r, a, e));
    TRY(read_groups(r, options->groups, e));
    TRY(read_rows(r, e));
    TRY(read_lists(r, options->lists, e));
    TRY(make_dimensions(r, e));
    if (table_make(r->dimension, r->dimensions, a, &t, e) != OK)
        return err_in(e, "%s:1:1", name);
    mark_lists(r, &t, a);
    TRY(fill(r, &t, e));
    *out = t;
    return OK;
}

enum status table_csv_read(const char *name, struct str whole, const struct table_csv_options *options,
                           struct arena *a, struct table *out, struct err *e)
{
    struct reading *r = arena_new(a, 1, struct reading);

    r->grid.arena = a;
    return read_table(r, name, whole, options, out, e);
}

enum status table_csv_read_people(const char *name, struct str whole, const struct table_csv_options *options,
                                  struct arena *a, struct table *out, struct table_csv_people *people,
                                  struct err *e)
{
    struct reading *r = arena_new(a, 1, struct reading);

    r->grid.arena = a;
    r->person_column = options->person;
    TRY(read_table(r, name, whole, options, out, e));
    TRY(check_once(r, e));
    *people = (struct table_csv_people){r->grid.rows, r->inner, r->person};
    return OK;
}

struct place {
    struct str person;
    int64_t line;
};

static int by_person(const void *left, const void *right)
{
    const struct place *a = left;
    const struct place *b = right;
    int order = str_compare(a->person, b->person);

    return order ? order : (a->line > b->line) - (a->line < b->line);
}

/* A person is counted once. The message names the lines, and no pseudonym. */
static enum status check_once(struct reading *r, struct err *e)
{
    struct place *place = arena_new(r->grid.arena, r->grid.rows, struct place);

    for (size_t i = 0; i < r->grid.rows; i++)
        place[i] = (struct place){r->person[i], r->grid.line[i]};
    qsort(place, r->grid.rows, sizeof *place, by_person);
    for (size_t i = 1; i < r->grid.rows; i++) {
        r->in.line = place[i].line;
        if (str_equal(place[i].person, place[i - 1].person))
            return csv_fault(e, &r->in, r->grid.columns,
                             "the same person as on line %" PRId64 ", expected once", place[i - 1].line);
    }
    return OK;
}

static enum status read_header(struct reading *r, struct arena *a, struct err *e)
{
    const struct csv *in = &r->in;
    struct str last = in->fields[in->n - 1];

    if (r->person_column.n && !str_equal(str_trim(last), r->person_column))
        return csv_fault(e, in, in->n - 1,
                         "the last column is \"%.*s\", expected \"%.*s\" with a pseudonym a row",
                         STR(str_part(last, 0, 40)), STR(str_part(r->person_column, 0, 40)));
    if (!r->person_column.n && !str_is(last, "count") && !str_is(last, "n") && !str_is(last, "freq"))
        return csv_fault(e, in, in->n - 1,
                         "the last column is \"%.*s\", expected a column of counts named count, n or freq",
                         STR(str_part(last, 0, 40)));
    if (in->n < 2 || in->n > GRID_MAX_COLUMNS + 1)
        return csv_fault(e, in, in->n - 1, "%zu columns before the counts, expected 1 to %d", in->n - 1,
                         GRID_MAX_COLUMNS);
    for (size_t c = 0; c < GRID_MAX_COLUMNS; c++)
        r->group[c] = NOT_GROUPED;
    return grid_header(&r->grid, &r->in, in->n - 1, a, e);
}

static enum status read_groups(struct reading *r, struct str groups, struct err *e)
{
    size_t columns = r->grid.columns;

    while (groups.n > 0) {
        struct str pair;
        struct str of;
        struct str by;

        str_cut(groups, ',', &pair, &groups);
        bool is_pair = str_cut(pair, '=', &of, &by);
        size_t fine = grid_column(&r->grid, of);
        size_t coarse = is_pair ? grid_column(&r->grid, by) : columns;
        if (fine == columns || coarse == columns || fine == coarse)
            return err_set(e, USAGE,
                           "groups: expected two columns of %s as \"district=area\", found \"%.*s\"",
                           r->in.name, STR(str_part(pair, 0, 80)));
        if (r->is_group[fine] || r->is_group[coarse] || r->group[fine] != NOT_GROUPED ||
            r->group[coarse] != NOT_GROUPED)
            return err_set(e, USAGE, "groups: a column of \"%.*s\" is in two groupings, expected one",
                           STR(pair));
        r->group[fine] = coarse;
        r->is_group[coarse] = true;
    }
    return OK;
}

static enum status read_count(struct reading *r, struct err *e)
{
    struct str field = str_trim(r->in.fields[r->grid.columns]);
    int64_t count = 0;

    if (!i64_from_str(field, 0, TABLE_MAX_COUNT, &count))
        return csv_fault(e, &r->in, r->grid.columns, "expected a whole number from 0 to %d, found \"%.*s\"",
                         TABLE_MAX_COUNT, STR(str_part(field, 0, 40)));
    r->count = arena_grow(r->grid.arena, r->count, r->grid.rows, &r->counts_room, sizeof *r->count);
    r->count[r->grid.rows - 1] = count;
    return OK;
}

static enum status read_person(struct reading *r, struct err *e)
{
    struct str person = str_trim(r->in.fields[r->grid.columns]);

    if (person.n == 0)
        return csv_fault(e, &r->in, r->grid.columns, "a person without a pseudonym");
    r->person = arena_grow(r->grid.arena, r->person, r->grid.rows, &r->counts_room, sizeof *r->person);
    r->person[r->grid.rows - 1] = person;
    return OK;
}

static enum status read_rows(struct reading *r, struct err *e)
{
    struct csv *in = &r->in;
    bool has_row = true;

    for (;;) {
        TRY(csv_next(in, &has_row, e));
        if (!has_row)
            break;
        TRY(grid_add(&r->grid, e));
        for (size_t c = 0; c < r->grid.columns; c++)
            if (grid_is_total(str_trim(in->fields[c])))
                return csv_fault(e, in, c,
                                 "a row of sums (\"Total\"): leave it out, the sums are made from the rest");
        TRY(r->person_column.n ? read_person(r, e) : read_count(r, e));
    }
    if (r->grid.rows == 0)
        return csv_fault(e, in, 0, "no rows after the header, expected one for each cell with a count");
    return OK;
}

static bool is_like_list(const struct grid *g, size_t column)
{
    for (size_t i = 0; i < g->rows; i++)
        if (!str_is(g->label[i * g->columns + column], "0") &&
            !str_is(g->label[i * g->columns + column], "1"))
            return false;
    return true;
}

static void detect_lists(struct reading *r)
{
    bool all = r->grid.columns >= 2;

    for (size_t c = 0; c < r->grid.columns; c++)
        all = all && is_like_list(&r->grid, c);
    for (size_t c = 0; c < r->grid.columns; c++)
        r->is_list[c] = all;
}

static enum status read_lists(struct reading *r, struct str lists, struct err *e)
{
    const struct grid *g = &r->grid;
    size_t named = 0;

    if (lists.n == 0)
        detect_lists(r);
    if (lists.n == 0 || str_is(lists, "none"))
        return OK;
    for (; lists.n > 0; named++) {
        struct str list;

        str_cut(lists, ',', &list, &lists);
        size_t c = grid_column(g, list);
        if (c == g->columns || r->is_list[c] || r->is_group[c] || r->group[c] != NOT_GROUPED)
            return err_set(e, USAGE,
                           "lists: expected columns of %s, each once and not grouped, found \"%.*s\"",
                           r->in.name, STR(str_part(list, 0, 80)));
        if (!is_like_list(g, c))
            return err_set(e, BAD_INPUT, "%s:1:%zu: the list \"%.*s\" holds something else than 0 and 1",
                           r->in.name, c + 1, STR(g->column[c]));
        r->is_list[c] = true;
    }
    if (named == 1)
        return err_set(e, USAGE, "lists: one list, expected at least two");
    return OK;
}

static enum status make_dimensions(struct reading *r, struct err *e)
{
    static const struct str on_or_not[] = {{"0", 1}, {"1", 1}};

    for (size_t c = 0; c < r->grid.columns; c++) {
        if (r->is_group[c])
            continue;
        if (r->dimensions == TABLE_MAX_DIMENSIONS)
            return err_set(e, BAD_INPUT, "%s:1:%zu: more than %d dimensions, leave some out", r->in.name,
                           c + 1, TABLE_MAX_DIMENSIONS);
        struct table_dimension *d = &r->dimension[r->dimensions];
        d->name = r->grid.column[c];
        d->n = 2;
        d->category = on_or_not;
        if (!r->is_list[c])
            d->n = grid_labels(&r->grid, c, &d->category);
        if (r->group[c] != NOT_GROUPED)
            TRY(grid_grouping(&r->grid, c, r->group[c], d, e));
        r->column_of[r->dimensions++] = c;
    }
    return OK;
}

static void mark_lists(const struct reading *r, struct table *t, struct arena *a)
{
    bool is_list[TABLE_MAX_DIMENSIONS] = {false};
    bool has_lists = false;

    for (size_t d = 0; d < r->dimensions; d++) {
        is_list[d] = r->is_list[r->column_of[d]];
        has_lists = has_lists || is_list[d];
    }
    if (has_lists)
        table_mark_unlisted(t, is_list, a);
}

static enum status fill(struct reading *r, struct table *t, struct err *e)
{
    const struct table_shape *shape = &t->shape;
    const struct grid *g = &r->grid;
    int64_t *line = arena_new(g->arena, shape->inner, int64_t);

    r->inner = arena_new(g->arena, g->rows, size_t);
    for (size_t i = 0; i < g->rows; i++) {
        size_t category[TABLE_MAX_DIMENSIONS];

        for (size_t d = 0; d < shape->dimensions; d++)
            category[d] = grid_index(shape->dimension[d].category, shape->dimension[d].n,
                                     g->label[i * g->columns + r->column_of[d]]);
        size_t inner = table_inner(shape, category);
        r->in.line = g->line[i];
        if (shape->is_structural[inner])
            return csv_fault(
                e, &r->in, 0,
                "0 on every list, where nobody can be: remove the row, or say which columns are lists");
        r->inner[i] = inner;
        if (r->person_column.n) {
            t->count[inner]++;
            continue;
        }
        if (line[inner] != 0)
            return csv_fault(e, &r->in, 0, "the same cell as on line %" PRId64 ", expected each once",
                             line[inner]);
        line[inner] = g->line[i];
        t->count[inner] = r->count[i];
    }
    return OK;
}
