/* Tables that a rounded table may have been rounded from. */
#include "mapping/cube_draws.h"

#include "../unit.h"
#include "mapping/cube_expect.h"

#include <math.h>
#include <stdlib.h>

enum { BASE = 5, MANY = 4000 };

static const struct counts *counts_of(void **state, const char *csv)
{
    struct counts *c = arena_new(*state, 1, struct counts);
    struct err e = {0};

    assert_int_equal(counts_read(c, "h", str_of(csv), *state, &e), OK);
    return c;
}

static const struct counts *draws_of(void **state, const struct counts *c, uint64_t seed, size_t n)
{
    struct counts *draw = arena_new(*state, n, struct counts);

    cube_draws(c, &(struct cube_rounding){.base = BASE, .parts = 1}, seed, n, *state, draw);
    return draw;
}

static int64_t on_list(const struct counts *c, size_t list)
{
    int64_t n = 0;

    for (uint32_t mask = 1; mask >> c->lists == 0; mask++)
        n += mask >> list & 1U ? c->y[mask] : 0;
    return n;
}

static const char four[] =
    "A,B,C,D,count\n1,0,0,0,120\n0,1,0,0,90\n0,0,1,0,60\n0,0,0,1,45\n1,1,0,0,20\n1,0,1,0,10\n"
    "0,1,1,0,5\n1,0,0,1,5\n0,0,1,1,5\n1,1,1,0,5\n";

static void every_draw_could_be_shown_as_the_table_is(void **state)
{
    const struct counts *c = counts_of(state, four);
    const struct counts *draw = draws_of(state, c, 1, 50);

    for (size_t k = 0; k < 50; k++) {
        assert_true(labs(draw[k].n - c->n) < BASE);
        for (size_t i = 0; i < c->lists; i++)
            assert_true(labs(on_list(&draw[k], i) - on_list(c, i)) < BASE);
        for (uint32_t mask = 1; mask < 16; mask++)
            assert_true(labs((long)draw[k].y[mask] - (long)c->y[mask]) < BASE);
    }
}

static void draws_differ_and_come_again_by_their_seed(void **state)
{
    const struct counts *c = counts_of(state, four);
    const struct counts *first = draws_of(state, c, 1, 2);
    const struct counts *again = draws_of(state, c, 1, 2);
    const struct counts *other = draws_of(state, c, 2, 2);

    assert_memory_equal(first[1].y, again[1].y, 16 * sizeof *first->y);
    assert_memory_not_equal(first[0].y, first[1].y, 16 * sizeof *first->y);
    assert_memory_not_equal(first[0].y, other[0].y, 16 * sizeof *first->y);
}

/* Else the draws of all cities would err alike, and many cities together as much as one. */
static void tables_that_differ_move_differently(void **state)
{
    const struct counts *one = counts_of(state, "A,B,count\n1,0,240\n0,1,240\n1,1,25\n");
    const struct counts *other = counts_of(state, "A,B,count\n1,0,240\n0,1,245\n1,1,25\n");
    const struct counts *from_one = draws_of(state, one, 1, 50);
    const struct counts *from_other = draws_of(state, other, 1, 50);
    size_t alike = 0;

    for (size_t k = 0; k < 50; k++)
        alike += from_one[k].y[3] == from_other[k].y[3];
    assert_true(alike < 30);
}

static void nobody_shown_is_not_taken_for_nobody(void **state)
{
    const struct counts *c =
        counts_of(state, "A,B,C,count\n1,0,0,60\n0,1,0,60\n0,0,1,60\n1,1,0,10\n1,0,1,10\n");
    const struct counts *draw = draws_of(state, c, 1, 100);
    size_t with = 0;

    for (size_t k = 0; k < 100; k++)
        with += draw[k].y[6] + draw[k].y[7] > 0;
    assert_in_range(with, 50, 95);
}

static double both_of(const double *mean, uint32_t pair)
{
    double sum = 0.0;

    for (uint32_t mask = 1; mask < 8; mask++)
        sum += (mask & pair) == pair ? mean[mask] : 0.0;
    return sum;
}

static void what_is_expected_shares_as_the_table_shows(void **state)
{
    const struct counts *c = counts_of(
        state, "A,B,C,count\n1,0,0,100\n0,1,0,80\n0,0,1,60\n1,1,0,20\n1,0,1,15\n0,1,1,10\n1,1,1,5\n");
    double mean[8];

    cube_expect(c, BASE, mean);
    assert_true(fabs(both_of(mean, 3) - 25.0) < 0.01);
    assert_true(fabs(both_of(mean, 5) - 20.0) < 0.01);
    assert_true(fabs(both_of(mean, 6) - 15.0) < 0.01);
    for (uint32_t mask = 1; mask < 8; mask++)
        assert_true(mean[mask] > 0.0);
}

/* 20 shared, by 70 x 80 + 70 x 60 + 70 x 70 couples who could: 2 and more between B and C, capped at 2. */
static void a_pair_that_shows_nobody_is_expected_to_share_as_others_do(void **state)
{
    const struct counts *many =
        counts_of(state, "A,B,C,count\n1,0,0,60\n0,1,0,70\n0,0,1,60\n1,1,0,10\n1,0,1,10\n");
    const struct counts *few =
        counts_of(state, "A,B,C,count\n1,0,0,990\n0,1,0,90\n0,0,1,5\n1,1,0,10\n1,0,1,5\n");
    double mean[8];

    cube_expect(many, BASE, mean);
    assert_true(fabs(mean[6] + mean[7] - 2.0) < 0.1);
    cube_expect(few, BASE, mean);
    assert_true(mean[6] + mean[7] > 0.0 && mean[6] + mean[7] < 0.2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(every_draw_could_be_shown_as_the_table_is),
        WITH_ARENA(draws_differ_and_come_again_by_their_seed),
        WITH_ARENA(nobody_shown_is_not_taken_for_nobody),
        WITH_ARENA(tables_that_differ_move_differently),
        WITH_ARENA(what_is_expected_shares_as_the_table_shows),
        WITH_ARENA(a_pair_that_shows_nobody_is_expected_to_share_as_others_do),
    };

    return cmocka_run_group_tests_name("cube_draws", tests, NULL, NULL);
}
