/* What a release must survive together with others, and what the auditor must see when it would not. The
 * threats that one table meets alone are in protect_test.c; docs/methods/protection.md lists all. */
#include "../unit.h"
#include "families.h"

#include "base/rng.h"
#include "protect/dark_figure.h"
#include "protect/ledger.h"
#include "protect/protect.h"

#include <string.h>

static struct cube cube_with(const struct table *t, unsigned char key, struct arena *a)
{
    unsigned char secret[CUBE_KEY_BYTES] = {key};
    struct cube c;
    struct err e;

    assert_int_equal(cube_make(t, &(struct cube_options){.id = S("1281/2025")}, secret, a, &c, &e), OK);
    return c;
}

static struct attack_report attack_together(const struct ledger_table *tables, size_t n,
                                            const struct ledger_map *map, struct arena *a)
{
    struct ledger l;
    struct attack_report r = {0};
    struct err e = {OK, ""};

    if (ledger_join(tables, n, map, a, &l, &e) != OK ||
        attack_cells(&l.knowledge, &(struct attack_options){.depth = ATTACK_UNTIL_SAFE}, a, &r, &e) != OK)
        fail_msg("%s", e.what);
    return r;
}

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

static void two_divisions_of_one_cube_tell_no_more_than_the_cube(void **state)
{
    static const struct str division[] = {{"d", 1}, {"first", 5}, {"second", 6}};
    static const struct str unit[] = {{"A", 1}, {"p", 1}, {"p", 1}, {"B", 1}, {"p", 1},
                                      {"q", 1}, {"C", 1}, {"q", 1}, {"q", 1}, {"D", 1},
                                      {"q", 1}, {"r", 1}, {"E", 1}, {"q", 1}, {"r", 1}};
    struct ledger_map map = {3, division, 5, unit};
    struct table t = families_e1(*state);
    struct cube c = cube_with(&t, 1, *state);
    struct ledger_table tables[] = {
        {.name = "cube", .published = published_of(&c, *state)},
        {.name = "first", .published = by_division(&c, "first", first_division, 2, *state)},
        {.name = "second", .published = by_division(&c, "second", second_division, 3, *state)}};

    assert_int_equal(attack_together(tables, 3, &map, *state).exposed, 0);
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
static void two_divisions_shown_exactly_are_seen_by_the_auditor(void **state)
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
    struct attack_report r = attack_together(tables, 2, &map, *state);

    assert_int_equal(r.exposed, 1);
}

/* The country counts 33 in our city and the rest of its county, 40 elsewhere. We show the interval 0 to 4 for
 * the 3 of ours; the rest of the county shows `lo` to `hi`. Both tell
 * the sum of all exactly. Returns how many figures are exposed when all of this is read together. */
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
    return attack_together(tables, 2, &map, a).exposed;
}

static void the_country_less_rounded_neighbours_leaves_five_values_for_ours(void **state)
{
    assert_int_equal(exposed_beside_the_country(26, 34, *state), 0);
}

static void the_country_less_exact_neighbours_gives_ours_away_and_the_auditor_sees_it(void **state)
{
    assert_int_equal(exposed_beside_the_country(30, 30, *state), 1);
}

/* Who has reported one case himself. */
static void a_reporter_learns_nothing_of_others_from_his_own_case(void **state)
{
    struct table t = families_e1(*state);
    struct cube c = cube_with(&t, 2, *state);
    struct table own = families_e1(*state);

    for (size_t i = 0; i < own.shape.inner; i++) {
        if (t.count[i] == 0)
            continue;
        memset(own.count, 0, own.shape.inner * sizeof *own.count);
        own.count[i] = 1;
        struct ledger_table tables[] = {
            {.name = "cube", .published = published_of(&c, *state)},
            {.name = "own", .published = published_at_least(&own, *state), .is_own = true}};
        assert_int_equal(attack_together(tables, 2, NULL, *state).exposed, 0);
    }
}

static void publishing_again_gives_nothing_to_average(void **state)
{
    struct table t = families_e1(*state);
    struct cube first = cube_with(&t, 3, *state);

    for (int i = 0; i < 20; i++) {
        struct cube again = cube_with(&t, 3, *state);
        assert_memory_equal(first.n, again.n, first.shape.published * sizeof *first.n);
    }
}

