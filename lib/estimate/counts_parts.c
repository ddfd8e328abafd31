/* Tables made from a table. */
#include "estimate/counts_parts.h"

#include "base/arena.h"

#include <math.h>
#include <string.h>

void counts_of_people(struct counts *out, const struct counts *like, const uint32_t *y, struct arena *a)
{
    size_t cells = (size_t)1 << like->lists;
    struct counts c = {.lists = like->lists};

    memcpy(c.list, like->list, sizeof c.list);
    c.y = arena_new(a, cells, uint32_t);
    c.record = arena_new(a, cells, struct counts_record);
    for (size_t h = 1; h < cells; h++) {
        c.y[h] = y[h];
        c.n += y[h];
        if (y[h] > 0)
            c.record[c.records++] = (struct counts_record){.history = (uint32_t)h, .people = y[h]};
    }
    *out = c;
}

void counts_merged(struct counts *out, const struct counts *whole, size_t first, size_t second,
                   struct arena *a)
{
    size_t cells = (size_t)1 << whole->lists;
    uint32_t *y = arena_new(a, cells, uint32_t);
    struct counts merged;

    for (size_t h = 1; h < cells; h++) {
        size_t either = (h >> first | h >> second) & 1U;

        y[(h & ~((size_t)1 << first | (size_t)1 << second)) | either << first] += whole->y[h];
    }
    counts_of_people(&merged, whole, y, a);
    counts_without(out, &merged, UINT32_C(1) << second, a);
}

void counts_on(struct counts *out, const struct counts *whole, size_t list, struct arena *a)
{
    size_t cells = (size_t)1 << whole->lists;
    uint32_t *y = arena_new(a, cells, uint32_t);

    for (size_t h = 1; h < cells; h++)
        y[h] = h >> list & 1U ? whole->y[h] : 0;
    counts_of_people(out, whole, y, a);
}

void counts_thinned(struct counts *out, const struct counts *whole, double share, struct rng *r,
                    struct arena *a)
{
    size_t cells = (size_t)1 << whole->lists;
    uint32_t *y = arena_new(a, cells, uint32_t);

    for (size_t h = 1; h < cells; h++)
        y[h] = (uint32_t)rng_binomial(r, whole->y[h], share);
    counts_of_people(out, whole, y, a);
}

const struct counts *counts_middle(const struct counts_linkages *x, struct arena *a)
{
    size_t cells = (size_t)1 << x->linkage[0].lists;
    double *mean = arena_new(a, cells, double);
    const struct counts *nearest = NULL;
    double least = (double)INFINITY;

    for (size_t i = 0; i < x->n; i++)
        for (size_t c = 0; c < cells; c++)
            mean[c] += x->linkage[i].y[c] / (double)x->n;
    for (size_t i = 0; i < x->n; i++) {
        double sum = 0.0;

        for (size_t c = 0; c < cells; c++)
            sum += (x->linkage[i].y[c] - mean[c]) * (x->linkage[i].y[c] - mean[c]);
        if (sum < least) {
            least = sum;
            nearest = &x->linkage[i];
        }
    }
    return nearest;
}
