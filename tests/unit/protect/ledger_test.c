/* Several tables read together. */
#include "protect/ledger.h"

#include "../unit.h"
#include "families.h"

#include "protect/bounds.h"
#include "protect/refinement.h"
#include "protect/table_csv.h"

#include <string.h>

/* A published table from CSV rows without the column `shown`, which is not looked at. */
static struct ledger_table published(const char *name, const char *csv, struct arena *a)
{
    struct ledger_table t = {.name = name};
    struct err e = {OK, ""};

    if (published_read(name, str_of(csv), a, &t.published, &e) != OK)
        fail_msg("%s", e.what);
    return t;
}

static struct ledger join(const struct ledger_table *t, size_t n, const struct ledger_map *map,
                          struct arena *a)
{
    struct ledger l;
    struct err e = {OK, ""};

    if (ledger_join(t, n, map, a, &l, &e) != OK)
        fail_msg("%s", e.what);
    return l;
}

static struct attack_report attack(const struct ledger *l, struct arena *a)
{
    struct attack_report r;
    struct err e = {OK, ""};

    if (attack_cells(&l->knowledge, &(struct attack_options){.depth = ATTACK_EXACT}, a, &r, &e) != OK)
        fail_msg("%s", e.what);
    return r;
}

/* The first exposed figure, of which there must be one. */
static struct attack_bound exposed(const struct attack_report *r)
{
    size_t i = 0;

    assert_true(r->exposed > 0);
    while (i + 1 < r->cells && !r->bound[i].is_exposed)
        i++;
    return r->bound[i];
}

#define DISTRICTS                                                                                            \
    "area,district,n,lo,hi,shown\nTotal,Total,40,40,40,40\nS1,Total,20,20,20,20\nS2,Total,20,20,20,20\n"     \
    "S1,D1,..,..,..,..\nS1,D2,..,..,..,..\nS2,D3,20,20,20,20\n"

static void one_table_is_attacked_as_before(void **state)
{
    struct ledger_table t = published("a.csv", DISTRICTS, *state);
    struct ledger l = join(&t, 1, NULL, *state);
    struct attack_report r = attack(&l, *state);

    assert_int_equal(l.refined, 3);
    assert_int_equal(r.cells, 2);
    assert_int_equal(r.exposed, 0);
}

/* D1 and D2 are 20 together; another division puts D1 with D3. */
static void two_divisions_that_overlap_give_a_district_away(void **state)
{
    struct ledger_table t[] = {
        published("a.csv", DISTRICTS, *state),
        published("b.csv",
                  "zone,district,n,lo,hi,shown\nTotal,Total,40,40,40,40\nZ1,Total,23,23,23,23\n"
                  "Z2,Total,17,17,17,17\nZ1,D1,..,..,..,..\nZ1,D3,20,20,20,20\nZ2,D2,17,17,17,17\n",
                  *state)};
    struct ledger l = join(t, 2, NULL, *state);
    struct attack_report r = attack(&l, *state);
    struct str told;
    struct err e;

    struct attack_bound found = exposed(&r);
    assert_int_equal(found.lo, 3);
    assert_int_equal(found.hi, 3);
    assert_int_equal(ledger_tell(&l, &found, *state, &told, &e), OK);
    assert_non_null(strstr(told.p, "a.csv: D1: between 3 and 3, from"));
    assert_non_null(strstr(told.p, "b.csv"));
    for (size_t i = 0; i < 2; i++) { /* the first figure of each table is its grand total */
        const struct attack_bound total = {.cell = l.first[i], .lo = 40, .hi = 40};

        assert_int_equal(ledger_tell(&l, &total, *state, &told, &e), OK);
        assert_true(str_starts(told, i == 0 ? S("a.csv: Total") : S("b.csv: Total")));
    }
}

/* As many as there may be are not too many; and a product that no number holds is not small. */
static void the_cells_that_tables_tell_apart_are_counted(void **state)
{
    struct refinement *r = arena_new(*state, 1, struct refinement);
    size_t cells = 0;

    r->axes = 3;
    r->axis[0].units = 3;
    r->axis[1].units = 4;
    r->axis[2].units = 5;
    assert_true(refinement_cells(r, 60, &cells));
    assert_int_equal(cells, 60);
    assert_false(refinement_cells(r, 59, &cells));
    r->axis[1].units = SIZE_MAX / 2 + 1;
    assert_false(refinement_cells(r, SIZE_MAX, &cells));
    r->axis[0].units = 2; /* 2 * (SIZE_MAX / 2 + 1) would wrap to 0 */
    assert_false(refinement_cells(r, 60, &cells));
}

