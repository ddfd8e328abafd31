/* The inner loops of the fit: every build gives the bytes of the portable one. */
#include "estimate/kernel.h"

#include "reference.h"

#include "base/rng.h"
#include "estimate/zeta.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { CELLS = 256, MOST = 57, STRIDE = 64 };

static void fill(double *x, size_t n, uint64_t seed)
{
    struct rng r = rng_open(seed, 0);

    for (size_t i = 0; i < n; i++)
        x[i] = 0.1 + rng_unit(&r);
}

/* A matrix that can be eliminated, its upper triangle and one column, the rest 0. */
static void fill_rows(double *rows, size_t k, uint64_t seed)
{
    struct rng r = rng_open(seed, 1);

    memset(rows, 0, k * STRIDE * sizeof *rows);
    for (size_t i = 0; i < k; i++) {
        for (size_t l = i; l <= k; l++)
            rows[i * STRIDE + l] = rng_unit(&r);
        rows[i * STRIDE + i] += (double)k;
    }
}

static void sums_and_products_have_the_same_bytes(void **state)
{
    const struct fit_kernel *all[KERNEL_MOST];
    size_t n = estimate_kernels(all);
    double x[CELLS];
    double y[CELLS];

    (void)state;
    for (size_t cells = 4; cells <= CELLS; cells *= 2)
        for (size_t i = 0; i < n; i++) {
            fill(x, cells, cells);
            fill(y, cells, cells);
            estimate_kernel_portable.superset_sum(x, cells);
            all[i]->superset_sum(y, cells);
            assert_memory_equal(x, y, cells * sizeof *x);
            fill(x, cells, cells);
            fill(y, cells, cells);
            estimate_kernel_portable.subset_product(x, cells);
            all[i]->subset_product(y, cells);
            assert_memory_equal(x, y, cells * sizeof *x);
        }
}

static void the_portable_sum_is_the_transform(void **state)
{
    double x[CELLS];
    double y[CELLS];

    (void)state;
    fill(x, CELLS, 3);
    fill(y, CELLS, 3);
    estimate_kernel_portable.superset_sum(x, CELLS);
    zeta_superset_sum(y, CELLS);
    assert_memory_equal(x, y, sizeof x);
}

static void elimination_has_the_same_bytes(void **state)
{
    const struct fit_kernel *all[KERNEL_MOST];
    size_t n = estimate_kernels(all);
    double *x = arena_new(*state, MOST * STRIDE, double);
    double *y = arena_new(*state, MOST * STRIDE, double);
    double least[MOST] = {0};

    for (size_t k = 1; k <= MOST; k++)
        for (size_t i = 0; i < n; i++) {
            fill_rows(x, k, k);
            fill_rows(y, k, k);
            assert_true(estimate_kernel_portable.eliminate(x, k, STRIDE, least));
            assert_true(all[i]->eliminate(y, k, STRIDE, least));
            for (size_t row = 0; row < k; row++)
                assert_memory_equal(x + row * STRIDE + row, y + row * STRIDE + row,
                                    (k + 1 - row) * sizeof *x);
        }
}

static void a_singular_matrix_is_told_by_every_kernel(void **state)
{
    const struct fit_kernel *all[KERNEL_MOST];
    size_t n = estimate_kernels(all);
    const double least[] = {1e-13, 1e-13};

    (void)state;
    for (size_t i = 0; i < n; i++) {
        double rows[2 * KERNEL_LANES] = {1.0, 1.0, 5.0};
        rows[KERNEL_LANES + 1] = 1.0; /* 1 1 / 1 1 */
        assert_false(all[i]->eliminate(rows, 2, KERNEL_LANES, least));
    }
}

static void exponentials_have_the_same_bytes_and_two_units_at_most(void **state)
{
    const struct fit_kernel *all[KERNEL_MOST];
    size_t n = estimate_kernels(all);
    struct rng r = rng_open(1, 2);
    double x[KERNEL_LANES];
    double y[KERNEL_LANES];

    (void)state;
    for (int turn = 0; turn < 20000; turn++) {
        double from[KERNEL_LANES] = {0.0, -700.0, 700.0, -1e-300};
        for (size_t l = 4; l < KERNEL_LANES; l++)
            from[l] = (rng_unit(&r) - 0.5) * (turn % 2 ? 1400.0 : 2.0);
        memcpy(x, from, sizeof x);
        estimate_kernel_portable.exp_all(x, KERNEL_LANES);
        for (size_t i = 0; i < n; i++) {
            memcpy(y, from, sizeof y);
            all[i]->exp_all(y, KERNEL_LANES);
            assert_memory_equal(x, y, sizeof x);
        }
        for (size_t l = 0; l < KERNEL_LANES; l++)
            assert_true(fabs(x[l] / exp(from[l]) - 1.0) <= 2.0 * DBL_EPSILON);
    }
}

