/* The labelled rows of a table's CSV before they are cells. */
#include "protect/grid.h"

#include "base/arena.h"
#include "base/csv.h"
#include "protect/names.h"

#include <stdlib.h>
#include <string.h>

bool grid_is_total(struct str label)
{
    return str_equal(label, names_total());
}

/* Without spaces around it, and without the apostrophe that csv_put sets before what a spreadsheet would read
 * as a formula. */
static struct str plain(struct str field)
{
    struct str label = str_trim(field);
    bool is_marked = label.n > 1 && label.p[0] == '\'' && strchr("=+-@", label.p[1]) != NULL;

    return str_part(label, is_marked ? 1 : 0, label.n);
}

enum status grid_header(struct grid *g, struct csv *in, size_t columns, struct arena *a, struct err *e)
{
    *g = (struct grid){.in = in, .arena = a, .columns = columns};
    for (size_t c = 0; c < columns; c++) {
        struct str name = plain(in->fields[c]);

        if (name.n == 0 || name.n > TABLE_MAX_NAME_BYTES || !names_may_be_column(name))
            return csv_fault(e, in, c, "\"%.*s\" cannot be the name of a dimension: give it another name",
                             STR(str_part(name, 0, 40)));
        g->column[c] = str_copy(name, a);
        for (size_t before = 0; before < c; before++)
            if (str_equal(g->column[before], name))
                return csv_fault(e, in, c, "the column \"%.*s\" is there twice, expected once", STR(name));
    }
    return OK;
}

enum status grid_add(struct grid *g, struct err *e)
{
    const struct csv *in = g->in;

    if (g->rows == TABLE_MAX_PUBLISHED)
        return csv_fault(e, in, 0, "more than %d rows", TABLE_MAX_PUBLISHED);
    g->label = arena_grow(g->arena, g->label, (g->rows + 1) * g->columns, &g->labels_room, sizeof *g->label);
    g->line = arena_grow(g->arena, g->line, g->rows + 1, &g->rows_room, sizeof *g->line);
    for (size_t c = 0; c < g->columns; c++) {
        struct str label = plain(in->fields[c]);

        if (label.n == 0 || label.n > TABLE_MAX_NAME_BYTES)
            return csv_fault(e, in, c, "expected a category of \"%.*s\" of 1 to %d bytes, found \"%.*s\"",
                             STR(g->column[c]), TABLE_MAX_NAME_BYTES, STR(str_part(label, 0, 40)));
        g->label[g->rows * g->columns + c] = label;
    }
    g->line[g->rows++] = in->line;
    return OK;
}

size_t grid_column(const struct grid *g, struct str name)
{
    size_t c = 0;

    while (c < g->columns && !str_equal(g->column[c], str_trim(name)))
        c++;
    return c;
}

static int compare_labels(const void *x, const void *y)
{
    const struct str *a = x;
    const struct str *b = y;

    return str_compare(*a, *b);
}

size_t grid_labels(const struct grid *g, size_t column, const struct str **out)
{
    struct str *label = arena_new(g->arena, g->rows, struct str);
    size_t all = 0;
    size_t n = 0;

    for (size_t i = 0; i < g->rows; i++)
        if (!grid_is_total(g->label[i * g->columns + column]))
            label[all++] = g->label[i * g->columns + column];
    qsort(label, all, sizeof *label, compare_labels);
    for (size_t i = 0; i < all; i++)
        if (n == 0 || !str_equal(label[n - 1], label[i]))
            label[n++] = label[i];
    *out = label;
    return n;
}

size_t grid_index(const struct str *sorted, size_t n, struct str label)
{
    const struct str *found = n ? bsearch(&label, sorted, n, sizeof *sorted, compare_labels) : NULL;

    return found ? (size_t)(found - sorted) : n;
}

enum status grid_grouping(struct grid *g, size_t fine, size_t coarse, struct table_dimension *d,
                          struct err *e)
{
    size_t *group_of = arena_new(g->arena, d->n, size_t);

    d->group_name = g->column[coarse];
    d->groups = grid_labels(g, coarse, &d->group);
    for (size_t i = 0; i < d->n; i++)
        group_of[i] = d->groups;
    for (size_t i = 0; i < g->rows; i++) {
        struct str label = g->label[i * g->columns + coarse];
        size_t category = grid_index(d->category, d->n, g->label[i * g->columns + fine]);

        if (category == d->n)
            continue;
        size_t group = grid_index(d->group, d->groups, label);
        if (group == d->groups || (group_of[category] != d->groups && group_of[category] != group)) {
            g->in->line = g->line[i];
            return csv_fault(e, g->in, coarse,
                             "\"%.*s\" is in \"%.*s\" here and in another group elsewhere, expected one",
                             STR(d->category[category]), STR(label));
        }
        group_of[category] = group;
    }
    d->group_of = group_of;
    return OK;
}
