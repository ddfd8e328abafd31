/* The maximum-likelihood fit of a Poisson log-linear model to capture histories.
 *
 *     y_c ~ Poisson(mu_c),  log mu_c = sum of theta_m over the terms m of the model that are within c,
 *
 * for every history c but the dark one, c = 0. The dark figure, the people on no list, is exp(theta_0).
 * Cormack (1989), Biometrics 45, 395-413. */
#ifndef LYKTA_ESTIMATE_LOGLINEAR_H
#define LYKTA_ESTIMATE_LOGLINEAR_H

#include "estimate/model.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct fit_kernel;

/* A table to fit. `margin[m]` is how many people are on all lists of m (and perhaps others), `margin[0]` = n;
 * loglinear_margins makes it from `y`. */
struct loglinear_table {
    size_t lists;
    size_t cells; /* 2^lists */
    uint32_t *y;
    double *margin;
    bool is_whole; /* the dark cell is fitted too, as if `dark` people had been seen in it: margin[0] holds
                      them */
    double dark;
};

void loglinear_margins(struct loglinear_table *table);

/* A model and its fit, with all the memory the fitting needs: one per thread, used again and again.
 * Arrays over masks have `cells` entries. */
struct loglinear {
    size_t lists;
    size_t cells;
    size_t k;                /* free terms */
    size_t most_terms;       /* room for them */
    uint16_t *term;          /* [k], the intercept first, then in order of entry */
    double *theta;           /* by mask: 0 off the model, minus infinity where a term's margin is empty */
    struct mask_set removed; /* cells whose mean is 0: those above, and those off the face */
    double *mu;              /* means by cell; 0 for the dark cell and for removed cells */
    double *margin;          /* sums of mu over the cells that contain a mask: what the model expects there */
    double *gradient;        /* [k] */
    double *step;            /* [k] */
    double *least_pivot;     /* [k] */
    const struct fit_kernel *kernel;
    double *rows; /* [k][stride] upper triangle of the information matrix, eliminated */
    size_t stride;
    double ridge;   /* added to the information matrix, as a share of its diagonal; 0 for exact steps */
    double promise; /* step . gradient: about twice what the last step was to gain */
    double log_likelihood; /* without the terms of y alone */
    int steps;             /* of Newton since the model was set */
};

/* Room for models of at most `most_terms` free terms on `lists` lists (2..MODEL_MAX_LISTS). */
struct loglinear *loglinear_open(struct arena *a, size_t lists, size_t most_terms);

/* Makes `fit` the model of independent lists at its maximum, in closed form but for one root in one unknown.
 * An empty list's term is minus infinity. Some person must be on two lists: else there is no maximum. */
void loglinear_independence(struct loglinear *fit, const struct loglinear_table *table);

/* Makes `fit` the model of `terms`, n of them, `terms[0]` = 0, all with a margin above 0, with the cells
 * `removed` taken out, at a start from which loglinear_fit converges. */
void loglinear_start(struct loglinear *fit, const struct loglinear_table *table, const uint16_t *terms,
                     size_t n, const struct mask_set *removed);

/* Makes `fit` the fitted model `parent` with the pair `term` added, at a start near its maximum. A pair on
 * which nobody is gets minus infinity: its cells are removed and it is no free term. */
void loglinear_extend(struct loglinear *fit, const struct loglinear *parent,
                      const struct loglinear_table *table, size_t term);

/* Makes `fit` the model of the terms in `model`, at whichever of the parameters of `near` and `far` (fits of
 * other models; a term they lack is 0) is the likelier. Terms on which nobody is get minus infinity, as in
 * loglinear_extend. */
void loglinear_set(struct loglinear *fit, const struct loglinear_table *table, const struct model *model,
                   const struct loglinear *near, const struct loglinear *far);

/* Moves `fit` to the parameters of `other`, a fit of another model, where they are likelier than its own; a
 * term that `other` lacks is 0. */
void loglinear_consider(struct loglinear *fit, const struct loglinear_table *table,
                        const struct loglinear *other);

/* Means, their margins, gradient and log-likelihood at the parameters as they stand. */
void loglinear_evaluate(struct loglinear *fit, const struct loglinear_table *table);

/* Newton's steps until the log-likelihood is at least `enough` (then true), or it is clear that it cannot be.
 * False means that the model's log-likelihood stays below `enough`: what a step promises is small against
 * what lacks. Also where there is no maximum, and terms depend on each other. */
bool loglinear_reaches(struct loglinear *fit, const struct loglinear_table *table, double enough);

enum loglinear_outcome {
    LOGLINEAR_CERTIFIED, /* at the maximum, and it is proved to exist and to be unique */
    LOGLINEAR_CONVERGED, /* at the maximum if there is one */
    LOGLINEAR_UNSETTLED  /* no maximum found in `most_steps` steps */
};

/* Newton's method, ended by a step below 1e-6 in every coordinate, whose error is then its square. With means
 * by zeta transforms, an entry of the information matrix for the terms m and l is margin[m | l], because a
 * cell contains both when it contains their union.
 *
 * Certified: every gradient is at most a hundredth of the smallest mean. For models of pairs on at most 8
 * lists a residual of that size can be moved onto single lists, pairs and one triple without making any mean
 * negative, so that positive means with exactly the observed margins exist, which is when the maximum exists
 * (Haberman 1974). With larger terms, at most 1 / 4k of it: the residual of a model with k terms is moved
 * onto the cells that are terms themselves and one that is not but whose subsets are; none then moves by more
 * than 2k times the largest. */
enum loglinear_outcome loglinear_fit(struct loglinear *fit, const struct loglinear_table *table,
                                     int most_steps);

double loglinear_dark_figure(const struct loglinear *fit);

/* The standard error of the free term `i` (0: log of the dark figure), from the information matrix at the
 * fit; infinite when that is singular. */
double loglinear_standard_error(struct loglinear *fit, size_t i);

struct loglinear_quality {
    double log_likelihood; /* with -log y! */
    double deviance;
    int64_t df; /* cells that are not removed, less free terms */
};

struct loglinear_quality loglinear_quality(const struct loglinear *fit, const struct loglinear_table *table);

#endif
