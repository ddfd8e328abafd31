/* Averaging over decomposable graphs, against the posterior that others computed on the same grid. */
#include "estimate/graphs.h"

#include "reference.h"

#include "base/text.h"
#include "estimate/estimate.h"
#include "estimate/method.h"
#include "estimate/model.h"

#include <string.h>

/* Their grid: evenly spaced numbers, rounded, all of one weight. */
static struct graphs_grid even_grid(double largest, size_t points, struct arena *a)
{
    struct graphs_grid g = {points, arena_new(a, points, double), arena_new(a, points, double)};

    for (size_t i = 0; i < points; i++) {
        g.unseen[i] = rint(largest * (double)i / (double)(points - 1));
        g.weight[i] = 1.0;
    }
    return g;
}

static struct graphs_posterior average_of(const struct counts *counts, double delta,
                                          const struct graphs_grid *grid, struct arena *a)
{
    struct graphs *g = graphs_open(counts->lists, 2, NULL);
    struct graphs_posterior x;

    assert_true(graphs_average(g, counts->y, delta, grid, a, &x));
    graphs_close(g);
    return x;
}

/* Their quantile: the first number at which the sum is beyond p. */
static double step_quantile(const struct graphs_posterior *x, const struct graphs_grid *g, double people,
                            double p)
{
    double sum = 0.0;
    size_t i = 0;

    while ((sum += x->density[i]) <= p)
        i++;
    return people + g->unseen[i];
}

static void every_posterior_is_that_of_the_peer(void **state)
{
    struct reference *r = reference_open("dga_posterior.csv", *state);

    while (reference_next(r)) {
        struct str name = reference_str(r, "dataset");
        struct counts *counts = reference_counts(arena_cstr(*state, name.p, name.n), *state);
        struct graphs_grid g =
            even_grid(reference_f64(r, "Nmissing_max"), (size_t)reference_f64(r, "grid"), *state);
        struct graphs_posterior x = average_of(counts, reference_f64(r, "delta"), &g, *state);
        double people = (double)counts->n;

        assert_true(relative_error(x.mean, reference_f64(r, "post_mean")) < 1e-9);
        assert_near(step_quantile(&x, &g, people, 0.5), reference_f64(r, "median"), 0.0);
        assert_near(step_quantile(&x, &g, people, 0.025), reference_f64(r, "q025"), 0.0);
        assert_near(step_quantile(&x, &g, people, 0.1), reference_f64(r, "q10"), 0.0);
        assert_near(step_quantile(&x, &g, people, 0.9), reference_f64(r, "q90"), 0.0);
        assert_near(step_quantile(&x, &g, people, 0.975), reference_f64(r, "q975"), 0.0);
    }
}

/* Cliques in any order, to a model's name. */
static const char *named(struct str cliques, size_t lists, struct arena *a)
{
    struct text name = text_open(a);
    struct model m;

    assert_true(model_from_name(str_of(arena_printf(a, "[%.*s]", STR(cliques))), lists, &m));
    model_put_name(&name, &m);
    return name.p;
}

static const char *name_of(size_t lists, uint32_t edges, struct arena *a)
{
    struct text name = text_open(a);
    struct model m = graphs_model(lists, edges);

    model_put_name(&name, &m);
    return name.p;
}

static void find_most_probable(const struct counts *counts, const struct graphs_grid *grid, struct arena *a,
                               struct graphs_told out[GRAPHS_TOLD])
{
    struct graphs *g = graphs_open(counts->lists, 2, NULL);
    struct graphs_posterior x;

    assert_true(graphs_average(g, counts->y, 1.0 / (double)(1 << counts->lists), grid, a, &x));
    assert_int_equal(graphs_most_probable(g, out), GRAPHS_TOLD);
    graphs_close(g);
}

static void the_ten_most_probable_graphs_are_those_of_the_peer(void **state)
{
    struct reference *r = reference_open("dga_top_graphs.csv", *state);
    struct graphs_told most_probable[GRAPHS_TOLD];
    const char *table = "";
    size_t lists = 0;
    size_t rank = 0;

    while (reference_next(r)) {
        if (!str_is(reference_str(r, "dataset"), table)) {
            table = arena_cstr(*state, reference_str(r, "dataset").p, reference_str(r, "dataset").n);
            struct counts *counts = reference_counts(table, *state);
            struct graphs_grid g = even_grid(30.0 * (double)counts->n, 10001, *state);
            lists = counts->lists;
            find_most_probable(counts, &g, *state, most_probable);
            rank = 0;
        }
        const struct graphs_told *told = &most_probable[rank++];
        assert_string_equal(name_of(lists, told->edges, *state),
                            named(reference_str(r, "cliques"), lists, *state));
        assert_true(relative_error(told->probability, reference_f64(r, "post_prob")) < 1e-7);
        assert_true(relative_error(told->mean, reference_f64(r, "mean_N")) < 1e-8);
    }
}

