/* Ranks, against matrices that are made with a known one. */
#include "estimate/rank.h"

#include "reference.h"

#include "base/rng.h"

enum { ROWS = 9, COLUMNS = 7, MOST = 5 };

static const uint64_t prime = (UINT64_C(1) << 61) - 1;

/* A whole number, perhaps below 0, as it stands in a matrix. */
static uint64_t residue(int64_t x)
{
    return x < 0 ? prime - (uint64_t)-x : (uint64_t)x;
}

/* Rows that are sums of `rank` independent ones: unit vectors with what comes after them. */
static void known_rank(uint64_t v[ROWS * COLUMNS], size_t rank, struct rng *r)
{
    int64_t basis[MOST][COLUMNS] = {{0}};

    for (size_t i = 0; i < rank; i++)
        for (size_t j = i; j < COLUMNS; j++)
            basis[i][j] = j == i ? 1 : (int64_t)(3.0 * rng_unit(r)) - 1;
    for (size_t row = 0; row < ROWS; row++)
        for (size_t j = 0; j < COLUMNS; j++) {
            int64_t sum = row < rank ? basis[row][j] : 0;

            for (size_t i = 0; i < rank; i++)
                sum += (int64_t)((row + 2 * i) % 3) * (row < rank ? (i < row) : 1) * basis[i][j];
            v[row * COLUMNS + j] = residue(sum);
        }
}

static void the_rank_is_the_known_one(void **state)
{
    struct rng r = rng_open(1, 0);

    (void)state;
    for (int turn = 0; turn < 300; turn++) {
        uint64_t v[ROWS * COLUMNS];
        size_t pivot[COLUMNS];
        size_t rank = (size_t)turn % (MOST + 1);

        known_rank(v, rank, &r);
        assert_int_equal(rank_of(v, ROWS, COLUMNS, pivot), rank);
        for (size_t i = 0; i < rank; i++)
            assert_int_equal(pivot[i], i);
    }
}

/* Each of its rows; none that has something where all rows have nothing or too little. */
static void a_matrix_spans_its_rows_and_no_other(void **state)
{
    struct rng r = rng_open(2, 0);

    (void)state;
    for (int turn = 0; turn < 300; turn++) {
        uint64_t v[ROWS * COLUMNS];
        uint64_t rows[ROWS * COLUMNS];
        uint64_t other[COLUMNS] = {0};
        size_t pivot[COLUMNS];
        size_t rank = 1 + (size_t)turn % MOST;

        known_rank(v, rank, &r);
        for (size_t i = 0; i < sizeof v / sizeof v[0]; i++)
            rows[i] = v[i];
        rank_of(v, ROWS, COLUMNS, pivot);
        for (size_t row = 0; row < ROWS; row++)
            assert_true(rank_spans(v, rank, COLUMNS, pivot, rows + row * COLUMNS));
        other[COLUMNS - 1] = 1; /* its first number is in no pivot's column */
        assert_false(rank_spans(v, rank, COLUMNS, pivot, other));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rank_is_the_known_one),
        cmocka_unit_test(a_matrix_spans_its_rows_and_no_other),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
