/* One estimate from several linkages of the same people, so that not knowing which records are one person
 * widens the interval (Rubin 1987, Multiple Imputation for Nonresponse in Surveys, chapter 3). */
#ifndef LYKTA_ESTIMATE_POOLED_H
#define LYKTA_ESTIMATE_POOLED_H

#include "base/err.h"
#include "estimate/estimate.h"

#include <stddef.h>

struct arena;
struct counts;

/* Estimates from each of linkage[n] as estimate() does and pools; with one linkage it is estimate().
 *
 * On the scale of log N: the figure is the mean of the n logarithms; each limit's variance is the mean of
 * those that the same limits of the n tell (upper ones are further off than lower ones), and (1 + 1/n) times
 * the variance between them; limits are those of Student's t with Rubin's degrees of freedom, and never below
 * the people seen. So equal linkages are told as one. Methods with a posterior put their draws together
 * instead. out->linkages tells how it went; the rest of *out (lists, model, warnings) is of the first
 * linkage, people seen are the mean over all.
 *
 * Refused when any linkage is. A range when any linkage gives only one: from the smallest to the largest end
 * of all limits and ranges. */
enum status pooled_estimate(const struct counts *linkage, size_t n, const struct estimate_options *options,
                            struct arena *a, struct estimate *out, struct err *e) MUST_USE;

/* The same from estimates that are there, of[n] of n tables, n >= 2. Not if their draws are gone. */
void pool_estimates(const struct estimate *of, size_t n, struct arena *a, struct estimate *out);

#endif
