/* The labelled rows of a table's CSV before they are cells: which labels a column has, and which column
 * groups which. Used by the readers of exact and of published tables. */
#ifndef LYKTA_PROTECT_GRID_H
#define LYKTA_PROTECT_GRID_H

#include "base/err.h"
#include "base/str.h"
#include "protect/table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct csv;

enum { GRID_MAX_COLUMNS = 2 * TABLE_MAX_DIMENSIONS };

struct grid {
    struct csv *in;      /* for messages */
    struct arena *arena; /* everything below is in it */
    size_t columns;      /* dimensions and groupings: the first columns of the file */
    struct str column[GRID_MAX_COLUMNS];
    size_t rows;
    struct str *label; /* [rows * columns] */
    int64_t *line;     /* [rows] */
    size_t rows_room, labels_room;
};

/* Takes the first `columns` names of the header that csv_open has just read. BAD_INPUT when one is empty, too
 * long, there twice, or the name of something else in these files. */
enum status grid_header(struct grid *g, struct csv *in, size_t columns, struct arena *a,
                        struct err *e) MUST_USE;

/* Adds the labels of the row that csv_next has just read. BAD_INPUT when one is empty or too long, or there
 * are more than TABLE_MAX_PUBLISHED rows. */
enum status grid_add(struct grid *g, struct err *e) MUST_USE;

/* The column named `name` (spaces around it are ignored), or g->columns. */
size_t grid_column(const struct grid *g, struct str name);

/* Is this the label of a sum? */
bool grid_is_total(struct str label);

/* The different labels of a column but "Total", in byte order, into *out; returns their number. */
size_t grid_labels(const struct grid *g, size_t column, const struct str **out);

/* The index of `label` among the `n` sorted labels, or n. */
size_t grid_index(const struct str *sorted, size_t n, struct str label);

/* Makes column `coarse` the grouping of dimension `d`, whose categories are in column `fine`.
 * BAD_INPUT when a category stands beside two groups. */
enum status grid_grouping(struct grid *g, size_t fine, size_t coarse, struct table_dimension *d,
                          struct err *e) MUST_USE;

#endif
