/* A table of a release on a map: numbers, classes, hatch, and what is not there. */
#include "public/report_map.h"

#include "../unit.h"
#include "area/area_match.h"
#include "chart/chart_bar.h"
#include "public/report_view.h"
#include "web/html.h"

#include <string.h>

static const struct sweref border[] = {{0, 0}, {100, 0}, {100, 100}, {0, 100}, {0, 0}};

static struct area square(struct arena *a, struct str code)
{
    struct chart_ring *ring = arena_new(a, 1, struct chart_ring);

    *ring = (struct chart_ring){border, 5};
    return (struct area){
        .code = code, .name = code, .n = 1, .ring = ring, .circle = {.middle = {50, 50}, .radius = 50}};
}

/* What is drawn of the rows N, S and O on a map of N, S and V. */
static const char *drawn(void **state, struct str drawn_column)
{
    struct arena *a = *state;
    struct release_row rows[] = {{.label = {S("N"), S("Norr"), S("North")}},
                                 {.label = {S("S"), S("Söder"), S("South")}},
                                 {.label = {S("O"), S("Okänt"), S("Not known")}}};
    const struct release_table table = {
        .label = {S("district"), S("Stadsdel"), S("District")}, .n = 3, .row = rows};
    const struct release_table other = {.label = {.code = drawn_column}, .n = 3, .row = rows};
    struct area known[] = {square(a, S("N")), square(a, S("S")), square(a, S("V"))};
    const struct areas areas = {3, known};
    const struct area_map map = {.table = &table,
                                 .division = {.source = S("SCB")},
                                 .areas = areas,
                                 .match = area_match(&table, &areas, a)};
    const struct report_view v = {.maps = 1, .map = &map};
    const struct chart_bar_row bars[] = {{.label = S("Norr"), .count = {45, S("cirka 45"), false}},
                                         {.label = S("Söder"), .count = {0, S("färre än 5"), true}},
                                         {.label = S("Okänt"), .count = {5, S("cirka 5"), false}}};
    const struct chart_words words = {.people = S("personer")};
    const struct chart_frame frame = {.id = "x", .title = S("Stadsdel"), .words = &words};
    struct html h = html_open(a, catalogue_of(LANGUAGE_SV));

    report_map(&h, &v, &other, bars, &frame);
    struct str out = html_str(&h);
    return arena_cstr(a, out.p, out.n);
}

static void an_area_has_the_count_and_the_name_of_its_row(void **state)
{
    const char *figure = drawn(state, S("district"));

    assert_non_null(strstr(figure, "Stadsdel på kartan"));
    assert_non_null(strstr(figure, "<title>Norr: cirka 45</title>"));
}

static void the_last_class_of_the_legend_holds_the_greatest(void **state)
{
    const char *figure = drawn(state, S("district"));

    assert_non_null(strstr(figure, ">1–9 personer<"));
    assert_non_null(strstr(figure, ">40–49 personer<"));
    assert_null(strstr(figure, ">50–59 personer<"));
}

static void a_count_too_small_to_tell_is_hatched_with_its_words(void **state)
{
    const char *figure = drawn(state, S("district"));

    assert_non_null(strstr(figure, "fill=\"url(#map-district-h)\""));
    assert_non_null(strstr(figure, "<title>Söder: färre än 5</title>"));
    assert_non_null(strstr(figure, ">för få för att visas<"));
}

static void an_area_without_row_and_a_row_without_area_are_told(void **state)
{
    const char *figure = drawn(state, S("district"));

    assert_non_null(strstr(figure, "<title>V</title>"));
    assert_non_null(strstr(figure, "Gränser: SCB. Inte på kartan, men i tabellen: Okänt."));
}

static void a_table_of_another_column_is_not_drawn(void **state)
{
    assert_string_equal(drawn(state, S("gender")), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(an_area_has_the_count_and_the_name_of_its_row),
        WITH_ARENA(the_last_class_of_the_legend_holds_the_greatest),
        WITH_ARENA(a_count_too_small_to_tell_is_hatched_with_its_words),
        WITH_ARENA(an_area_without_row_and_a_row_without_area_are_told),
        WITH_ARENA(a_table_of_another_column_is_not_drawn),
    };

    return cmocka_run_group_tests_name("report_map", tests, NULL, NULL);
}
