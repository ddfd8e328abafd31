/* Simplified areas: still neighbours, still all there, and small. */
#include "area/area_simplify.h"

#include "../unit.h"
#include "area/area_check.h"
#include "base/file.h"
#include "outlines.h"
#include "web/html.h"

#include <math.h>
#include <string.h>

static struct areas simplified(void **state, struct outline *outlines, size_t n)
{
    const struct area_file file = {.n = n, .outline = outlines};
    struct areas areas;

    area_simplify(&file, *state, &areas);
    return areas;
}

/* Twice the surface of a ring, by its corners (Gauss). */
static double ring_surface(const struct chart_ring *r)
{
    double sum = 0;

    for (size_t i = 0; i + 1 < r->n; i++)
        sum += r->points[i].east * r->points[i + 1].north - r->points[i + 1].east * r->points[i].north;
    return fabs(sum) / 2;
}

static size_t times_in(const struct areas *areas, struct sweref from, struct sweref to)
{
    size_t times = 0;

    for (size_t i = 0; i < areas->n; i++)
        for (size_t j = 0; j < areas->area[i].n; j++) {
            const struct chart_ring *r = &areas->area[i].ring[j];

            for (size_t k = 0; k + 1 < r->n; k++)
                times += (memcmp(&r->points[k], &from, sizeof from) == 0 &&
                          memcmp(&r->points[k + 1], &to, sizeof to) == 0);
        }
    return times;
}

/* A square whose east side has teeth too small to be seen, and its neighbour with the same teeth. */
static struct outline toothed(void **state, struct str name, double far_side)
{
    enum { TEETH = 50 };
    double xy[TEETH + 3][2];
    size_t n = 0;

    for (int i = 0; i < TEETH; i++) {
        xy[n][0] = 10 + (i % 2) * 0.002;
        xy[n++][1] = 10.0 * i / (TEETH - 1);
    }
    xy[n][0] = far_side;
    xy[n++][1] = 10;
    xy[n][0] = far_side;
    xy[n++][1] = 0;
    xy[n][0] = xy[0][0];
    xy[n++][1] = xy[0][1];
    struct outline_ring ring = outline_ring_of(*state, *xy, n);
    return outline_of(*state, name, &ring, 1);
}

static void the_border_of_two_neighbours_is_the_same_line_after_it(void **state)
{
    struct outline two[] = {toothed(state, S("A"), 0), toothed(state, S("B"), 20)};
    struct areas areas = simplified(state, two, 2);
    size_t shared = 0;

    assert_int_equal(areas.area[0].n, 1);
    const struct chart_ring *ring = &areas.area[0].ring[0];
    assert_in_range(ring->n, 5, 12);
    for (size_t k = 0; k + 1 < ring->n; k++) {
        shared += times_in(&areas, ring->points[k], ring->points[k + 1]) +
                      times_in(&areas, ring->points[k + 1], ring->points[k]) ==
                  2;
    }
    assert_true(shared > 0);
}

static void a_gap_between_neighbours_that_cannot_be_seen_is_closed(void **state)
{
    struct outline two[] = {outline_box(*state, S("A"), 0, 0, 10, 10),
                            outline_box(*state, S("B"), 10.001, 0, 20, 10)};
    struct areas areas = simplified(state, two, 2);
    struct sweref east = areas.area[0].ring[0].points[0];
    struct sweref west = areas.area[1].ring[0].points[0];

    for (size_t i = 0; i < areas.area[0].ring[0].n; i++)
        east = areas.area[0].ring[0].points[i].east > east.east ? areas.area[0].ring[0].points[i] : east;
    for (size_t i = 0; i < areas.area[1].ring[0].n; i++)
        west = areas.area[1].ring[0].points[i].east < west.east ? areas.area[1].ring[0].points[i] : west;
    assert_true(west.east <= east.east);
}

static void a_hole_stays_and_the_area_in_it_too(void **state)
{
    const double border[][2] = {{0, 0}, {9, 0}, {9, 9}, {0, 9}, {0, 0}};
    const double hole[][2] = {{3, 3}, {3, 6}, {6, 6}, {6, 3}, {3, 3}};
    const struct outline_ring rings[] = {outline_ring_of(*state, *border, 5),
                                         outline_ring_of(*state, *hole, 5)};
    struct outline two[] = {outline_of(*state, S("Ringen"), rings, 2),
                            outline_box(*state, S("Torget"), 3, 3, 6, 6)};
    struct areas areas = simplified(state, two, 2);

    assert_int_equal(areas.area[0].n, 2);
    assert_int_equal(areas.area[1].n, 1);
    double whole = ring_surface(&areas.area[0].ring[0]);
    assert_true(fabs(ring_surface(&areas.area[1].ring[0]) / whole - 1.0 / 9) < 0.01);
}

static void a_hole_that_is_nobodys_is_given_to_nobody(void **state)
{
    const double border[][2] = {{0, 0}, {9, 0}, {9, 9}, {0, 9}, {0, 0}};
    const double lake[][2] = {{3, 3}, {3, 6}, {6, 6}, {6, 3}, {3, 3}};
    const struct outline_ring rings[] = {outline_ring_of(*state, *border, 5),
                                         outline_ring_of(*state, *lake, 5)};
    struct outline one = outline_of(*state, S("A"), rings, 2);

    assert_int_equal(simplified(state, &one, 1).area[0].n, 2);
}

