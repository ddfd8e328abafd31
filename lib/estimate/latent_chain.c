/* Parallel tempering over latent classes. */
#include "estimate/latent_chain.h"

#include <math.h>

static const double least_share = 0.3; /* of the people, on the last rung */
static const double golden = 0.6180339887498949;

static void exchange_states(struct latent_chain *chain, const struct latent_ladder *ladder);

/* A share of each count, rounded at a place of its own, so that histories that one person has do not all
 * leave on the same rung. */
void latent_ladder_make(struct latent_ladder *ladder, const uint32_t *y, size_t lists, size_t classes)
{
    for (size_t rung = 0; rung < LATENT_RUNGS; rung++) {
        struct latent_table *t = &ladder->table[rung];
        double share = pow(least_share, (double)rung / (LATENT_RUNGS - 1));

        *t = (struct latent_table){.lists = lists, .classes = classes};
        for (size_t h = 1; h < (size_t)1 << lists; h++) {
            if (y[h] == 0)
                continue;
            double place = fmod(golden * (double)(t->cells + 1), 1.0);
            uint32_t people = rung == 0 ? y[h] : (uint32_t)floor(share * y[h] + place);
            t->history[t->cells] = (uint16_t)h;
            t->people[t->cells++] = people;
            t->n += people;
        }
    }
}

void latent_chain_start(struct latent_chain *chain, const struct latent_ladder *ladder, uint64_t seed,
                        size_t number)
{
    chain->rng = rng_open(seed, number);
    chain->sweeps = 0;
    for (size_t rung = 0; rung < LATENT_RUNGS; rung++)
        latent_class_start(&chain->state[rung], &ladder->table[rung],
                           1 + number % ladder->table[rung].classes, &chain->rng);
}

void latent_chain_run(struct latent_chain *chain, const struct latent_ladder *ladder, size_t draws,
                      size_t thin, double *unseen)
{
    for (size_t i = 0; i < draws; i++) {
        for (size_t k = 0; k < thin; k++) {
            for (size_t rung = 0; rung < LATENT_RUNGS; rung++)
                latent_class_sweep(&chain->state[rung], &ladder->table[rung], &chain->rng);
            exchange_states(chain, ladder);
            chain->sweeps++;
        }
        unseen[i] = chain->state[0].unseen;
    }
}

/* Pairs of rungs in turn: even ones, then odd ones. The prior is the same on all, so that only the people by
 * which two tables differ count. */
static void exchange_states(struct latent_chain *chain, const struct latent_ladder *ladder)
{
    double cold[MODEL_MAX_CELLS];
    double warm[MODEL_MAX_CELLS];

    for (size_t rung = (size_t)(chain->sweeps % 2); rung + 1 < LATENT_RUNGS; rung += 2) {
        const struct latent_table *t = &ladder->table[rung];
        const struct latent_table *fewer = &ladder->table[rung + 1];
        double ratio = 0.0;

        latent_class_log_probabilities(&chain->state[rung], t, cold);
        latent_class_log_probabilities(&chain->state[rung + 1], t, warm);
        for (size_t c = 0; c < t->cells; c++)
            ratio += ((double)t->people[c] - (double)fewer->people[c]) * (warm[c] - cold[c]);
        if (log(rng_open_unit(&chain->rng)) >= ratio)
            continue;
        struct latent_class state = chain->state[rung];
        chain->state[rung] = chain->state[rung + 1];
        chain->state[rung + 1] = state;
    }
}
