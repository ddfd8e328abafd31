/* Outlines of straight borders for the tests of the room: squares of a hundredth of a degree. */
#ifndef LYKTA_TESTS_OUTLINES_H
#define LYKTA_TESTS_OUTLINES_H

#include "area/area_file.h"
#include "base/arena.h"

/* A ring of `n` points; `xy` holds their hundredths of a degree from 13° E, 55° N, east first. */
static inline struct outline_ring outline_ring_of(struct arena *a, const double *xy, size_t n)
{
    struct outline_ring ring = {n, arena_new(a, n, struct degrees)};

    for (size_t i = 0; i < n; i++)
        ring.point[i] = (struct degrees){13 + xy[2 * i] / 100, 55 + xy[2 * i + 1] / 100};
    return ring;
}

/* An area of one surface: its border, then its holes. */
static inline struct outline outline_of(struct arena *a, struct str name, const struct outline_ring *rings,
                                        size_t n)
{
    struct outline_polygon *polygon = arena_new(a, 1, struct outline_polygon);

    *polygon = (struct outline_polygon){n, arena_new(a, n, struct outline_ring)};
    for (size_t i = 0; i < n; i++)
        polygon->ring[i] = rings[i];
    return (struct outline){.code = name, .name = name, .n = 1, .polygon = polygon};
}

/* The rectangle from (west, south) to (east, north). */
static inline struct outline outline_box(struct arena *a, struct str name, double west, double south,
                                         double east, double north)
{
    const double xy[][2] = {{west, south}, {east, south}, {east, north}, {west, north}, {west, south}};
    struct outline_ring ring = outline_ring_of(a, *xy, 5);

    return outline_of(a, name, &ring, 1);
}

#endif
