/* The dark figure of a rounded table. */
#include "mapping/from_cube.h"

#include "../unit.h"
#include "base/rng.h"
#include "estimate/pooled.h"
#include "mapping/cube_draws.h"
#include "mapping/cube_people.h"
#include "mapping/example.h"
#include "protect/cube.h"

#include <math.h>

/* Three lists: multiples of 5 and of 10, so that a cube of either base shows them as they are. */
static const char histories[] =
    "A,B,C,count\n1,0,0,200\n0,1,0,150\n0,0,1,100\n1,1,0,30\n1,0,1,20\n0,1,1,10\n1,1,1,10\n";

static const struct linkage_doubt no_doubt = {0};

static const struct counts *counts_of(void **state, const char *csv)
{
    struct counts *c = arena_new(*state, 1, struct counts);
    struct err e = {0};

    assert_int_equal(counts_read(c, "h", str_of(csv), *state, &e), OK);
    return c;
}

static const struct cube *rounded_by(void **state, const struct counts *c, const struct cube_options *how,
                                     const unsigned char *key)
{
    struct cube *cube = arena_new(*state, 1, struct cube);
    struct table *t = arena_new(*state, 1, struct table);
    struct err e = {0};

    assert_int_equal(
        table_make_histories(&(struct table_histories){c->lists, c->list, 0, NULL}, *state, t, &e), OK);
    for (uint32_t mask = 1; mask >> c->lists == 0; mask++)
        t->count[table_inner_of_history(&t->shape, c->lists, mask, NULL)] = c->y[mask];
    assert_int_equal(cube_make(t, how, key, *state, cube, &e), OK);
    return cube;
}

static const struct cube *cube_of(void **state, const struct counts *c, int64_t base)
{
    static const unsigned char key[CUBE_KEY_BYTES] = {1};

    return rounded_by(state, c, &(struct cube_options){.base = base, .id = S("test")}, key);
}

static struct estimate_options quick(void)
{
    struct estimate_options options = estimate_options_default();

    options.replicates = 100;
    return options;
}

static const struct cube_figures *figures_of(void **state, const struct cube *cube, const struct counts *like,
                                             const struct linkage_doubt *doubt)
{
    const struct evidence_wanted wanted = {.methods = true, .changes = true};
    const struct estimate_options options = quick();
    struct cube_figures *x = arena_new(*state, 1, struct cube_figures);
    struct err e = {0};

    assert_int_equal(cube_figures(cube, like, &options, &wanted, doubt, *state, x, &e), OK);
    return x;
}

static const struct cube_figures *figures(void **state, int64_t base, const struct linkage_doubt *doubt)
{
    const struct counts *c = counts_of(state, histories);

    return figures_of(state, cube_of(state, c, base), c, doubt);
}

static const struct estimate *estimated(void **state, const struct counts *c)
{
    struct estimate *x = arena_new(*state, 1, struct estimate);
    const struct estimate_options options = quick();
    struct err e = {0};

    assert_int_equal(estimate(c, &options, *state, x, &e), OK);
    return x;
}

static double width(const struct cube_figures *x)
{
    return log(x->estimate.ci95[1] / x->estimate.ci95[0]);
}

static void people_are_counted_as_the_table_shows_them(void **state)
{
    const struct counts *c = counts_of(state, "A,B,count\n1,0,103\n0,1,58\n1,1,21\n");
    struct counts shown;

    counts_from_cube(&shown, cube_of(state, c, 5), c, *state);
    assert_int_equal(shown.n, shown.y[1] + shown.y[2] + shown.y[3]);
    for (size_t mask = 1; mask < 4; mask++) {
        assert_int_equal(shown.y[mask] % 5, 0);
        assert_in_range(c->y[mask], shown.y[mask] - 4, shown.y[mask] + 4);
    }
}

