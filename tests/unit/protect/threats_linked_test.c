/* What several tables about the same people must survive together: the threats of docs/protection.md, each
 * with its number. Where a method without protection would fall, a second test shows that the auditor sees
 * it. */
#include "../unit.h"
#include "families.h"

#include "protect/ledger.h"
#include "protect/published.h"

#include <string.h>

/* A table of one dimension "x" over e1's rows A to E, by two divisions: {A, B}, {C, D, E} and {A}, {B, C},
 * {D, E}. */
static const struct str row[] = {{"A", 1}, {"B", 1}, {"C", 1}, {"D", 1}, {"E", 1}};
static const size_t first_division[] = {0, 0, 1, 1, 1};
static const size_t second_division[] = {0, 1, 1, 2, 2};

/* The figures of `cube` by a division of its first dimension, all forms together: sums of what is public. */
static struct published by_division(const struct cube *cube, const char *name, const size_t *of, size_t parts,
                                    struct arena *a)
{
    static const struct str label[] = {{"p", 1}, {"q", 1}, {"r", 1}};
    struct table_dimension d = {.name = str_of(name), .n = parts, .category = label};
    int64_t *n = arena_new(a, parts + 1, int64_t);
    int64_t *lo = arena_new(a, parts + 1, int64_t);
    int64_t *hi = arena_new(a, parts + 1, int64_t);
    struct table t;
    struct err e;

    assert_int_equal(table_make(&d, 1, a, &t, &e), OK);
    for (size_t i = 0; i < 5; i++) {
        size_t cell = 0;

        assert_true(table_find(&cube->shape, (struct str[]){row[i], S("Total")}, &cell));
        n[1 + of[i]] += cube->n[cell];
        n[0] += cube->n[cell];
    }
    for (size_t i = 0; i <= parts; i++) {
        lo[i] = n[i] > cube->margin_move ? n[i] - cube->margin_move : 0;
        hi[i] = n[i] + cube->margin_move;
    }
    return (struct published){t.shape, n, lo, hi};
}

static void threat_2_two_divisions_of_one_cube_tell_no_more_than_the_cube(void **state)
{
    static const struct str division[] = {{"d", 1}, {"first", 5}, {"second", 6}};
    static const struct str unit[] = {{"A", 1}, {"p", 1}, {"p", 1}, {"B", 1}, {"p", 1},
                                      {"q", 1}, {"C", 1}, {"q", 1}, {"q", 1}, {"D", 1},
                                      {"q", 1}, {"r", 1}, {"E", 1}, {"q", 1}, {"r", 1}};
    struct ledger_map map = {3, division, 5, unit};
    struct table t = families_e1(*state);
    struct cube c = families_cube(&t, 1, *state);
    struct ledger_table tables[] = {
        {.name = "cube", .published = published_of(&c, *state)},
        {.name = "first", .published = by_division(&c, "first", first_division, 2, *state)},
        {.name = "second", .published = by_division(&c, "second", second_division, 3, *state)}};

    assert_int_equal(families_attack(tables, 3, &map, *state).exposed, 0);
}

static struct published exactly(const char *name, const struct str *label, size_t n, const int64_t *figure,
                                struct arena *a)
{
    struct table t;
    struct err e;

    assert_int_equal(
        table_make(&(struct table_dimension){.name = str_of(name), .n = n, .category = label}, 1, a, &t, &e),
        OK);
    return (struct published){t.shape, figure, figure, figure};
}

/* Units of 30, 3 and 40: the first two together by one division, the last two by another. */
static void threat_2_two_divisions_shown_exactly_are_seen_by_the_auditor(void **state)
{
    static const struct str division[] = {{"first", 5}, {"second", 6}};
    static const struct str unit[] = {{"p", 1}, {"p", 1}, {"p", 1}, {"q", 1}, {"q", 1}, {"q", 1}};
    static const int64_t first[] = {73, 33, 40};
    static const int64_t second[] = {73, 30, 43};
    static const struct str label[] = {{"p", 1}, {"q", 1}};
    struct ledger_map map = {2, division, 3, unit};
    struct ledger_table tables[] = {
        {.name = "first", .published = exactly("first", label, 2, first, *state)},
        {.name = "second", .published = exactly("second", label, 2, second, *state)}};
    struct attack_report r = families_attack(tables, 2, &map, *state);

    assert_int_equal(r.exposed, 1);
}

