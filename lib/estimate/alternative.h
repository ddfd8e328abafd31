/* The same table with other models: how much the figure depends on the choice of one. */
#ifndef LYKTA_ESTIMATE_ALTERNATIVE_H
#define LYKTA_ESTIMATE_ALTERNATIVE_H

#include "estimate/bic.h"
#include "estimate/estimate.h"
#include "estimate/method.h"
#include "estimate/stepwise.h"

struct arena;

/* Into out->alternative, other than the `chosen` one and each once: the models of independence and of the
 * thresholds 0.001, 0.005, 0.05, 0.1 and 0.2, and then the models of pairs of lists whose BIC is within
 * ALTERNATIVE_REACH of the smallest among all of them, the best first. Adds to out->models_tried. With seven
 * or eight lists that search ends after ALTERNATIVE_FITS models, with a warning. */
enum { ALTERNATIVE_REACH = 6, ALTERNATIVE_FITS = 5000 };
void alternative_list(const struct method_call *call, const struct stepwise *chosen, struct estimate *out);

/* Appends `fit[n]`, the best first. When they are too many to list, those with the lowest and the highest
 * figure among those left out come last. */
void alternative_add(const struct bic_terms *terms, const struct bic_fit *fit, size_t n, struct arena *a,
                     struct estimate *out);

/* Marks the alternatives that are defensible (BIC or AIC within 6 of the smallest of all) and widens
 * range[0]..range[1] over their figures. Returns the largest factor between one of them and the chosen
 * figure. */
double alternative_weigh(struct estimate *x, double range[2]);

#endif
