/* A table of counts: how many people (or situations) there are in every crossing of named dimensions.
 *
 * An inner cell is one category of every dimension; a published cell is, for every dimension, one of its
 * categories, one of its groups, or all of it ("Total"). A published cell is the sum of the inner cells in
 * it.
 *
 *   inner cells       row-major over the categories, the last dimension fastest
 *   published cells   row-major over coordinates: 0 is "Total", 1..groups a group, groups + 1.. a category.
 *                     This is the canonical order, in which every published file is written.
 *
 * A structural zero is an inner cell where nobody can be, whatever the data: a person on no list at all is
 * not in the lists. It may be shown as 0; any other empty cell may not. */
#ifndef LYKTA_PROTECT_TABLE_H
#define LYKTA_PROTECT_TABLE_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
    TABLE_MAX_DIMENSIONS = 12,
    TABLE_MAX_NAME_BYTES = 200,
    TABLE_MAX_PUBLISHED = 200000,
    TABLE_MAX_COUNT = 1000000000 /* in one inner cell: no sum overflows */
};

/* Plain data. The names are unique within the dimension, categories and groups taken together, and never
 * "Total". The set of categories comes from a classification, never from the data: a category that is left
 * out tells that it is empty. */
struct table_dimension {
    struct str name; /* "district" */
    size_t n;        /* categories, at least 1 */
    const struct str *category;
    struct str group_name; /* "area"; looked at only when there are groups */
    size_t groups;         /* 0: the dimension has no grouping */
    const struct str *group;
    const size_t *group_of; /* [n] every category is in one group */
};

/* Everything about a table but its counts: what a published table is told with. */
struct table_shape {
    size_t dimensions;
    const struct table_dimension *dimension;
    size_t inner;
    size_t published;
    size_t covers;       /* published cells that an inner cell is in: the same number for all */
    bool *is_structural; /* [inner] a structural zero */
    int64_t *parts;      /* [published] inner cells in it that are not structural zeros */
};

struct table {
    struct table_shape shape;
    int64_t *count; /* [inner] 0..TABLE_MAX_COUNT; the caller adds to it. 0 where structural */
};

/* An empty table over the `n` dimensions at `dimension`, which are copied into `a` with their names.
 * BAD_INPUT says which name is empty, too long, not UTF-8, "Total", taken or there twice, or which limit is
 * passed.
 */
enum status table_make(const struct table_dimension *dimension, size_t n, struct arena *a, struct table *out,
                       struct err *e) MUST_USE;

/* The lists and strata of capture histories. */
struct table_histories {
    size_t lists; /* at least 2 */
    const struct str *list;
    size_t strata;
    const struct table_dimension *stratum;
};

/* An empty table of capture histories: a dimension with the categories "0" and "1" for each list, then the
 * strata. The inner cells that are 0 on every list are structural zeros. Errors as table_make; the names are
 * copied. */
enum status table_make_histories(const struct table_histories *histories, struct arena *a, struct table *out,
                                 struct err *e) MUST_USE;

/* The inner cell of one category (from 0) for each dimension. */
size_t table_inner(const struct table_shape *shape, const size_t *category);

/* The inner cell of the history `mask` (bit i: on list i) and one category for each stratum of a table from
 * table_make_histories with `lists` lists. */
size_t table_inner_of_history(const struct table_shape *shape, size_t lists, uint32_t mask,
                              const size_t *stratum);

/* Marks the inner cells i where is_structural[i] as structural zeros, and no others. Their counts must be 0.
 */
void table_mark_structural(struct table *t, const bool *is_structural);

/* Marks as structural zeros the inner cells that have category 0 in every dimension d where is_list[d]. */
void table_mark_unlisted(struct table *t, const bool *is_list, struct arena *a);

/* A published cell from its coordinates, and the coordinates of a published cell. */
size_t table_cell(const struct table_shape *shape, const size_t *coordinate);
void table_coordinates(const struct table_shape *shape, size_t cell, size_t *coordinate);

/* The published cell of one label for each dimension: "Total", a group's name or a category's name. False
 * when a label is in none of them. */
bool table_find(const struct table_shape *shape, const struct str *label, size_t *cell);

/* What stands for coordinate `coordinate` of dimension `d`: "Total", a group's name or a category's name. */
struct str table_label(const struct table_dimension *d, size_t coordinate);

/* The coordinate of the group of coordinate `coordinate`: itself for a group, 0 for Total. Only where the
 * dimension is grouped. */
size_t table_group_of(const struct table_dimension *d, size_t coordinate);

/* The published cells that inner cell `inner` is in, `shape->covers` of them, into `cells`; the inner cell
 * itself, as a published cell, comes last. */
void table_covers(const struct table_shape *shape, size_t inner, size_t *cells);

/* Is published cell `cell` one category of every dimension? Then *inner is that inner cell. */
bool table_is_inner(const struct table_shape *shape, size_t cell, size_t *inner);

/* Every published cell as the sum of its inner cells: value[shape->inner] to sum[shape->published]. */
void table_sum(const struct table_shape *shape, const int64_t *value, int64_t *sum);

#endif
