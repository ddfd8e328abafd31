/* Geometries are made, kept and cleared away. */
#include "area/area_geometry.h"

#include "base/arena.h"
#include "base/err.h"
#include "chart/sweref.h"

struct workshop workshop_open(struct arena *a)
{
    struct workshop w = {.geos = GEOS_init_r(), .arena = a};

    if (!w.geos)
        give_up("out of memory");
    return w;
}

void workshop_close(struct workshop *w)
{
    for (size_t i = 0; i < w->n; i++)
        GEOSGeom_destroy_r(w->geos, w->made[i]);
    GEOS_finish_r(w->geos);
}

const GEOSGeometry *workshop_keep(struct workshop *w, GEOSGeometry *g)
{
    if (g) {
        w->made = arena_grow(w->arena, w->made, w->n + 1, &w->room, sizeof(GEOSGeometry *));
        w->made[w->n++] = g;
    }
    return g;
}

static GEOSGeometry *ring_geometry(struct workshop *w, const struct outline_ring *ring,
                                   enum outline_plane plane)
{
    GEOSCoordSequence *points = GEOSCoordSeq_create_r(w->geos, (unsigned)ring->n, 2);

    if (!points)
        return NULL;
    for (size_t i = 0; i < ring->n; i++) {
        struct degrees at = ring->point[i];
        struct sweref metres = sweref_from_degrees(at.longitude, at.latitude);
        double x = plane == OUTLINE_METRES ? metres.east : at.longitude;
        double y = plane == OUTLINE_METRES ? metres.north : at.latitude;

        GEOSCoordSeq_setXY_r(w->geos, points, (unsigned)i, x, y);
    }
    return GEOSGeom_createLinearRing_r(w->geos, points); /* takes the points over */
}

/* createPolygon and createCollection take over what they are given when they succeed and when they fail. */
static GEOSGeometry *polygon_geometry(struct workshop *w, const struct outline_polygon *polygon,
                                      enum outline_plane plane)
{
    GEOSGeometry **rings = arena_new(w->arena, polygon->n, GEOSGeometry *);
    size_t made = 0;

    while (made < polygon->n && (rings[made] = ring_geometry(w, &polygon->ring[made], plane)))
        made++;
    if (made == polygon->n)
        return GEOSGeom_createPolygon_r(w->geos, rings[0], rings + 1, (unsigned)polygon->n - 1);
    while (made > 0)
        GEOSGeom_destroy_r(w->geos, rings[--made]);
    return NULL;
}

const GEOSGeometry *outline_geometry(struct workshop *w, const struct outline *outline,
                                     enum outline_plane plane)
{
    GEOSGeometry **polygons = arena_new(w->arena, outline->n, GEOSGeometry *);
    size_t made = 0;

    while (made < outline->n && (polygons[made] = polygon_geometry(w, &outline->polygon[made], plane)))
        made++;
    if (made == outline->n)
        return workshop_keep(
            w, GEOSGeom_createCollection_r(w->geos, GEOS_MULTIPOLYGON, polygons, (unsigned)outline->n));
    while (made > 0)
        GEOSGeom_destroy_r(w->geos, polygons[--made]);
    return NULL;
}

const GEOSGeometry *workshop_collect(struct workshop *w, const GEOSGeometry *const *parts, size_t n)
{
    GEOSGeometry **copies = arena_new(w->arena, n + 1, GEOSGeometry *);
    unsigned made = 0;

    for (size_t i = 0; i < n; i++)
        if (parts[i] && (copies[made] = GEOSGeom_clone_r(w->geos, parts[i])))
            made++;
    return workshop_keep(w, GEOSGeom_createCollection_r(w->geos, GEOS_GEOMETRYCOLLECTION, copies, made));
}

double geometry_area(struct workshop *w, const GEOSGeometry *g)
{
    double area = 0;

    if (g)
        GEOSArea_r(w->geos, g, &area);
    return area;
}

double geometry_shared_area(struct workshop *w, const GEOSGeometry *g, const GEOSGeometry *other)
{
    GEOSGeometry *shared = g && other ? GEOSIntersection_r(w->geos, g, other) : NULL;
    double area = geometry_area(w, shared);

    if (shared)
        GEOSGeom_destroy_r(w->geos, shared);
    return area;
}
