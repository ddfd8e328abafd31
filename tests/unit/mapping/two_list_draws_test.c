/* Tables of two lists that a rounded table may have been rounded from, against the rounding itself. */
#include "mapping/cube_draws.h"

#include "../unit.h"
#include "base/rng.h"
#include "estimate/estimate.h"
#include "estimate/pooled.h"
#include "mapping/cube_people.h"
#include "protect/cube.h"

#include <math.h>
#include <string.h>

enum { BASE = 5, MOST_PARTS = 3, TOWNS = 3000, DRAWS = 20 };

static const struct str list[] = {{"A", 1}, {"B", 1}};
static const struct str code[MOST_PARTS] = {{"k1", 2}, {"k2", 2}, {"k3", 2}};

/* What is of a town: by list as they are, and as its rounded table shows them. */
struct town {
    struct counts exact;
    struct counts shown;
};

/* A town of so many people on the first list alone, the second alone and both as to make any remainder as
 * likely as any other, rounded by a key of its own. */
static struct town town_of(uint64_t number, size_t parts, struct arena *a)
{
    const struct table_dimension column = {.name = S("k"), .n = parts, .category = code};
    const int64_t fewest[] = {0, 60, 90, 20};
    const unsigned char key[CUBE_KEY_BYTES] = {(unsigned char)number, (unsigned char)(number >> 8)};
    struct rng r = rng_open(number, 0);
    struct town out = {.exact = {.lists = 2, .y = arena_new(a, 4, uint32_t)}};
    struct table t;
    struct cube cube;
    struct err e = {0};

    memcpy(out.exact.list, list, sizeof list);
    assert_int_equal(table_make_histories(&(struct table_histories){2, list, 1, &column}, a, &t, &e), OK);
    for (uint32_t mask = 1; mask < 4; mask++)
        for (size_t part = 0; part < parts; part++) {
            int64_t people = fewest[mask] / (int64_t)parts + (int64_t)(10.0 * rng_unit(&r));

            t.count[table_inner_of_history(&t.shape, 2, mask, &part)] = people;
            out.exact.y[mask] += (uint32_t)people;
            out.exact.n += people;
        }
    assert_int_equal(cube_make(&t, &(struct cube_options){.base = BASE, .id = S("town")}, key, a, &cube, &e),
                     OK);
    counts_from_cube(&out.shown, &cube, &out.exact, a);
    return out;
}

/* The combinations of two lists, then those that the rounding keeps near: on the first, on the second, all.
 */
enum { FIRST_ALONE, SECOND_ALONE, BOTH, FIRST, SECOND, ALL, SUMS };

/* Mean squares of how far sums are from what is shown, and of how often both are so far from it. */
struct moves {
    double square[SUMS];
    double both[4 * BASE + 1];
};

static void add_move(struct moves *m, const struct counts *people, const struct counts *shown)
{
    int64_t by[SUMS];

    for (uint32_t mask = 1; mask < 4; mask++)
        by[mask - 1] = (int64_t)people->y[mask] - (int64_t)shown->y[mask];
    by[FIRST] = by[FIRST_ALONE] + by[BOTH];
    by[SECOND] = by[SECOND_ALONE] + by[BOTH];
    by[ALL] = by[FIRST] + by[SECOND_ALONE];
    for (size_t i = 0; i < SUMS; i++)
        m->square[i] += (double)(by[i] * by[i]) / TOWNS;
    m->both[by[BOTH] + 2 * BASE] += 1.0;
}

/* By chi-square of two samples of TOWNS: on 8 degrees of freedom, and 10 to 12 where a sum may be moved by
 * the base, 51 is passed less than once in a million times. */
static double chi_square(const struct moves *x, const struct moves *y)
{
    double sum = 0.0;

    for (size_t i = 0; i <= 4 * BASE; i++)
        if (x->both[i] + y->both[i] > 0.0)
            sum += pow(x->both[i] - y->both[i], 2.0) / (x->both[i] + y->both[i]);
    return sum;
}

