/* The threats that one protected table must survive. */
#include "protect/protect.h"

#include "../unit.h"
#include "families.h"

#include "protect/published.h"

#include <string.h>

static struct protection protect_with(const struct table *t, unsigned char first, struct arena *a)
{
    unsigned char key[CUBE_KEY_BYTES] = {first};
    struct protection p;
    struct err e = {OK, ""};

    if (protect(t, &(struct protect_options){.progress = NULL}, key, a, &p, &e) != OK)
        fail_msg("%s", e.what);
    return p;
}

static int64_t shown(const struct cube *cube, const struct str *label)
{
    size_t cell = 0;

    assert_true(table_find(&cube->shape, label, &cell));
    return cube_cell(cube, cell).n;
}

#define SHOWN(cube, ...) shown((cube), (const struct str[]){__VA_ARGS__})

static void a_years_figure_is_what_all_years_less_the_others_give(void **state)
{
    struct table t = families_b(*state);
    struct cube c = protect_with(&t, 1, *state).cube;

    assert_int_equal(SHOWN(&c, S("D01"), S("Total"), S("Total"), S("Total"), S("Total")) -
                         SHOWN(&c, S("D01"), S("Total"), S("Total"), S("Total"), S("2023")) -
                         SHOWN(&c, S("D01"), S("Total"), S("Total"), S("Total"), S("2024")) -
                         SHOWN(&c, S("D01"), S("Total"), S("Total"), S("Total"), S("2025")),
                     SHOWN(&c, S("D01"), S("Total"), S("Total"), S("Total"), S("2026")));
}

static void the_city_less_its_areas_leaves_nothing(void **state)
{
    struct table t = families_a(*state);
    struct cube c = protect_with(&t, 1, *state).cube;

    assert_int_equal(SHOWN(&c, S("S1"), S("Total"), S("Total")) + SHOWN(&c, S("S2"), S("Total"), S("Total")) +
                         SHOWN(&c, S("S3"), S("Total"), S("Total")) +
                         SHOWN(&c, S("S4"), S("Total"), S("Total")) +
                         SHOWN(&c, S("S5"), S("Total"), S("Total")),
                     SHOWN(&c, S("Total"), S("Total"), S("Total")));
}

static void all_forms_less_their_groups_leaves_nothing(void **state)
{
    struct table t = families_a(*state);
    struct cube c = protect_with(&t, 1, *state).cube;

    assert_int_equal(SHOWN(&c, S("D07"), S("FX"), S("Total")) + SHOWN(&c, S("D07"), S("FL"), S("Total")) +
                         SHOWN(&c, S("D07"), S("FO"), S("Total")),
                     SHOWN(&c, S("D07"), S("Total"), S("Total")));
    assert_int_equal(SHOWN(&c, S("S2"), S("FX"), S("man_child")),
                     SHOWN(&c, S("S2"), S("sexual"), S("man_child")));
}

/* Two cities and their county as one table: "city" first, then the dimensions of e1. The county's figures are
 * the sums of the cities' published ones, with the sums of their intervals. */
static struct published county_of(const struct published city[2], struct arena *a)
{
    struct table t;
    struct err e;
    size_t n = city[0].shape.published;
    int64_t *figure[3];

    assert_int_equal(table_make(
                         (struct table_dimension[]){
                             {.name = S("city"), .n = 2, .category = (struct str[]){S("Ax"), S("By")}},
                             city[0].shape.dimension[0],
                             city[0].shape.dimension[1]},
                         3, a, &t, &e),
                     OK);
    for (size_t k = 0; k < 3; k++)
        figure[k] = arena_new(a, 3 * n, int64_t);
    for (size_t cell = 0; cell < n; cell++)
        for (size_t k = 0; k < 3; k++) {
            figure[k][n + cell] = (k == 0 ? city[0].n : k == 1 ? city[0].lo : city[0].hi)[cell];
            figure[k][2 * n + cell] = (k == 0 ? city[1].n : k == 1 ? city[1].lo : city[1].hi)[cell];
            figure[k][cell] = figure[k][n + cell] + figure[k][2 * n + cell];
        }
    return (struct published){t.shape, figure[0], figure[1], figure[2]};
}

