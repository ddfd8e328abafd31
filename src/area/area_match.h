/* Which area of a division each row of a release's table speaks of. */
#ifndef LYKTA_AREA_AREA_MATCH_H
#define LYKTA_AREA_AREA_MATCH_H

#include "area/division.h"
#include "release/release.h"

#include <stdbool.h>

/* An area that is called something else in the table: the code is the same, and the name is not. */
struct area_renaming {
    const struct release_row *row;
    const struct area *area;
};

struct area_match {
    const struct area **of_row; /* by row of the table; NULL: it is not on the map */
    size_t lost;                /* rows that are not on the map */
    const struct release_row **lost_row;
    size_t renamed;
    const struct area_renaming *renaming;
};

/* By code, else by name in either language without difference of case. An area goes to one row alone. In `a`.
 */
struct area_match area_match(const struct release_table *table, const struct areas *areas, struct arena *a);

/* A table with the map it is drawn on. */
struct area_map {
    const struct release_table *table;
    struct division division;
    struct areas areas;
    struct area_match match;
};

/* The maps of the tables of `release`, in their order, in `a`: of the divisions for a table's column the
 * newest that has all its rows, or else the one that has most. A table with no row on any map has none. */
enum status area_maps(struct db *db, const struct release *release, struct arena *a, struct area_map **out,
                      size_t *n, struct err *e) MUST_USE;

#endif