/* Who has reported one case himself. */
static void threat_5_a_reporter_learns_nothing_of_others_from_his_own_case(void **state)
{
    struct table t = families_e1(*state);
    struct cube c = families_cube(&t, 2, *state);
    struct table own = families_e1(*state);

    for (size_t i = 0; i < own.shape.inner; i++) {
        if (t.count[i] == 0)
            continue;
        memset(own.count, 0, own.shape.inner * sizeof *own.count);
        own.count[i] = 1;
        struct ledger_table tables[] = {
            {.name = "cube", .published = published_of(&c, *state)},
            {.name = "own", .published = published_at_least(&own, *state), .is_own = true}};
        assert_int_equal(families_attack(tables, 2, NULL, *state).exposed, 0);
    }
}

/* A table of district by form and one of district by gender, linked by the districts. */
static const struct str district[] = {{"A", 1}, {"B", 1}, {"C", 1}};
static const struct str form[] = {{"f1", 2}, {"f2", 2}};
static const struct str gender[] = {{"g1", 2}, {"g2", 2}};

static struct table three_ways(struct arena *a)
{
    static const int64_t count[] = {1, 0, 2, 4, 0, 3, 11, 1, 2, 2, 0, 6};
    const struct table_dimension d[] = {{.name = S("district"), .n = 3, .category = district},
                                        {.name = S("form"), .n = 2, .category = form},
                                        {.name = S("gender"), .n = 2, .category = gender}};
    struct table t;
    struct err e;

    assert_int_equal(table_make(d, 3, a, &t, &e), OK);
    memcpy(t.count, count, sizeof count);
    return t;
}

/* The table of the districts by dimension `with`, all of the third together: figures of the cube. */
static struct published linked(const struct cube *cube, size_t with, struct arena *a)
{
    const struct table_dimension d[] = {cube->shape.dimension[0], cube->shape.dimension[with]};
    struct table t;
    struct err e;

    assert_int_equal(table_make(d, 2, a, &t, &e), OK);
    size_t n = t.shape.published;
    int64_t *figure[3];
    for (size_t k = 0; k < 3; k++)
        figure[k] = arena_new(a, n, int64_t);
    for (size_t cell = 0; cell < n; cell++) {
        size_t at[2];
        size_t whole[3] = {0};

        table_coordinates(&t.shape, cell, at);
        whole[0] = at[0];
        whole[with] = at[1];
        struct cube_cell c = cube_cell(cube, table_cell(&cube->shape, whole));
        figure[0][cell] = c.n;
        figure[1][cell] = c.lo;
        figure[2][cell] = c.hi;
    }
    return (struct published){t.shape, figure[0], figure[1], figure[2]};
}

static void threat_10_linked_tables_with_a_common_margin_tell_no_more_than_their_cube(void **state)
{
    struct table t = three_ways(*state);

    for (unsigned char key = 0; key < 20; key++) {
        struct cube c = families_cube(&t, key, *state);
        struct ledger_table tables[] = {{.name = "by form", .published = linked(&c, 1, *state)},
                                        {.name = "by gender", .published = linked(&c, 2, *state)}};

        assert_int_equal(families_attack(tables, 2, NULL, *state).exposed, 0);
    }
}

/* One person in two cells of district A: a table that shows the cells, and one of the districts alone that
 * was rounded by itself. */
