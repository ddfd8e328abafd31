/* lykta link --sweep: whether what follows from a linkage rests on the odds from which records are joined.
 * The best linkage is made at odds from `from` to `to`, and what there are of people estimated from each. */
#ifndef LYKTA_COMMAND_LINK_SWEEP_H
#define LYKTA_COMMAND_LINK_SWEEP_H

#include "base/err.h"
#include "base/json.h"
#include "base/text.h"
#include "estimate/estimate.h"
#include "link/linkage.h"

#include <stddef.h>

struct arena;
struct call;

enum { LINK_SWEEP_MOST = 32 };

/* An estimate from one linkage taken for certain, by Wald's limits: what a model makes of its histories. */
struct link_sweep_answer {
    enum estimate_status status;
    double nhat;
    double limit[2]; /* 95 %, or the range where that is what is told; NaN when refused */
};

struct link_sweep {
    size_t n;    /* 0: not asked for */
    size_t even; /* which of them is evens: the linkage that is told */
    double odds[LINK_SWEEP_MOST], log_odds[LINK_SWEEP_MOST]; /* rising */
    struct link_sweep_answer answer[LINK_SWEEP_MOST];
    enum estimate_status status;
    double least, most; /* of all figures and, unless the status is ESTIMATE_POINT, their limits; else NaN */
};

/* The odds that were asked for: the ends, and 1, 2 and 5 times powers of ten between. USAGE when the ends are
 * no odds, or evens are not between them. */
enum status link_sweep_read(struct link_sweep *out, const struct call *call, struct err *e) MUST_USE;

/* Estimates from each cut of `found`, which was linked with log_odds[n]. The status is a point when each cut
 * gives one that lies inside the 95 % limits of that at evens; refused when that one is; else a range. SYSTEM
 * when asked to stop. */
enum status link_sweep_estimate(struct link_sweep *x, const struct linkage *found,
                                const struct estimate_options *options, struct arena *a,
                                struct err *e) MUST_USE;

void link_sweep_text(struct text *out, const struct link_sweep *x, const struct linkage *found);

/* The member "sweep" of the object at hand. */
void link_sweep_json(struct json *j, const struct link_sweep *x, const struct linkage *found);

#endif
