/* The mean over all trees, against writing the trees out. */
#include "link/trees.h"

#include "../unit.h"

#include "base/rng.h"

#include <math.h>

/* Ratios of e^-10 to e^20 between k records. */
static void random_ratios(double ratio[TREES_MAX][TREES_MAX], size_t k, struct rng *r)
{
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < i; j++)
            ratio[i][j] = ratio[j][i] = exp(30.0 * rng_unit(r) - 10.0);
}

static void one_record_has_nothing_and_two_have_their_ratio(void **state)
{
    double ratio[TREES_MAX][TREES_MAX] = {{0.0, 7.0}, {7.0, 0.0}};

    (void)state;
    assert_true(trees_log_mean(ratio, 1) == 0.0);
    assert_true(fabs(trees_log_mean(ratio, 2) - log(7.0)) < 1e-12);
}

static void ratios_of_one_have_the_mean_one(void **state)
{
    (void)state;
    for (size_t k = 1; k <= TREES_MAX; k++) {
        double ratio[TREES_MAX][TREES_MAX];

        for (size_t i = 0; i < k; i++)
            for (size_t j = 0; j < k; j++)
                ratio[i][j] = 1.0;
        assert_true(fabs(trees_log_mean(ratio, k)) < 1e-9);
    }
}

/* Each of the 16 trees of four records is told by two numbers from 0 to 3 (Pruefer 1918). */
static double sum_over_trees_of_four(double ratio[TREES_MAX][TREES_MAX])
{
    double sum = 0.0;

    for (size_t code = 0; code < 16; code++) {
        size_t word[2] = {code / 4, code % 4};
        size_t ends[4] = {1, 1, 1, 1};
        size_t left[2];
        size_t n = 0;
        double product = 1.0;

        ends[word[0]]++;
        ends[word[1]]++;
        for (size_t w = 0; w < 2; w++)
            for (size_t leaf = 0; leaf < 4; leaf++)
                if (ends[leaf] == 1) {
                    product *= ratio[leaf][word[w]];
                    ends[leaf]--;
                    ends[word[w]]--;
                    break;
                }
        for (size_t v = 0; v < 4 && n < 2; v++)
            if (ends[v] == 1)
                left[n++] = v;
        sum += product * ratio[left[0]][left[1]];
    }
    return sum;
}

static void four_records_have_sixteen_trees(void **state)
{
    struct rng r = rng_open(3, 0);

    (void)state;
    for (int c = 0; c < 200; c++) {
        double ratio[TREES_MAX][TREES_MAX] = {{0.0}};

        random_ratios(ratio, 4, &r);
        double expected = log(sum_over_trees_of_four(ratio) / 16.0);
        assert_true(fabs(trees_log_mean(ratio, 4) - expected) < 1e-9 * (1.0 + fabs(expected)));
    }
}

static void the_order_of_the_records_says_nothing(void **state)
{
    struct rng r = rng_open(4, 0);

    (void)state;
    for (int c = 0; c < 50; c++) {
        double ratio[TREES_MAX][TREES_MAX] = {{0.0}};
        double turned[TREES_MAX][TREES_MAX] = {{0.0}};

        random_ratios(ratio, TREES_MAX, &r);
        for (size_t i = 0; i < TREES_MAX; i++)
            for (size_t j = 0; j < TREES_MAX; j++)
                turned[TREES_MAX - 1 - i][TREES_MAX - 1 - j] = ratio[i][j];
        double expected = trees_log_mean(ratio, TREES_MAX);
        assert_true(fabs(trees_log_mean(turned, TREES_MAX) - expected) < 1e-9 * (1.0 + fabs(expected)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(one_record_has_nothing_and_two_have_their_ratio),
        WITH_ARENA(ratios_of_one_have_the_mean_one),
        WITH_ARENA(four_records_have_sixteen_trees),
        WITH_ARENA(the_order_of_the_records_says_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