static void threat_10_linked_tables_rounded_one_by_one_are_seen_by_the_auditor(void **state)
{
    const struct table_dimension d[] = {{.name = S("district"), .n = 2, .category = district},
                                        {.name = S("form"), .n = 2, .category = form}};
    struct table by_form;
    struct table alone;
    struct err e;
    size_t seen = 0;

    assert_int_equal(table_make(d, 2, *state, &by_form, &e), OK);
    assert_int_equal(table_make(d, 1, *state, &alone, &e), OK);
    memcpy(by_form.count, (int64_t[]){1, 0, 20, 30}, 4 * sizeof *by_form.count);
    memcpy(alone.count, (int64_t[]){1, 50}, 2 * sizeof *alone.count);
    for (unsigned char key = 0; key < 40; key++) {
        struct cube first = families_cube(&by_form, key, *state);
        struct cube second = families_cube(&alone, (unsigned char)(key + 100), *state);
        struct ledger_table tables[] = {{.name = "by form", .published = published_of(&first, *state)},
                                        {.name = "alone", .published = published_of(&second, *state)}};

        seen += families_attack(tables, 2, NULL, *state).exposed > 0;
    }
    assert_true(seen > 0);
}

/* The country counts 33 in our city and the rest of its county, 40 elsewhere. We show the interval 0 to 4 for
 * the 3 of ours; the rest of the county shows `lo` to `hi`. Both tell the sum of
 * all exactly. Returns how many figures are exposed when all of this is read together. */
static size_t exposed_beside_the_country(int64_t lo, int64_t hi, struct arena *a)
{
    static const struct str division[] = {{"country", 7}, {"cities", 6}};
    static const struct str unit[] = {{"p", 1}, {"p", 1}, {"p", 1}, {"q", 1}, {"q", 1}, {"r", 1}};
    static const struct str label[] = {{"p", 1}, {"q", 1}, {"r", 1}};
    static const int64_t country[] = {73, 33, 40};
    static const int64_t shown[] = {73, 30, 0, 40};
    const int64_t low[] = {73, lo, 0, 40};
    const int64_t high[] = {73, hi, 4, 40};
    struct ledger_map map = {2, division, 3, unit};
    struct published cities = exactly("cities", label, 3, shown, a);

    cities.lo = memcpy(arena_new(a, 4, int64_t), low, sizeof low);
    cities.hi = memcpy(arena_new(a, 4, int64_t), high, sizeof high);
    struct ledger_table tables[] = {
        {.name = "country", .published = exactly("country", label, 2, country, a)},
        {.name = "cities", .published = cities}};
    return families_attack(tables, 2, &map, a).exposed;
}

static void threat_13_the_country_less_rounded_neighbours_leaves_five_values_for_ours(void **state)
{
    assert_int_equal(exposed_beside_the_country(26, 34, *state), 0);
}

static void threat_13_the_country_less_exact_neighbours_gives_ours_away_and_the_auditor_sees_it(void **state)
{
    assert_int_equal(exposed_beside_the_country(30, 30, *state), 1);
}

/* A correction that is rounded anew beside the first: why a release is never rounded twice. */
static void threat_15_a_second_rounding_is_seen_by_the_auditor(void **state)
{
    struct table t = families_a(*state);
    struct cube first = families_cube(&t, 4, *state);
    struct cube second = families_cube(&t, 5, *state);
    struct ledger_table tables[] = {{.name = "first", .published = published_of(&first, *state)},
                                    {.name = "second", .published = published_of(&second, *state)}};

    assert_true(families_attack(tables, 2, NULL, *state).exposed > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(threat_2_two_divisions_of_one_cube_tell_no_more_than_the_cube),
        WITH_ARENA(threat_2_two_divisions_shown_exactly_are_seen_by_the_auditor),
        WITH_ARENA(threat_5_a_reporter_learns_nothing_of_others_from_his_own_case),
        WITH_ARENA(threat_10_linked_tables_with_a_common_margin_tell_no_more_than_their_cube),
        WITH_ARENA(threat_10_linked_tables_rounded_one_by_one_are_seen_by_the_auditor),
        WITH_ARENA(threat_13_the_country_less_rounded_neighbours_leaves_five_values_for_ours),
        WITH_ARENA(threat_13_the_country_less_exact_neighbours_gives_ours_away_and_the_auditor_sees_it),
        WITH_ARENA(threat_15_a_second_rounding_is_seen_by_the_auditor),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
