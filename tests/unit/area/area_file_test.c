/* GeoJSON in, outlines out; and the sentence's facts when it cannot be. */
#include "area/area_file.h"

#include "../unit.h"
#include "area/division.h"
#include "base/text.h"

#include <string.h>

#define SQUARE "[[13,55],[13.1,55],[13.1,55.1],[13,55.1],[13,55]]"
#define FEATURE(code, name, geometry)                                                                        \
    "{\"type\":\"Feature\",\"properties\":{\"kod\":" code ",\"namn\":" name "},\"geometry\":" geometry "}"
#define POLYGON(rings) "{\"type\":\"Polygon\",\"coordinates\":[" rings "]}"
#define FILE_OF(features) "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"

static struct area_file read_well(void **state, const char *text)
{
    struct area_file file = {0};
    struct area_fault fault = {0};

    assert_int_equal(area_file_read(str_of(text), *state, &file, &fault), OK);
    return file;
}

static struct area_fault fault_of(void **state, struct str text)
{
    struct area_file file = {0};
    struct area_fault fault = {.kind = AREA_FAULTS};

    assert_int_equal(area_file_read(text, *state, &file, &fault), BAD_INPUT);
    return fault;
}

static enum area_fault_kind kind_of(void **state, const char *text)
{
    return fault_of(state, str_of(text)).kind;
}

static void an_area_has_its_code_name_and_border(void **state)
{
    struct area_file file =
        read_well(state, FILE_OF(FEATURE("\"1281\"", "\" Exempelby \"", POLYGON(SQUARE))));

    assert_int_equal(file.n, 1);
    assert_str(file.outline[0].code, "1281");
    assert_str(file.outline[0].name, "Exempelby");
    assert_int_equal(file.outline[0].polygon[0].ring[0].n, 5);
    assert_true(file.outline[0].polygon[0].ring[0].point[2].latitude > 55.09);
}

static void a_code_may_be_a_number(void **state)
{
    struct area_file file = read_well(state, FILE_OF(FEATURE("1281", "\"A\"", POLYGON(SQUARE))));

    assert_str(file.outline[0].code, "1281");
}

static void the_codes_and_names_of_regional_statistical_areas_are_known(void **state)
{
    struct area_file file = read_well(
        state,
        FILE_OF(
            "{\"type\":\"Feature\",\"properties\":{\"id\":7,\"regsokod\":\"1281R001\",\"regsonamn\":\"Exempelby\"},"
            "\"geometry\":" POLYGON(SQUARE) "}"));

    assert_str(file.outline[0].code, "1281R001");
    assert_str(file.outline[0].name, "Exempelby");
}

static void a_multipolygon_has_all_its_parts_and_holes(void **state)
{
    struct area_file file =
        read_well(state, FILE_OF(FEATURE("1", "\"A\"",
                                         "{\"type\":\"MultiPolygon\",\"coordinates\":[[" SQUARE "],[" SQUARE
                                         "," SQUARE "]]}")));

    assert_int_equal(file.outline[0].n, 2);
    assert_int_equal(file.outline[0].polygon[1].n, 2);
}

static void a_byte_order_mark_and_heights_are_let_through(void **state)
{
    struct area_file file =
        read_well(state, "\xef\xbb\xbf" FILE_OF(FEATURE(
                             "1", "\"A\"", POLYGON("[[13,55,7],[13.1,55,7],[13.1,55.1,7],[13,55,7]]"))));

    assert_int_equal(file.outline[0].polygon[0].ring[0].n, 4);
}

static void what_is_no_json_is_told_with_its_line(void **state)
{
    struct area_fault fault = fault_of(state, S("{\n\"type\":\n oj }"));

    assert_int_equal(fault.kind, AREA_NOT_JSON);
    assert_int_equal(fault.n, 3);
    assert_int_equal(kind_of(state, ""), AREA_NOT_JSON);
}

static void other_json_is_no_collection(void **state)
{
    assert_int_equal(kind_of(state, "[]"), AREA_NO_COLLECTION);
    assert_int_equal(kind_of(state, "{\"type\":\"FeatureCollection\"}"), AREA_NO_COLLECTION);
    assert_int_equal(kind_of(state, FEATURE("1", "\"A\"", POLYGON(SQUARE))), AREA_NO_COLLECTION);
    assert_int_equal(kind_of(state, FILE_OF("")), AREA_NONE);
}

static void an_area_without_code_or_name_is_told_by_its_number(void **state)
{
    struct area_fault fault = fault_of(
        state,
        S(FILE_OF(FEATURE("1", "\"A\"", POLYGON(SQUARE)) "," FEATURE("\" \"", "\"B\"", POLYGON(SQUARE)))));

    assert_int_equal(fault.kind, AREA_NO_CODE);
    assert_int_equal(fault.n, 2);
    assert_int_equal(kind_of(state, FILE_OF(FEATURE("1", "null", POLYGON(SQUARE)))), AREA_NO_NAME);
    assert_int_equal(kind_of(state, FILE_OF("7")), AREA_NO_CODE);
}

static void a_code_that_stands_twice_is_refused(void **state)
{
    struct area_fault fault = fault_of(
        state,
        S(FILE_OF(FEATURE("12", "\"A\"", POLYGON(SQUARE)) "," FEATURE("\"12\"", "\"B\"", POLYGON(SQUARE)))));

    assert_int_equal(fault.kind, AREA_TWICE);
    assert_str(fault.area, "12");
}

