/* Records into people. */
#include "link/partition_own.h"

#include "base/arena.h"

#include <math.h>
#include <string.h>

void partition_make(struct partition *x, struct arena *a)
{
    x->part = arena_new(a, x->n, uint32_t);
    x->size = arena_new(a, x->n, uint32_t);
    x->mask = arena_new(a, x->n, uint32_t);
    x->empty = arena_new(a, x->n + 1, uint32_t);
    x->order = arena_new(a, x->n, uint32_t);
    x->touched = arena_new(a, x->n, uint32_t);
    x->weight = arena_new(a, x->n, double);
    x->first = arena_new(a, x->n, uint32_t);
    x->after = arena_new(a, x->n, uint32_t);
    x->place = arena_new(a, x->n, uint32_t);
    x->members = arena_new(a, x->n, uint32_t);
    x->start = arena_new(a, x->n + 2, size_t);
    x->next = arena_new(a, 2 * x->edges, uint32_t);
    x->next_pattern = arena_new(a, 2 * x->edges, uint16_t);
    x->alone_on = arena_new(a, x->n, uint8_t);
    x->prior = arena_new(a, PARTITION_PRIORS, struct partition_prior);
    x->most = arena_new(a, x->n, double);
    x->mate_pattern = x->lists == 2 && !x->is_free ? arena_new(a, x->n, uint16_t) : NULL;
    x->sum_ratio = arena_new(a, x->lists == 2 ? x->n : 0, double);
    x->empties = 0;
    x->patterns = 0;
    for (size_t e = 0; e < x->edges; e++) {
        x->start[x->edge[e].u + 2]++;
        x->start[x->edge[e].v + 2]++;
        x->patterns = x->edge[e].pattern < x->patterns ? x->patterns : x->edge[e].pattern + 1;
    }
    x->ratio = arena_new(a, x->patterns, double);
    for (size_t u = 0; u < x->n; u++)
        x->start[u + 2] += x->start[u + 1];
    for (size_t e = 0; e < x->edges; e++) {
        const struct partition_edge *edge = &x->edge[e];

        x->next_pattern[x->start[edge->u + 1]] = (uint16_t)edge->pattern;
        x->next[x->start[edge->u + 1]++] = edge->v;
        x->next_pattern[x->start[edge->v + 1]] = (uint16_t)edge->pattern;
        x->next[x->start[edge->v + 1]++] = edge->u;
    }
    for (uint32_t u = 0; u < x->n; u++) {
        x->part[u] = u;
        x->size[u] = 1;
        x->mask[u] = 1U << x->list[u];
        x->first[u] = u;
        x->after[u] = PARTITION_NOBODY;
        x->alone_on[u] = x->list[u];
        if (x->mate_pattern)
            x->mate_pattern[u] = PARTITION_NO_PATTERN;
    }
    x->spread = x->lists > 1 ? 0.5 * (double)(x->lists * (x->lists - 1)) /
                                   (double)((1U << x->lists) - 1U - (unsigned)x->lists)
                             : 1.0;
}

void partition_forget(struct partition *x)
{
    for (size_t u = 0; u < x->n; u++)
        x->most[u] = INFINITY;
}

/* Those with an edge into a part that has changed must look again: all of its members have one. */
static void forget_near(struct partition *x, uint32_t part)
{
    for (uint32_t u = x->size[part] ? x->first[part] : PARTITION_NOBODY; u != PARTITION_NOBODY;
         u = x->after[u])
        for (size_t k = x->start[u]; k < x->start[u + 1]; k++)
            x->most[x->next[k]] = INFINITY;
}

/* Whether `u` need not be visited: records without edges stay alone. When the best is taken, and nothing has
 * changed around a record since it was looked at, while caution has not risen, so do those who found nothing
 * good enough; and who came back to others stays with them, where that does not depend on how many people
 * there are by now. */
static bool stays(const struct partition *x, uint32_t u, const struct rng *r)
{
    static const double rounding = 1e-6;

    if (x->start[u] == x->start[u + 1])
        return true;
    if (r || x->most[u] == INFINITY)
        return false;
    if (x->size[x->part[u]] > 1)
        return (x->lists == 2 || x->is_free) && !x->is_counting;
    return x->most[u] - x->caution < x->alone[x->list[u]] - rounding;
}

