/* The method "bayes": all pairs of lists in the model, those whose posterior lies away from 0 kept
 * (Silverman 2020, J. R. Statist. Soc. A 183, 691-736, section 3). */
#ifndef LYKTA_ESTIMATE_BAYES_H
#define LYKTA_ESTIMATE_BAYES_H

#include "estimate/loglinear.h"
#include "estimate/method.h"
#include "estimate/model.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The prior of the pairs. Intercept and single lists have variance 10^4 in both. With a flat prior a pair on
 * which nobody is has its parameter at minus infinity, and is kept. */
enum bayes_prior { BAYES_NORMAL, BAYES_FLAT };

enum { BAYES_MAX_ORDER = 3, BAYES_MAX_TERMS = MODEL_MAX_PAIRS + 56 };

/* A term that was tried. */
struct bayes_term {
    uint16_t lists;   /* a mask */
    double statistic; /* |mean| / sd; NaN at minus infinity */
    bool is_kept;
};

struct bayes {
    size_t terms; /* pairs in the order 12, 13, .., 23, .., then triples by mask */
    struct bayes_term term[BAYES_MAX_TERMS];
    int64_t chains, sweeps;
    double rhat, ess; /* of the number of people, in the last fit */
    size_t draws;
    double *people; /* [draws], in `a` */
};

/* `table` has its margins. Terms hold two lists, or with the order 3 of the options also three: those triples
 * all of whose pairs were kept are tried together, with the prior of a pair, and kept as pairs are. False
 * when the posterior has no mode (a flat prior on a table whose maximum does not exist). The same for any
 * number of threads. */
bool bayes_run(const struct loglinear_table *table, enum bayes_prior prior,
               const struct estimate_options *options, struct arena *a, struct bayes *out);

/* A method_run with the normal prior. The flat one is tried too: when its figure lies outside the 95 % limits
 * the prior decides, and the answer is a range over both intervals. */
enum status bayes(const struct method_call *call, struct estimate *out, struct err *e) MUST_USE;

#endif
