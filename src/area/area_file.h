/* A file of areas: GeoJSON (RFC 7946), a FeatureCollection of Polygons and MultiPolygons, each with a code
 * and a name among its properties. Hostile input: what is read is bounded in bytes, areas, surfaces and
 * points. */
#ifndef LYKTA_AREA_AREA_FILE_H
#define LYKTA_AREA_AREA_FILE_H

#include "area/area_fault.h"
#include "base/err.h"
#include "base/str.h"

#include <stddef.h>

struct arena;

/* The time a file takes is at worst the square of a border's points and of the file's surfaces. */
enum {
    AREA_FILE_LIMIT_BYTES = 4 << 20,
    AREA_FILE_MOST_POINTS = 100000,
    AREA_FILE_MOST_IN_RING = 10000,
    AREA_FILE_MOST_POLYGONS = 10000
};

/* A closed line of at least four points, whose last is its first. */
struct outline_ring {
    size_t n;
    struct degrees *point;
};

struct outline_polygon {
    size_t n;
    struct outline_ring *ring; /* the border, then the holes */
};

/* An area as it stands in the file. */
struct outline {
    struct str code, name;
    size_t n;
    struct outline_polygon *polygon;
};

struct area_file {
    size_t n;
    struct outline *outline; /* 1..AREAS_MOST, each with a code of its own */
};

/* Reads `bytes`; everything is in `a`. The code is the property "kod", "code", "regsokod" (Statistics
 * Sweden's RegSO) or "id", a text or a whole number; the name is "namn", "name" or "regsonamn". BAD_INPUT
 * with *fault. The borders themselves are not checked: area_check.h. */
enum status area_file_read(struct str bytes, struct arena *a, struct area_file *out,
                           struct area_fault *fault) MUST_USE;

#endif