size_t partition_pass(struct partition *x, struct rng *r)
{
    size_t moved = 0;

    for (uint32_t u = 0; u < x->n; u++) {
        uint32_t before = x->part[u];
        bool was_alone = x->size[before] == 1;

        if (stays(x, u, r))
            continue;
        double drawn = r ? rng_unit(r) : 0.0;
        if (r && partition_stays(x, u, drawn))
            continue;
        partition_leave(x, u);
        uint32_t part = r ? partition_draw(x, u, drawn) : partition_choose_best(x, u);
        partition_join(x, u, part);
        if (part == before || (was_alone && x->size[part] == 1))
            continue;
        moved++;
        if (!r) {
            forget_near(x, before);
            forget_near(x, part);
        }
    }
    return moved;
}

size_t partition_sweep(struct partition *x, struct rng *r)
{
    if (r)
        partition_begin_drawing(x);
    else
        partition_forget(x);
    return partition_pass(x, r);
}

void partition_count(struct partition *x)
{
    memset(x->people, 0, ((size_t)1 << x->lists) * sizeof *x->people);
    for (size_t p = 0; p < x->n; p++)
        x->people[x->mask[p]] += x->size[p] > 0;
}

void partition_overlaps(const struct partition *x, int64_t overlap[PARTITION_MAX_LISTS][PARTITION_MAX_LISTS])
{
    memset(overlap, 0, sizeof(int64_t[PARTITION_MAX_LISTS][PARTITION_MAX_LISTS]));
    for (size_t p = 0; p < x->n; p++)
        for (size_t i = 0; x->size[p] > 0 && i < x->lists; i++)
            for (size_t j = 0; j < x->lists && x->mask[p] >> i & 1U; j++)
                overlap[i][j] += x->mask[p] >> j & 1U;
}

static uint16_t pattern_of(const struct partition *x, uint32_t u, uint32_t v)
{
    for (size_t k = x->start[u]; k < x->start[u + 1]; k++)
        if (x->next[k] == v)
            return x->next_pattern[k];
    return PARTITION_NO_PATTERN;
}

/* Whoever is in `part`, of two lists, has a mate or has none. */
static void note_mates(struct partition *x, uint32_t part)
{
    uint32_t u = x->first[part];

    if (!x->mate_pattern || x->size[part] == 0)
        return;
    uint32_t v = x->after[u];
    x->mate_pattern[u] = v == PARTITION_NOBODY ? (uint16_t)PARTITION_NO_PATTERN : pattern_of(x, u, v);
    if (v != PARTITION_NOBODY)
        x->mate_pattern[v] = x->mate_pattern[u];
}

static void count(struct partition *x, uint32_t part, double step)
{
    if (!x->is_counting || x->size[part] == 0)
        return;
    x->people[x->mask[part]] += step;
    partition_forget_before(x);
}

void partition_leave(struct partition *x, uint32_t u)
{
    uint32_t part = x->part[u];
    uint32_t *to = &x->first[part];

    count(x, part, -1.0);
    while (*to != u)
        to = &x->after[*to];
    *to = x->after[u];
    if (--x->size[part] == 0)
        x->empty[x->empties++] = part;
    else if (x->size[part] == 1)
        x->alone_on[x->first[part]] = x->list[x->first[part]];
    if (!x->is_free)
        x->mask[part] &= ~(1U << x->list[u]);
    else if (x->size[part] == 0)
        x->mask[part] = 0;
    note_mates(x, part);
    count(x, part, 1.0);
}

void partition_join(struct partition *x, uint32_t u, uint32_t part)
{
    count(x, part, -1.0);
    x->alone_on[u] = x->size[part] == 0 ? x->list[u] : PARTITION_MAX_LISTS;
    if (x->size[part] == 1)
        x->alone_on[x->first[part]] = PARTITION_MAX_LISTS;
    x->after[u] = x->size[part] ? x->first[part] : PARTITION_NOBODY;
    x->first[part] = u;
    if (x->size[part]++ == 0)
        x->empties--; /* an empty part is always the last of them */
    x->mask[part] |= 1U << x->list[u];
    x->part[u] = part;
    note_mates(x, part);
    count(x, part, 1.0);
}
