/* Intervals, against closed forms and the peers' stored replicates. */
#include "estimate/interval.h"

#include "reference.h"

#include <stdlib.h>

static void the_normal_quantile_inverts_the_distribution(void **state)
{
    static const double p[] = {1e-300, 1e-9, 0.001, 0.025, 0.3, 0.5, 0.6, 0.975, 0.999999};

    (void)state;
    for (size_t i = 0; i < sizeof p / sizeof p[0]; i++)
        assert_true(relative_error(interval_normal(interval_normal_quantile(p[i])), p[i]) < 1e-11);
    assert_near(interval_normal_quantile(0.975), 1.959963984540054, 1e-14);
    assert_true(isinf(interval_normal_quantile(0.0)) && isinf(interval_normal_quantile(1.0)));
}

static void the_wald_limits_lie_around_the_estimate_on_the_log_scale(void **state)
{
    double low = interval_wald(100.0, 50.0, 0.3, 0.025) - 100.0;
    double high = interval_wald(100.0, 50.0, 0.3, 0.975) - 100.0;

    (void)state;
    assert_near(low * high, 50.0 * 50.0, 1e-9);
}

static void the_quantile_is_that_of_definition_8(void **state)
{
    static const double x[] = {1.0, 2.0, 4.0, 8.0};

    (void)state;
    assert_near(interval_quantile(x, 4, 0.5), 3.0, 1e-12);
    assert_near(interval_quantile(x, 4, 0.25), 1.0 + 5.0 / 12.0, 1e-12);
    assert_near(interval_quantile(x, 4, 0.0), 1.0, 0.0);
    assert_near(interval_quantile(x, 4, 1.0), 8.0, 0.0);
    for (int i = 0; i <= 10; i++) { /* of one figure each is that, and of none there is none */
        assert_near(interval_quantile(x + 2, 1, i / 10.0), 4.0, 0.0);
        assert_true(isnan(interval_quantile(x, 0, i / 10.0)));
    }
}

static void an_infinite_replicate_makes_an_upper_quantile_infinite(void **state)
{
    static const double x[] = {1.0, 2.0, 4.0, INFINITY};

    (void)state;
    assert_true(isinf(interval_quantile(x, 4, 0.9)));
    assert_true(isfinite(interval_quantile(x, 4, 0.5)));
}

/* An estimate that all or none of them are below leaves the limits unresolved. */
static void the_bias_is_the_share_of_replicates_below_the_estimate(void **state)
{
    static const double x[] = {1.0, 2.0, 2.0, 3.0};

    (void)state;
    assert_near(interval_bca(x, 4, 2.5, 0.0).bias, interval_normal_quantile(0.75), 1e-12);
    assert_near(interval_bca(x, 4, 2.0, 0.0).bias, interval_normal_quantile(0.25), 1e-12);
    struct interval_bca above = interval_bca(x, 4, 9.0, 0.0);
    struct interval_bca below = interval_bca(x, 4, 0.5, 0.0);
    assert_true(isinf(above.bias) && above.bias > 0.0);
    assert_true(isinf(below.bias) && below.bias < 0.0);
    assert_false(interval_bca_is_resolved(&above, 0.5) || interval_bca_is_resolved(&below, 0.5));
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;

    return (a > b) - (a < b);
}

static size_t stored_replicates(const char *table, double *out, struct arena *a)
{
    struct reference *r = reference_open(arena_printf(a, "boot_stepwise_%s.csv", table), a);
    size_t n = 0;

    while (reference_next(r))
        out[n++] = reference_f64(r, "Nhat");
    qsort(out, n, sizeof *out, compare);
    return n;
}

static double stored_acceleration(const char *table, struct arena *a)
{
    struct reference *r = reference_open(arena_printf(a, "jack_stepwise_%s.csv", table), a);
    double without[64];
    double weight[64];
    size_t n = 0;

    for (; n < 64 && reference_next(r); n++) {
        without[n] = reference_f64(r, "jack_Nhat");
        weight[n] = reference_f64(r, "count");
    }
    return interval_acceleration(without, weight, n);
}

