/* What it is worth for a record to stand in a part, and the best part for it. */
#include "link/partition_own.h"

#include "link/trees.h"

#include <math.h>

_Static_assert((int)TREES_MAX >= (int)PARTITION_MAX_LISTS, "a person with a record of every list has trees");

/* The records of a part, with `more` before them; of very many doubles in a list the first TREES_MAX speak.
 */
static size_t records_of(const struct partition *x, uint32_t part, uint32_t more, uint32_t record[TREES_MAX])
{
    size_t k = 0;

    if (more != PARTITION_NOBODY)
        record[k++] = more;
    for (uint32_t u = x->size[part] ? x->first[part] : PARTITION_NOBODY;
         u != PARTITION_NOBODY && k < TREES_MAX; u = x->after[u])
        record[k++] = u;
    return k;
}

/* What holds a part together, and `more` to it. What is told of a pair counts by itself: in a tree it would
 * make a person of two who are told to be different, by a third. */
static double bond_of(struct partition *x, uint32_t part, uint32_t more)
{
    double ratio[TREES_MAX][TREES_MAX];
    uint32_t record[TREES_MAX];
    size_t k = x->is_free ? 0 : records_of(x, part, more, record);

    if (k < 2)
        return 0.0;
    size_t lacking = k * (k - 1); /* each pair is met from both sides */
    double told = 0.0;

    for (size_t i = 0; i < k; i++) {
        x->place[record[i]] = (uint32_t)i + 1;
        for (size_t j = 0; j < k; j++)
            ratio[i][j] = exp(x->absent);
    }
    for (size_t i = 0; i < k; i++)
        for (size_t n = x->start[record[i]]; n < x->start[record[i] + 1]; n++) {
            uint32_t place = x->place[x->next[n]];
            uint32_t pattern = x->next_pattern[n];

            if (place == 0)
                continue;
            ratio[i][place - 1] = exp(x->log_ratio[pattern] - partition_told(x, pattern));
            told += partition_told(x, pattern);
            lacking--;
        }
    for (size_t i = 0; i < k; i++)
        x->place[record[i]] = 0;
    return trees_log_mean(ratio, k) + 0.5 * ((double)lacking * x->absent + told);
}

/* With m matches seen and n records alone on the shorter side, h of them can be matches that are not seen in
 * C(m + h, h) hidden^h ways, by their weight beforehand: S(m, n), summed over h = 0 .. n. What is asked for
 * is S(m + 1, n - 1) / S(m, n). Both are summed from their last terms, t(m, n) and t(m + 1, n - 1), whose
 * ratio is (m + 1) hidden / n; when nearly all of the sum is far below n, S(m) is (1 - hidden)^-(m + 1). */
static double from_last(double m, double n, double hidden)
{
    double sum = 1.0;
    double term = 1.0;

    for (double k = n; k >= 1.0 && term > 1e-17 * sum; k -= 1.0) {
        term *= k / ((m + k) * hidden);
        sum += term;
    }
    return sum;
}

double partition_hidden_odds(const struct partition *x, double matches, double alone)
{
    double mean = (matches + 1.0) * x->hidden / (1.0 - x->hidden);
    double n = floor(fmax(alone, 1.0));

    if (x->hidden <= 0.0)
        return 1.0;
    if (n > mean + 12.0 * sqrt(mean / (1.0 - x->hidden)) + 20.0)
        return 1.0 / (1.0 - x->hidden);
    return n / ((matches + 1.0) * x->hidden) * from_last(matches + 1.0, n - 1.0, x->hidden) /
           from_last(matches, n, x->hidden);
}

/* The parts that `u` has an edge into and may join, with the sum of what its edges say; returns how many. */
static size_t gather(struct partition *x, uint32_t u)
{
    size_t n = 0;

    for (size_t k = x->start[u]; k < x->start[u + 1]; k++) {
        uint32_t part = x->part[x->next[k]];

        if (!partition_may_join(x, u, part))
            continue;
        if (x->members[part]++ == 0) {
            x->touched[n++] = part;
            x->weight[part] = 0.0;
        }
        x->weight[part] += x->log_ratio[x->next_pattern[k]];
    }
    return n;
}

/* What it says in logs, without caution, for `u` to join a part of which its edges say `sum`. */
double partition_log_weight(struct partition *x, uint32_t u, uint32_t part, double sum)
{
    if (x->is_free)
        return sum + x->absent * (double)(x->size[part] - x->members[part]) + x->alike[x->list[u]];
    double bond = x->size[part] > 1 ? bond_of(x, part, u) - bond_of(x, part, PARTITION_NOBODY) : sum;
    return bond + (x->people ? partition_prior_of(x, x->list[u], x->mask[part])->log_odds : 0.0);
}

/* As partition_choose_best, of two lists: only who is alone on the other can be joined, and all of them have
 * the same odds beforehand. */
static uint32_t choose_best_of_two(struct partition *x, uint32_t u)
{
    uint8_t list = x->list[u];
    double before = x->people ? partition_prior_of(x, list, 2U >> list)->log_odds : 0.0;
    uint32_t best = x->empties > 0 ? x->empty[x->empties - 1] : 0;
    double most = x->alone[list];

    x->most[u] = -INFINITY;
    for (size_t k = x->start[u]; k < x->start[u + 1]; k++) {
        double w = x->log_ratio[x->next_pattern[k]] + before;

        if (x->alone_on[x->next[k]] != 1 - list)
            continue;
        x->most[u] = w > x->most[u] ? w : x->most[u];
        if (w - x->caution > most) {
            most = w - x->caution;
            best = x->part[x->next[k]];
        }
    }
    return best;
}

/* The best part for `u`: one it has an edge into, or an empty one, to be alone. */
uint32_t partition_choose_best(struct partition *x, uint32_t u)
{
    if (x->lists == 2 && !x->is_free)
        return choose_best_of_two(x, u);
    size_t n = gather(x, u);
    uint32_t best = x->empties > 0 ? x->empty[x->empties - 1] : 0;
    double most = x->alone[x->list[u]];

    x->most[u] = -INFINITY;
    for (size_t k = 0; k < n; k++) {
        uint32_t part = x->touched[k];
        double w = partition_log_weight(x, u, part, x->weight[part]);

        x->members[part] = 0;
        x->most[u] = w > x->most[u] ? w : x->most[u];
        if (w - x->caution > most) {
            most = w - x->caution;
            best = part;
        }
    }
    return best;
}
