/* Borders to lines, lines to faces, faces to areas. */
#include "area/area_simplify.h"

#include "area/area_geometry.h"
#include "base/arena.h"
#include "chart/chart.h"

#include <math.h>

/* A unit of a drawing is the longer side of the whole, divided by the drawing's width. */
static const double grid_units = 0.5;
static const double tolerance_units = 3;

struct simplifying {
    struct workshop work;
    const struct area_file *file;
    const GEOSGeometry **shape;           /* of each outline */
    const GEOSPreparedGeometry **indexed; /* the same, for many points */
    double unit;                          /* of the drawing, in metres */
};

static void area_of(struct simplifying *s, size_t i, const GEOSGeometry *shape, struct arena *a,
                    struct area *out);

/* Every border once, cut where they meet. */
static const GEOSGeometry *lines_of(struct simplifying *s, struct arena *a)
{
    struct workshop *w = &s->work;
    const GEOSGeometry **borders = arena_new(a, s->file->n, const GEOSGeometry *);

    for (size_t i = 0; i < s->file->n; i++)
        borders[i] = s->shape[i] ? workshop_keep(w, GEOSBoundary_r(w->geos, s->shape[i])) : NULL;
    const GEOSGeometry *all = workshop_collect(w, borders, s->file->n);
    const GEOSGeometry *noded =
        all ? workshop_keep(w, GEOSUnaryUnionPrec_r(w->geos, all, s->unit * grid_units)) : NULL;
    return noded ? workshop_keep(w, GEOSLineMerge_r(w->geos, noded)) : NULL;
}

/* The faces between the simplified lines: areas, parts of areas, and what lies between them. */
static const GEOSGeometry *faces_of(struct simplifying *s, struct arena *a)
{
    struct workshop *w = &s->work;
    const GEOSGeometry *lines = lines_of(s, a);
    const GEOSGeometry *simple =
        lines ? workshop_keep(w, GEOSTopologyPreserveSimplify_r(w->geos, lines, s->unit * tolerance_units))
              : NULL;

    return simple ? workshop_keep(w, GEOSPolygonize_r(w->geos, &simple, 1)) : NULL;
}

/* The outline that a point well inside the face lies in: a lake between areas is nobody's. */
static size_t owner_of(struct simplifying *s, const GEOSGeometry *face)
{
    struct workshop *w = &s->work;
    const GEOSGeometry *inside = face ? workshop_keep(w, GEOSPointOnSurface_r(w->geos, face)) : NULL;

    for (size_t i = 0; inside && i < s->file->n; i++)
        if (s->indexed[i] && GEOSPreparedIntersects_r(w->geos, s->indexed[i], inside) == 1)
            return i;
    return s->file->n;
}

/* The faces of outline `i` as one surface; NULL when it has none. */
static const GEOSGeometry *surface_of(struct simplifying *s, const GEOSGeometry *faces, const size_t *owner,
                                      size_t n, size_t i, struct arena *a)
{
    struct workshop *w = &s->work;
    const GEOSGeometry **own = arena_new(a, n + 1, const GEOSGeometry *);
    size_t owned = 0;

    for (size_t f = 0; f < n; f++)
        if (owner[f] == i)
            own[owned++] = GEOSGetGeometryN_r(w->geos, faces, (int)f);
    const GEOSGeometry *all = owned ? workshop_collect(w, own, owned) : NULL;
    return all ? workshop_keep(w, GEOSUnaryUnion_r(w->geos, all)) : NULL;
}

static double longer_side(struct simplifying *s)
{
    struct workshop *w = &s->work;
    const GEOSGeometry *all = workshop_collect(w, s->shape, s->file->n);
    double west = 0;
    double south = 0;
    double east = 0;
    double north = 0;

    if (!all || !GEOSGeom_getExtent_r(w->geos, all, &west, &south, &east, &north))
        return 1;
    return fmax(fmax(east - west, north - south), 1);
}

static void shapes_open(struct simplifying *s, struct arena *a)
{
    s->shape = arena_new(a, s->file->n, const GEOSGeometry *);
    s->indexed = arena_new(a, s->file->n, const GEOSPreparedGeometry *);
    for (size_t i = 0; i < s->file->n; i++) {
        s->shape[i] = outline_geometry(&s->work, &s->file->outline[i], OUTLINE_METRES);
        s->indexed[i] = s->shape[i] ? GEOSPrepare_r(s->work.geos, s->shape[i]) : NULL;
    }
    s->unit = longer_side(s) / CHART_WIDTH;
}

static void shapes_close(struct simplifying *s)
{
    for (size_t i = 0; i < s->file->n; i++)
        if (s->indexed[i])
            GEOSPreparedGeom_destroy_r(s->work.geos, s->indexed[i]);
}

