/* GEOS as the room uses it: a workshop that owns every geometry made in it and clears them all away at once,
 * as an arena does. A geometry that GEOS could not make is NULL; every function here takes NULL and gives
 * NULL, so that a chain of steps is checked where it ends. */
#ifndef LYKTA_AREA_AREA_GEOMETRY_H
#define LYKTA_AREA_AREA_GEOMETRY_H

#include "area/area_file.h"

#include <stddef.h>

#include <geos_c.h>

struct arena;

struct workshop {
    GEOSContextHandle_t geos;
    struct arena *arena; /* of the list alone: geometries are the library's */
    GEOSGeometry **made;
    size_t n, room;
};

struct workshop workshop_open(struct arena *a);
void workshop_close(struct workshop *w);

/* Takes over `g`. */
const GEOSGeometry *workshop_keep(struct workshop *w, GEOSGeometry *g);

/* In which plane an outline is made. */
enum outline_plane {
    OUTLINE_DEGREES, /* as in the file */
    OUTLINE_METRES   /* SWEREF 99 TM */
};

/* The outline as a multipolygon. */
const GEOSGeometry *outline_geometry(struct workshop *w, const struct outline *outline,
                                     enum outline_plane plane);

/* Copies of `parts`, NULL left out, as one collection. */
const GEOSGeometry *workshop_collect(struct workshop *w, const GEOSGeometry *const *parts, size_t n);

/* Square units; 0 for NULL. */
double geometry_area(struct workshop *w, const GEOSGeometry *g);

/* The surface that both cover; 0 where they do not meet. */
double geometry_shared_area(struct workshop *w, const GEOSGeometry *g, const GEOSGeometry *other);

#endif
