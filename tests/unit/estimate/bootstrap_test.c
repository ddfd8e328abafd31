/* Resampling people and estimating again. */
#include "estimate/bootstrap.h"

#include "reference.h"

#include "base/progress.h"
#include "estimate/by_stepwise.h"

#include <string.h>

static const double threshold = 0.02;

static struct bootstrap of_table(const char *name, int threads, struct arena *a)
{
    struct counts *counts = reference_counts(name, a);

    return (struct bootstrap){.lists = counts->lists,
                              .y = counts->y,
                              .estimator = &by_stepwise_estimator,
                              .with = &threshold,
                              .seed = 7,
                              .threads = threads};
}

static void a_resampled_table_has_as_many_people_and_no_new_history(void **state)
{
    struct counts *counts = reference_counts("UKdat", *state);
    struct rng r = rng_open(3, 0);
    uint32_t drawn[64];
    int64_t n = 0;

    bootstrap_resample(counts->y, 64, &r, drawn);
    for (size_t c = 0; c < 64; c++) {
        n += drawn[c];
        assert_true(drawn[c] == 0 || counts->y[c] > 0);
    }
    assert_int_equal(n, counts->n);
}

/* 10 000 draws of 907 expected: the mean is off by more than 6 standard errors once in 10^9. */
static void a_resampled_history_has_its_own_count_on_average(void **state)
{
    struct counts *counts = reference_counts("UKdat", *state);
    double n = (double)counts->n;
    double p = 907.0 / n;
    uint32_t drawn[64];
    double sum = 0.0;

    for (uint64_t i = 0; i < 10000; i++) {
        struct rng r = rng_open(5, i);
        bootstrap_resample(counts->y, 64, &r, drawn);
        sum += drawn[4];
    }
    assert_near(sum / 10000.0, 907.0, 6.0 * sqrt(n * p * (1.0 - p) / 10000.0));
}

static double sum_of(const uint32_t *y, size_t cells)
{
    double sum = 0.0;

    for (size_t c = 0; c < cells; c++)
        sum += y[c];
    return sum;
}

/* 1000 people in four histories of which nobody sees the first: means within 6 standard errors of 20 000
 * draws. */
static void a_table_drawn_from_a_model_has_its_means_and_no_unseen(void **state)
{
    const double mean[4] = {400.0, 300.0, 299.5, 0.5};
    double sum[4] = {0.0};
    double squares = 0.0;
    uint32_t drawn[4];

    (void)state;
    for (uint64_t i = 0; i < 20000; i++) {
        struct rng r = rng_open(11, i);
        bootstrap_draw(mean, 4, &r, drawn);
        assert_int_equal(drawn[0], 0);
        for (size_t c = 0; c < 4; c++)
            sum[c] += drawn[c] / 20000.0;
        double seen = sum_of(drawn, 4);
        squares += (seen - 600.0) * (seen - 600.0) / 20000.0;
    }
    for (size_t c = 1; c < 4; c++)
        assert_near(sum[c], mean[c], 6.0 * sqrt(mean[c] * (1.0 - mean[c] / 1000.0) / 20000.0));
    assert_near(squares, 1000.0 * 0.6 * 0.4,
                6.0 * 240.0 * sqrt(2.0 / 20000.0)); /* binomial, of N, not of n */
}

/* Of 10^21 people 100 are seen: their number is Poisson's, mean within 6 standard errors of 2000 draws. */
static void more_unseen_than_can_be_counted_leave_the_seen_as_they_are(void **state)
{
    const double mean[4] = {1e21, 60.0, 30.0, 10.0};
    double seen = 0.0;
    uint32_t drawn[4];

    (void)state;
    for (uint64_t i = 0; i < 2000; i++) {
        struct rng r = rng_open(17, i);
        bootstrap_draw(mean, 4, &r, drawn);
        seen += sum_of(drawn, 4) / 2000.0;
    }
    assert_near(seen, 100.0, 6.0 * sqrt(100.0 / 2000.0));
}

static void a_history_that_the_model_leaves_out_is_never_drawn(void **state)
{
    const double mean[8] = {1e6, 0.0, 1e-9, 3.0, 0.0, 5.0, 0.0, 0.0};
    uint32_t drawn[8];

    (void)state;
    for (uint64_t i = 0; i < 1000; i++) {
        struct rng r = rng_open(13, i);
        bootstrap_draw(mean, 8, &r, drawn);
        assert_true(drawn[1] + drawn[4] + drawn[6] + drawn[7] == 0);
    }
}

static void the_number_of_threads_changes_no_replicate(void **state)
{
    struct bootstrap one = of_table("UKdat_5", 1, *state);
    struct bootstrap two = of_table("UKdat_5", 2, *state);
    double a[300];
    double b[300];

    assert_true(bootstrap_run(&one, 0, 300, a));
    assert_true(bootstrap_run(&two, 0, 300, b));
    assert_memory_equal(a, b, sizeof a);
}

static void more_replicates_continue_where_fewer_ended(void **state)
{
    struct bootstrap b = of_table("UKdat_4", 1, *state);
    double whole[150];
    double parts[150];

    assert_true(bootstrap_run(&b, 0, 150, whole));
    assert_true(bootstrap_run(&b, 0, 50, parts));
    assert_true(bootstrap_run(&b, 50, 150, parts));
    assert_memory_equal(whole, parts, sizeof whole);
}

static void the_acceleration_is_that_of_the_peers(void **state)
{
    struct reference *r = reference_open("boot_BCa.csv", *state);

    while (reference_next(r)) {
        struct str name = reference_str(r, "dataset");
        struct bootstrap b = of_table(arena_cstr(*state, name.p, name.n), 1, *state);

        assert_close(bootstrap_acceleration(&b, *state), reference_f64(r, "ahat"));
    }
}

/* The peers' draws are others: medians of 1000 draws differ by sampling only, here at most 2 %. */
static void the_middle_of_the_replicates_is_that_of_the_peers(void **state)
{
    struct reference *r = reference_open("boot_stepwise_UKdat.csv", *state);
    struct bootstrap b = of_table("UKdat", 0, *state);
    double nhat[1000];
    size_t below = 0;
    size_t theirs_below = 0;

    assert_true(bootstrap_run(&b, 0, 1000, nhat));
    for (size_t i = 0; i < 1000; i++)
        below += nhat[i] < 11418.0;
    while (reference_next(r))
        theirs_below += reference_f64(r, "Nhat") < 11418.0;
    assert_near((double)below, (double)theirs_below, 110.0);
}

static void a_run_that_is_asked_to_stop_says_so(void **state)
{
    volatile atomic_bool stop = true;
    struct progress p = {.stop = &stop};
    struct bootstrap b = of_table("UKdat_4", 2, *state);
    double nhat[200];

    b.progress = &p;
    assert_false(bootstrap_run(&b, 0, 200, nhat));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_resampled_table_has_as_many_people_and_no_new_history),
        WITH_ARENA(a_resampled_history_has_its_own_count_on_average),
        cmocka_unit_test(a_table_drawn_from_a_model_has_its_means_and_no_unseen),
        cmocka_unit_test(more_unseen_than_can_be_counted_leave_the_seen_as_they_are),
        cmocka_unit_test(a_history_that_the_model_leaves_out_is_never_drawn),
        WITH_ARENA(the_number_of_threads_changes_no_replicate),
        WITH_ARENA(more_replicates_continue_where_fewer_ended),
        WITH_ARENA(the_acceleration_is_that_of_the_peers),
        WITH_ARENA(the_middle_of_the_replicates_is_that_of_the_peers),
        WITH_ARENA(a_run_that_is_asked_to_stop_says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
