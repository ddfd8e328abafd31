/* What is known of counts that are not shown: sums of them, each in an interval.
 *
 * The counts are those of the finest cells that anything known is made of: the inner cells of one table, or
 * the common refinement of several (ledger.h). */
#ifndef LYKTA_PROTECT_SUMS_H
#define LYKTA_PROTECT_SUMS_H

#include "protect/table.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

/* "Nothing is known above": twice it still fits. */
#define SUMS_UNLIMITED (INT64_MAX / 4)

/* Sum s is of the counts part[first[s]] .. part[first[s + 1] - 1], all different, and is in lo[s]..hi[s].
 * Count i is in the sums of[start[i]] .. of[start[i + 1] - 1]. */
struct sums {
    size_t counts;
    size_t n;
    const size_t *first;
    const uint32_t *part;
    int64_t *lo, *hi;
    const size_t *start;
    const uint32_t *of;
};

/* The published cells of a table as sums of its inner cells, in canonical order; of each nothing is known but
 * that it is not negative. In `a`. */
struct sums sums_of_table(const struct table_shape *shape, struct arena *a);

/* `n` sums over `counts` counts, of the parts at `part` from first[s] to first[s + 1]; nothing is known of
 * them. Both arrays are kept. */
struct sums sums_make(size_t counts, size_t n, const size_t *first, const uint32_t *part, struct arena *a);

/* Every sum of the counts at count[sums->counts]: into sum[sums->n]. */
void sums_add(const struct sums *sums, const int64_t *count, int64_t *sum);

#endif
