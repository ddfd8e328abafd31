/* The map, drawn of squares. */
#include "chart/chart_map.h"

#include "../unit.h"
#include "web/html.h"

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
                                .none_text = S("ingen känd"),
                                .protected_text = S("skyddat litet tal"),
                                .outside_text = S("ingår inte")};
    const struct chart_frame f = {.id = "m", .title = S("Exempel"), .words = &words};
    struct html h = html_open(*state, catalogue_of(LANGUAGE_SV));

    chart_map(&h, &f, &m);
    return html_str(&h).p;
}

static const struct sweref square[] = {{0, 0}, {100, 0}, {100, 100}, {0, 100}, {0, 0}};
static const struct chart_ring square_ring = {square, 5};

static struct chart_area square_with(int64_t value)
{
    return (struct chart_area){.name = S("Exempel"),
                               .count = {.value = value, .text = S("cirka")},
                               .rings = &square_ring,
                               .n = 1,
                               .circle = {{50, 50}, 50}};
}

static struct chart_area square_too_small_to_tell(int64_t value)
{
    struct chart_area area = square_with(value);

    area.count.is_protected = true;
    return area;
}

static void a_square_is_drawn_north_up_on_the_grid(void **state)
{
    const struct chart_area area = square_with(10);

    assert_non_null(strstr(drawn(state, &area, 1), "<g class=\"q1\"><path d=\"M1 169l168 0 0-168-168 0z\""));
}

static void a_protected_area_is_hatched_and_its_value_is_not_read(void **state)
{
    const struct chart_area few = square_too_small_to_tell(1);
    const struct chart_area many = square_too_small_to_tell(1000);
    char *first = strdup(drawn(state, &few, 1));

    assert_non_null(strstr(first, "fill=\"url(#m-h)\""));
    assert_string_equal(first, drawn(state, &many, 1));
    free(first);
}

static void a_hole_is_not_filled(void **state)
{
    static const struct sweref hole[] = {{20, 20}, {20, 80}, {80, 80}, {80, 20}};
    const struct chart_ring rings[] = {square_ring, {hole, 4}};
    struct chart_area area = square_with(10);

    area.rings = rings;
    area.n = 2;
    const char *svg = drawn(state, &area, 1);
    assert_non_null(strstr(svg, "fill-rule=\"evenodd\""));
    assert_non_null(strstr(svg, "M1 169l168 0 0-168-168 0zM35 135l0-100 100 0 0 100z\""));
}

static void an_area_has_its_number_in_its_middle(void **state)
{
    const struct chart_area area = square_with(100);

    assert_non_null(strstr(drawn(state, &area, 1), "<g class=\"m o3\"><text x=\"170\" y=\"174\">100</text>"));
}

static void an_area_without_room_for_its_number_has_none(void **state)
{
    struct chart_area area = square_with(100);

    area.circle.radius = 1;
    assert_null(strstr(drawn(state, &area, 1), ">100</text>"));
}

static void an_area_the_figures_do_not_speak_of_has_a_border_alone(void **state)
{
    struct chart_area areas[] = {square_with(10), square_with(100)};

    areas[1].is_outside = true;
    const char *figure = drawn(state, areas, 2);
    assert_non_null(strstr(figure, "<g class=\"qn\">"));
    assert_non_null(strstr(figure, "ingår inte</text>"));
    assert_null(strstr(figure, ">100<"));
}

static void the_legend_names_only_what_is_on_the_map_beside_the_classes(void **state)
{
    const struct chart_area area = square_with(10);
    const char *figure = drawn(state, &area, 1);

    assert_non_null(strstr(figure, "100 eller fler</text>"));
    assert_null(strstr(figure, "skyddat litet tal"));
    assert_null(strstr(figure, "ingen känd"));
}

static void classes_are_as_many_as_it_takes_and_the_greatest_is_in_the_last(void **state)
{
    struct chart_class classes[CHART_MAP_CLASSES];

    (void)state;
    for (int64_t top = 1; top < 3000; top++) {
        size_t n = chart_map_classes(top, classes);
        int64_t step = n > 1 ? classes[1].from : top + 1;

        assert_in_range(n, 1, CHART_MAP_CLASSES);
        assert_int_equal(classes[0].from, 1);
        assert_true(classes[n - 1].from <= top && top < (int64_t)n * step);
    }
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
        WITH_ARENA(a_square_is_drawn_north_up_on_the_grid),
        WITH_ARENA(a_protected_area_is_hatched_and_its_value_is_not_read),
        WITH_ARENA(a_hole_is_not_filled),
        WITH_ARENA(an_area_has_its_number_in_its_middle),
        WITH_ARENA(an_area_without_room_for_its_number_has_none),
        WITH_ARENA(an_area_the_figures_do_not_speak_of_has_a_border_alone),
        WITH_ARENA(the_legend_names_only_what_is_on_the_map_beside_the_classes),
        cmocka_unit_test(classes_are_as_many_as_it_takes_and_the_greatest_is_in_the_last),
        cmocka_unit_test(a_value_is_in_the_class_whose_limit_it_reaches),
        cmocka_unit_test(the_central_meridian_is_500_km_east_and_the_equator_0_north),
        cmocka_unit_test(a_control_point_is_met_within_a_millimetre),
    };

    return cmocka_run_group_tests_name("chart_map", tests, NULL, NULL);
}