static void the_county_less_the_other_city_tells_no_more_of_the_last(void **state)
{
    struct table t = families_e1(*state);
    struct cube a = protect_with(&t, 1, *state).cube;
    struct cube b = protect_with(&t, 2, *state).cube;
    struct published county =
        county_of((struct published[]){published_of(&a, *state), published_of(&b, *state)}, *state);
    struct attack_report r;
    struct err e;

    assert_int_equal(
        attack_published(&county, &(struct attack_options){.depth = ATTACK_EXACT}, *state, &r, &e), OK);
    assert_int_equal(r.cells, 90);
    assert_int_equal(r.exposed, 0);
}

static void where_all_are_in_one_category_the_others_may_still_hold_some(void **state)
{
    struct table t = families_line((int64_t[]){0, 3, 0}, 3, *state);

    for (unsigned char k = 0; k < 50; k++) {
        struct cube c = protect_with(&t, k, *state).cube;

        for (size_t cell = 1; cell <= 3; cell++)
            assert_true(cube_cell(&c, cell).hi - cube_cell(&c, cell).lo >= 4);
    }
}

static void an_empty_cell_is_shown_like_a_small_one(void **state)
{
    struct table t = families_line((int64_t[]){0, 1, 2, 3, 4, 20}, 6, *state);

    for (unsigned char k = 0; k < 50; k++) {
        struct cube c = protect_with(&t, k, *state).cube;

        for (size_t cell = 1; cell <= 5; cell++)
            assert_true(cube_cell(&c, cell).display == CUBE_FEWER || c.n[cell] == 5);
    }
}

static void linear_programs_over_every_sum_leave_five_values_everywhere(void **state)
{
    struct table t = families_e1(*state);

    for (unsigned char k = 0; k < 10; k++) {
        struct protection p = protect_with(&t, k, *state);
        struct published seen = published_of(&p.cube, *state);
        struct attack_report r;
        struct err e;

        assert_int_equal(
            attack_published(&seen, &(struct attack_options){.depth = ATTACK_EXACT}, *state, &r, &e), OK);
        assert_int_equal(r.exposed, 0);
        assert_true(r.narrowest >= 4);
    }
}

static void the_large_families_are_proven_safe(void **state)
{
    struct table a = families_a(*state);
    struct table b = families_b(*state);

    assert_int_equal(protect_with(&a, 1, *state).proof.exposed, 0);
    assert_int_equal(protect_with(&b, 1, *state).proof.cells, 31200);
}

static void an_exposed_cell_is_named(void **state)
{
    struct table t = families_e1(*state);
    struct attack_bound bound = {.cell = 6, .lo = 1, .hi = 2, .is_exposed = true};
    struct attack_report r = {.cells = 1, .bound = &bound, .exposed = 1};
    struct err e;

    assert_int_equal(protect_check(&r, &t.shape, &e), REFUSED);
    assert_says(e, "A: beg: 1 of 1 figures");
    assert_says(e, "between 1 and 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_years_figure_is_what_all_years_less_the_others_give),
        WITH_ARENA(the_city_less_its_areas_leaves_nothing),
        WITH_ARENA(all_forms_less_their_groups_leaves_nothing),
        WITH_ARENA(the_county_less_the_other_city_tells_no_more_of_the_last),
        WITH_ARENA(where_all_are_in_one_category_the_others_may_still_hold_some),
        WITH_ARENA(an_empty_cell_is_shown_like_a_small_one),
        WITH_ARENA(linear_programs_over_every_sum_leave_five_values_everywhere),
        WITH_ARENA(the_large_families_are_proven_safe),
        WITH_ARENA(an_exposed_cell_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
