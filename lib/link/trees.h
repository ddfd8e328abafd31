/* How much speaks for records being one person, when each pair of them has been compared.
 *
 * k records have k (k - 1) / 2 comparisons, but these are not as many independent signs: whoever is like one
 * of a person's records is like the others. k - 1 comparisons hold k records together, as a tree, and its
 * ratios may be multiplied (Chow & Liu 1968, IEEE Trans. Inf. Theory 14, 462-467). Which tree it is is not
 * known: all are equally likely, and their products are averaged (Meila & Jaakkola 2006, Stat. Comput. 16,
 * 77-92). Two records have one tree: their own ratio. */
#ifndef LYKTA_LINK_TREES_H
#define LYKTA_LINK_TREES_H

#include <stddef.h>

enum { TREES_MAX = 16 };

/* The log of the mean, over all k^(k-2) trees of k records, of the product of the ratios of a tree's pairs;
 * 0 for one record. `ratio` is symmetric and above 0 off its diagonal, for k of at most TREES_MAX records; it
 * is used up. Without a subtraction, so that ratios of any size do. */
double trees_log_mean(double ratio[TREES_MAX][TREES_MAX], size_t k);

#endif
