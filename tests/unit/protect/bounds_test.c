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

    assert_int_equal(bounds_open(&t.shape, lo, hi, &b, &e), OK);
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

    assert_int_equal(bounds_open(&t.shape, (int64_t[]){9, 0, 0}, (int64_t[]){9, 4, 4}, &b, &e), REFUSED);
    assert_says(e, "contradict");
    assert_int_equal(bounds_open(&t.shape, (int64_t[]){9, 4, 4}, (int64_t[]){9, 4, 4}, &b, &e), REFUSED);
    assert_int_equal(bounds_open(&t.shape, (int64_t[]){9, 5, 0}, (int64_t[]){9, 4, 4}, &b, &e), REFUSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_total_bounds_its_parts),
        WITH_ARENA(parts_bound_their_total),
        WITH_ARENA(nothing_known_leaves_no_highest),
        WITH_ARENA(known_cells_need_no_unknowns),
        WITH_ARENA(parts_that_cannot_make_their_total_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
