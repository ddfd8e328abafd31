/* Noise for differential privacy: its distribution, its budget, and what a round with it tells. */
#include "cities.h"

#include "secure/noise.h"

#include <math.h>
#include <sodium.h>
#include <string.h>

enum { DRAWS = 40000, FAR = 8 };

/* The probability of k, in closed form. */
static double probability(const struct noise *x, int64_t k)
{
    const double alpha = exp(-(double)x->budget / (1000.0 * (double)x->touched));

    return (1.0 - alpha) / (1.0 + alpha) * pow(alpha, fabs((double)k));
}

/* Chi-squared of DRAWS numbers by their values -FAR..FAR, and all beyond; 2 FAR + 1 degrees of freedom. */
static double distance(const struct noise *x)
{
    double seen[2 * FAR + 1] = {0};
    double beyond = DRAWS;
    double rest = 1.0;
    double sum = 0.0;

    for (size_t i = 0; i < DRAWS; i++) {
        int64_t k = noise_draw(x);

        if (k >= -FAR && k <= FAR)
            seen[k + FAR]++;
    }
    for (int64_t k = -FAR; k <= FAR; k++) {
        const double expected = DRAWS * probability(x, k);

        sum += pow(seen[k + FAR] - expected, 2) / expected;
        beyond -= seen[k + FAR];
        rest -= probability(x, k);
    }
    return sum + pow(beyond - DRAWS * rest, 2) / (DRAWS * rest);
}

/* 17 degrees of freedom: above 80 in fewer than one of 10^9 times. */
static void numbers_are_spread_as_the_budget_says(void **state)
{
    (void)state;
    assert_true(sodium_init() >= 0);
    assert_true(distance(&(struct noise){.budget = 500, .touched = 1}) < 80);
    assert_true(distance(&(struct noise){.budget = 1000, .touched = 3}) < 80);
    assert_true(distance(&(struct noise){.budget = 333, .touched = 1}) < 80);
}

static void another_budget_is_told_from_it(void **state)
{
    const struct noise half = {.budget = 500, .touched = 1};
    double sum = 0.0;

    (void)state;
    assert_true(sodium_init() >= 0);
    for (size_t i = 0; i < DRAWS; i++)
        sum += pow((double)noise_draw(&(struct noise){.budget = 600, .touched = 1}), 2);
    assert_true(sqrt(sum / DRAWS) < 0.9 * noise_sd(&half, 1));
}

static void the_told_deviation_is_that_of_the_distribution(void **state)
{
    const struct noise x = {.budget = 700, .touched = 2};
    double variance = 0.0;

    (void)state;
    for (int64_t k = -400; k <= 400; k++)
        variance += (double)(k * k) * probability(&x, k);
    assert_true(fabs(noise_sd(&x, 9) / sqrt(9.0 * variance) - 1.0) < 1e-9);
    assert_true(noise_sd(&(struct noise){0}, 9) == 0.0);
}

/* One person more changes the chance of no number by more than exp(epsilon). */
static void a_person_changes_chances_by_no_more_than_the_budget(void **state)
{
    const struct noise x = {.budget = 800, .touched = 1};

    (void)state;
    for (int64_t k = -50; k <= 50; k++)
        assert_true(fabs(log(probability(&x, k) / probability(&x, k - 1))) <= 0.8 + 1e-12);
}

static void add(struct cities *c, size_t cells, struct noise noise, struct sum_cell *out, struct arena *a)
{
    struct err e;

    cities_open_noisy(c, 6, cells, noise, a);
    cities_join(c, ALL);
    cities_give(c, ALL & ~(uint64_t)1);
    cities_reveal(c, ALL & ~(uint64_t)1);
    assert_int_equal(cities_add(c, out, &e), OK);
}

/* Of 200 cells the squares of what differs add up to about 200 times the variance: 20 % is seven deviations.
 */
static void sums_differ_from_the_truth_by_the_noise_of_each_city(void **state)
{
    enum { CELLS = 2000 };
    const struct noise noise = {.budget = 1000, .touched = 1};
    struct sum_cell *sum = arena_new(*state, CELLS, struct sum_cell);
    struct cities c;
    double squares = 0.0;

    add(&c, CELLS, noise, sum, *state);
    for (size_t i = 0; i < CELLS; i++) {
        int64_t truth = 0;

        for (size_t k = 1; k < 6; k++) /* the first dropped out */
            truth += c.figure[k * CELLS + i];
        squares += pow((double)(sum[i].total - truth), 2);
        assert_int_equal(sum[i].cities, 0);
    }
    assert_true(fabs(sqrt(squares / CELLS) / noise_sd(&noise, 5) - 1.0) < 0.2);
}

static void the_budget_is_part_of_the_round(void **state)
{
    struct cities c;
    struct cities other;

    cities_open_noisy(&c, 6, 3, (struct noise){.budget = 1000, .touched = 2}, *state);
    cities_open_noisy(&other, 6, 3, (struct noise){.budget = 1001, .touched = 2}, *state);
    assert_int_equal(c.round.noise.budget, 1000);
    assert_int_equal(c.round.noise.touched, 2);
    assert_memory_not_equal(c.round.hash, other.round.hash, sizeof c.round.hash);
}

static void a_budget_that_is_none_is_refused(void **state)
{
    static const struct noise wrong[] = {{.budget = NOISE_MOST_BUDGET + 1, .touched = 1},
                                         {.budget = 1, .touched = 0},
                                         {.budget = 1, .touched = NOISE_MOST_TOUCHED + 1}};
    struct cities c;
    struct err e;

    cities_open(&c, 6, 3, *state);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct text out = text_open(*state);

        c.round.noise = wrong[i];
        assert_int_equal(round_write(&out, &c.round, &c.county, *state, &e), USAGE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_spread_as_the_budget_says),
        cmocka_unit_test(another_budget_is_told_from_it),
        cmocka_unit_test(the_told_deviation_is_that_of_the_distribution),
        cmocka_unit_test(a_person_changes_chances_by_no_more_than_the_budget),
        WITH_ARENA(sums_differ_from_the_truth_by_the_noise_of_each_city),
        WITH_ARENA(the_budget_is_part_of_the_round),
        WITH_ARENA(a_budget_that_is_none_is_refused),
    };

    return cmocka_run_group_tests_name("noise", tests, NULL, NULL);
}