static void what_is_too_small_is_0(void **state)
{
    double x[KERNEL_LANES] = {-700.5, -1e6, -INFINITY, 0.0};

    (void)state;
    estimate_kernel_portable.exp_all(x, KERNEL_LANES);
    assert_true(x[0] == 0.0 && x[1] == 0.0 && x[2] == 0.0 && x[3] == 1.0);
}

static const uint8_t some_rows[] = {3, 0, 2, 4, 1, 2};

/* Sums of rows that lie between -60 and 10 or so. */
static struct kernel_sum some_sum(double *first, double *rows)
{
    fill(first, KERNEL_BLOCK, 5);
    fill(rows, 5 * KERNEL_BLOCK, 6);
    for (size_t i = 0; i < KERNEL_BLOCK; i++)
        first[i] = 70.0 * (first[i] - 0.9);
    return (struct kernel_sum){.first = first, .rows = rows, .row = some_rows, .plus = 4, .n = 6};
}

static void sums_of_rows_are_made_in_their_order(void **state)
{
    const struct fit_kernel *all[KERNEL_MOST];
    size_t n = estimate_kernels(all);
    double first[KERNEL_BLOCK];
    double rows[5 * KERNEL_BLOCK];
    struct kernel_sum s = some_sum(first, rows);

    (void)state;
    for (size_t i = 0; i < n; i++)
        for (size_t most = 1; most <= KERNEL_BLOCK; most++) {
            double out[KERNEL_BLOCK];

            all[i]->sum_rows(&s, most, out);
            for (size_t j = 0; j < most; j++) {
                double sum = first[j];
                for (size_t k = 0; k < s.n; k++)
                    sum += (k < s.plus ? 1.0 : -1.0) * rows[s.row[k] * KERNEL_BLOCK + j];
                assert_memory_equal(&out[j], &sum, sizeof sum);
            }
        }
}

static void exponentials_of_sums_are_added_where_the_sum_is_not_too_small(void **state)
{
    const struct fit_kernel *all[KERNEL_MOST];
    size_t n = estimate_kernels(all);
    double first[KERNEL_BLOCK];
    double rows[5 * KERNEL_BLOCK];
    struct kernel_sum s = some_sum(first, rows);
    double sum[KERNEL_BLOCK];
    double expected[KERNEL_BLOCK];

    (void)state;
    estimate_kernel_portable.sum_rows(&s, KERNEL_BLOCK, sum);
    double least = sum[9];
    for (size_t j = 0; j < KERNEL_BLOCK; j++)
        expected[j] = sum[j] - 1.5;
    estimate_kernel_portable.exp_all(expected, KERNEL_BLOCK);
    for (size_t j = 0; j < KERNEL_BLOCK; j++)
        expected[j] = 0.25 + (sum[j] >= least ? expected[j] : 0.0);
    for (size_t i = 0; i < n; i++) {
        double out[KERNEL_BLOCK];

        for (size_t j = 0; j < KERNEL_BLOCK; j++)
            out[j] = 0.25;
        all[i]->add_exp_of_rows(&s, least, 1.5, out);
        assert_memory_equal(out, expected, sizeof out);
    }
}

static void nothing_is_added_where_nothing_is_probable(void **state)
{
    const struct fit_kernel *all[KERNEL_MOST];
    size_t n = estimate_kernels(all);
    double rows[5 * KERNEL_BLOCK] = {0.0};
    double first[KERNEL_BLOCK];
    struct kernel_sum s = some_sum(first, rows);

    (void)state;
    for (size_t j = 0; j < KERNEL_BLOCK; j++)
        first[j] = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        double out[KERNEL_BLOCK] = {0.0};

        all[i]->add_exp_of_rows(&s, -40.0, 0.0, out);
        for (size_t j = 0; j < KERNEL_BLOCK; j++)
            assert_true(out[j] == 0.0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_and_products_have_the_same_bytes),
        cmocka_unit_test(the_portable_sum_is_the_transform),
        WITH_ARENA(elimination_has_the_same_bytes),
        cmocka_unit_test(a_singular_matrix_is_told_by_every_kernel),
        cmocka_unit_test(exponentials_have_the_same_bytes_and_two_units_at_most),
        cmocka_unit_test(what_is_too_small_is_0),
        cmocka_unit_test(sums_of_rows_are_made_in_their_order),
        cmocka_unit_test(exponentials_of_sums_are_added_where_the_sum_is_not_too_small),
        cmocka_unit_test(nothing_is_added_where_nothing_is_probable),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
