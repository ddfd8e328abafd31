/* The rank of a matrix of 0 and 1, exact: it is found modulo the prime 2^61 - 1, and such a rank is never too
 * large, and too small only when the prime divides every largest minor. */
#ifndef LYKTA_ESTIMATE_RANK_H
#define LYKTA_ESTIMATE_RANK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The rank of v[rows][columns], numbers below the prime, which is eliminated in place: its first rows are
 * then those that count. The column of each one's first number, in order, to pivot[rank]. */
size_t rank_of(uint64_t *v, size_t rows, size_t columns, size_t *pivot);

/* Is `row` a combination of the first `rank` rows of a matrix that rank_of has eliminated? Uses up `row`. */
bool rank_spans(const uint64_t *v, size_t rank, size_t columns, const size_t *pivot, uint64_t *row);

#endif
