/* The perturbation table of the cell key method: with which chance a count of n is shown as n + v.
 *
 * For every n the moves v have mean 0 and, where that can be, the asked variance; |v| is at most `most`; n +
 * v is never negative and never 1..small; and among all such distributions it is the one of greatest entropy,
 * so that the table tells as little as it can: p(v) is proportional to exp(alpha v + beta v^2). Marley &
 * Leaver (2011), "A method for confidentialising user-defined tables", 58th ISI Congress; Giessing (2016),
 * Privacy in Statistical Databases, 55-67.                                                        */
#ifndef LYKTA_PROTECT_PTABLE_H
#define LYKTA_PROTECT_PTABLE_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

enum { PTABLE_MOST_MOVE = 20, PTABLE_ROWS = 2 * PTABLE_MOST_MOVE + 2 };

struct ptable {
    int most;        /* |v| is at most this: 1..PTABLE_MOST_MOVE */
    int small;       /* no figure is shown as 1..small; 0..most */
    double variance; /* above 0 */
    int rows;        /* counts 1..rows have rows of their own; greater ones are moved as the last */
    double p[PTABLE_ROWS][2 * PTABLE_MOST_MOVE + 1]; /* p[n][most + v] */
};

/* USAGE for parameters outside these limits; REFUSED when no distribution has mean 0 for some row, or none
 * has the variance in the last row. */
enum status ptable_make(int most, int small, double variance, struct ptable *out, struct err *e) MUST_USE;

/* The move of count `n` for a cell whose key is `u` of 2^32: by the inverse of the cumulative chances, least
 * first. 0 for n = 0. */
int ptable_move(const struct ptable *t, int64_t n, uint32_t u);

#endif