/* As anybody can who has the table: draw, estimate, pool. */
static void the_figure_is_pooled_over_draws_of_the_shown_table(void **state)
{
    const struct counts *c = counts_of(state, histories);
    const struct cube_figures *x = figures(state, 5, &no_doubt);
    struct counts *draw = arena_new(*state, CUBE_DRAWS, struct counts);
    struct estimate *of = arena_new(*state, CUBE_DRAWS, struct estimate);
    struct estimate pooled;

    cube_draws(c, &(struct cube_rounding){.base = 5, .parts = 1}, quick().seed, CUBE_DRAWS, *state, draw);
    for (size_t i = 0; i < CUBE_DRAWS; i++)
        of[i] = *estimated(state, &draw[i]);
    pool_estimates(of, CUBE_DRAWS, *state, &pooled);
    assert_int_equal(x->estimate.status, ESTIMATE_POINT);
    assert_int_equal(x->estimate.interval, ESTIMATE_RUBIN);
    assert_true(fabs(x->estimate.nhat / pooled.nhat - 1.0) < 1e-9);
    assert_true(fabs(x->estimate.ci95[0] / pooled.ci95[0] - 1.0) < 1e-9);
    assert_true(fabs(x->estimate.ci95[1] / pooled.ci95[1] - 1.0) < 1e-9);
}

static void the_figure_stays_near_that_of_the_exact_people(void **state)
{
    const struct estimate *plain = estimated(state, counts_of(state, histories));

    assert_true(fabs(log(figures(state, 5, &no_doubt)->estimate.nhat / plain->nhat)) < 0.1);
}

static void what_the_rounding_may_have_moved_makes_the_limits_wider(void **state)
{
    const struct estimate *plain = estimated(state, counts_of(state, histories));
    const struct cube_figures *x = figures(state, 5, &no_doubt);

    assert_true(width(x) > log(plain->ci95[1] / plain->ci95[0]));
    assert_true(width(figures(state, 10, &no_doubt)) > width(x));
}

static void the_range_over_the_methods_holds_the_limits(void **state)
{
    const struct cube_figures *x = figures(state, 5, &no_doubt);

    assert_true(x->evidence.methods > 1);
    assert_true(x->evidence.range[0] <= x->estimate.ci95[0]);
    assert_true(x->evidence.range[1] >= x->estimate.ci95[1]);
    assert_false(x->evidence.has_diagnostics);
}

/* The six lists of the United Kingdom: exactly 11,418. Rounded by this key, one pair of lists more stands
 * out. */
static void the_limits_hold_the_exact_figure_where_the_model_hangs_on_the_rounding(void **state)
{
    static const unsigned char key[CUBE_KEY_BYTES] = {7};
    const struct counts *c = counts_of(state, example_histories);
    const struct cube_figures *x =
        figures_of(state, rounded_by(state, c, &(struct cube_options){.id = S("price")}, key), c, &no_doubt);

    assert_int_equal(x->estimate.status, ESTIMATE_RANGE);
    assert_int_equal(x->estimate.reason.kind, ESTIMATE_MODELS_DISAGREE);
    assert_true(x->estimate.range[0] < 11418.0 && x->estimate.range[1] > 11418.0);
}

static void a_figure_that_rests_on_many_is_hardly_moved(void **state)
{
    const struct counts *c =
        counts_of(state, "A,B,C,count\n1,0,0,20000\n0,1,0,15000\n0,0,1,10000\n1,1,0,3000\n1,0,1,2000\n"
                         "0,1,1,1500\n1,1,1,300\n");
    const struct estimate *plain = estimated(state, c);
    const struct cube_figures *x = figures_of(state, cube_of(state, c, 5), c, &no_doubt);

    assert_true(fabs(x->estimate.nhat / plain->nhat - 1.0) < 0.002);
    assert_true(width(x) < 1.05 * log(plain->ci95[1] / plain->ci95[0]));
}

/* One pair shows nobody, which it may share all the same; the three-list table as it stands is refused. */
static void a_pair_that_shows_nobody_may_share_a_few(void **state)
{
    const struct counts *c =
        counts_of(state, "A,B,C,count\n1,0,0,60\n0,1,0,60\n0,0,1,60\n1,1,0,10\n1,0,1,10\n");
    const struct cube_figures *x = figures_of(state, cube_of(state, c, 5), c, &no_doubt);

    assert_int_equal(estimated(state, c)->status, ESTIMATE_REFUSED);
    assert_int_equal(x->estimate.status, ESTIMATE_POINT);
}

static void few_on_two_lists_are_told_to_be_few(void **state)
{
    const struct counts *c = counts_of(state, "A,B,count\n1,0,60\n0,1,60\n1,1,5\n");
    const struct cube_figures *x = figures_of(state, cube_of(state, c, 5), c, &no_doubt);

    assert_int_equal(x->estimate.status, ESTIMATE_RANGE);
    assert_int_equal(x->estimate.reason.kind, ESTIMATE_FEW_OVERLAPS);
}

