/* Functions of N a set of lists, against sums of log gamma in long double. */
#include "estimate/hyper_dirichlet.h"

#include "reference.h"

#include "estimate/graphs.h"

#include <math.h>

static const uint32_t table[8] = {0, 30, 20, 7, 11, 0, 3, 1};

/* Madigan & York: log h(A) with `unseen` people in the dark cell. */
static double log_h(size_t set, double delta, double unseen)
{
    int sign = 0;
    double cell = delta * (double)(8 >> __builtin_popcountll(set));
    long double sum = lgammal_r(8.0 * delta, &sign) - lgammal_r(72.0 + unseen + 8.0 * delta, &sign);

    for (size_t part = 0; part < 8; part++) {
        double people = part == 0 ? unseen : 0.0;

        if (part & ~set)
            continue;
        for (size_t c = 1; c < 8; c++)
            people += (c & set) == part ? table[c] : 0;
        sum += lgammal_r(people + cell, &sign) - lgammal_r(cell, &sign);
    }
    return (double)sum;
}

static void every_set_has_the_function_of_the_paper(void **state)
{
    struct graphs_grid grid;
    struct hyper_dirichlet x;

    graphs_grid_make(1e6, *state, &grid);
    assert_true(hyper_dirichlet_fill(table, 3, 0.125, &grid, 2, NULL, *state, &x));
    assert_near(x.people, 72.0, 0.0);
    for (size_t set = 1; set < 8; set++)
        for (size_t i = 0; i < grid.points; i += 7)
            assert_near(x.of_set[set * x.points + i], log_h(set, 0.125, grid.unseen[i]), 1e-9);
}

static void the_empty_set_says_nothing(void **state)
{
    struct graphs_grid grid;
    struct hyper_dirichlet x;

    graphs_grid_make(1e4, *state, &grid);
    assert_true(hyper_dirichlet_fill(table, 3, 0.125, &grid, 1, NULL, *state, &x));
    for (size_t i = 0; i < grid.points; i++)
        assert_near(x.of_set[i], 0.0, 0.0);
}

/* log of (N - 1)! / (N - n)!, by the numbers between. */
static void the_number_alone_counts_the_ways_to_be_unseen(void **state)
{
    struct graphs_grid grid;
    struct hyper_dirichlet x;
    double sum = 0.0;

    graphs_grid_make(300.0, *state, &grid);
    assert_true(hyper_dirichlet_fill(table, 3, 0.125, &grid, 1, NULL, *state, &x));
    for (int between = 101; between < 172; between++)
        sum += log(between);
    assert_near(x.of_number[100], sum, 1e-10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(every_set_has_the_function_of_the_paper),
        WITH_ARENA(the_empty_set_says_nothing),
        WITH_ARENA(the_number_alone_counts_the_ways_to_be_unseen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
