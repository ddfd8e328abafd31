/* What one table must survive: the threats of docs/protection.md, each with its number. Those that take
 * several tables are in threats_linked_test.c, several cities in threats_county_test.c, and what is published
 * around the table in publishing/threats_published_test.c. */
#include "../unit.h"
#include "families.h"

#include "base/rng.h"
#include "base/text.h"
#include "protect/dark_figure.h"
#include "protect/ledger.h"
#include "protect/suppress.h"

#include <string.h>

static int64_t shown(const struct cube *cube, const struct str *label)
{
    size_t cell = 0;

    assert_true(table_find(&cube->shape, label, &cell));
    return cube_cell(cube, cell).n;
}

#define SHOWN(cube, ...) shown((cube), (const struct str[]){__VA_ARGS__})

static void threat_1_a_years_figure_is_what_all_years_less_the_others_give(void **state)
{
    struct table t = families_b(*state);
    struct cube c = families_cube(&t, 1, *state);

    assert_int_equal(SHOWN(&c, S("D01"), S("Total"), S("Total"), S("Total"), S("Total")) -
                         SHOWN(&c, S("D01"), S("Total"), S("Total"), S("Total"), S("2023")) -
                         SHOWN(&c, S("D01"), S("Total"), S("Total"), S("Total"), S("2024")) -
                         SHOWN(&c, S("D01"), S("Total"), S("Total"), S("Total"), S("2025")),
                     SHOWN(&c, S("D01"), S("Total"), S("Total"), S("Total"), S("2026")));
}

static void threat_3_the_city_less_its_areas_leaves_nothing(void **state)
{
    struct table t = families_a(*state);
    struct cube c = families_cube(&t, 1, *state);

    assert_int_equal(SHOWN(&c, S("S1"), S("Total"), S("Total")) + SHOWN(&c, S("S2"), S("Total"), S("Total")) +
                         SHOWN(&c, S("S3"), S("Total"), S("Total")) +
                         SHOWN(&c, S("S4"), S("Total"), S("Total")) +
                         SHOWN(&c, S("S5"), S("Total"), S("Total")),
                     SHOWN(&c, S("Total"), S("Total"), S("Total")));
}

static void threat_4_all_forms_less_their_groups_leaves_nothing(void **state)
{
    struct table t = families_a(*state);
    struct cube c = families_cube(&t, 1, *state);

    assert_int_equal(SHOWN(&c, S("D07"), S("FX"), S("Total")) + SHOWN(&c, S("D07"), S("FL"), S("Total")) +
                         SHOWN(&c, S("D07"), S("FO"), S("Total")),
                     SHOWN(&c, S("D07"), S("Total"), S("Total")));
    assert_int_equal(SHOWN(&c, S("S2"), S("FX"), S("man_child")),
                     SHOWN(&c, S("S2"), S("sexual"), S("man_child")));
}

static void threat_6_where_all_are_in_one_category_the_others_may_still_hold_some(void **state)
{
    struct table t = families_line((int64_t[]){0, 3, 0}, 3, *state);

    for (unsigned char k = 0; k < 50; k++) {
        struct cube c = families_cube(&t, k, *state);

        for (size_t cell = 1; cell <= 3; cell++)
            assert_true(cube_cell(&c, cell).hi - cube_cell(&c, cell).lo >= 4);
    }
}

static void threat_7_an_empty_cell_is_shown_like_a_small_one(void **state)
{
    struct table t = families_line((int64_t[]){0, 1, 2, 3, 4, 20}, 6, *state);

    for (unsigned char k = 0; k < 50; k++) {
        struct cube c = families_cube(&t, k, *state);

        for (size_t cell = 1; cell <= 5; cell++)
            assert_true(cube_cell(&c, cell).display == CUBE_FEWER || c.n[cell] == 5);
    }
}

static void threat_8_linear_programs_over_every_sum_leave_five_values_everywhere(void **state)
{
    struct table t = families_e1(*state);

    for (unsigned char k = 0; k < 10; k++) {
        struct cube c = families_cube(&t, k, *state);
        struct published seen = published_of(&c, *state);
        struct attack_report r;
        struct err e;

        assert_int_equal(
            attack_published(&seen, &(struct attack_options){.depth = ATTACK_EXACT}, *state, &r, &e), OK);
        assert_int_equal(r.exposed, 0);
        assert_true(r.narrowest >= 4);
    }
}

