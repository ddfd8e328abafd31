/* Sums of counts that are not shown. */
#include "protect/sums.h"

#include "base/arena.h"

#include <assert.h>

struct sums sums_make(size_t counts, size_t n, const size_t *first, const uint32_t *part, struct arena *a)
{
    size_t *start = arena_new(a, counts + 2, size_t);
    uint32_t *of = arena_new(a, first[n] + 1, uint32_t);
    struct sums sums = {.counts = counts,
                        .n = n,
                        .first = first,
                        .part = part,
                        .lo = arena_new(a, n + 1, int64_t),
                        .hi = arena_new(a, n + 1, int64_t),
                        .start = start,
                        .of = of};

    assert(counts < UINT32_MAX && n < UINT32_MAX);
    /* One place further on than they belong, so that they are where they belong after the second walk. */
    for (size_t i = 0; i < first[n]; i++)
        start[part[i] + 2]++;
    for (size_t i = 2; i < counts + 2; i++)
        start[i] += start[i - 1];
    for (size_t s = 0; s < n; s++) {
        sums.hi[s] = SUMS_UNLIMITED;
        for (size_t i = first[s]; i < first[s + 1]; i++)
            of[start[part[i] + 1]++] = (uint32_t)s;
    }
    return sums;
}

struct sums sums_of_table(const struct table_shape *shape, struct arena *a)
{
    size_t *covers = arena_new(a, shape->covers, size_t);
    size_t *first = arena_new(a, shape->published + 2, size_t);
    uint32_t *part = arena_new(a, shape->inner * shape->covers, uint32_t);

    for (size_t i = 0; i < shape->inner; i++) {
        table_covers(shape, i, covers);
        for (size_t c = 0; c < shape->covers; c++)
            first[covers[c] + 2]++;
    }
    for (size_t cell = 2; cell < shape->published + 2; cell++)
        first[cell] += first[cell - 1];
    for (size_t i = 0; i < shape->inner; i++) {
        table_covers(shape, i, covers);
        for (size_t c = 0; c < shape->covers; c++)
            part[first[covers[c] + 1]++] = (uint32_t)i;
    }
    return sums_make(shape->inner, shape->published, first, part, a);
}

void sums_add(const struct sums *sums, const int64_t *count, int64_t *sum)
{
    for (size_t s = 0; s < sums->n; s++) {
        sum[s] = 0;
        for (size_t i = sums->first[s]; i < sums->first[s + 1]; i++)
            sum[s] += count[sums->part[i]];
    }
}
