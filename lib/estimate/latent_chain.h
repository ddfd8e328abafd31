/* Chains over latent classes that do not stay in the mode they began in: parallel tempering.
 *
 * A chain is a ladder of samplers. The first has the table; each further one has fewer of its people, down
 * to three in ten, so that the modes flow together. Neighbours exchange their states with the probability
 * that leaves each with its own posterior (Geyer 1991; Hukushima & Nemoto 1996, J. Phys. Soc. Japan 65,
 * 1604-1608). The usual ladder raises the likelihood to a power; whole people are taken away instead, so
 * that every sweep is the same exact one. */
#ifndef LYKTA_ESTIMATE_LATENT_CHAIN_H
#define LYKTA_ESTIMATE_LATENT_CHAIN_H

#include "base/rng.h"
#include "estimate/latent_class.h"

#include <stddef.h>
#include <stdint.h>

enum { LATENT_RUNGS = 8 };

/* The tables of the ladder, the full one first. One for all chains; read only. */
struct latent_ladder {
    struct latent_table table[LATENT_RUNGS];
};

/* From y[2^lists]. */
void latent_ladder_make(struct latent_ladder *ladder, const uint32_t *y, size_t lists, size_t classes);

struct latent_chain {
    struct rng rng;
    struct latent_class state[LATENT_RUNGS]; /* by rung of the ladder */
    int64_t sweeps;
};

/* Starts chain `number` of `seed`: over-dispersed, with 1 + number (modulo the classes) classes occupied. */
void latent_chain_start(struct latent_chain *chain, const struct latent_ladder *ladder, uint64_t seed,
                        size_t number);

/* `draws` times `thin` sweeps of every rung, with exchanges between; the number of unseen with the full table
 * after each into unseen[draws]. */
void latent_chain_run(struct latent_chain *chain, const struct latent_ladder *ladder, size_t draws,
                      size_t thin, double *unseen);

#endif
