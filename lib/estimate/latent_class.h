/* Latent classes: people are of a few unknown kinds, and within a kind the lists are independent.
 *
 * A person is of class k with probability weight[k] and then on list j with probability on[j][k], whatever
 * the other lists. Weights are sticks broken with concentration ~ Gamma(1/4, 1/4) (Dunson & Xing 2009, J. Am.
 * Statist. Ass. 104, 1042-1051), on[j][k] is uniform, and the prior of the number of people is 1/N. The
 * unseen are imputed, not fitted (Manrique-Vallier 2016, Biometrics 72, 1246-1254).
 *
 * A sweep draws from the posterior in turn: the classes of those seen; a stretch of one class's
 * probabilities on all lists with the classes of those seen kept likely, the number of unseen integrated out,
 * because given that number the two hardly move; the unseen by class; probabilities, weights and
 * concentration; and an exchange of two labels. */
#ifndef LYKTA_ESTIMATE_LATENT_CLASS_H
#define LYKTA_ESTIMATE_LATENT_CLASS_H

#include "estimate/model.h"

#include <stddef.h>
#include <stdint.h>

struct rng;

enum { LATENT_MAX_CLASSES = 16 };

/* The histories that somebody has, and how many have them. */
struct latent_table {
    size_t lists;   /* 2..MODEL_MAX_LISTS */
    size_t classes; /* 2..LATENT_MAX_CLASSES */
    size_t cells;
    uint16_t history[MODEL_MAX_CELLS];
    uint32_t people[MODEL_MAX_CELLS];
    double n; /* their sum */
};

struct latent_class {
    double weight[LATENT_MAX_CLASSES]; /* 0 from `classes` on */
    double log_last_weight;            /* of class classes - 1, which may be 0 in floating point */
    double on[MODEL_MAX_LISTS][LATENT_MAX_CLASSES];
    double concentration;
    double unseen; /* a whole number */
};

/* A start with `occupied` classes of equal weight and probabilities drawn from the stream. */
void latent_class_start(struct latent_class *state, const struct latent_table *table, size_t occupied,
                        struct rng *r);

/* One sweep. `state` is kept or replaced; nothing is allocated. */
void latent_class_sweep(struct latent_class *state, const struct latent_table *table, struct rng *r);

/* The logarithms of the probabilities of the table's histories, given that a person is seen, in
 * out[table->cells]. Their sum over people is the log-likelihood with the number of unseen integrated out. */
void latent_class_log_probabilities(const struct latent_class *state, const struct latent_table *table,
                                    double *out);

#endif
