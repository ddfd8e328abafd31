/* Log-linear models of people who differ in how easily they are listed.
 *
 * One's log odds of being on each list are moved by the same number, one's own. When x is that number among
 * those on no list, the people expected with a history c of k lists are
 *
 *     mu_c = exp(sum of theta_m over the terms m of the model that are within c) E exp(k x),
 *
 * whatever the distribution of x, and log E exp(k x) is, but for a part that is linear in k and that the
 * terms of single lists take up, strength * h(k) for these families:
 *
 *     Poisson   h = 2^k - 1               x is log 2 times a Poisson number: some are listed far more easily
 *     Darroch   h = k^2 / 2               x is normal: as far upward as downward
 *     Gamma     h = -log((3.5 + k) / 3.5) -x is a gamma number of rate 3.5: some are hardly ever listed
 *
 * Darroch, Fienberg, Glonek & Junker (1993), J. Am. Statist. Ass. 88, 1137-1148; Agresti (1994), Biometrics
 * 50, 494-500; Rivest & Baillargeon (2007), Biometrics 63, 999-1006. The strength, a variance or the size of
 * a Poisson or gamma distribution, is never below 0; at 0 all are alike. Which family is right among people
 * whom nobody has seen shows in no list (Link 2003, Biometrics 59, 1123-1130). */
#ifndef LYKTA_ESTIMATE_UNEQUAL_H
#define LYKTA_ESTIMATE_UNEQUAL_H

#include "estimate/loglinear.h"
#include "estimate/model.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct fit_kernel;

enum unequal_shape { UNEQUAL_POISSON, UNEQUAL_DARROCH, UNEQUAL_GAMMA, UNEQUAL_SHAPES };

enum { UNEQUAL_MOST_TERMS = 1 + MODEL_MAX_LISTS + MODEL_MAX_PAIRS };

/* A model and its fit, with the memory that fitting needs. Arrays over masks have `cells` entries. */
struct unequal {
    size_t lists, cells;
    double h[MODEL_MAX_LISTS + 1]; /* of the shape, by number of lists */
    size_t k;                      /* free terms, the strength not among them */
    uint16_t term[UNEQUAL_MOST_TERMS];
    double *theta;           /* by mask: 0 off the model, minus infinity where a term's margin is empty */
    double strength;         /* 0 or more */
    struct mask_set removed; /* cells whose mean is 0 */
    double *mu;              /* means by cell */
    double *margin;          /* sums of mu over the cells that contain a mask */
    double *tilted;          /* the same of h mu */
    double *change;          /* of log mu by cell, in the last step */
    const struct fit_kernel *kernel;
    double *rows; /* the information matrix, eliminated */
    size_t stride;
    double least_pivot[UNEQUAL_MOST_TERMS + 1];
    double step[UNEQUAL_MOST_TERMS + 1];
    double log_likelihood; /* without the terms of y alone */
};

/* Room for any model of pairs on `lists` lists (3..MODEL_MAX_LISTS). */
struct unequal *unequal_open(struct arena *a, size_t lists);

/* Makes `u` the model of the fit `from` with people who differ by `shape`, at its parameters and strength 0.
 */
void unequal_set(struct unequal *u, enum unequal_shape shape, const struct loglinear *from);

/* Makes `u` what `from` is; both are for as many lists. */
void unequal_copy(struct unequal *u, const struct unequal *from);

/* Adds the pair `term` as a free parameter at 0. A pair on which nobody is gets minus infinity: its cells are
 * removed. */
void unequal_add(struct unequal *u, const struct loglinear_table *table, size_t term);

/* Moves `u` to the maximum of the likelihood over all terms and over strengths from 0. False when there is no
 * maximum, or more than one: the numbers in `u` then mean nothing.
 *
 * The likelihood is concave, so that the strength is 0 at the maximum exactly when it would fall there for
 * the best fit at 0. That there is a maximum is proved by the last of Newton's steps: it is made so that the
 * numbers mu_c (1 + change_c) have the observed margins, and when all are above 0 they are a positive table
 * with these margins, which is what it takes (Haberman 1974). Where there is no maximum, each step empties
 * some cell by a factor e. */
bool unequal_fit(struct unequal *u, const struct loglinear_table *table);

double unequal_dark_figure(const struct unequal *u);

/* The name of a family, "Darroch", and what it says of people, as a part of a sentence. */
const char *unequal_shape_name(enum unequal_shape shape);
const char *unequal_shape_about(enum unequal_shape shape);

#endif
