/* Gaussian elimination over sparse columns, against elimination over all of a small dense matrix. */
#include "protect/elimination.h"

#include "../unit.h"

#include "base/rng.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

enum { ROWS = 9, COLUMNS = 14, MATRICES = 300 };

static enum elimination_answer offer(struct elimination *x, uint32_t a, uint32_t b)
{
    return elimination_offer(x, (uint32_t[]){a, b}, a == b ? 1 : 2);
}

static void a_figure_that_has_nothing_to_do_with_hidden_ones_is_shown(void **state)
{
    struct elimination *x = elimination_open(3, *state);

    elimination_hide(x, (uint32_t[]){0}, 1, ELIMINATION_PLAIN);

    assert_int_equal(offer(x, 1, 2), ELIMINATION_SHOWN);
}

static void a_figure_that_is_a_hidden_one_is_not_shown(void **state)
{
    struct elimination *x = elimination_open(3, *state);

    elimination_hide(x, (uint32_t[]){0, 2}, 2, ELIMINATION_PLAIN);

    assert_int_equal(offer(x, 0, 2), ELIMINATION_REVEALS);
}

static void the_last_part_of_a_shown_sum_is_not_shown(void **state)
{
    struct elimination *x = elimination_open(2, *state);

    elimination_hide(x, (uint32_t[]){0}, 1, ELIMINATION_PLAIN);

    assert_int_equal(offer(x, 0, 1), ELIMINATION_SHOWN);
    assert_int_equal(offer(x, 1, 1), ELIMINATION_REVEALS);
}

static void a_figure_that_the_shown_ones_tell_is_known(void **state)
{
    struct elimination *x = elimination_open(3, *state);

    assert_int_equal(offer(x, 0, 1), ELIMINATION_SHOWN);
    assert_int_equal(offer(x, 0, 0), ELIMINATION_SHOWN);
    assert_int_equal(offer(x, 1, 1), ELIMINATION_KNOWN);
}

static void a_sum_of_two_hidden_ones_is_shown(void **state)
{
    struct elimination *x = elimination_open(2, *state);

    elimination_hide(x, (uint32_t[]){0}, 1, ELIMINATION_PLAIN);
    elimination_hide(x, (uint32_t[]){1}, 1, ELIMINATION_PLAIN);

    assert_int_equal(offer(x, 0, 1), ELIMINATION_SHOWN);
}

static void a_sum_of_a_hidden_one_and_a_single_is_not_shown(void **state)
{
    struct elimination *x = elimination_open(2, *state);

    elimination_hide(x, (uint32_t[]){0}, 1, ELIMINATION_PLAIN);
    elimination_hide(x, (uint32_t[]){1}, 1, ELIMINATION_SINGLE);

    assert_int_equal(offer(x, 0, 1), ELIMINATION_REVEALS);
}

static void a_sum_of_three_singles_is_shown(void **state)
{
    struct elimination *x = elimination_open(3, *state);

    for (uint32_t i = 0; i < 3; i++)
        elimination_hide(x, &i, 1, ELIMINATION_SINGLE);

    assert_int_equal(elimination_offer(x, (uint32_t[]){0, 1, 2}, 3), ELIMINATION_SHOWN);
}

/* Rank by elimination in double over a matrix of small whole numbers. */
static size_t rank_of(double m[][ROWS], size_t columns)
{
    size_t rank = 0;

    for (size_t row = 0; row < ROWS; row++) {
        size_t best = rank;

        for (size_t c = rank; c < columns; c++)
            if (fabs(m[c][row]) > fabs(m[best][row]))
                best = c;
        if (best >= columns || fabs(m[best][row]) < 1e-9)
            continue;
        for (size_t r = 0; r < ROWS; r++) {
            double swap = m[best][r];
            m[best][r] = m[rank][r];
            m[rank][r] = swap;
        }
        for (size_t c = rank + 1; c < columns; c++) {
            double factor = m[c][row] / m[rank][row];

            for (size_t r = 0; r < ROWS; r++)
                m[c][r] -= factor * m[rank][r];
        }
        rank++;
    }
    return rank;
}

struct system {
    bool has[COLUMNS][ROWS];
    bool is_hidden[COLUMNS], is_single[COLUMNS], is_shown[COLUMNS];
};