static const struct str divisions[] = {{"old", 3}, {"new", 3}};
static const struct str units[] = {{"A", 1}, {"P", 1}, {"A", 1}, {"Q", 1}, {"B", 1}, {"Q", 1}};

/* A is the two first units, Q the two last; the shared unit is A + Q - all. */
static void divisions_that_only_a_map_tells_apart_are_joined_by_it(void **state)
{
    struct ledger_map map = {2, divisions, 3, units};
    struct ledger_table t[] = {
        published("a.csv", "old,n,lo,hi,shown\nTotal,50,50,50,50\nA,30,30,30,30\nB,20,20,20,20\n", *state),
        published("b.csv", "new,n,lo,hi,shown\nTotal,50,50,50,50\nP,28,28,28,28\nQ,22,22,22,22\n", *state)};
    struct ledger l = join(t, 2, &map, *state);
    struct attack_report r = attack(&l, *state);

    assert_int_equal(l.refined, 3);
    assert_int_equal(r.exposed, 1);
    assert_int_equal(exposed(&r).hi, 2);
}

static void without_the_map_unknown_divisions_are_taken_to_cross(void **state)
{
    struct ledger_table t[] = {
        published("a.csv", "old,n,lo,hi,shown\nTotal,50,50,50,50\nA,30,30,30,30\nB,20,20,20,20\n", *state),
        published("b.csv", "new,n,lo,hi,shown\nTotal,50,50,50,50\nP,28,28,28,28\nQ,22,22,22,22\n", *state)};
    struct ledger l = join(t, 2, NULL, *state);

    assert_int_equal(l.refined, 4);
    assert_int_equal(attack(&l, *state).exposed, 0);
}

static void a_total_from_elsewhere_gives_away_what_rounding_hid(void **state)
{
    struct ledger_table t[] = {
        published("cube.csv", "x,n,lo,hi,shown\nTotal,5,0,15,5\na,0,0,4,f\nb,5,1,9,5\n", *state),
        published("agency.csv", "x,n,lo,hi,shown\nTotal,1,1,1,1\na,..,..,..,..\nb,..,..,..,..\n", *state)};
    struct ledger l = join(t, 2, NULL, *state);
    struct attack_report r = attack(&l, *state);

    assert_int_equal(r.exposed, r.cells);
}

static void categories_that_differ_are_told(void **state)
{
    struct ledger_table t[] = {
        published("a.csv", "x,n,lo,hi,shown\nTotal,5,0,15,5\na,0,0,4,f\nb,5,1,9,5\n", *state),
        published("b.csv", "x,n,lo,hi,shown\nTotal,5,0,15,5\na,0,0,4,f\nc,5,1,9,5\n", *state)};
    struct ledger l;
    struct err e;

    assert_int_equal(ledger_join(t, 2, NULL, *state, &l, &e), BAD_INPUT);
    assert_says(e, "b.csv: x: \"c\" is not among its categories elsewhere");
}

static void a_grouping_that_moves_a_district_under_the_same_name_is_told(void **state)
{
    struct ledger_table t[] = {
        published("a.csv", DISTRICTS, *state),
        published("b.csv",
                  "area,district,n,lo,hi,shown\nTotal,Total,40,40,40,40\nS1,Total,20,20,20,20\n"
                  "S2,Total,20,20,20,20\nS1,D1,..,..,..,..\nS2,D2,..,..,..,..\nS2,D3,20,20,20,20\n",
                  *state)};
    struct ledger l;
    struct err e;

    assert_int_equal(ledger_join(t, 2, NULL, *state, &l, &e), BAD_INPUT);
    assert_says(e, "D2");
}

static void a_map_is_read_from_csv(void **state)
{
    struct ledger_map map;
    struct err e;

    assert_int_equal(ledger_map_read("map.csv", S("old,new\nA,P\nA,Q\nB,Q\n"), *state, &map, &e), OK);
    assert_int_equal(map.units, 3);
    assert_str(map.label[3], "Q");
    assert_int_equal(ledger_map_read("map.csv", S("old,new\n"), *state, &map, &e), BAD_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(one_table_is_attacked_as_before),
        WITH_ARENA(two_divisions_that_overlap_give_a_district_away),
        WITH_ARENA(divisions_that_only_a_map_tells_apart_are_joined_by_it),
        WITH_ARENA(without_the_map_unknown_divisions_are_taken_to_cross),
        WITH_ARENA(a_total_from_elsewhere_gives_away_what_rounding_hid),
        WITH_ARENA(categories_that_differ_are_told),
        WITH_ARENA(a_grouping_that_moves_a_district_under_the_same_name_is_told),
        WITH_ARENA(a_map_is_read_from_csv),
        WITH_ARENA(the_cells_that_tables_tell_apart_are_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
