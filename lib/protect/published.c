/* A protected table as CSV. */
#include "protect/published.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/number.h"
#include "base/text.h"
#include "protect/bounds.h"
#include "protect/grid.h"
#include "protect/suppress.h"

#include <inttypes.h>

enum { FIGURES = 4 };
static const int64_t max_figure = INT64_C(1000000000000000);
static const char *const figure_names[FIGURES] = {"n", "lo", "hi", "shown"};

/* What is known while the file becomes a table. */
struct reading {
    struct csv in;
    struct grid grid;
    size_t figures_room;
    int64_t *figure; /* [3 * grid.rows] n, lo, hi */
    size_t dimensions;
    size_t column_of[TABLE_MAX_DIMENSIONS];
    struct table_dimension dimension[TABLE_MAX_DIMENSIONS];
};

static enum status read_header(struct reading *r, struct arena *a, struct err *e);
static enum status read_rows(struct reading *r, struct err *e);
static enum status make_dimensions(struct reading *r, struct err *e);
static enum status fill(struct reading *r, struct table *t, struct published *out, struct err *e);

static void write_header(struct text *out, const struct table_shape *shape)
{
    for (size_t d = 0; d < shape->dimensions; d++) {
        if (shape->dimension[d].groups) {
            csv_put(out, shape->dimension[d].group_name, ',');
            text_byte(out, ',');
        }
        csv_put(out, shape->dimension[d].name, ',');
        text_byte(out, ',');
    }
    text_lit(out, "n,lo,hi,shown\n");
}

/* The columns of one dimension at `coordinate`: a group has "Total" as its category. */
static void write_labels(struct text *out, const struct table_dimension *d, size_t coordinate)
{
    bool is_group = coordinate > 0 && coordinate <= d->groups;

    if (d->groups) {
        csv_put(out, table_label(d, table_group_of(d, coordinate)), ',');
        text_byte(out, ',');
    }
    csv_put(out, table_label(d, is_group ? 0 : coordinate), ',');
    text_byte(out, ',');
}

static void write_cell(struct text *out, const struct table_shape *shape, size_t cell)
{
    size_t coordinate[TABLE_MAX_DIMENSIONS];

    table_coordinates(shape, cell, coordinate);
    for (size_t d = 0; d < shape->dimensions; d++)
        write_labels(out, &shape->dimension[d], coordinate[d]);
}

void published_write(struct text *out, const struct cube *cube, enum cube_language language)
{
    const struct table_shape *shape = &cube->shape;

    write_header(out, shape);
    for (size_t cell = 0; cell < shape->published; cell++) {
        struct cube_cell figure = cube_cell(cube, cell);

        write_cell(out, shape, cell);
        text_format(out, "%" PRId64 ",%" PRId64 ",%" PRId64 ",", figure.n, figure.lo, figure.hi);
        cube_put_shown(out, cube, &figure, language);
        text_byte(out, '\n');
    }
}

struct published published_of(const struct cube *cube, struct arena *a)
{
    size_t n = cube->shape.published;
    int64_t *lo = arena_new(a, n, int64_t);
    int64_t *hi = arena_new(a, n, int64_t);

    for (size_t cell = 0; cell < n; cell++) {
        struct cube_cell figure = cube_cell(cube, cell);

        lo[cell] = figure.lo;
        hi[cell] = figure.hi;
    }
    return (struct published){.shape = cube->shape, .n = cube->n, .lo = lo, .hi = hi};
}

void published_write_suppression(struct text *out, const struct suppression *s)
{
    write_header(out, &s->shape);
    for (size_t cell = 0; cell < s->shape.published; cell++) {
        write_cell(out, &s->shape, cell);
        if (s->n[cell] == SUPPRESS_HIDDEN)
            text_lit(out, "..,..,..,..\n");
        else
            text_format(out, "%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64 "\n", s->n[cell], s->n[cell],
                        s->n[cell], s->n[cell]);
    }
}

void published_write_moved(struct text *out, const struct published *p)
{
    write_header(out, &p->shape);
    for (size_t cell = 0; cell < p->shape.published; cell++) {
        write_cell(out, &p->shape, cell);
        text_format(out, "%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64 "\n", p->n[cell], p->lo[cell],
                    p->hi[cell], p->n[cell]);
    }
}

struct published published_of_suppression(const struct suppression *s, struct arena *a)
{
    size_t n = s->shape.published;
    int64_t *lo = arena_new(a, n, int64_t);
    int64_t *hi = arena_new(a, n, int64_t);

    for (size_t cell = 0; cell < n; cell++) {
        lo[cell] = s->n[cell] == SUPPRESS_HIDDEN ? 0 : s->n[cell];
        hi[cell] = s->n[cell] == SUPPRESS_HIDDEN ? BOUNDS_UNLIMITED : s->n[cell];
    }
    return (struct published){.shape = s->shape, .n = s->n, .lo = lo, .hi = hi};
}

