/* Areas of the city, as a map draws them: a division (områdesindelning) is a set of areas that came in one
 * file (area_file.h) and belong to one column of a mapping, "district" or "municipality". Divisions are never
 * changed: when a city draws its areas anew, the new file is another division, and releases of before keep
 * theirs. What is removed is only not used any more. */
#ifndef LYKTA_AREA_DIVISION_H
#define LYKTA_AREA_DIVISION_H

#include "base/err.h"
#include "base/str.h"
#include "chart/chart_map.h"
#include "store/audit.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

enum {
    AREAS_MOST = 400,
    AREA_MAX_TEXT_BYTES = 200,
    AREAS_MOST_POINTS = 3000 /* a map of more is too heavy for a page */
};

/* An area ready to be drawn: simplified together with its neighbours, in whole metres of SWEREF 99 TM. */
struct area {
    struct str code, name;
    size_t n;
    struct chart_ring *ring; /* borders and holes alike: even-odd */
    struct chart_circle circle;
};

struct areas {
    size_t n;
    struct area *area;
};

/* How many points their borders have. */
size_t areas_points(const struct areas *areas);

struct division {
    int64_t id;
    struct str name;   /* "Stadsdelar 2026" */
    struct str column; /* of the mapping's file, whose categories are these areas: "district" */
    struct str source; /* who drew the borders, and the licence: printed under each map */
    int64_t added_at;
    int64_t areas;
};

struct divisions {
    size_t n;
    struct division *division;
};

/* Adds a division with its areas; sets division->id. */
enum status division_add(struct db *db, struct division *division, const struct areas *areas,
                         const struct who *who, struct err *e) MUST_USE;

/* All that are used, the newest first, in `a`. */
enum status division_list(struct db *db, struct arena *a, struct divisions *out, struct err *e) MUST_USE;

/* REFUSED when there is none, or it is removed. */
enum status division_find(struct db *db, int64_t id, struct arena *a, struct division *out,
                          struct err *e) MUST_USE;

/* The areas of the division `id`, in the order of the file, in `a`. */
enum status division_areas(struct db *db, int64_t id, struct arena *a, struct areas *out,
                           struct err *e) MUST_USE;

/* REFUSED when there is none, or it is removed already. */
enum status division_remove(struct db *db, int64_t id, const struct who *who, struct err *e) MUST_USE;

/* A number that is another after each division_add and division_remove: for pages that are kept. */
enum status division_version(struct db *db, int64_t *out, struct err *e) MUST_USE;

#endif