static void lines_and_points_are_no_areas(void **state)
{
    struct area_fault fault = fault_of(
        state, S(FILE_OF(FEATURE("1", "\"Vägen\"", "{\"type\":\"LineString\",\"coordinates\":" SQUARE "}"))));

    assert_int_equal(fault.kind, AREA_NO_SURFACE);
    assert_str(fault.area, "Vägen");
    assert_int_equal(kind_of(state, FILE_OF(FEATURE("1", "\"A\"", "null"))), AREA_NO_SURFACE);
    assert_int_equal(kind_of(state, FILE_OF(FEATURE("1", "\"A\"", POLYGON("")))), AREA_NO_SURFACE);
    assert_int_equal(
        kind_of(state, FILE_OF(FEATURE("1", "\"A\"", "{\"type\":\"MultiPolygon\",\"coordinates\":[]}"))),
        AREA_NO_SURFACE);
}

static void a_border_that_is_not_closed_is_refused(void **state)
{
    static const char *const rings[] = {
        "[[13,55],[13.1,55],[13,55]]", "[[13,55],[13.1,55],[13.1,55.1],[13,55.1]]",
        "[[13,55],[13.1,55],[13.1],[13,55]]", "[[13,55],[13.1,55],\"x\",[13,55]]", "7"};

    for (size_t i = 0; i < sizeof rings / sizeof *rings; i++) {
        const char *text = arena_printf(*state, FILE_OF(FEATURE("1", "\"A\"", POLYGON("%s"))), rings[i]);
        assert_int_equal(kind_of(state, text), AREA_OPEN_RING);
    }
}

static void metres_are_told_from_degrees_and_abroad_from_home(void **state)
{
    struct area_fault fault = fault_of(
        state, S(FILE_OF(FEATURE("1", "\"A\"", POLYGON("[[55,13],[55,13.1],[55.1,13.1],[55,13]]")))));

    assert_int_equal(fault.kind, AREA_ABROAD);
    assert_true(fault.at.longitude > 54);
    assert_int_equal(
        kind_of(state,
                FILE_OF(FEATURE("1", "\"A\"", POLYGON("[[386000,6175000],[1,1],[2,2],[386000,6175000]]")))),
        AREA_METRES);
}

static void more_areas_than_a_map_can_show_are_refused(void **state)
{
    struct text t = text_open(*state);

    for (int i = 0; i <= AREAS_MOST; i++)
        text_format(&t, "%s" FEATURE("%d", "\"A\"", POLYGON(SQUARE)), i ? "," : "", i);
    struct str features = text_str(&t);
    const char *text = arena_printf(*state, FILE_OF("%.*s"), (int)features.n, features.p);
    struct area_fault fault = fault_of(state, str_of(text));
    assert_int_equal(fault.kind, AREA_TOO_MANY);
    assert_int_equal(fault.n, AREAS_MOST);
}

/* An area of `polygons` surfaces, each a border of `points` + 1 points. */
static const char *area_of(void **state, int polygons, int points)
{
    struct text ring = text_open(*state);
    struct text all = text_open(*state);

    for (int i = 0; i < points; i++)
        text_lit(&ring, "[13,55],");
    for (int i = 0; i < polygons; i++) {
        text_lit(&all, "[[");
        text_add(&all, text_str(&ring));
        text_format(&all, "[13,55]]]%s", i + 1 < polygons ? "," : "");
    }
    struct str coordinates = text_str(&all);
    return arena_printf(*state,
                        FILE_OF(FEATURE("1", "\"A\"", "{\"type\":\"MultiPolygon\",\"coordinates\":[%.*s]}")),
                        (int)coordinates.n, coordinates.p);
}

static void more_than_a_map_has_use_for_is_refused(void **state)
{
    read_well(state, area_of(state, 10, AREA_FILE_MOST_IN_RING - 1));
    assert_int_equal(kind_of(state, area_of(state, 11, AREA_FILE_MOST_IN_RING - 1)), AREA_TOO_LARGE);
    assert_int_equal(kind_of(state, area_of(state, 1, AREA_FILE_MOST_IN_RING)), AREA_TOO_LARGE);
    assert_int_equal(kind_of(state, area_of(state, AREA_FILE_MOST_POLYGONS + 1, 3)), AREA_TOO_LARGE);
}

static void depth_without_end_is_no_json(void **state)
{
    char *deep = arena_new(*state, 100001, char);

    memset(deep, '[', 100000);
    assert_int_equal(fault_of(state, (struct str){deep, 100000}).kind, AREA_NOT_JSON);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(an_area_has_its_code_name_and_border),
        WITH_ARENA(a_code_may_be_a_number),
        WITH_ARENA(the_codes_and_names_of_regional_statistical_areas_are_known),
        WITH_ARENA(a_multipolygon_has_all_its_parts_and_holes),
        WITH_ARENA(a_byte_order_mark_and_heights_are_let_through),
        WITH_ARENA(what_is_no_json_is_told_with_its_line),
        WITH_ARENA(other_json_is_no_collection),
        WITH_ARENA(an_area_without_code_or_name_is_told_by_its_number),
        WITH_ARENA(a_code_that_stands_twice_is_refused),
        WITH_ARENA(lines_and_points_are_no_areas),
        WITH_ARENA(a_border_that_is_not_closed_is_refused),
        WITH_ARENA(metres_are_told_from_degrees_and_abroad_from_home),
        WITH_ARENA(more_areas_than_a_map_can_show_are_refused),
        WITH_ARENA(more_than_a_map_has_use_for_is_refused),
        WITH_ARENA(depth_without_end_is_no_json),
    };

    return cmocka_run_group_tests_name("area_file", tests, NULL, NULL);
}