struct published published_at_least(const struct table *t, struct arena *a)
{
    size_t n = t->shape.published;
    int64_t *hidden = arena_new(a, n, int64_t);
    int64_t *lo = arena_new(a, n, int64_t);
    int64_t *hi = arena_new(a, n, int64_t);

    table_sum(&t->shape, t->count, lo);
    for (size_t cell = 0; cell < n; cell++) {
        hidden[cell] = PUBLISHED_HIDDEN;
        hi[cell] = t->shape.parts[cell] > 0 ? BOUNDS_UNLIMITED : 0;
    }
    return (struct published){.shape = t->shape, .n = hidden, .lo = lo, .hi = hi};
}

/* How far an inner figure may be below the exact one: less than the base of a cube. */
static int64_t inner_move(const struct published *p)
{
    int64_t move = 0;
    size_t inner = 0;

    for (size_t i = 0; i < p->shape.published; i++)
        if (p->n[i] != PUBLISHED_HIDDEN && table_is_inner(&p->shape, i, &inner) && p->hi[i] - p->n[i] > move)
            move = p->hi[i] - p->n[i];
    return move;
}

void published_know(const struct published *p, int64_t *lo, int64_t *hi)
{
    int64_t move = inner_move(p);
    bool has_empty = false;

    for (size_t i = 0; i < p->shape.published; i++) {
        lo[i] = p->lo[i];
        hi[i] = p->hi[i];
        has_empty = has_empty || (p->n[i] == 0 && p->hi[i] == 0);
    }
    for (size_t i = 0; i < p->shape.published; i++)
        if (p->n[i] == PUBLISHED_HIDDEN && has_empty && lo[i] == 0 && hi[i] > 0)
            lo[i] = 1;
    if (p->n[0] == PUBLISHED_HIDDEN)
        return;
    lo[0] = p->n[0] - move > lo[0] ? p->n[0] - move : lo[0];
    hi[0] = p->n[0] + move < hi[0] ? p->n[0] + move : hi[0];
}

enum status published_read(const char *name, struct str whole, struct arena *a, struct published *out,
                           struct err *e)
{
    struct reading *r = arena_new(a, 1, struct reading);
    struct table t;

    TRY(csv_open(&r->in, name, whole, a, e));
    TRY(read_header(r, a, e));
    TRY(read_rows(r, e));
    TRY(make_dimensions(r, e));
    if (table_make(r->dimension, r->dimensions, a, &t, e) != OK)
        return err_in(e, "%s:1:1", name);
    return fill(r, &t, out, e);
}

static enum status read_header(struct reading *r, struct arena *a, struct err *e)
{
    const struct csv *in = &r->in;

    if (in->n <= FIGURES || in->n > GRID_MAX_COLUMNS + FIGURES)
        return csv_fault(e, in, 0, "%zu columns, expected 1 to %d dimensions and then n, lo, hi, shown",
                         in->n, GRID_MAX_COLUMNS);
    for (size_t i = 0; i < FIGURES; i++) {
        size_t c = in->n - FIGURES + i;

        if (!str_is(in->fields[c], figure_names[i]))
            return csv_fault(e, in, c, "the column is \"%.*s\", expected %s",
                             STR(str_part(in->fields[c], 0, 40)), figure_names[i]);
    }
    return grid_header(&r->grid, &r->in, in->n - FIGURES, a, e);
}

static bool is_hidden(const struct csv *in, size_t first)
{
    return str_is(in->fields[first], "..") && str_is(in->fields[first + 1], "..") &&
           str_is(in->fields[first + 2], "..");
}

static enum status read_rows(struct reading *r, struct err *e)
{
    struct csv *in = &r->in;
    bool has_row = true;

    for (;;) {
        TRY(csv_next(in, &has_row, e));
        if (!has_row)
            return OK;
        TRY(grid_add(&r->grid, e));
        r->figure =
            arena_grow(r->grid.arena, r->figure, 3 * r->grid.rows, &r->figures_room, sizeof *r->figure);
        int64_t *figure = &r->figure[3 * (r->grid.rows - 1)];
        if (is_hidden(in, r->grid.columns)) {
            figure[0] = PUBLISHED_HIDDEN;
            figure[1] = 0;
            figure[2] = BOUNDS_UNLIMITED;
            continue;
        }
        for (size_t i = 0; i < 3; i++)
            if (!i64_from_str(in->fields[r->grid.columns + i], 0, max_figure, &figure[i]))
                return csv_fault(e, in, r->grid.columns + i,
                                 "expected a whole number from 0 to %" PRId64 ", found \"%.*s\"", max_figure,
                                 STR(str_part(in->fields[r->grid.columns + i], 0, 40)));
        if (figure[1] > figure[0] || figure[0] > figure[2])
            return csv_fault(e, in, r->grid.columns,
                             "the figure %" PRId64 " is outside its interval %" PRId64 " to %" PRId64,
                             figure[0], figure[1], figure[2]);
    }
}

