/* How small and how large a cell can be. */
#include "protect/bounds.h"

#include "../unit.h"
#include "families.h"

#include <math.h>
#include <string.h>

/* Lowest and highest of cell `cell` of three cells and their total (cell 0). */
static void solve(const int64_t lo[4], const int64_t hi[4], size_t cell, double out[2], struct arena *a)
{
    struct table t = families_line((int64_t[]){0, 0, 0}, 3, a);
    struct bounds *b = NULL;
    struct err e = {OK, ""};

    struct sums sums = sums_of_table(&t.shape, a);
    memcpy(sums.lo, lo, 4 * sizeof *lo);
    memcpy(sums.hi, hi, 4 * sizeof *hi);
    assert_int_equal(bounds_open(&sums, &b, &e), OK);
    assert_int_equal(bounds_solve(b, cell, BOUNDS_LOWEST, &out[0], &e), OK);
    assert_true(fabs(bounds_sum(b, cell) - out[0]) < 1e-9);
    assert_int_equal(bounds_solve(b, cell, BOUNDS_HIGHEST, &out[1], &e), OK);
    bounds_close(b);
}

static void a_total_bounds_its_parts(void **state)
{
    double out[2];

    solve((int64_t[]){10, 0, 2, 3}, (int64_t[]){10, BOUNDS_UNLIMITED, 4, 4}, 1, out, *state);
    assert_true(fabs(out[0] - 2) < 1e-9);
    assert_true(fabs(out[1] - 5) < 1e-9);
}

static void parts_bound_their_total(void **state)
{
    double out[2];

    solve((int64_t[]){0, 0, 2, 3}, (int64_t[]){BOUNDS_UNLIMITED, 1, 4, 3}, 0, out, *state);
    assert_true(fabs(out[0] - 5) < 1e-9);
    assert_true(fabs(out[1] - 8) < 1e-9);
}

static void nothing_known_leaves_no_highest(void **state)
{
    double out[2];

    solve((int64_t[]){0, 0, 0, 0}, (int64_t[]){BOUNDS_UNLIMITED, BOUNDS_UNLIMITED, BOUNDS_UNLIMITED, 4}, 2,
          out, *state);
    assert_true(out[0] < 1e-9);
    assert_true(out[1] >= (double)BOUNDS_UNLIMITED);
}

static void known_cells_need_no_unknowns(void **state)
{
    double out[2];

    solve((int64_t[]){6, 1, 2, 3}, (int64_t[]){6, 1, 2, 3}, 0, out, *state);
    assert_true(fabs(out[0] - 6) < 1e-9 && fabs(out[1] - 6) < 1e-9);
}

static void parts_that_cannot_make_their_total_are_refused(void **state)
{
    struct table t = families_line((int64_t[]){0, 0}, 2, *state);
    struct bounds *b = NULL;
    struct err e;

    struct sums sums = sums_of_table(&t.shape, *state);
    memcpy(sums.hi, (int64_t[]){9, 4, 4}, 3 * sizeof *sums.hi);
    memcpy(sums.lo, (int64_t[]){9, 0, 0}, 3 * sizeof *sums.lo);
    assert_int_equal(bounds_open(&sums, &b, &e), REFUSED);
    assert_says(e, "contradict");
    memcpy(sums.lo, (int64_t[]){9, 4, 4}, 3 * sizeof *sums.lo);
    assert_int_equal(bounds_open(&sums, &b, &e), REFUSED);
    memcpy(sums.lo, (int64_t[]){9, 5, 0}, 3 * sizeof *sums.lo);
    assert_int_equal(bounds_open(&sums, &b, &e), REFUSED);
}

static void what_is_known_and_decides_is_named(void **state)
{
    struct table t = families_line((int64_t[]){0, 0, 0}, 3, *state);
    struct sums sums = sums_of_table(&t.shape, *state);
    struct bounds *b = NULL;
    double highest = 0;
    struct err e;

    memcpy(sums.lo, (int64_t[]){10, 0, 2, 0}, 4 * sizeof *sums.lo);
    memcpy(sums.hi, (int64_t[]){10, 50, 4, 60}, 4 * sizeof *sums.hi);
    assert_int_equal(bounds_open(&sums, &b, &e), OK);
    assert_int_equal(bounds_solve(b, 1, BOUNDS_HIGHEST, &highest, &e), OK);
    assert_true(fabs(highest - 8) < 1e-9);
    assert_true(bounds_binds(b, 0));
    assert_true(bounds_binds(b, 2));
    assert_false(bounds_binds(b, 1));
    bounds_close(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_total_bounds_its_parts),
        WITH_ARENA(parts_bound_their_total),
        WITH_ARENA(nothing_known_leaves_no_highest),
        WITH_ARENA(known_cells_need_no_unknowns),
        WITH_ARENA(parts_that_cannot_make_their_total_are_refused),
        WITH_ARENA(what_is_known_and_decides_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
