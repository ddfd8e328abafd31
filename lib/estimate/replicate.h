/* From replicates to an interval, and how many of them it takes. */
#ifndef LYKTA_ESTIMATE_REPLICATE_H
#define LYKTA_ESTIMATE_REPLICATE_H

#include "estimate/estimate.h"

struct arena;
struct bootstrap;

/* The BCa limits of out->nhat from `replicates` of `b` (ESTIMATE_REPLICATES_AUTO: 1000, then ten times as
 * many until both 95 % limits are resolved, at most b->most); sets what *out tells of them.
 * The limits that *out has stay, with a warning that says why, when more than 5 % of the replicates have no
 * estimate, all lie on one side, or the limits are not resolved.
 *
 * All replicates are kept (8 bytes each), because which quantiles are the limits is known only when all are
 * done; memory is set by ESTIMATE_MAX_REPLICATES, not by what is asked for. SYSTEM when asked to stop. */
enum status replicate_interval(const struct bootstrap *b, int64_t replicates, struct arena *a,
                               struct estimate *out, struct err *e) MUST_USE;

#endif