/* What is usual where nobody thinks of sums: each figure for itself to the nearest multiple of five. */
static void threat_8_rounding_each_figure_to_the_nearest_is_seen_by_the_auditor(void **state)
{
    struct table t = families_e1(*state);
    size_t n = t.shape.published;
    int64_t *figure = arena_new(*state, n, int64_t);
    int64_t *lo = arena_new(*state, n, int64_t);
    int64_t *hi = arena_new(*state, n, int64_t);
    struct attack_report r;
    struct err e;

    table_sum(&t.shape, t.count, figure);
    for (size_t cell = 0; cell < n; cell++) {
        figure[cell] = (figure[cell] + 2) / 5 * 5;
        lo[cell] = figure[cell] > 2 ? figure[cell] - 2 : 0;
        hi[cell] = figure[cell] + 2;
    }
    assert_int_equal(attack_published(&(struct published){t.shape, figure, lo, hi},
                                      &(struct attack_options){.depth = ATTACK_EXACT}, *state, &r, &e),
                     OK);
    assert_true(r.exposed > 0);
}

static void threat_9_publishing_again_gives_nothing_to_average(void **state)
{
    struct table t = families_e1(*state);
    struct cube first = families_cube(&t, 3, *state);

    for (int i = 0; i < 20; i++) {
        struct cube again = families_cube(&t, 3, *state);
        assert_memory_equal(first.n, again.n, first.shape.published * sizeof *first.n);
    }
}

/* In a suppressed table what is small and what is hidden for its sake have the same four marks. */
static void threat_11_no_mark_tells_which_of_the_hidden_figures_are_small(void **state)
{
    struct table t = families_e1(*state);
    struct text out = text_open(*state);
    struct suppression s;
    struct str line;
    struct err e;
    size_t hidden = 0;

    assert_int_equal(suppress(&t, &(struct suppress_options){0}, *state, &s, &e), OK);
    assert_true(s.primary > 0 && s.secondary > 0);
    published_write_suppression(&out, &s);
    struct str rest = text_str(&out);
    while (rest.n > 0 && str_cut(rest, '\n', &line, &rest)) {
        bool has_mark = memmem(line.p, line.n, "..", 2) != NULL;

        hidden += has_mark;
        assert_int_equal(has_mark, line.n > 12 && memcmp(line.p + line.n - 12, ",..,..,..,..", 12) == 0);
    }
    assert_int_equal(hidden, s.primary + s.secondary);
}

/* The estimate of all less that of one stratum: what is left of the other is no nearer than tens. */
static void threat_14_dark_figures_of_two_strata_cannot_be_solved_back(void **state)
{
    (void)state;
    for (int64_t one = 120; one < 400; one += 7)
        for (int64_t other = 1; other < 40; other++) {
            int64_t all = dark_figure_round((double)(one + other), DARK_FIGURE_NEAREST);
            int64_t shown = dark_figure_round((double)one, DARK_FIGURE_NEAREST);

            assert_int_equal((all - shown) % 10, 0);
        }
}

/* A service that answers any sum of published cells, asked for a thousand of them. */
static void threat_16_a_thousand_sums_that_are_asked_for_tell_no_more(void **state)
{
    enum { ASKED = 1000 };
    struct table t = families_e1(*state);
    struct cube c = families_cube(&t, 7, *state);
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

/* The attacker knows the method, the id and even the exact table: without the key he cannot make the cube
 * that was published, and so cannot tell a right guess of the table from a wrong one. */
static void threat_17_another_key_gives_another_cube(void **state)
{
    struct table t = families_a(*state);
    struct cube used = families_cube(&t, 0, *state);
    int same = 0;

    for (int key = 1; key < 64; key++) {
        struct cube c = families_cube(&t, (unsigned char)key, *state);
        same += memcmp(used.n, c.n, c.shape.published * sizeof *c.n) == 0;
    }
    assert_int_equal(same, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(threat_1_a_years_figure_is_what_all_years_less_the_others_give),
        WITH_ARENA(threat_3_the_city_less_its_areas_leaves_nothing),
        WITH_ARENA(threat_4_all_forms_less_their_groups_leaves_nothing),
        WITH_ARENA(threat_6_where_all_are_in_one_category_the_others_may_still_hold_some),
        WITH_ARENA(threat_7_an_empty_cell_is_shown_like_a_small_one),
        WITH_ARENA(threat_8_linear_programs_over_every_sum_leave_five_values_everywhere),
        WITH_ARENA(threat_8_rounding_each_figure_to_the_nearest_is_seen_by_the_auditor),
        WITH_ARENA(threat_9_publishing_again_gives_nothing_to_average),
        WITH_ARENA(threat_11_no_mark_tells_which_of_the_hidden_figures_are_small),
        WITH_ARENA(threat_14_dark_figures_of_two_strata_cannot_be_solved_back),
        WITH_ARENA(threat_16_a_thousand_sums_that_are_asked_for_tell_no_more),
        WITH_ARENA(threat_17_another_key_gives_another_cube),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