/* A correction that is rounded anew beside the first: why a release is never rounded twice. */
static void a_second_rounding_is_seen_by_the_auditor(void **state)
{
    struct table t = families_a(*state);
    struct cube first = cube_with(&t, 4, *state);
    struct cube second = cube_with(&t, 5, *state);
    struct ledger_table tables[] = {{.name = "first", .published = published_of(&first, *state)},
                                    {.name = "second", .published = published_of(&second, *state)}};

    assert_true(attack_together(tables, 2, NULL, *state).exposed > 100);
}

/* A service that answers any sum of published cells, asked for a thousand of them. */
static void a_thousand_sums_that_are_asked_for_tell_no_more(void **state)
{
    enum { ASKED = 1000 };
    struct table t = families_e1(*state);
    struct cube c = cube_with(&t, 7, *state);
    struct rng r = rng_open(20, 0);
    size_t inner = c.shape.inner;
    size_t *first = arena_new(*state, inner + ASKED + 1, size_t);
    uint32_t *part = arena_new(*state, inner * (ASKED + 1), uint32_t);
    int64_t *shown = arena_new(*state, inner, int64_t);
    size_t n = 0;

    for (size_t cell = 0, i = 0; cell < c.shape.published; cell++)
        if (table_is_inner(&c.shape, cell, &i))
            shown[i] = c.n[cell];
    for (size_t s = 0; s < inner + ASKED; s++) {
        for (uint32_t i = 0; i < inner; i++)
            if (s < inner ? i == s : rng_unit(&r) < 0.4)
                part[n++] = i;
        first[s + 1] = n;
    }
    struct attack_knowledge k = {.sums = sums_make(inner, inner + ASKED, first, part, *state)};
    size_t *cell = arena_new(*state, inner, size_t);
    sums_add(&k.sums, shown, k.sums.lo);
    sums_add(&k.sums, shown, k.sums.hi);
    for (size_t s = 0; s < inner + ASKED; s++) {
        int64_t move = s < inner ? c.base - 1 : c.margin_move;

        k.sums.lo[s] = k.sums.lo[s] > move ? k.sums.lo[s] - move : 0;
        k.sums.hi[s] += move;
    }
    for (size_t i = 0; i < inner; i++)
        cell[i] = i;
    k.cell = cell;
    k.cells = inner;
    struct attack_report report;
    struct err e;

    assert_int_equal(attack_cells(&k, &(struct attack_options){.depth = ATTACK_EXACT}, *state, &report, &e),
                     OK);
    assert_int_equal(report.exposed, 0);
}

/* The estimate of all less that of one stratum: what is left of the other is no nearer than tens. */
static void dark_figures_of_two_strata_cannot_be_solved_back(void **state)
{
    (void)state;
    for (int64_t one = 120; one < 400; one += 7)
        for (int64_t other = 1; other < 40; other++) {
            int64_t all = dark_figure_round((double)(one + other), DARK_FIGURE_NEAREST);
            int64_t shown = dark_figure_round((double)one, DARK_FIGURE_NEAREST);

            assert_int_equal((all - shown) % 10, 0);
        }
}

/* Whoever asks for the key of one mapping by trying: 256 keys give too many cubes to tell which was used. */
static void another_key_gives_another_cube(void **state)
{
    struct table t = families_a(*state);
    struct cube used = cube_with(&t, 0, *state);
    int same = 0;

    for (int key = 1; key < 64; key++) {
        struct cube c = cube_with(&t, (unsigned char)key, *state);
        same += memcmp(used.n, c.n, c.shape.published * sizeof *c.n) == 0;
    }
    assert_int_equal(same, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(two_divisions_of_one_cube_tell_no_more_than_the_cube),
        WITH_ARENA(two_divisions_shown_exactly_are_seen_by_the_auditor),
        WITH_ARENA(the_country_less_rounded_neighbours_leaves_five_values_for_ours),
        WITH_ARENA(the_country_less_exact_neighbours_gives_ours_away_and_the_auditor_sees_it),
        WITH_ARENA(a_reporter_learns_nothing_of_others_from_his_own_case),
        WITH_ARENA(publishing_again_gives_nothing_to_average),
        WITH_ARENA(a_second_rounding_is_seen_by_the_auditor),
        WITH_ARENA(a_thousand_sums_that_are_asked_for_tell_no_more),
        WITH_ARENA(dark_figures_of_two_strata_cannot_be_solved_back),
        WITH_ARENA(another_key_gives_another_cube),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
