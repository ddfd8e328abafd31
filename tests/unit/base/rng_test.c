/* Random streams, and blocks of work on threads. */
#include "base/rng.h"

#include "../unit.h"

#include "base/parallel.h"
#include "base/progress.h"

#include <math.h>
#include <string.h>

static void the_same_seed_and_stream_give_the_same_numbers(void **state)
{
    struct rng a = rng_open(7, 3);
    struct rng b = rng_open(7, 3);
    struct rng other = rng_open(7, 4);

    (void)state;
    assert_true(rng_u64(&a) == rng_u64(&b));
    assert_false(rng_u64(&a) == rng_u64(&other));
}

static void unit_numbers_stay_inside_their_interval(void **state)
{
    struct rng r = rng_open(1, 0);

    (void)state;
    for (int i = 0; i < 100000; i++) {
        double u = rng_unit(&r);
        double v = rng_open_unit(&r);
        assert_true(u >= 0.0 && u < 1.0);
        assert_true(v > 0.0 && v < 1.0);
    }
}

/* Mean and variance of `draws` binomials, against np and np(1-p): 6 standard errors fail by chance below 1 in
 * 10^8. */
static void check_binomial(int64_t n, double p)
{
    enum { DRAWS = 200000 };
    struct rng r = rng_open(11, (uint64_t)n);
    double sum = 0;
    double squares = 0;
    double mean = (double)n * p;
    double variance = mean * (1.0 - p);

    for (int i = 0; i < DRAWS; i++) {
        double k = (double)rng_binomial(&r, n, p);
        assert_true(k >= 0 && k <= (double)n);
        sum += k - mean;
        squares += (k - mean) * (k - mean);
    }
    assert_true(fabs(sum / DRAWS) < 6.0 * sqrt(variance / DRAWS));
    double fourth = 3.0 * variance * variance + variance * (1.0 - 6.0 * p * (1.0 - p));
    assert_true(fabs(squares / DRAWS - variance) < 6.0 * sqrt((fourth - variance * variance) / DRAWS));
}

static void binomials_have_their_mean_and_variance(void **state)
{
    (void)state;
    check_binomial(1, 0.3);
    check_binomial(20, 0.1);
    check_binomial(2744, 0.001);
    check_binomial(2744, 0.33);
    check_binomial(2744, 0.9);
    check_binomial(1000000, 0.5);
}

static void a_small_binomial_has_its_exact_distribution(void **state)
{
    enum { DRAWS = 400000, N = 30 };
    const double p = 0.4;
    struct rng r = rng_open(5, 5);
    double seen[N + 1] = {0};
    double chi_square = 0;

    (void)state;
    for (int i = 0; i < DRAWS; i++)
        seen[rng_binomial(&r, N, p)] += 1;
    for (int k = 4; k <= 20; k++) {
        double expected =
            DRAWS * exp(lgamma(N + 1) - lgamma(k + 1) - lgamma(N - k + 1) + k * log(p) + (N - k) * log1p(-p));
        chi_square += (seen[k] - expected) * (seen[k] - expected) / expected;
    }
    assert_true(chi_square < 72.0); /* 17 cells: exceeded by chance below 1 in 10^8 */
}

static void impossible_and_certain_events_are_exact(void **state)
{
    struct rng r = rng_open(1, 1);

    (void)state;
    assert_int_equal(rng_binomial(&r, 10, 0.0), 0);
    assert_int_equal(rng_binomial(&r, 10, 1.0), 10);
    assert_int_equal(rng_binomial(&r, 0, 0.5), 0);
}

static void square(void *work, size_t i)
{
    ((uint64_t *)work)[i] = i * i;
}

static void every_block_is_done_once_on_any_number_of_threads(void **state)
{
    uint64_t one[1000] = {0};
    uint64_t many[1000] = {0};

    (void)state;
    assert_true(parallel_for(1000, 1, square, one, NULL));
    assert_true(parallel_for(1000, 8, square, many, NULL));
    assert_int_equal(one[999], 999 * 999);
    assert_memory_equal(one, many, sizeof one);
}

static void work_stops_when_it_is_asked_to(void **state)
{
    volatile atomic_bool stop = true;
    struct progress p = {.stop = &stop};
    uint64_t done[10] = {0};

    (void)state;
    progress_begin(&p, "work", 10);
    assert_false(parallel_for(10, 2, square, done, &p));
    assert_int_equal(done[9], 0);
}

static void remember_percent(void *context, const char *what, int percent)
{
    assert_string_equal(what, "work");
    *(int *)context = percent;
}

static void progress_ends_at_a_hundred_percent(void **state)
{
    int last_percent = 0;
    struct progress p = {.show = remember_percent, .context = &last_percent};
    uint64_t done[10] = {0};

    (void)state;
    progress_begin(&p, "work", 10);
    assert_true(parallel_for(10, 1, square, done, &p));
    assert_int_equal(last_percent, 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_seed_and_stream_give_the_same_numbers),
        cmocka_unit_test(unit_numbers_stay_inside_their_interval),
        cmocka_unit_test(binomials_have_their_mean_and_variance),
        cmocka_unit_test(a_small_binomial_has_its_exact_distribution),
        cmocka_unit_test(impossible_and_certain_events_are_exact),
        cmocka_unit_test(every_block_is_done_once_on_any_number_of_threads),
        cmocka_unit_test(work_stops_when_it_is_asked_to),
        cmocka_unit_test(progress_ends_at_a_hundred_percent),
    };

    return cmocka_run_group_tests_name("rng", tests, NULL, NULL);
}
