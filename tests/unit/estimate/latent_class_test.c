/* Sampling latent classes, against brute force. */
#include "estimate/latent_class.h"

#include "reference.h"

#include "base/variate.h"
#include "estimate/latent_chain.h"

#include <string.h>

enum { LISTS = 3, CLASSES = 3 };

static const uint32_t few[8] = {0, 6, 4, 3, 5, 2, 0, 1};

/* Weights and probabilities from their prior. */
static void draw_prior(struct latent_class *s, struct rng *r)
{
    double left = 1.0;

    *s = (struct latent_class){.concentration = variate_gamma(r, 0.25) / 0.25};
    for (size_t k = 0; k < CLASSES; k++) {
        double stick = pow(rng_open_unit(r), 1.0 / s->concentration); /* 1 - V, V ~ Beta(1, alpha) */

        s->weight[k] = k + 1 < CLASSES ? left * (1.0 - stick) : left;
        left *= stick;
        for (size_t j = 0; j < LISTS; j++)
            s->on[j][k] = rng_open_unit(r);
    }
}

static double seen_of(const struct latent_class *s)
{
    double seen = 0.0;

    for (size_t k = 0; k < CLASSES; k++) {
        double missed = 1.0;

        for (size_t j = 0; j < LISTS; j++)
            missed *= 1.0 - s->on[j][k];
        seen += s->weight[k] * (1.0 - missed);
    }
    return seen;
}

/* What is compared: the share seen, and each class's weight. */
enum { FIGURES = 1 + CLASSES };

static void add_figures(const struct latent_class *s, double weight, double sum[FIGURES])
{
    sum[0] += weight * seen_of(s);
    for (size_t k = 0; k < CLASSES; k++)
        sum[1 + k] += weight * s->weight[k];
}

/* Their posterior means, by draws from the prior weighted by the likelihood. */
static void weighted_means(const struct latent_table *t, double mean[FIGURES], double *error)
{
    enum { DRAWS = 400000 };
    struct rng r = rng_open(1, 0);
    struct latent_class s;
    double p[MODEL_MAX_CELLS];
    double weights = 0.0;
    double squares = 0.0;

    memset(mean, 0, FIGURES * sizeof *mean);
    for (int i = 0; i < DRAWS; i++) {
        double log_weight = 45.0;

        draw_prior(&s, &r);
        latent_class_log_probabilities(&s, t, p);
        for (size_t c = 0; c < t->cells; c++)
            log_weight += t->people[c] * p[c];
        double weight = exp(log_weight);
        add_figures(&s, weight, mean);
        squares += weight * weight;
        weights += weight;
    }
    for (size_t i = 0; i < FIGURES; i++)
        mean[i] /= weights;
    *error = 0.3 * sqrt(squares) / weights; /* of a share whose spread is below 0.3 */
}

static void the_sweeps_draw_from_the_posterior_that_weighted_prior_draws_give(void **state)
{
    enum { SWEEPS = 300000, BURNED = 2000 };
    struct latent_ladder *ladder = arena_new(*state, 1, struct latent_ladder);
    struct rng r = rng_open(2, 0);
    struct latent_class s;
    double expected[FIGURES];
    double sum[FIGURES] = {0.0};
    double error = 0.0;

    latent_ladder_make(ladder, few, LISTS, CLASSES);
    weighted_means(&ladder->table[0], expected, &error);
    latent_class_start(&s, &ladder->table[0], 2, &r);
    for (int i = 0; i < SWEEPS + BURNED; i++) {
        latent_class_sweep(&s, &ladder->table[0], &r);
        if (i >= BURNED)
            add_figures(&s, 1.0 / SWEEPS, sum);
    }
    assert_true(error < 0.004);
    for (size_t i = 0; i < FIGURES; i++)
        assert_near(sum[i], expected[i], 4.0 * error);
}

static void tempering_changes_no_posterior(void **state)
{
    enum { DRAWS = 30000 };
    struct latent_ladder *ladder = arena_new(*state, 1, struct latent_ladder);
    struct latent_chain *chain = arena_new(*state, 1, struct latent_chain);
    double *unseen = arena_new(*state, DRAWS, double);
    double expected[FIGURES];
    double error = 0.0;
    double sum = 0.0;

    latent_ladder_make(ladder, few, LISTS, CLASSES);
    weighted_means(&ladder->table[0], expected, &error);
    latent_chain_start(chain, ladder, 3, 0);
    for (int i = 0; i < DRAWS; i++) {
        latent_chain_run(chain, ladder, 1, 1, unseen);
        sum += seen_of(&chain->state[0]) / DRAWS;
    }
    assert_near(sum, expected[0], 5.0 * error + 0.01);
}

static void a_ladder_takes_people_away_and_keeps_the_histories(void **state)
{
    struct counts *counts = reference_counts("UKdat", *state);
    struct latent_ladder *ladder = arena_new(*state, 1, struct latent_ladder);

    latent_ladder_make(ladder, counts->y, counts->lists, 10);
    assert_int_equal(ladder->table[0].n, 2744);
    for (size_t rung = 1; rung < LATENT_RUNGS; rung++) {
        assert_int_equal(ladder->table[rung].cells, ladder->table[0].cells);
        assert_true(ladder->table[rung].n < ladder->table[rung - 1].n);
    }
    assert_true(fabs(ladder->table[LATENT_RUNGS - 1].n / 2744.0 - 0.3) < 0.01);
}

static void counts_of_a_thousand_million_are_swept_without_a_fault(void **state)
{
    static const uint32_t many[4] = {0, 500000000, 499999999, 1};
    struct latent_ladder *ladder = arena_new(*state, 1, struct latent_ladder);
    struct rng r = rng_open(4, 0);
    struct latent_class s;

    latent_ladder_make(ladder, many, 2, 3);
    latent_class_start(&s, &ladder->table[0], 1, &r);
    for (int i = 0; i < 2000; i++) {
        latent_class_sweep(&s, &ladder->table[0], &r);
        assert_true(isfinite(s.unseen) && s.unseen >= 0.0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_sweeps_draw_from_the_posterior_that_weighted_prior_draws_give),
        WITH_ARENA(tempering_changes_no_posterior),
        WITH_ARENA(a_ladder_takes_people_away_and_keeps_the_histories),
        WITH_ARENA(counts_of_a_thousand_million_are_swept_without_a_fault),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
