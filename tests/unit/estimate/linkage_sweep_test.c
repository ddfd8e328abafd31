/* How the figure moves with missed and false links. */
#include "estimate/linkage_sweep.h"

#include "reference.h"

#include "base/rng.h"

#include <string.h>

enum { LISTS = 3, CELLS = 8 };

static const uint32_t seen[CELLS] = {0, 900, 800, 100, 700, 90, 80, 30};

static int64_t people_on(const uint32_t *y, uint32_t list)
{
    int64_t n = 0;

    for (uint32_t h = 1; h < CELLS; h++)
        if (h & list)
            n += y[h];
    return n;
}

static void no_errors_leave_the_table_alone(void **state)
{
    uint32_t y[CELLS];
    struct rng r = rng_open(1, 0);

    (void)state;
    linkage_sweep_undo(seen, LISTS, (struct linkage_rates){0}, &r, y);
    assert_memory_equal(y, seen, sizeof y);
}

static void every_list_keeps_its_people(void **state)
{
    struct rng r = rng_open(2, 0);

    (void)state;
    for (int i = 0; i < 200; i++) {
        uint32_t y[CELLS];

        linkage_sweep_undo(seen, LISTS, (struct linkage_rates){rng_unit(&r) * 0.9, rng_unit(&r) * 0.9}, &r,
                           y);
        for (uint32_t list = 1; list < CELLS; list *= 2)
            assert_int_equal(people_on(y, list), people_on(seen, list));
    }
}

/* Links are missed in a table whose truth is known, and made good again: on average the truth comes back. */
static void missed_links_are_made_good_on_average(void **state)
{
    enum { TABLES = 400 };
    const double missed = 0.2;
    double overlap = 0.0;
    struct rng r = rng_open(3, 0);

    (void)state;
    for (int i = 0; i < TABLES; i++) {
        uint32_t damaged[4] = {0, 1000, 1000, 400};
        uint32_t y[4];
        uint32_t lost = (uint32_t)rng_binomial(&r, 400, missed);

        damaged[3] -= lost;
        damaged[1] += lost;
        damaged[2] += lost;
        linkage_sweep_undo(damaged, 2, (struct linkage_rates){.missed = missed}, &r, y);
        overlap += (double)y[3] / TABLES;
    }
    /* One table's overlap varies by about sqrt(80 + 80 / 0.8) / 0.8 = 17, the mean of 400 by 0.9. */
    assert_near(overlap, 400.0, 5.0);
}

static void false_links_are_taken_apart(void **state)
{
    uint32_t y[4];
    static const uint32_t two[4] = {0, 0, 0, 100000};
    struct rng r = rng_open(4, 0);

    (void)state;
    linkage_sweep_undo(two, 2, (struct linkage_rates){.untrue = 0.1}, &r, y);
    assert_near((double)y[1], 10000.0, 6.0 * 95.0);
    assert_int_equal(y[1], y[2]);
    assert_int_equal(y[3] + y[1], 100000);
}

static struct linkage_sweep sweep_of(struct linkage_rates rates, int threads, struct arena *a)
{
    struct estimate_options options = estimate_options_default();
    struct linkage_sweep sweep;
    struct err e;

    options.threads = threads;
    assert_int_equal(linkage_sweep_run(reference_counts("HIV_Rome", a), rates, &options, a, &sweep, &e), OK);
    return sweep;
}

static void missed_links_made_good_lower_the_figure_and_false_ones_raise_it(void **state)
{
    struct linkage_sweep missed = sweep_of((struct linkage_rates){.missed = 0.3}, 1, *state);
    struct linkage_sweep untrue = sweep_of((struct linkage_rates){.untrue = 0.3}, 1, *state);

    assert_true(missed.step[4].nhat < missed.step[0].nhat);
    assert_true(untrue.step[4].nhat > untrue.step[0].nhat);
}

static void the_first_step_is_the_estimate_itself(void **state)
{
    struct linkage_sweep sweep = sweep_of((struct linkage_rates){.missed = 0.1}, 1, *state);
    struct estimate_options options = estimate_options_default();
    struct estimate x;
    struct err e;

    options.replicates = 0;
    assert_int_equal(estimate(reference_counts("HIV_Rome", *state), &options, *state, &x, &e), OK);
    assert_close(sweep.step[0].nhat, x.nhat);
}

static void the_number_of_threads_changes_nothing(void **state)
{
    struct linkage_rates rates = {.missed = 0.1, .untrue = 0.05};
    struct linkage_sweep one = sweep_of(rates, 1, *state);
    struct linkage_sweep two = sweep_of(rates, 2, *state);

    for (size_t i = 0; i < LINKAGE_SWEEP_STEPS; i++)
        assert_memory_equal(&one.step[i].nhat, &two.step[i].nhat, sizeof one.step[i].nhat);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(no_errors_leave_the_table_alone),
        WITH_ARENA(every_list_keeps_its_people),
        WITH_ARENA(missed_links_are_made_good_on_average),
        WITH_ARENA(false_links_are_taken_apart),
        WITH_ARENA(missed_links_made_good_lower_the_figure_and_false_ones_raise_it),
        WITH_ARENA(the_first_step_is_the_estimate_itself),
        WITH_ARENA(the_number_of_threads_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
