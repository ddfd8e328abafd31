/* Would showing one more figure tell what a hidden one is? Gaussian elimination over sparse columns.
 *
 * Every figure of a table is a column: 1 in the rows (inner cells) it is the sum of. A hidden figure is known
 * exactly to who sees the shown ones if its column is a combination of theirs. Figures are offered one by
 * one: each is reduced by those already shown, and refused if what is left of it is a multiple of what is
 * left of a hidden one. Whole-number arithmetic modulo the prime 2^31 - 1: no rounding; a combination is
 * mistaken for another with a chance of about 10^-9 a test.
 *
 * A single is a hidden figure of one person, who knows it. So a figure is refused too if it would tell a
 * hidden one to that person.
 *
 * Langsrud (2024), "Secondary Cell Suppression by Gaussian Elimination: An Algorithm Suitable for Handling
 * Issues with Zeros and Singletons", Privacy in Statistical Databases, 86-101.                             */
#ifndef LYKTA_PROTECT_ELIMINATION_H
#define LYKTA_PROTECT_ELIMINATION_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct elimination;

/* For columns over rows 0..rows-1. Everything is in `a`. */
struct elimination *elimination_open(size_t rows, struct arena *a);

enum elimination_hidden {
    ELIMINATION_PLAIN,
    ELIMINATION_SINGLE /* one person, who knows it */
};

/* Adds a hidden figure: the sum of the `n` different rows at `row`. All are added before the first offer. */
void elimination_hide(struct elimination *x, const uint32_t *row, size_t n, enum elimination_hidden kind);

enum elimination_answer {
    ELIMINATION_SHOWN,  /* from now on it counts as shown */
    ELIMINATION_KNOWN,  /* what is shown tells it already: showing it adds nothing */
    ELIMINATION_REVEALS /* it would tell a hidden figure: it stays hidden */
};

/* May the sum of the `n` different rows at `row` be shown? */
enum elimination_answer elimination_offer(struct elimination *x, const uint32_t *row, size_t n);

#endif
