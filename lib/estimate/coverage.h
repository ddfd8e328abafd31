/* How many there are by sample coverage: how much of each list the other lists hold.
 *
 * Of the n_k people on list k, f_k are on no other. If being on k had nothing to do with being on another,
 * C_k = 1 - f_k / n_k would be the share of all people that the other lists hold, D_k = n - f_k, and their
 * number D_k / C_k. Means over the t lists, C and D, give
 *
 *     N0 = D / C,
 *
 * which is Petersen's for two lists. People who are on list j and k together more often than chance by the
 * factor 1 + g, g = N n_jk / (n_j n_k) - 1, move it: to first order in g
 *
 *     N C = D + sum over j < k of (f_j + f_k + 2 f_jk) g_jk / t,
 *
 * f_jk being on these two alone. That is an equation in N. Its solution has the dependence of each two lists
 * in it, whether from people who differ or from lists that follow each other:
 *
 *     N  = (D - A) / (C - B),  A = sum (f_j + f_k + 2 f_jk) / t,  B = sum (f_j + f_k + 2 f_jk) n_jk / (n_j
 * n_k) / t.
 *
 * Where the lists share little the denominator is near 0. Then two steps from N0 toward it, with g at N0 and
 * again at what that gives, stop short of it: a lower bound, N1, as long as lists do not avoid each other.
 * Chao & Tsay (1998), J. Am. Statist. Ass. 93, 283-293; Chao, Tsay, Lin, Shau & Chao (2001), Statist. Med.
 * 20, 3123-3157, who advise the bound where C is below 0.55. */
#ifndef LYKTA_ESTIMATE_COVERAGE_H
#define LYKTA_ESTIMATE_COVERAGE_H

#include "estimate/method.h"

#include <stddef.h>

/* Lists that nobody is on are left out. All figures are people in all; infinite when nobody is on two lists.
 */
struct coverage {
    double share;       /* C, 0-1 */
    double independent; /* N0: never below the people seen */
    double one_step;    /* N1 */
    double figure;      /* N; infinite where the denominator is not above 0 */
};

/* From y[2^lists], whole numbers or not. */
struct coverage coverage_of(const double *y, size_t lists);

/* The method "coverage", for three lists or more: N where C is at least 0.55 and N is finite, else N1 as a
 * lower bound (out->is_bound), with a warning that says why. Which of the two is decided once, by the data.
 * Limits are those of replicates drawn from as many people as the figure says, the unseen among them, as its
 * authors draw them, corrected for bias; Wald's without replicates, by the derivatives of the logarithm of
 * the unseen. */
method_run coverage;

#endif
