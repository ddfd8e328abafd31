/* Transforms over the subsets of a set of lists. An array `x[cells]`, cells = 2^lists and at least 4, is
 * indexed by bitmasks. Each costs lists * cells / 2 operations, in place, instead of the 3^lists of the sums
 * written out. Yates (1937); Bjorklund, Husfeldt, Kaski & Koivisto (2007), STOC 39, 67-74. */
#ifndef LYKTA_ESTIMATE_ZETA_H
#define LYKTA_ESTIMATE_ZETA_H

#include <stddef.h>

/* x[m] becomes the sum of x[c] over all c that contain m: from cells to margins. */
void zeta_superset_sum(double *x, size_t cells);

/* x[c] becomes the sum, or the product, of x[m] over all m within c: from terms to cells. */
void zeta_subset_sum(double *x, size_t cells);
void zeta_subset_product(double *x, size_t cells);

#endif
