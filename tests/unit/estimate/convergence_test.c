/* Have chains come to the same distribution? */
#include "estimate/convergence.h"

#include "../unit.h"

#include "base/variate.h"

#include <math.h>

enum { CHAINS = 4, N = 2000 };

/* Autoregressive chains; the last is moved by `shift` and stretched by `factor`. */
static double *draw_chains(double correlation, double shift, double factor, struct arena *a)
{
    double *draw = arena_new(a, (size_t)CHAINS * N, double);

    for (size_t c = 0; c < CHAINS; c++) {
        struct rng r = rng_open(1, c);
        double x = variate_normal(&r);

        for (size_t i = 0; i < N; i++) {
            x = correlation * x + sqrt(1.0 - correlation * correlation) * variate_normal(&r);
            draw[c * N + i] = c + 1 < CHAINS ? x : factor * x + shift;
        }
    }
    return draw;
}

static void independent_draws_have_rhat_1_and_tell_what_they_are(void **state)
{
    struct convergence c = convergence_of(draw_chains(0.0, 0.0, 1.0, *state), CHAINS, N, *state);

    assert_true(c.rhat < 1.005);
    assert_true(fabs(c.ess / (CHAINS * N) - 1.0) < 0.1);
}

static void a_chain_that_follows_itself_tells_less(void **state)
{
    /* (1 - r) / (1 + r) of the draws: the sum of the autocorrelations r^k in closed form. */
    struct convergence c = convergence_of(draw_chains(0.9, 0.0, 1.0, *state), CHAINS, N, *state);
    double expected = CHAINS * N * (1.0 - 0.9) / (1.0 + 0.9);

    assert_true(c.ess > 0.7 * expected && c.ess < 1.4 * expected);
}

static void a_chain_in_another_place_is_seen(void **state)
{
    assert_true(convergence_of(draw_chains(0.0, 1.0, 1.0, *state), CHAINS, N, *state).rhat > 1.05);
}

static void a_chain_with_another_spread_is_seen(void **state)
{
    assert_true(convergence_of(draw_chains(0.0, 0.0, 4.0, *state), CHAINS, N, *state).rhat > 1.05);
}

static void only_the_order_of_draws_counts(void **state)
{
    double *draw = draw_chains(0.5, 0.3, 1.0, *state);
    struct convergence before = convergence_of(draw, CHAINS, N, *state);

    for (size_t i = 0; i < (size_t)CHAINS * N; i++)
        draw[i] = exp(5.0 * draw[i]);
    struct convergence after = convergence_of(draw, CHAINS, N, *state);
    assert_true(fabs(after.ess - before.ess) < 1e-6 * before.ess);
}

static void draws_that_never_change_are_at_rest(void **state)
{
    double *draw = arena_new(*state, (size_t)CHAINS * N, double);
    struct convergence c = convergence_of(draw, CHAINS, N, *state);

    assert_true(c.rhat >= 1.0 && c.rhat <= 1.0);
    assert_true(c.ess >= CHAINS * N);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(independent_draws_have_rhat_1_and_tell_what_they_are),
        WITH_ARENA(a_chain_that_follows_itself_tells_less),
        WITH_ARENA(a_chain_in_another_place_is_seen),
        WITH_ARENA(a_chain_with_another_spread_is_seen),
        WITH_ARENA(only_the_order_of_draws_counts),
        WITH_ARENA(draws_that_never_change_are_at_rest),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
