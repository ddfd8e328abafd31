/* Between the parts of partition.h: records moved (partition.c), weights (partition_weight.c), the best of
 * all (partition_best.c). */
#ifndef LYKTA_LINK_PARTITION_OWN_H
#define LYKTA_LINK_PARTITION_OWN_H

#include "link/partition.h"

#include <math.h>

enum { PARTITION_PRIORS = 512 }; /* all of four lists; of more, those that were used last */

#define PARTITION_NOBODY UINT32_MAX

/* Each record must look again at what it could join. */
void partition_forget(struct partition *x);

/* partition_sweep, without preparing for it; returns how many moved. */
size_t partition_pass(struct partition *x, struct rng *r);

/* What does not change in one sweep of drawing. */
void partition_begin_drawing(struct partition *x);

/* The odds beforehand change with how many people there are. */
static inline void partition_forget_before(struct partition *x)
{
    x->before[0][0] = x->before[0][1] = x->before[1][0] = x->before[1][1] = -1.0;
}

/* Whether `u` is sure to come back to the part it is in when `drawn`, a random number below 1, is what
 * partition_draw is given. Without having looked at all of its neighbours; false when it cannot be told. */
bool partition_stays(struct partition *x, uint32_t u, double drawn);

/* A part for `u`, which has left its own, by weight: one it has an edge into, or an empty one. */
uint32_t partition_draw(struct partition *x, uint32_t u, double drawn);

/* Takes `u` out of its part, which must be followed by: puts it into `part`, the last empty one or one that
 * it may join. */
void partition_leave(struct partition *x, uint32_t u);
void partition_join(struct partition *x, uint32_t u, uint32_t part);

/* By how much one more match changes what the matches among pairs that are no edges are worth: of two lists
 * with `matches` seen, and `alone` records left on the shorter side. 1 without x->hidden. */
double partition_hidden_odds(const struct partition *x, double matches, double alone);

/* The odds, before anything is compared, that a record of `list` is the person of a part with the lists of
 * `mask` and not alone. */
static inline const struct partition_prior *partition_prior_of(struct partition *x, size_t list,
                                                               uint32_t mask)
{
    bool is_one = (mask & (mask - 1)) == 0;
    double both = x->people[mask | 1U << list] + x->spread;
    size_t parity = (size_t)both & 1; /* by turns a record is alone, and another is not: two are kept */
    struct partition_prior *kept =
        &x->prior[((mask * PARTITION_MAX_LISTS + list) * 2 + parity) % PARTITION_PRIORS];
    double others = fmax(x->people[mask] - 1.0, 0.0) + (is_one ? 1.0 : x->spread);
    double alone = x->people[1U << list] + 1.0;

    if (kept->both != both || kept->others != others || kept->alone != alone || kept->hidden != x->hidden) {
        double odds = both / (others * alone) * partition_hidden_odds(x, both - 1.0, fmin(others, alone));

        *kept = (struct partition_prior){both, others, alone, x->hidden, odds, log(odds)};
    }
    return kept;
}

static inline bool partition_may_join(const struct partition *x, uint32_t u, uint32_t part)
{
    return x->is_free || !(x->mask[part] >> x->list[u] & 1U);
}

/* What somebody has told of a pair, beside how alike it is. */
static inline double partition_told(const struct partition *x, uint32_t pattern)
{
    if (x->plain == 0 || pattern < x->plain)
        return 0.0;
    return pattern < 2 * x->plain ? x->told : -x->told;
}

/* What it says in logs, without caution, for `u` to join a part of which its edges say `sum`. */
double partition_log_weight(struct partition *x, uint32_t u, uint32_t part, double sum);

/* The best part for `u`, which has left its own: one it has an edge into, or an empty one, to be alone. */
uint32_t partition_choose_best(struct partition *x, uint32_t u);

#endif
