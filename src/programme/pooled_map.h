/* The cities of a programme on a map of the county: what their rates are, and where none is told. */
#ifndef LYKTA_PROGRAMME_POOLED_MAP_H
#define LYKTA_PROGRAMME_POOLED_MAP_H

#include "area/division.h"
#include "base/err.h"

#include <stddef.h>

struct arena;
struct db;
struct html;
struct pooled;
struct pooled_section;

struct pooled_map {
    struct division division;
    struct areas areas;
};

/* Of the divisions that are used, the one with the areas of most cities by their codes, the newest of equal
 * ones; NULL when none has any. In `a`. */
enum status pooled_map_read(struct db *db, const struct pooled *x, struct arena *a, struct pooled_map **out,
                            struct err *e) MUST_USE;

/* The map of a period, with its table; nothing when no city of it has a rate and an area. */
void pooled_map_put(struct html *h, const struct pooled_section *s, const struct pooled_map *map);

#endif