void area_simplify(const struct area_file *file, struct arena *a, struct areas *out)
{
    struct simplifying s = {.work = workshop_open(a), .file = file};

    shapes_open(&s, a);
    const GEOSGeometry *faces = faces_of(&s, a);
    int found = faces ? GEOSGetNumGeometries_r(s.work.geos, faces) : 0;
    size_t n = found > 0 ? (size_t)found : 0;
    size_t *owner = arena_new(a, n + 1, size_t);
    for (size_t f = 0; f < n; f++)
        owner[f] = owner_of(&s, GEOSGetGeometryN_r(s.work.geos, faces, (int)f));
    *out = (struct areas){.n = file->n, .area = arena_new(a, file->n, struct area)};
    for (size_t i = 0; i < file->n; i++) {
        const GEOSGeometry *surface = surface_of(&s, faces, owner, n, i, a);

        area_of(&s, i, surface ? surface : s.shape[i], a, &out->area[i]);
    }
    shapes_close(&s);
    workshop_close(&s.work);
}

static struct chart_ring ring_of(struct workshop *w, const GEOSGeometry *ring, struct arena *a)
{
    const GEOSCoordSequence *points = ring ? GEOSGeom_getCoordSeq_r(w->geos, ring) : NULL;
    unsigned n = 0;

    if (!points || !GEOSCoordSeq_getSize_r(w->geos, points, &n))
        return (struct chart_ring){0};
    struct sweref *copied = arena_new(a, n, struct sweref);
    for (unsigned i = 0; i < n; i++)
        GEOSCoordSeq_getXY_r(w->geos, points, i, &copied[i].east, &copied[i].north);
    return (struct chart_ring){copied, n};
}

static void ring_add(struct area *area, struct chart_ring ring, size_t *room, struct arena *a)
{
    if (ring.n == 0)
        return;
    area->ring = arena_grow(a, area->ring, area->n + 1, room, sizeof *area->ring);
    area->ring[area->n++] = ring;
}

/* The largest circle in the surface; GEOS gives it as the line from its middle to its edge. */
static struct chart_circle circle_of(struct simplifying *s, const GEOSGeometry *surface)
{
    struct workshop *w = &s->work;
    struct chart_circle circle = {0};
    const GEOSGeometry *line =
        surface ? workshop_keep(w, GEOSMaximumInscribedCircle_r(w->geos, surface, s->unit)) : NULL;
    const GEOSGeometry *middle = line ? workshop_keep(w, GEOSGeomGetStartPoint_r(w->geos, line)) : NULL;

    if (!middle || !GEOSGeomGetX_r(w->geos, middle, &circle.middle.east) ||
        !GEOSGeomGetY_r(w->geos, middle, &circle.middle.north) ||
        !GEOSGeomGetLength_r(w->geos, line, &circle.radius))
        return (struct chart_circle){0};
    return circle;
}

/* Islands smaller than a square of the tolerance are left out, but for an area's largest. */
static double least_surface(struct simplifying *s, const GEOSGeometry *shape, int polygons)
{
    double least = pow(s->unit * tolerance_units, 2);
    double largest = 0;

    for (int p = 0; p < polygons; p++)
        largest = fmax(largest, geometry_area(&s->work, GEOSGetGeometryN_r(s->work.geos, shape, p)));
    return fmin(least, largest);
}

static void polygon_add(struct simplifying *s, const GEOSGeometry *polygon, size_t *room, struct arena *a,
                        struct area *out)
{
    GEOSContextHandle_t geos = s->work.geos;
    int holes = GEOSGetNumInteriorRings_r(geos, polygon);

    ring_add(out, ring_of(&s->work, GEOSGetExteriorRing_r(geos, polygon), a), room, a);
    for (int hole = 0; hole < holes; hole++)
        ring_add(out, ring_of(&s->work, GEOSGetInteriorRingN_r(geos, polygon, hole), a), room, a);
}

static void area_of(struct simplifying *s, size_t i, const GEOSGeometry *shape, struct arena *a,
                    struct area *out)
{
    const struct outline *outline = &s->file->outline[i];
    size_t room = 0;
    int polygons = shape ? GEOSGetNumGeometries_r(s->work.geos, shape) : 0;
    double least = least_surface(s, shape, polygons);

    *out = (struct area){.code = str_copy(outline->code, a),
                         .name = str_copy(outline->name, a),
                         .circle = circle_of(s, shape)};
    for (int p = 0; p < polygons; p++) {
        const GEOSGeometry *polygon = GEOSGetGeometryN_r(s->work.geos, shape, p);

        if (geometry_area(&s->work, polygon) >= least)
            polygon_add(s, polygon, &room, a, out);
    }
}
