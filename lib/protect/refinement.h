/* The finest cells that several tables tell apart.
 *
 * An axis is what one or more dimensions divide: the city, forms, age. Its units are the smallest parts that
 * any division of it tells apart; a division puts each unit under one of its labels. A dimension of a table
 * is a division, its grouping another. */
#ifndef LYKTA_PROTECT_REFINEMENT_H
#define LYKTA_PROTECT_REFINEMENT_H

#include "base/err.h"
#include "base/str.h"
#include "protect/table.h"

#include <stddef.h>

struct arena;
struct ledger_map;

enum { REFINEMENT_MAX_DIVISIONS = 16 };

struct division {
    struct str name;
    size_t labels;
    const struct str *label;
    const size_t *of; /* [units] the label of each */
};

struct axis {
    size_t units;
    size_t divisions;
    struct division division[REFINEMENT_MAX_DIVISIONS];
};

struct refinement {
    struct arena *arena;
    size_t axes;
    struct axis axis[TABLE_MAX_DIMENSIONS];
};

/* The divisions of a map as the first axis. */
enum status refinement_add_map(struct refinement *r, const struct ledger_map *map, struct err *e) MUST_USE;

/* Finds the division of dimension `d`, or makes an axis of it; then the same of its grouping. `table` is its
 * table's name, for messages. Dimensions with groupings are added before those without. BAD_INPUT when a
 * division of the same name has other labels or puts units elsewhere, or nothing says how two divisions meet.
 */
enum status refinement_add(struct refinement *r, const char *table, const struct table_dimension *d,
                           struct err *e) MUST_USE;

/* The axis of dimension `d`, which has been added, and the category of each of its units, in r->arena. */
size_t refinement_place(const struct refinement *r, const struct table_dimension *d, const size_t **category);

/* Cells in all: the product of the units. False when it is more than `most`. */
bool refinement_cells(const struct refinement *r, size_t most, size_t *cells);

#endif