/* One draw of each of 3,000 towns is as far from what is shown as the town itself. */
static void check_moves(void **state, size_t parts)
{
    struct moves true_ones = {{0.0}, {0.0}};
    struct moves drawn = {{0.0}, {0.0}};

    for (uint64_t i = 1; i <= TOWNS; i++) {
        struct town town = town_of(i, parts, *state);
        struct counts draw;

        cube_draws(&town.shown, &(struct cube_rounding){BASE, (int64_t)parts}, i, 1, *state, &draw);
        add_move(&true_ones, &town.exact, &town.shown);
        add_move(&drawn, &draw, &town.shown);
    }
    for (size_t i = 0; i < SUMS; i++)
        assert_true(fabs(log(drawn.square[i] / true_ones.square[i])) < 0.15);
    assert_true(chi_square(&true_ones, &drawn) < 51.0);
}

static void draws_lie_about_what_is_shown_as_true_tables_do(void **state)
{
    check_moves(state, 1);
}

static void they_do_so_where_combinations_are_sums_of_rounded_cells(void **state)
{
    check_moves(state, 3);
}

static void nobody_is_drawn_onto_a_combination_less_than_none_of_whom_there_are(void **state)
{
    struct counts shown = {.lists = 2, .y = (uint32_t[]){0, 5, 0, 0}, .n = 5};
    struct counts *draw = arena_new(*state, 200, struct counts);
    size_t with = 0;

    memcpy(shown.list, list, sizeof list);
    cube_draws(&shown, &(struct cube_rounding){BASE, 1}, 1, 200, *state, draw);
    for (size_t k = 0; k < 200; k++) {
        assert_true(draw[k].y[1] < 10 && draw[k].y[2] < 5 && draw[k].y[3] < 5);
        with += draw[k].y[3] > 0;
    }
    assert_in_range(with, 50, 180);
}

static struct estimate estimate_of(const struct counts *c, struct arena *a)
{
    const struct estimate_options options = estimate_options_default();
    struct estimate x;
    struct err e = {0};

    assert_int_equal(estimate(c, &options, a, &x, &e), OK);
    return x;
}

/* What the draws let expect of how far the figure is from that of the exact people is how far it is. */
static void draws_differ_by_as_much_as_the_rounding_moves_the_figure(void **state)
{
    enum { FEWER = 500 };
    double expected = 0.0;
    double found = 0.0;

    for (uint64_t i = 1; i <= FEWER; i++) {
        struct arena *a = arena_open();
        struct town town = town_of(i, 1, a);
        struct counts draw[DRAWS];
        double figure[DRAWS];
        double mean = 0.0;

        cube_draws(&town.shown, &(struct cube_rounding){BASE, 1}, i, DRAWS, a, draw);
        for (size_t k = 0; k < DRAWS; k++) {
            figure[k] = log(estimate_of(&draw[k], a).nhat);
            mean += figure[k] / DRAWS;
        }
        for (size_t k = 0; k < DRAWS; k++)
            expected += (1.0 + 1.0 / DRAWS) * pow(figure[k] - mean, 2.0) / (DRAWS - 1);
        found += pow(log(estimate_of(&town.exact, a).nhat) - mean, 2.0);
        arena_close(a);
    }
    (void)state;
    assert_true(fabs(log(expected / found)) < 0.25);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(draws_lie_about_what_is_shown_as_true_tables_do),
        WITH_ARENA(they_do_so_where_combinations_are_sums_of_rounded_cells),
        WITH_ARENA(nobody_is_drawn_onto_a_combination_less_than_none_of_whom_there_are),
        WITH_ARENA(draws_differ_by_as_much_as_the_rounding_moves_the_figure),
    };

    return cmocka_run_group_tests_name("two_list_draws", tests, NULL, NULL);
}