static void stored_replicates_give_the_stored_limits(void **state)
{
    struct reference *r = reference_open("boot_BCa.csv", *state);
    double *nhat = arena_new(*state, 1000, double);

    while (reference_next(r)) {
        struct str name = reference_str(r, "dataset");
        const char *table = arena_cstr(*state, name.p, name.n);
        size_t n = stored_replicates(table, nhat, *state);
        double acceleration = stored_acceleration(table, *state);
        struct interval_bca b = interval_bca(nhat, n, reference_f64(r, "popest"), acceleration);

        assert_close(acceleration, reference_f64(r, "ahat"));
        assert_close(b.bias, reference_f64(r, "z0"));
        assert_close(interval_quantile(nhat, n, interval_bca_level(&b, 0.025)), reference_f64(r, "q025"));
        assert_close(interval_quantile(nhat, n, interval_bca_level(&b, 0.1)), reference_f64(r, "q10"));
        assert_close(interval_quantile(nhat, n, interval_bca_level(&b, 0.9)), reference_f64(r, "q90"));
        assert_close(interval_quantile(nhat, n, interval_bca_level(&b, 0.975)), reference_f64(r, "q975"));
    }
}

static void a_limit_that_needs_the_outermost_replicates_is_not_resolved(void **state)
{
    struct interval_bca b = {.bias = -0.53, .acceleration = -0.013, .replicates = 1000};

    (void)state;
    assert_false(interval_bca_is_resolved(&b, 0.025));
    b.replicates = 100000;
    assert_true(interval_bca_is_resolved(&b, 0.025));
}

static void replicates_on_one_side_of_the_estimate_resolve_nothing(void **state)
{
    static const double x[] = {5.0, 6.0, 7.0};
    struct interval_bca b = interval_bca(x, 3, 4.0, 0.0);

    (void)state;
    b.replicates = 1000000;
    assert_true(isinf(b.bias));
    assert_false(interval_bca_is_resolved(&b, 0.975));
}

static void without_acceleration_and_bias_the_limits_are_percentiles(void **state)
{
    struct interval_bca b = {.bias = 0.0, .acceleration = 0.0, .replicates = 1000};

    (void)state;
    assert_near(interval_bca_level(&b, 0.025), 0.025, 1e-14);
    assert_near(interval_bca_level(&b, 0.9), 0.9, 1e-14);
}

static void an_infinite_estimate_with_one_less_leaves_no_acceleration(void **state)
{
    static const double without[] = {100.0, INFINITY};
    static const double weight[] = {10.0, 1.0};

    (void)state;
    assert_true(isnan(interval_acceleration(without, weight, 2)));
}

/* One whom nobody misses speeds nothing up; and the sign is that of the longer tail. */
static void acceleration_is_nothing_without_influence_and_has_the_sign_of_the_tail(void **state)
{
    static const double alike[] = {100.0, 100.0, 100.0};
    static const double one_less[] = {100.0, 100.0, 70.0};
    static const double one_more[] = {100.0, 100.0, 130.0};
    static const double weight[] = {1.0, 1.0, 1.0};

    (void)state;
    assert_true(interval_acceleration(alike, weight, 3) == 0.0);
    assert_true(interval_acceleration(one_less, weight, 3) > 0.0);
    assert_near(interval_acceleration(one_less, weight, 3), -interval_acceleration(one_more, weight, 3),
                1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_normal_quantile_inverts_the_distribution),
        cmocka_unit_test(the_wald_limits_lie_around_the_estimate_on_the_log_scale),
        cmocka_unit_test(the_quantile_is_that_of_definition_8),
        cmocka_unit_test(an_infinite_replicate_makes_an_upper_quantile_infinite),
        cmocka_unit_test(the_bias_is_the_share_of_replicates_below_the_estimate),
        WITH_ARENA(stored_replicates_give_the_stored_limits),
        cmocka_unit_test(a_limit_that_needs_the_outermost_replicates_is_not_resolved),
        cmocka_unit_test(replicates_on_one_side_of_the_estimate_resolve_nothing),
        cmocka_unit_test(without_acceleration_and_bias_the_limits_are_percentiles),
        cmocka_unit_test(an_infinite_estimate_with_one_less_leaves_no_acceleration),
        cmocka_unit_test(acceleration_is_nothing_without_influence_and_has_the_sign_of_the_tail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
