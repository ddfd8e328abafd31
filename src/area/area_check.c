/* Each border by itself, then every pair of areas. (OGC Simple Features, 6.1.11: what a valid polygon is) */
#include "area/area_check.h"

#include "area/area_geometry.h"
#include "base/arena.h"

#include <math.h>
#include <string.h>

enum { OVERLAP_PART = 20 }; /* an overlap of more than a twentieth is one */

static struct degrees point_of(struct workshop *w, const GEOSGeometry *point)
{
    struct degrees at = {0, 0};

    if (point) {
        GEOSGeomGetX_r(w->geos, point, &at.longitude);
        GEOSGeomGetY_r(w->geos, point, &at.latitude);
    }
    return at;
}

static enum status check_border(struct workshop *w, const struct outline *outline, const GEOSGeometry *g,
                                struct area_fault *fault)
{
    char *reason = NULL;
    GEOSGeometry *where = NULL;

    if (g && GEOSisValidDetail_r(w->geos, g, 0, &reason, &where) == 1)
        return OK;
    bool crosses = reason && strstr(reason, "elf-intersection");
    *fault = (struct area_fault){.kind = crosses ? AREA_CROSSES : AREA_BROKEN,
                                 .area = outline->name,
                                 .at = point_of(w, workshop_keep(w, where))};
    if (reason)
        GEOSFree_r(w->geos, reason);
    return BAD_INPUT;
}

/* The surface that shape `i` shares with any before it is little, or *fault names both. */
static enum status check_overlaps(struct workshop *w, const struct area_file *file,
                                  const GEOSGeometry *const *shapes, size_t i, struct area_fault *fault)
{
    const GEOSPreparedGeometry *indexed = GEOSPrepare_r(w->geos, shapes[i]);
    enum status s = OK;

    for (size_t j = 0; s == OK && j < i; j++) {
        double smaller = fmin(geometry_area(w, shapes[i]), geometry_area(w, shapes[j]));

        if (indexed && GEOSPreparedIntersects_r(w->geos, indexed, shapes[j]) != 1)
            continue;
        if (geometry_shared_area(w, shapes[i], shapes[j]) * OVERLAP_PART <= smaller)
            continue;
        *fault = (struct area_fault){
            .kind = AREA_OVERLAPS, .area = file->outline[j].name, .other = file->outline[i].name};
        s = BAD_INPUT;
    }
    if (indexed)
        GEOSPreparedGeom_destroy_r(w->geos, indexed);
    return s;
}

enum status area_check(const struct area_file *file, struct arena *a, struct area_fault *fault)
{
    const GEOSGeometry **shapes = arena_new(a, file->n, const GEOSGeometry *);
    struct workshop w = workshop_open(a);
    enum status s = OK;

    for (size_t i = 0; s == OK && i < file->n; i++) {
        shapes[i] = outline_geometry(&w, &file->outline[i], OUTLINE_DEGREES);
        s = check_border(&w, &file->outline[i], shapes[i], fault);
    }
    for (size_t i = 1; s == OK && i < file->n; i++)
        s = check_overlaps(&w, file, shapes, i, fault);
    workshop_close(&w);
    return s;
}