/* A city of 200 of whom each is on the first list by a chance of 0.5, and on the second by 0.625. */
static const struct counts *city_of(void **state, uint64_t number)
{
    struct rng r = rng_open(number, 0);
    int people[4] = {0};

    for (size_t i = 0; i < 200; i++)
        people[(rng_unit(&r) < 0.5) + 2 * (rng_unit(&r) < 0.625)]++;
    return counts_of(
        state, arena_printf(*state, "A,B,count\n1,0,%d\n0,1,%d\n1,1,%d\n", people[1], people[2], people[3]));
}

static bool holds(const struct estimate *x, double people)
{
    return x->status == ESTIMATE_POINT && x->ci95[0] <= people && people <= x->ci95[1];
}

/* Rounded to tens, 62 on both lists are moved by 4: as much as the limits from the exact counts are wide. */
static void two_lists_hold_the_truth_as_often_as_from_the_exact_counts(void **state)
{
    enum { CITIES = 600 };
    int exactly = 0;
    int told = 0;

    (void)state;
    for (uint64_t i = 1; i <= CITIES; i++) {
        struct arena *a = arena_open();
        void *of_city = a;
        const unsigned char key[CUBE_KEY_BYTES] = {(unsigned char)i, (unsigned char)(i >> 8)};
        const struct cube_options tens = {.base = 10, .id = S("test")};
        const struct counts *c = city_of(&of_city, i);
        const struct cube *cube = rounded_by(&of_city, c, &tens, key);

        exactly += holds(estimated(&of_city, c), 200.0);
        told += holds(&figures_of(&of_city, cube, c, &no_doubt)->estimate, 200.0);
        arena_close(a);
    }
    assert_in_range(exactly, 0.93 * CITIES, 0.98 * CITIES);
    assert_in_range(told, exactly, 0.98 * CITIES);
}

static void doubt_of_who_is_who_counts_in_whole_tenths(void **state)
{
    const struct cube_figures *none = figures(state, 5, &(struct linkage_doubt){20, 0.0});
    const struct cube_figures *less = figures(state, 5, &(struct linkage_doubt){20, 0.31});
    const struct cube_figures *more = figures(state, 5, &(struct linkage_doubt){20, 0.39});

    assert_int_equal(less->estimate.linkages, 20);
    assert_true(width(less) > width(none));
    assert_true(width(less) == width(more));
}

/* 520 are shown, from which the people of a draw are less than 5. */
static void no_limit_is_below_the_people_on_the_lists(void **state)
{
    const struct cube_figures *x = figures(state, 5, &(struct linkage_doubt){20, 1.0});

    assert_in_range(x->estimate.n, 516, 524);
    assert_true(x->estimate.ci95[0] >= (double)x->estimate.n);
    assert_true(x->evidence.range[0] >= 516.0);
}

static void what_cannot_be_estimated_is_refused(void **state)
{
    const struct counts *c = counts_of(state, "A,B,C,count\n1,0,0,200\n0,1,0,150\n0,0,1,100\n");
    const struct cube_figures *x = figures_of(state, cube_of(state, c, 5), c, &no_doubt);

    assert_int_equal(x->estimate.status, ESTIMATE_REFUSED);
    assert_true(isnan(x->estimate.ci95[0]) && isnan(x->evidence.range[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(people_are_counted_as_the_table_shows_them),
        WITH_ARENA(the_figure_is_pooled_over_draws_of_the_shown_table),
        WITH_ARENA(the_figure_stays_near_that_of_the_exact_people),
        WITH_ARENA(what_the_rounding_may_have_moved_makes_the_limits_wider),
        WITH_ARENA(the_range_over_the_methods_holds_the_limits),
        WITH_ARENA(the_limits_hold_the_exact_figure_where_the_model_hangs_on_the_rounding),
        WITH_ARENA(a_figure_that_rests_on_many_is_hardly_moved),
        WITH_ARENA(a_pair_that_shows_nobody_may_share_a_few),
        WITH_ARENA(few_on_two_lists_are_told_to_be_few),
        WITH_ARENA(two_lists_hold_the_truth_as_often_as_from_the_exact_counts),
        WITH_ARENA(doubt_of_who_is_who_counts_in_whole_tenths),
        WITH_ARENA(no_limit_is_below_the_people_on_the_lists),
        WITH_ARENA(what_cannot_be_estimated_is_refused),
    };

    return cmocka_run_group_tests_name("from_cube", tests, NULL, NULL);
}
