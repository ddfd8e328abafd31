/* What is not known about the number of people as one distribution, whatever method told it: so that numbers
 * that are uncertain can be added. */
#ifndef LYKTA_ESTIMATE_UNCERTAINTY_H
#define LYKTA_ESTIMATE_UNCERTAINTY_H

struct estimate;

/* The number of people that `x`, which is not refused, exceeds with probability 1 - p. At the probabilities
 * of x's interval it is x's limits:
 *
 *   credible          the quantile of the draws
 *   bca               the replicates' quantile at the corrected level
 *   wald and others   log-normal in the unseen, one spread below the figure and one above
 *   a range only      log-normal in the unseen, with 95 % of it in the range
 *
 * Infinite above the middle where the upper limit is. */
double uncertainty_quantile(const struct estimate *x, double p);

/* The quantile of what is known from a middle and limits alone: log-normal in the unseen through `low`,
 * `middle` and `high` at 2.5, 50 and 97.5 %, one spread below the middle and one above. `deviate` is the
 * standard normal's quantile at the same probability; `seen` are the people who are known. Infinite above the
 * middle where `high` is. */
double uncertainty_of_limits(double seen, double low, double middle, double high, double deviate);

#endif
