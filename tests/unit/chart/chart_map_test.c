/* The map, drawn of Skåne's municipalities (tests/data/geo) with invented numbers. */
#include "chart/chart_map.h"

#include "../unit.h"
#include "web/html.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *drawn(void **state, const struct chart_area *areas, size_t n)
{
    const struct chart_class classes[] = {{10, S("10–49")}, {50, S("50–99")}, {100, S("100 eller fler")}};
    const struct chart_words words = {.people = S("personer")};
    const struct chart_map m = {.areas = areas,
                                .n = n,
                                .classes = classes,
                                .n_classes = 3,
                                .area_heading = S("Kommun"),
                                .protected_text = S("skyddat litet tal")};
    const struct chart_frame f = {.id = "m", .title = S("Exempel"), .words = &words};
    struct html h = html_open(*state, catalogue_of(LANGUAGE_SV));

    chart_map(&h, &f, &m);
    return html_str(&h).p;
}

/* The outer ring of each municipality: the file has one ring a feature. */
static struct chart_area area_of(struct arena *a, const json_t *feature, int64_t value)
{
    const json_t *rings = json_object_get(json_object_get(feature, "geometry"), "coordinates");
    const json_t *ring = json_array_get(json_array_get(rings, 0), 0);
    const char *name = json_string_value(json_object_get(json_object_get(feature, "properties"), "namn"));
    size_t n = json_array_size(ring);
    struct sweref *points = arena_new(a, n, struct sweref);
    struct chart_ring *r = arena_new(a, 1, struct chart_ring);

    for (size_t i = 0; i < n; i++) {
        const json_t *p = json_array_get(ring, i);

        points[i] = sweref_from_degrees(json_number_value(json_array_get(p, 0)),
                                        json_number_value(json_array_get(p, 1)));
    }
    *r = (struct chart_ring){points, n};
    return (struct chart_area){{name, strlen(name)}, {value, S("cirka 55"), value == 0}, r, 1};
}

static void the_drawing_of_33_municipalities_is_at_most_6_kB(void **state)
{
    json_t *root = json_load_file(getenv("LYKTA_GEO"), 0, NULL);
    const json_t *features = json_object_get(root, "features");
    struct chart_area areas[33];

    assert_int_equal(json_array_size(features), 33);
    for (size_t i = 0; i < 33; i++)
        areas[i] = area_of(*state, json_array_get(features, i), (int64_t)i * 5);
    const char *svg = strstr(drawn(state, areas, 33), "<svg");
    const char *end = strstr(svg, "</svg>");

    assert_in_range(end - svg + 6, 1000, 6000);
    json_decref(root);
}

static const struct sweref square[] = {{0, 0}, {100, 0}, {100, 100}, {0, 100}, {0, 0}};
static const struct chart_ring square_ring = {square, 5};

static void a_square_is_drawn_north_up_on_the_grid(void **state)
{
    const struct chart_area area = {S("Exempel"), {10, S("10"), false}, &square_ring, 1};

    assert_non_null(strstr(drawn(state, &area, 1), "<g class=\"q1\"><path d=\"M1 169l168 0 0-168-168 0z\""));
}

static void a_protected_area_is_hatched_and_its_value_is_not_read(void **state)
{
    const struct chart_area few = {S("A"), {1, S("färre än 5"), true}, &square_ring, 1};
    const struct chart_area many = {S("A"), {1000, S("färre än 5"), true}, &square_ring, 1};
    char *first = strdup(drawn(state, &few, 1));

    assert_non_null(strstr(first, "fill=\"url(#m-h)\""));
    assert_string_equal(first, drawn(state, &many, 1));
    free(first);
}

static void a_value_is_in_the_class_whose_limit_it_reaches(void **state)
{
    const struct chart_class classes[] = {{10, S("10–49")}, {50, S("50–99")}, {100, S("100 eller fler")}};
    const struct chart_map m = {.classes = classes, .n_classes = 3};

    (void)state;
    assert_int_equal(chart_map_class(&m, 0), 0);
    assert_int_equal(chart_map_class(&m, 49), 1);
    assert_int_equal(chart_map_class(&m, 50), 2);
    assert_int_equal(chart_map_class(&m, 100), 3);
}

static void the_central_meridian_is_500_km_east_and_the_equator_0_north(void **state)
{
    struct sweref p = sweref_from_degrees(15, 0);

    (void)state;
    assert_true(fabs(p.east - 500000) < 1e-6 && fabs(p.north) < 1e-6);
}

/* Lantmäteriet's control points for SWEREF 99 TM. */
static void a_control_point_is_met_within_a_millimetre(void **state)
{
    struct sweref p = sweref_from_degrees(12.75, 55);

    (void)state;
    assert_true(fabs(p.north - 6097106.672) < 0.001);
    assert_true(fabs(p.east - 356083.438) < 0.001);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_drawing_of_33_municipalities_is_at_most_6_kB),
        WITH_ARENA(a_square_is_drawn_north_up_on_the_grid),
        WITH_ARENA(a_protected_area_is_hatched_and_its_value_is_not_read),
        cmocka_unit_test(a_value_is_in_the_class_whose_limit_it_reaches),
        cmocka_unit_test(the_central_meridian_is_500_km_east_and_the_equator_0_north),
        cmocka_unit_test(a_control_point_is_met_within_a_millimetre),
    };

    return cmocka_run_group_tests_name("chart_map", tests, NULL, NULL);
}
