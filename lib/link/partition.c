/* Records into people. */
#include "link/partition.h"

#include "base/arena.h"

#include <math.h>
#include <string.h>

static const double most_caution = 20.0;

static void leave(struct partition *x, uint32_t u);
static void join(struct partition *x, uint32_t u, uint32_t part);
static uint32_t choose(struct partition *x, uint32_t u, struct rng *r);

void partition_make(struct partition *x, struct arena *a)
{
    x->part = arena_new(a, x->n, uint32_t);
    x->size = arena_new(a, x->n, uint32_t);
    x->mask = arena_new(a, x->n, uint32_t);
    x->empty = arena_new(a, x->n + 1, uint32_t);
    x->order = arena_new(a, x->n, uint32_t);
    x->touched = arena_new(a, x->n, uint32_t);
    x->weight = arena_new(a, x->n, double);
    x->best_prior = arena_new(a, x->n, double);
    x->members = arena_new(a, x->n, uint32_t);
    x->start = arena_new(a, x->n + 2, size_t);
    x->next = arena_new(a, 2 * x->edges, uint32_t);
    x->empties = 0;
    for (size_t e = 0; e < x->edges; e++) {
        x->start[x->edge[e].u + 2]++;
        x->start[x->edge[e].v + 2]++;
    }
    for (size_t u = 0; u < x->n; u++)
        x->start[u + 2] += x->start[u + 1];
    for (size_t e = 0; e < x->edges; e++) {
        x->next[x->start[x->edge[e].u + 1]++] = (uint32_t)e;
        x->next[x->start[x->edge[e].v + 1]++] = (uint32_t)e;
    }
    for (uint32_t u = 0; u < x->n; u++) {
        x->part[u] = u;
        x->size[u] = 1;
        x->mask[u] = 1U << x->list[u];
    }
}

/* Records without edges stay alone and need no visit. */
size_t partition_sweep(struct partition *x, struct rng *r)
{
    size_t moved = 0;

    for (size_t k = 0; k < x->n; k++) {
        uint32_t u = (uint32_t)k;
        uint32_t before = x->part[u];
        bool was_alone = x->size[before] == 1;

        if (x->start[u] == x->start[u + 1])
            continue;
        leave(x, u);
        uint32_t part = choose(x, u, r);
        join(x, u, part);
        moved += part != before && !(was_alone && x->size[part] == 1);
    }
    return moved;
}

void partition_best(struct partition *x, size_t sweeps)
{
    for (x->caution = most_caution; x->caution > 0.0; x->caution -= 0.5)
        partition_sweep(x, NULL);
    x->caution = 0.0;
    for (size_t s = 0; s < sweeps && partition_sweep(x, NULL) > 0; s++)
        ;
}

void partition_overlaps(const struct partition *x, int64_t overlap[PARTITION_MAX_LISTS][PARTITION_MAX_LISTS])
{
    memset(overlap, 0, sizeof(int64_t[PARTITION_MAX_LISTS][PARTITION_MAX_LISTS]));
    for (size_t p = 0; p < x->n; p++)
        for (size_t i = 0; x->size[p] > 0 && i < x->lists; i++)
            for (size_t j = 0; j < x->lists && x->mask[p] >> i & 1U; j++)
                overlap[i][j] += x->mask[p] >> j & 1U;
}

static void leave(struct partition *x, uint32_t u)
{
    uint32_t part = x->part[u];

    if (--x->size[part] == 0)
        x->empty[x->empties++] = part;
    if (!x->is_free)
        x->mask[part] &= ~(1U << x->list[u]);
    else if (x->size[part] == 0)
        x->mask[part] = 0;
}

static void join(struct partition *x, uint32_t u, uint32_t part)
{
    if (x->size[part]++ == 0)
        x->empties--; /* an empty part is always the last of them */
    x->mask[part] |= 1U << x->list[u];
    x->part[u] = part;
}

/* Sums the log ratios with each part that `u` has an edge into and may join; returns how many. */
static size_t gather(struct partition *x, uint32_t u)
{
    size_t n = 0;

    for (size_t k = x->start[u]; k < x->start[u + 1]; k++) {
        const struct partition_edge *e = &x->edge[x->next[k]];
        uint32_t v = e->u == u ? e->v : e->u;
        uint32_t part = x->part[v];
        double prior = x->prior[x->list[u]][x->list[v]];

        if (!x->is_free && x->mask[part] >> x->list[u] & 1U)
            continue;
        if (x->members[part]++ == 0) {
            x->touched[n++] = part;
            x->weight[part] = 0.0;
            x->best_prior[part] = prior;
        }
        x->weight[part] += x->log_ratio[e->pattern];
        x->best_prior[part] = fmax(x->best_prior[part], prior);
    }
    for (size_t k = 0; k < n; k++) {
        uint32_t part = x->touched[k];

        x->weight[part] +=
            x->best_prior[part] - x->caution + x->absent * (double)(x->size[part] - x->members[part]);
        x->members[part] = 0;
    }
    return n;
}

/* A part for `u`: one it has an edge into, or an empty one, whose weight is that of
 * being alone. */
static uint32_t choose(struct partition *x, uint32_t u, struct rng *r)
{
    size_t n = gather(x, u);
    uint32_t alone = x->empties > 0 ? x->empty[x->empties - 1] : 0;
    uint32_t best = alone;
    double by_itself = x->alone[x->list[u]];
    double most = by_itself;
    double sum = 0.0;

    for (size_t k = 0; k < n; k++) {
        double w = x->weight[x->touched[k]];

        if (w > most) {
            most = w;
            best = x->touched[k];
        }
    }
    if (!r)
        return best;
    sum = exp(by_itself - most);
    for (size_t k = 0; k < n; k++)
        sum += exp(x->weight[x->touched[k]] - most);
    double left = rng_unit(r) * sum - exp(by_itself - most);
    for (size_t k = 0; k < n && left >= 0.0; k++) {
        left -= exp(x->weight[x->touched[k]] - most);
        if (left < 0.0)
            return x->touched[k];
    }
    return alone;
}
