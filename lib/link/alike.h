/* All pairs of filters whose Dice coefficient reaches a threshold: exactly those, and none left out.
 *
 * 2c / (a + b) >= threshold in double arithmetic, with c common bits of filters with a and b bits: the same
 * pairs and coefficients as anonlink finds. A filter without bits is like nothing: its coefficient is 0.
 *
 * List b is cut into blocks of 512 filters of like weight, sliced by bit (kernel.h). For a filter of list a
 * the bits that fewest have come first, and a block is left as soon as all its filters lack more of them than
 * the threshold allows: a bound that loses nothing. What is left is counted exactly. The threads share the
 * blocks; the result is the same for any number.                      */
#ifndef LYKTA_LINK_ALIKE_H
#define LYKTA_LINK_ALIKE_H

#include "base/err.h"
#include "link/encodings.h"
#include "link/kernel.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct progress;

enum { ALIKE_MOST_PAIRS = 200000000, ALIKE_MAX_BITS = 8192 };

struct alike_pair {
    uint32_t i, j;
    double dice;
};

struct alike_pairs {
    size_t n;
    struct alike_pair *pair; /* by i, then j */
};

struct alike_options {
    double threshold;            /* 0..1 */
    const struct kernel *kernel; /* NULL: the best */
    int threads;                 /* 0: one per processor */
    struct progress *progress;   /* may be NULL */
};

/* The pairs of `a` and `b`, filters of one length up to ALIKE_MAX_BITS in `a_n` and `b_n` records; in
 * `arena`. SYSTEM when asked to stop, REFUSED when there are more than ALIKE_MOST_PAIRS. Beside the filters
 * and the pairs it needs two megabytes a thread and ten bytes a record. */
enum status alike_find(const struct filters *a, size_t a_n, const struct filters *b, size_t b_n,
                       const struct alike_options *options, struct arena *arena, struct alike_pairs *out,
                       struct err *e) MUST_USE;

/* Dice's coefficient of weights that add up to `sum`. */
static inline double dice(unsigned common, unsigned sum)
{
    return sum ? (double)(2 * common) / (double)sum : 0.0;
}

/* The fewest common bits with which weights that add up to `sum` reach `threshold`; more than sum / 2 when
 * none do. */
unsigned dice_need(double threshold, unsigned sum);

#endif
