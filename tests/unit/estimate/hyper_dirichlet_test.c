/* Functions of N a set of lists, against sums of log gamma in long double. */
#include "estimate/hyper_dirichlet.h"

#include "reference.h"

#include "estimate/graphs.h"

#include <math.h>

/* Nobody knows the first number, and nothing may use it. */
static const uint32_t table[8] = {99, 30, 20, 7, 11, 0, 3, 1};

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

/* All blocks of a table's functions. */
static const struct hyper_dirichlet *filled(double largest, struct arena *a)
{
    struct graphs_grid *grid = arena_new(a, 1, struct graphs_grid);
    struct hyper_dirichlet_margins *margins = arena_new(a, 1, struct hyper_dirichlet_margins);
    struct hyper_dirichlet *x = arena_new(a, 1, struct hyper_dirichlet);

    graphs_grid_make(largest, a, grid);
    hyper_dirichlet_margins(table, 3, 0.125, margins);
    hyper_dirichlet_open(margins, grid, a, x);
    for (size_t i = 0; i < x->blocks; i++)
        hyper_dirichlet_fill(x, i, NULL);
    return x;
}

static double of_set(const struct hyper_dirichlet *x, size_t set, size_t i)
{
    return x->of_set[(i / HYPER_DIRICHLET_BLOCK * x->margins->sets + set) * HYPER_DIRICHLET_BLOCK +
                     i % HYPER_DIRICHLET_BLOCK];
}

static void every_set_has_the_function_of_the_paper(void **state)
{
    const struct hyper_dirichlet *x = filled(1e6, *state);

    assert_near(x->margins->people, 72.0, 0.0);
    for (size_t set = 1; set < 8; set++)
        for (size_t i = 0; i < x->grid->points; i += 7)
            assert_near(of_set(x, set, i), log_h(set, 0.125, x->grid->unseen[i]), 1e-9);
}

static void the_empty_set_says_nothing(void **state)
{
    const struct hyper_dirichlet *x = filled(1e4, *state);

    for (size_t i = 0; i < x->grid->points; i++)
        assert_near(of_set(x, 0, i), 0.0, 0.0);
}

/* log of (N - 1)! / (N - n)!, by the numbers between. */
static void the_number_alone_counts_the_ways_to_be_unseen(void **state)
{
    const struct hyper_dirichlet *x = filled(300.0, *state);
    double sum = 0.0;

    for (int between = 101; between < 172; between++)
        sum += log(between);
    assert_near(x->of_number[100], sum, 1e-10);
}

static void after_the_grid_nothing_is_probable(void **state)
{
    const struct hyper_dirichlet *x = filled(300.0, *state);

    assert_true(x->grid->points < x->blocks * HYPER_DIRICHLET_BLOCK);
    for (size_t i = x->grid->points; i < x->blocks * HYPER_DIRICHLET_BLOCK; i++)
        assert_true(x->of_number[i] == -INFINITY);
}

/* Lists 1 and 3 are independent given list 2. */
static void a_graph_is_the_sum_of_its_sets(void **state)
{
    const struct hyper_dirichlet *x = filled(1e4, *state);
    struct decomposable g = {.cliques = 2, .sets = 3, .set = {3, 6, 2}};
    struct kernel_sum s = hyper_dirichlet_of(x, 1, &g);
    double sum[HYPER_DIRICHLET_BLOCK];

    estimate_kernel_portable.sum_rows(&s, HYPER_DIRICHLET_BLOCK, sum);
    for (size_t i = 64; i < 128; i++)
        assert_near(sum[i - 64], x->of_number[i] + of_set(x, 3, i) + of_set(x, 6, i) - of_set(x, 2, i), 0.0);
}

/* In the room of a longer grid. */
static void memory_is_used_again(void **state)
{
    struct hyper_dirichlet x = *filled(1e6, *state);
    struct graphs_grid grid;
    double *room = x.of_set;

    graphs_grid_make(1e4, *state, &grid);
    hyper_dirichlet_open(x.margins, &grid, *state, &x);
    hyper_dirichlet_fill(&x, 1, (const bool[8]){[5] = true});
    assert_ptr_equal(x.of_set, room);
    assert_near(of_set(&x, 5, 100), log_h(5, 0.125, grid.unseen[100]), 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(every_set_has_the_function_of_the_paper),
        WITH_ARENA(the_empty_set_says_nothing),
        WITH_ARENA(the_number_alone_counts_the_ways_to_be_unseen),
        WITH_ARENA(after_the_grid_nothing_is_probable),
        WITH_ARENA(a_graph_is_the_sum_of_its_sets),
        WITH_ARENA(memory_is_used_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