static void an_area_too_small_to_be_seen_keeps_its_border(void **state)
{
    struct outline two[] = {outline_box(*state, S("Stor"), 0, 0, 50, 50),
                            outline_box(*state, S("Ö"), 60, 60, 60.001, 60.001)};
    struct areas areas = simplified(state, two, 2);

    assert_int_equal(areas.area[1].n, 1);
    assert_int_equal(areas.area[1].ring[0].n, 5);
}

static void islands_too_small_to_be_seen_are_left_out(void **state)
{
    struct outline islands = outline_box(*state, S("Skärgården"), 0, 0, 50, 50);
    struct outline_polygon *polygons = arena_new(*state, 3, struct outline_polygon);

    polygons[0] = islands.polygon[0];
    polygons[1] = outline_box(*state, S(""), 60, 0, 70, 10).polygon[0];
    polygons[2] = outline_box(*state, S(""), 60, 60, 60.01, 60.01).polygon[0];
    islands.polygon = polygons;
    islands.n = 3;
    assert_int_equal(simplified(state, &islands, 1).area[0].n, 2);
}

static void the_circle_of_a_square_touches_its_sides(void **state)
{
    struct outline one = outline_box(*state, S("A"), 0, 0, 10, 10);
    struct areas areas = simplified(state, &one, 1);
    const struct sweref middle = sweref_from_degrees(13.05, 55.05);
    double half_width = (sweref_from_degrees(13.1, 55.1).east - sweref_from_degrees(13, 55.1).east) / 2;

    assert_true(fabs(areas.area[0].circle.radius / half_width - 1) < 0.05);
    assert_true(fabs(areas.area[0].circle.middle.east - middle.east) < 300);
}

static struct area_file skane(void **state)
{
    struct area_file file = {0};
    struct area_fault fault = {0};
    struct str bytes;
    struct err e = {0};

    if (file_read(TEST_DATA "/geo/skane_kommuner.geojson", 1 << 20, *state, &bytes, &e) != OK)
        fail_msg("%s", e.what);
    assert_int_equal(area_file_read(bytes, *state, &file, &fault), OK);
    assert_int_equal(area_check(&file, *state, &fault), OK);
    return file;
}

static double outline_surface(void **state, const struct outline *outline)
{
    const struct outline_ring *ring = &outline->polygon[0].ring[0];
    struct sweref *points = arena_new(*state, ring->n, struct sweref);

    for (size_t i = 0; i < ring->n; i++)
        points[i] = sweref_from_degrees(ring->point[i].longitude, ring->point[i].latitude);
    return ring_surface(&(struct chart_ring){points, ring->n});
}

static void every_municipality_of_skane_keeps_its_surface_within_a_tenth(void **state)
{
    struct area_file file = skane(state);
    struct areas areas = simplified(state, file.outline, file.n);

    assert_int_equal(areas.n, 33);
    for (size_t i = 0; i < areas.n; i++) {
        double share = ring_surface(&areas.area[i].ring[0]) / outline_surface(state, &file.outline[i]);

        if (fabs(share - 1) > 0.1)
            fail_msg("%.*s: %.3f of its surface", STR(areas.area[i].name), share);
    }
}

static struct str map_of(void **state, const struct areas *areas)
{
    struct chart_class classes[CHART_MAP_CLASSES];
    struct chart_area *drawn = arena_new(*state, areas->n, struct chart_area);
    const struct chart_words words = {.people = S("personer")};
    const struct chart_frame f = {.id = "map-kommun", .title = S("Exempel"), .words = &words};
    struct chart_map m = {.areas = drawn,
                          .n = areas->n,
                          .classes = classes,
                          .n_classes = chart_map_classes(160, classes),
                          .area_heading = S("Kommun"),
                          .protected_text = S("skyddat litet tal")};
    struct html h = html_open(*state, catalogue_of(LANGUAGE_SV));

    for (size_t i = 0; i < m.n_classes; i++)
        classes[i].text = S("100–149 personer");
    for (size_t i = 0; i < areas->n; i++)
        drawn[i] = (struct chart_area){.name = areas->area[i].name,
                                       .count = {(int64_t)i * 5, S("cirka 155"), i == 0},
                                       .rings = areas->area[i].ring,
                                       .n = areas->area[i].n,
                                       .circle = areas->area[i].circle};
    chart_map(&h, &f, &m);
    return html_str(&h);
}

static void the_drawing_of_33_municipalities_is_at_most_6_kB(void **state)
{
    struct area_file file = skane(state);
    struct areas areas = simplified(state, file.outline, file.n);
    struct str figure = map_of(state, &areas);
    const char *from = strstr(arena_cstr(*state, figure.p, figure.n), "<svg");
    const char *end = strstr(from, "</svg>");

    assert_in_range(end - from + 6, 1000, 6000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_border_of_two_neighbours_is_the_same_line_after_it),
        WITH_ARENA(a_gap_between_neighbours_that_cannot_be_seen_is_closed),
        WITH_ARENA(a_hole_stays_and_the_area_in_it_too),
        WITH_ARENA(a_hole_that_is_nobodys_is_given_to_nobody),
        WITH_ARENA(an_area_too_small_to_be_seen_keeps_its_border),
        WITH_ARENA(islands_too_small_to_be_seen_are_left_out),
        WITH_ARENA(the_circle_of_a_square_touches_its_sides),
        WITH_ARENA(every_municipality_of_skane_keeps_its_surface_within_a_tenth),
        WITH_ARENA(the_drawing_of_33_municipalities_is_at_most_6_kB),
    };

    return cmocka_run_group_tests_name("area_simplify", tests, NULL, NULL);
}
