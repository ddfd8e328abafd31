/* How many people are to be expected on each combination of lists, from what a rounded table shows. */
#ifndef LYKTA_MAPPING_CUBE_EXPECT_H
#define LYKTA_MAPPING_CUBE_EXPECT_H

#include "estimate/counts.h"

#include <stdint.h>

/* The means of the log-linear model of all pairs of lists that fits `shown`, by history into mean[2^lists].
 * A pair that shows nobody is expected to share as many as pairs do on average, at most half of the `base` -
 * 1 people that the rounding can hide. By iterative proportional fitting (Deming & Stephan 1940, Annals of
 * Mathematical Statistics 11, 427-444). */
void cube_expect(const struct counts *shown, int64_t base, double *mean);

#endif