static void there_are_as_many_graphs_as_known(void **state)
{
    static const size_t known[] = {2, 8, 61, 822, 18154};
    uint32_t y[64] = {0};

    for (size_t c = 1; c < 64; c++)
        y[c] = 5;
    for (size_t lists = 2; lists <= 6; lists++) {
        struct graphs_grid grid = even_grid(3000.0, 40, *state);
        struct graphs *g = graphs_open(lists, 1, NULL);
        struct graphs_posterior x;

        assert_true(graphs_average(g, y, 0.1, &grid, *state, &x));
        assert_int_equal(x.graphs, known[lists - 2]);
        graphs_close(g);
    }
}

/* Trapezoids over a smooth curve. */
static void the_wide_grid_gives_what_all_whole_numbers_give(void **state)
{
    struct counts *counts = reference_counts("UKdat_4", *state);
    struct graphs_grid all = even_grid(200000.0, 200001, *state);
    struct graphs_grid wide;
    graphs_grid_make(200000.0, *state, &wide);
    struct graphs_posterior x = average_of(counts, 0.0625, &all, *state);
    struct graphs_posterior y = average_of(counts, 0.0625, &wide, *state);

    assert_true(wide.points < 2200);
    assert_true(relative_error(x.mean, y.mean) < 1e-6);
    for (double p = 0.025; p < 1.0; p += 0.19)
        assert_true(relative_error(graphs_quantile(&x, &all, 2428.0, p),
                                   graphs_quantile(&y, &wide, 2428.0, p)) < 1e-4);
}

static void assert_same(const struct graphs_posterior *x, const struct graphs_posterior *y, size_t points)
{
    assert_memory_equal(x->density, y->density, points * sizeof *x->density);
    assert_memory_equal(&x->mean, &y->mean, sizeof x->mean);
    assert_memory_equal(&x->end, &y->end, sizeof x->end);
}

/* Priors that look elsewhere, and grids that are longer and shorter, in the same memory. */
static void what_was_averaged_before_and_the_threads_change_no_bit(void **state)
{
    static const double delta[] = {0.0625, 1e-6, 4.0, 0.0625, 0.0625};
    static const double largest[] = {1e4, 1e6, 1e5, 1e4, 1e6};
    struct counts *counts = reference_counts("UKdat_4", *state);
    struct graphs *again = graphs_open(4, 2, NULL);

    for (size_t i = 0; i < sizeof delta / sizeof delta[0]; i++) {
        struct graphs *once = graphs_open(4, 1, NULL);
        struct graphs_posterior x;
        struct graphs_posterior y;
        struct graphs_grid grid;

        graphs_grid_make(largest[i], *state, &grid);
        assert_true(graphs_average(again, counts->y, delta[i], &grid, *state, &x));
        assert_true(graphs_average(once, counts->y, delta[i], &grid, *state, &y));
        assert_same(&x, &y, grid.points);
        graphs_close(once);
    }
    graphs_close(again);
}

static struct estimate *by_graphs_of(const char *table, struct arena *a)
{
    struct estimate_options options = {.method = method_find(S("graphs")), .threads = 2};
    struct estimate *x = arena_new(a, 1, struct estimate);
    struct err e;

    assert_int_equal(estimate(reference_counts(table, a), &options, a, x, &e), OK);
    return x;
}

static void the_method_tells_median_and_credible_limits(void **state)
{
    struct estimate *x = by_graphs_of("UKdat_4", *state);

    assert_int_equal(x->interval, ESTIMATE_CREDIBLE);
    assert_near(x->nhat, 11363.0, 5.0);
    assert_near(x->ci95[0], 9542.0, 10.0);
    assert_near(x->ci95[1], 13548.0, 10.0);
    assert_string_equal(x->model.name, "[12,13,24]");
    assert_int_equal(x->models_tried, 61);
    assert_int_equal(x->alternatives, 2);
}

/* The peers' usual grid ends at 30 times the people seen, where Ned's posterior is still 0.17 % of its peak.
 */
static void the_tail_is_not_cut_where_a_short_grid_ends(void **state)
{
    struct estimate *x = by_graphs_of("Ned_5", *state);

    assert_near(x->ci95[1], 210296.0, 100.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(every_posterior_is_that_of_the_peer),
        WITH_ARENA(the_ten_most_probable_graphs_are_those_of_the_peer),
        WITH_ARENA(there_are_as_many_graphs_as_known),
        WITH_ARENA(the_wide_grid_gives_what_all_whole_numbers_give),
        WITH_ARENA(what_was_averaged_before_and_the_threads_change_no_bit),
        WITH_ARENA(the_method_tells_median_and_credible_limits),
        WITH_ARENA(the_tail_is_not_cut_where_a_short_grid_ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
