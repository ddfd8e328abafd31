/* The same table with other models: how much the figure depends on the choice of one. */
#ifndef LYKTA_ESTIMATE_ALTERNATIVE_H
#define LYKTA_ESTIMATE_ALTERNATIVE_H

#include "estimate/estimate.h"
#include "estimate/stepwise.h"

struct arena;

/* The distinct models of independence and of the thresholds 0.001, 0.005, 0.05, 0.1 and 0.2 for `counts`,
 * other than the `chosen` one, into out->alternative. Adds to out->models_tried. */
void alternative_list(const struct counts *counts, const struct stepwise *chosen, struct arena *a,
                      struct estimate *out);

/* Marks the alternatives that are defensible (BIC or AIC within 6 of the smallest of all) and widens
 * range[0]..range[1] over their figures. Returns the largest factor between one of them and the chosen
 * figure. */
double alternative_weigh(struct estimate *x, double range[2]);

#endif
