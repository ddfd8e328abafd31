/* Random numbers of named distributions. */
#include "base/variate.h"

#include "../unit.h"

#include <math.h>

enum { DRAWS = 200000 };

/* The mean of `draws` values against `mean`: 6 standard errors fail by chance below 1 in 10^8. */
static void assert_mean(double sum, double mean, double variance)
{
    assert_true(fabs(sum / DRAWS - mean) < 6.0 * sqrt(variance / DRAWS));
}

static void normals_have_the_moments_of_the_standard_normal(void **state)
{
    struct rng r = rng_open(3, 0);
    double sum = 0.0;
    double squares = 0.0;
    double fourths = 0.0;

    (void)state;
    for (int i = 0; i < DRAWS; i++) {
        double z = variate_normal(&r);
        sum += z;
        squares += z * z;
        fourths += z * z * z * z;
    }
    assert_mean(sum, 0.0, 1.0);
    assert_mean(squares, 1.0, 2.0);
    assert_mean(fourths, 3.0, 96.0);
}

static void gammas_have_their_mean_and_variance(void **state)
{
    static const double shapes[] = {0.3, 1.0, 4.5, 3000.0};

    (void)state;
    for (size_t k = 0; k < 4; k++) {
        struct rng r = rng_open(4, k);
        double a = shapes[k];
        double sum = 0.0;
        double squares = 0.0;

        for (int i = 0; i < DRAWS; i++) {
            double x = variate_gamma(&r, a);
            sum += x;
            squares += (x - a) * (x - a);
        }
        assert_mean(sum, a, a);
        assert_mean(squares, a, 2.0 * a * a + 6.0 * a);
    }
}

/* The mean of the logarithm is the digamma function: -gamma - 1/a + pi^2 a / 6 for a small a. */
static void the_logarithm_of_a_gamma_of_tiny_shape_is_finite(void **state)
{
    const double a = 1e-3;
    struct rng r = rng_open(5, 0);
    double sum = 0.0;

    (void)state;
    for (int i = 0; i < DRAWS; i++) {
        double x = variate_log_gamma(&r, a);
        assert_true(isfinite(x));
        sum += x;
    }
    assert_mean(sum, -0.5772156649 - 1.0 / a + M_PI * M_PI / 6.0 * a, 1.0 / (a * a));
}

static void betas_have_their_mean(void **state)
{
    struct rng r = rng_open(6, 0);
    double sum = 0.0;

    (void)state;
    for (int i = 0; i < DRAWS; i++)
        sum += variate_beta(&r, 2.0, 7.0);
    assert_mean(sum, 2.0 / 9.0, 14.0 / 810.0);
}

static void poissons_have_their_mean_and_variance(void **state)
{
    static const double means[] = {0.01, 3.0, 9.9, 10.1, 60.0, 5e4, 1e9};

    (void)state;
    for (size_t k = 0; k < sizeof means / sizeof means[0]; k++) {
        struct rng r = rng_open(7, k);
        double m = means[k];
        double sum = 0.0;
        double squares = 0.0;

        for (int i = 0; i < DRAWS; i++) {
            double x = (double)variate_poisson(&r, m);
            sum += x - m;
            squares += (x - m) * (x - m);
        }
        assert_mean(sum, 0.0, m);
        assert_mean(squares, m, m + 2.0 * m * m);
    }
}

static void a_poisson_near_the_change_of_method_has_its_exact_distribution(void **state)
{
    const double mean = 12.0;
    struct rng r = rng_open(8, 0);
    double seen[64] = {0};
    double chi_square = 0.0;
    double mass = exp(-mean);

    (void)state;
    for (int i = 0; i < DRAWS; i++) {
        int64_t k = variate_poisson(&r, mean);
        if (k < 64)
            seen[k] += 1.0;
    }
    for (int k = 1; k <= 24; k++) {
        mass *= mean / k;
        if (k >= 3)
            chi_square += (seen[k] - DRAWS * mass) * (seen[k] - DRAWS * mass) / (DRAWS * mass);
    }
    assert_true(chi_square < 80.0); /* 22 terms: the chance of more is below 1 in 10^7 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normals_have_the_moments_of_the_standard_normal),
        cmocka_unit_test(gammas_have_their_mean_and_variance),
        cmocka_unit_test(the_logarithm_of_a_gamma_of_tiny_shape_is_finite),
        cmocka_unit_test(betas_have_their_mean),
        cmocka_unit_test(poissons_have_their_mean_and_variance),
        cmocka_unit_test(a_poisson_near_the_change_of_method_has_its_exact_distribution),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