/* Between two dimensions there is a row with the sum of the first for every category of the second; above its
 * grouping a category has no row. */
static bool is_grouping(const struct grid *g, size_t coarse, size_t fine)
{
    for (size_t i = 0; i < g->rows; i++)
        if (grid_is_total(g->label[i * g->columns + coarse]) &&
            !grid_is_total(g->label[i * g->columns + fine]))
            return false;
    return true;
}

static enum status make_dimensions(struct reading *r, struct err *e)
{
    for (size_t c = 0; c < r->grid.columns; c++) {
        bool is_grouped = c + 1 < r->grid.columns && is_grouping(&r->grid, c, c + 1);
        size_t coarse = c;

        if (r->dimensions == TABLE_MAX_DIMENSIONS)
            return err_set(e, BAD_INPUT, "%s:1:%zu: more than %d dimensions", r->in.name, c + 1,
                           TABLE_MAX_DIMENSIONS);
        if (is_grouped)
            c++;
        struct table_dimension *d = &r->dimension[r->dimensions];
        d->name = r->grid.column[c];
        d->n = grid_labels(&r->grid, c, &d->category);
        if (is_grouped)
            TRY(grid_grouping(&r->grid, c, coarse, d, e));
        r->column_of[r->dimensions++] = c;
    }
    return OK;
}

/* The published cell of row `i`. The labels of the dimensions are sorted. */
static size_t cell_of(const struct reading *r, const struct table_shape *shape, size_t i)
{
    const struct str *label = &r->grid.label[i * r->grid.columns];
    size_t coordinate[TABLE_MAX_DIMENSIONS];

    for (size_t d = 0; d < shape->dimensions; d++) {
        const struct table_dimension *dimension = &shape->dimension[d];
        size_t c = r->column_of[d];
        size_t category = grid_index(dimension->category, dimension->n, label[c]);
        size_t group = dimension->groups ? grid_index(dimension->group, dimension->groups, label[c - 1]) : 0;

        coordinate[d] = 0;
        if (category < dimension->n)
            coordinate[d] = 1 + dimension->groups + category;
        else if (group < dimension->groups)
            coordinate[d] = 1 + group;
    }
    return table_cell(shape, coordinate);
}

static enum status tell_missing(const struct reading *r, const struct table_shape *shape, size_t cell,
                                struct err *e)
{
    struct text labels = text_open(r->grid.arena);
    size_t coordinate[TABLE_MAX_DIMENSIONS];

    table_coordinates(shape, cell, coordinate);
    for (size_t d = 0; d < shape->dimensions; d++) {
        text_add(&labels, d ? S(", ") : S(""));
        text_add(&labels, table_label(&shape->dimension[d], coordinate[d]));
    }
    return err_set(e, BAD_INPUT,
                   "%s:%" PRId64
                   ":1: the row of %.*s is missing: a row that is left out tells that it is empty",
                   r->in.name, r->in.next_line, STR(str_part(text_str(&labels), 0, 200)));
}

static enum status fill(struct reading *r, struct table *t, struct published *out, struct err *e)
{
    const struct table_shape *shape = &t->shape;
    struct arena *a = r->grid.arena;
    int64_t *figure[3];
    bool *is_there = arena_new(a, shape->published, bool);
    bool *is_structural = arena_new(a, shape->inner, bool);

    for (size_t k = 0; k < 3; k++)
        figure[k] = arena_new(a, shape->published, int64_t);
    for (size_t i = 0; i < r->grid.rows; i++) {
        size_t cell = cell_of(r, shape, i);
        size_t inner = 0;

        r->in.line = r->grid.line[i];
        if (is_there[cell])
            return csv_fault(e, &r->in, 0, "a cell of the table twice, expected once");
        is_there[cell] = true;
        for (size_t k = 0; k < 3; k++)
            figure[k][cell] = r->figure[3 * i + k];
        if (table_is_inner(shape, cell, &inner))
            is_structural[inner] = figure[2][cell] == 0;
    }
    for (size_t cell = 0; cell < shape->published; cell++)
        if (!is_there[cell])
            return tell_missing(r, shape, cell, e);
    table_mark_structural(t, is_structural);
    *out = (struct published){.shape = t->shape, .n = figure[0], .lo = figure[1], .hi = figure[2]};
    return OK;
}
