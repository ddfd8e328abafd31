/* A part for a record, drawn by weight.
 *
 * Most records stay where they are: nobody is like them, or one is far more than all others. Of two lists
 * that is told by bounds of what all others weigh together, before anything is summed; what is drawn is the
 * same. */
#include "link/partition_own.h"

#include <math.h>

static const double most_log_weight =
    600.0; /* a double holds its exponential, and a part's many times over */

/* By what share a sum of numbers above 0 that are added up one by one, and what is left when they are taken
 * from it again, is wrong at most: 2^-53 for each, of ten million neighbours, and far more than that. */
static const double rounding = 1e-6;

/* Of two lists each neighbour of a record counts by its ratio at most, as it may be joined when it is alone.
 * There are two sums, as each addition waits for the one before. */
static void sum_ratios(struct partition *x)
{
    for (uint32_t u = 0; u < x->n; u++) {
        double sum[2] = {0.0, 0.0};
        size_t k = x->start[u];

        for (; k + 2 <= x->start[u + 1]; k += 2) {
            sum[0] += x->ratio[x->next_pattern[k]];
            sum[1] += x->ratio[x->next_pattern[k + 1]];
        }
        if (k < x->start[u + 1])
            sum[0] += x->ratio[x->next_pattern[k]];
        x->sum_ratio[u] = sum[0] + sum[1];
    }
}

void partition_begin_drawing(struct partition *x)
{
    for (size_t p = 0; p < x->patterns; p++)
        x->ratio[p] = exp(x->log_ratio[p]);
    for (size_t l = 0; l < x->lists; l++)
        x->alone_weight[l] = exp(x->alone[l] + x->caution);
    partition_forget_before(x);
    if (x->lists == 2)
        sum_ratios(x);
}

/* The odds, before they are compared, that `u` is the person of one of the other of two lists who is alone,
 * as they are when `u`, of a part with the lists of `mask`, has left it. */
static double odds_without(struct partition *x, uint32_t u, uint32_t mask)
{
    uint32_t other = 2U >> x->list[u]; /* as a mask of lists */

    if (!x->people)
        return 1.0;
    double with = x->people[mask];
    double alone = x->people[other];
    if (x->is_counting) {
        x->people[mask] -= 1.0;
        x->people[other] += mask == 3 ? 1.0 : 0.0;
    }
    double odds = partition_prior_of(x, x->list[u], other)->odds;
    x->people[other] = alone;
    x->people[mask] = with;
    return odds;
}

bool partition_stays(struct partition *x, uint32_t u, double drawn)
{
    uint32_t part = x->part[u];
    uint8_t list = x->list[u];
    bool is_alone = x->size[part] == 1;

    if (x->lists != 2 || x->is_free)
        return false;
    double *odds = &x->before[list][!is_alone];
    if (*odds < 0.0)
        *odds = odds_without(x, u, x->mask[part]);
    double by_itself = x->alone_weight[list];
    if (is_alone)
        return drawn * (by_itself + x->sum_ratio[u] * *odds) * (1.0 + rounding) < by_itself;
    double ratio = x->mate_pattern[u] == PARTITION_NO_PATTERN ? -1.0 : x->ratio[x->mate_pattern[u]];
    double partner = ratio * *odds;
    double others = fmax(x->sum_ratio[u] * (1.0 + rounding) - ratio, 0.0) * *odds;
    double doubt = rounding * (by_itself + partner + others);

    /* The draw falls behind being alone and all others, and before the end of the partner, wherever among the
     * others that one comes. */
    return ratio > 0.0 && drawn * (by_itself + partner) - by_itself - others > doubt &&
           by_itself + partner - drawn * (by_itself + partner + others) > doubt;
}

/* One record of each part that `u` may join, and the weight of the part at the same place, without logs: most
 * are of one record, whose ratio and whose list's odds are at hand. Returns how many. */
static size_t weigh(struct partition *x, uint32_t u)
{
    const uint8_t *alone_on = x->alone_on;
    const double *ratio = x->ratio;
    double *weight = x->weight;
    uint32_t *touched = x->touched;
    double odds[PARTITION_MAX_LISTS];
    size_t larger = 0;
    size_t n = 0;

    for (size_t l = 0; l < x->lists; l++)
        odds[l] = l == x->list[u] ? 0.0 /* not with another record of its own list */
                  : x->people     ? partition_prior_of(x, x->list[u], 1U << l)->odds
                                  : 1.0;
    for (size_t k = x->start[u]; k < x->start[u + 1]; k++) {
        uint32_t v = x->next[k];
        uint8_t list = alone_on[v];

        if (list < PARTITION_MAX_LISTS) {
            weight[n] = ratio[x->next_pattern[k]] * odds[list];
            touched[n++] = v;
            continue;
        }
        if (x->lists == 2)
            continue; /* there is no room with two */
        uint32_t part = x->part[v];

        if (!partition_may_join(x, u, part) || x->members[part]++ > 0)
            continue;
        weight[n] = exp(fmin(partition_log_weight(x, u, part, 0.0), most_log_weight));
        touched[n++] = v;
        larger++;
    }
    for (size_t k = 0; larger > 0 && k < n; k++)
        x->members[x->part[touched[k]]] = 0;
    return n;
}

uint32_t partition_draw(struct partition *x, uint32_t u, double drawn)
{
    size_t n = weigh(x, u);
    uint32_t alone = x->empties > 0 ? x->empty[x->empties - 1] : 0;
    double by_itself = x->alone_weight[x->list[u]];
    double sum = by_itself;

    for (size_t k = 0; k < n; k++)
        sum += x->weight[k];
    double left = drawn * sum - by_itself;
    for (size_t k = 0; k < n && left >= 0.0; k++) {
        left -= x->weight[k];
        if (left < 0.0)
            return x->part[x->touched[k]];
    }
    return alone;
}
