/* Divisions in the database: as they were given, newest first, removed when asked. */
#include "area/division.h"

#include "../scratch_city.h"
#include "../unit.h"
#include "area/area_match.h"

#include "store/db.h"

#include <math.h>

static const struct who who = {.name = "test", .now_at = 1785924000};

static struct db *db_of(void **state)
{
    return ((struct city *)((struct scratch *)*state)->mine)->db;
}

static struct arena *arena_of(void **state)
{
    return ((struct scratch *)*state)->arena;
}

static int begin(void **state)
{
    return scratch_city_open(state, &who);
}

static int64_t add(void **state, struct str name)
{
    static const struct sweref border[] = {
        {386000, 6160000}, {387000, 6160000}, {387000, 6161000}, {386000, 6160000}};
    static const struct sweref hole[] = {
        {386500, 6160100}, {386600, 6160100}, {386600, 6160200}, {386500, 6160100}};
    struct chart_ring rings[] = {{border, 4}, {hole, 4}};
    struct area all[] = {{S("N"), S("Norr; exempel"), 2, rings, {{386700, 6160400}, 250}},
                         {S("S"), S("Söder"), 1, rings, {{0, 0}, 0}}};
    struct division division = {.name = name, .column = S("district"), .source = S("Källa: exempel")};
    struct err e = {0};

    if (division_add(db_of(state), &division, &(struct areas){2, all}, &who, &e) != OK)
        fail_msg("%s", e.what);
    return division.id;
}

static void areas_are_read_back_as_they_were_given(void **state)
{
    struct areas areas;
    struct err e = {0};
    int64_t id = add(state, S("Stadsdelar"));

    assert_int_equal(division_areas(db_of(state), id, arena_of(state), &areas, &e), OK);
    assert_int_equal(areas.n, 2);
    assert_str(areas.area[0].code, "N");
    assert_str(areas.area[0].name, "Norr; exempel");
    assert_int_equal(areas.area[0].n, 2);
    assert_int_equal(areas.area[0].ring[1].n, 4);
    assert_true(fabs(areas.area[0].ring[1].points[2].north - 6160200) < 0.5);
    assert_true(fabs(areas.area[0].circle.radius - 250) < 0.5);
}

static void divisions_are_listed_newest_first_with_how_many_areas(void **state)
{
    struct divisions all;
    struct err e = {0};

    add(state, S("Äldre"));
    add(state, S("Nyare"));
    assert_int_equal(division_list(db_of(state), arena_of(state), &all, &e), OK);
    assert_int_equal(all.n, 2);
    assert_str(all.division[0].name, "Nyare");
    assert_int_equal(all.division[0].areas, 2);
    assert_str(all.division[1].column, "district");
}

static void what_is_removed_is_not_found_again(void **state)
{
    struct division division;
    struct err e = {0};
    int64_t id = add(state, S("Fel fil"));

    assert_int_equal(division_remove(db_of(state), id, &who, &e), OK);
    assert_int_equal(division_find(db_of(state), id, arena_of(state), &division, &e), REFUSED);
    assert_int_equal(division_remove(db_of(state), id, &who, &e), REFUSED);
}

static void the_version_is_another_after_each_change(void **state)
{
    int64_t before = -1;
    int64_t added = -1;
    int64_t removed = -1;
    struct err e = {0};

    assert_int_equal(division_version(db_of(state), &before, &e), OK);
    int64_t id = add(state, S("A"));
    assert_int_equal(division_version(db_of(state), &added, &e), OK);
    assert_int_equal(division_remove(db_of(state), id, &who, &e), OK);
    assert_int_equal(division_version(db_of(state), &removed, &e), OK);
    assert_true(before < added && added < removed);
}

/* Which division a table of the rows `codes` is drawn on; 0: none. */
static int64_t drawn_on(void **state, const char *column, struct str first, struct str second)
{
    struct release *release = arena_new(arena_of(state), 1, struct release);
    struct release_row rows[] = {{.label = {first, first, first}}, {.label = {second, second, second}}};
    struct area_map *maps = NULL;
    struct err e = {0};
    size_t n = 0;

    release->tables = 1;
    release->table[0] = (struct release_table){.label = {.code = str_of(column)}, .n = 2, .row = rows};
    if (area_maps(db_of(state), release, arena_of(state), &maps, &n, &e) != OK)
        fail_msg("%s", e.what);
    return n ? maps[0].division.id : 0;
}

static void a_table_is_drawn_on_the_newest_division_that_has_its_rows(void **state)
{
    int64_t older = add(state, S("Äldre"));
    int64_t newer = add(state, S("Nyare"));
    struct err e = {0};

    assert_int_equal(drawn_on(state, "district", S("N"), S("S")), newer);
    assert_int_equal(division_remove(db_of(state), newer, &who, &e), OK);
    assert_int_equal(drawn_on(state, "district", S("N"), S("S")), older);
    assert_int_equal(drawn_on(state, "district", S("N"), S("okand")), older);
}

static void a_table_of_another_column_or_without_any_row_on_a_map_has_none(void **state)
{
    add(state, S("Stadsdelar"));
    assert_int_equal(drawn_on(state, "gender", S("N"), S("S")), 0);
    assert_int_equal(drawn_on(state, "district", S("woman"), S("man")), 0);
}

#define WITH_CITY(test) cmocka_unit_test_setup_teardown(test, begin, scratch_city_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_CITY(areas_are_read_back_as_they_were_given),
        WITH_CITY(divisions_are_listed_newest_first_with_how_many_areas),
        WITH_CITY(what_is_removed_is_not_found_again),
        WITH_CITY(a_table_is_drawn_on_the_newest_division_that_has_its_rows),
        WITH_CITY(a_table_of_another_column_or_without_any_row_on_a_map_has_none),
        WITH_CITY(the_version_is_another_after_each_change),
    };

    return cmocka_run_group_tests_name("division", tests, NULL, NULL);
}