/* Is column `target` a combination of the shown ones, of `extra` and, unless it is COLUMNS, of `known`? */
static bool is_told(const struct system *s, size_t target, size_t extra, size_t known)
{
    double m[COLUMNS + 3][ROWS];
    double with[COLUMNS + 3][ROWS];
    size_t n = 0;

    for (size_t c = 0; c < COLUMNS; c++) {
        if (!s->is_shown[c] && c != extra && c != known)
            continue;
        for (size_t r = 0; r < ROWS; r++)
            m[n][r] = with[n][r] = s->has[c][r];
        n++;
    }
    for (size_t r = 0; r < ROWS; r++)
        with[n][r] = s->has[target][r];
    return rank_of(m, n) == rank_of(with, n + 1);
}

/* What showing `extra` would tell: a hidden figure to all, or to a single about another. */
static bool tells_to_all(const struct system *s, size_t extra)
{
    for (size_t c = 0; c < COLUMNS; c++)
        if (s->is_hidden[c] && is_told(s, c, extra, COLUMNS))
            return true;
    return false;
}

static bool tells_a_single(const struct system *s, size_t extra)
{
    for (size_t single = 0; single < COLUMNS; single++)
        for (size_t c = 0; s->is_single[single] && c < COLUMNS; c++)
            if (s->is_hidden[c] && c != single && is_told(s, c, extra, single))
                return true;
    return false;
}

static struct system make_system(struct rng *r, bool has_singles)
{
    struct system s = {0};

    for (size_t c = 0; c < COLUMNS; c++) {
        size_t ones = 0;

        for (size_t row = 0; row < ROWS; row++)
            ones += s.has[c][row] = rng_unit(r) < 0.3;
        if (ones == 0)
            s.has[c][c % ROWS] = true;
        s.is_hidden[c] = c < COLUMNS / 3;
        s.is_single[c] = has_singles && c < COLUMNS / 6;
    }
    return s;
}

static size_t rows_of(const struct system *s, size_t c, uint32_t *row)
{
    size_t n = 0;

    for (uint32_t r = 0; r < ROWS; r++)
        if (s->has[c][r])
            row[n++] = r;
    return n;
}

static struct elimination *open_system(const struct system *s, struct arena *a)
{
    struct elimination *x = elimination_open(ROWS, a);
    uint32_t row[ROWS];

    for (size_t c = 0; c < COLUMNS; c++)
        if (s->is_hidden[c])
            elimination_hide(x, row, rows_of(s, c, row),
                             s->is_single[c] ? ELIMINATION_SINGLE : ELIMINATION_PLAIN);
    return x;
}

static void without_singles_what_is_refused_is_what_would_tell(void **state)
{
    struct rng r = rng_open(11, 0);

    for (int i = 0; i < MATRICES; i++) {
        struct system s = make_system(&r, false);
        struct elimination *x = open_system(&s, *state);
        uint32_t row[ROWS];

        for (size_t c = COLUMNS / 3; c < COLUMNS; c++) {
            bool tells = tells_to_all(&s, c);
            enum elimination_answer answer = elimination_offer(x, row, rows_of(&s, c, row));

            assert_int_equal(answer == ELIMINATION_REVEALS, tells);
            s.is_shown[c] = answer != ELIMINATION_REVEALS;
        }
    }
}

static void with_singles_what_would_tell_one_of_them_is_refused_too(void **state)
{
    struct rng r = rng_open(12, 0);
    int refused = 0;

    for (int i = 0; i < MATRICES; i++) {
        struct system s = make_system(&r, true);
        struct elimination *x = open_system(&s, *state);
        uint32_t row[ROWS];

        if (tells_a_single(&s, COLUMNS)) /* hidden ones alone tell each other */
            continue;
        for (size_t c = COLUMNS / 3; c < COLUMNS; c++) {
            bool tells = tells_to_all(&s, c);
            bool tells_single = tells_a_single(&s, c);
            enum elimination_answer answer = elimination_offer(x, row, rows_of(&s, c, row));

            assert_int_equal(answer == ELIMINATION_REVEALS, tells || tells_single);
            refused += tells_single && !tells;
            s.is_shown[c] = answer != ELIMINATION_REVEALS;
        }
    }
    assert_true(refused > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_figure_that_has_nothing_to_do_with_hidden_ones_is_shown),
        WITH_ARENA(a_figure_that_is_a_hidden_one_is_not_shown),
        WITH_ARENA(the_last_part_of_a_shown_sum_is_not_shown),
        WITH_ARENA(a_figure_that_the_shown_ones_tell_is_known),
        WITH_ARENA(a_sum_of_two_hidden_ones_is_shown),
        WITH_ARENA(a_sum_of_a_hidden_one_and_a_single_is_not_shown),
        WITH_ARENA(a_sum_of_three_singles_is_shown),
        WITH_ARENA(without_singles_what_is_refused_is_what_would_tell),
        WITH_ARENA(with_singles_what_would_tell_one_of_them_is_refused_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
