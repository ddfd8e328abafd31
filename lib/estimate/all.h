/* The method "all": every method that the table allows, the range over their limits, and what the figures
 * hang on. */
#ifndef LYKTA_ESTIMATE_ALL_H
#define LYKTA_ESTIMATE_ALL_H

#include "estimate/method.h"

/* Fills out->of_method with a row each, and out->diagnostics. The range goes from the lowest lower to the
 * highest upper 95 % limit (or end of the range, where that is what a method gives) of the methods with a
 * figure, lower bounds not among them; out->nhat stays NaN, because no one figure is the answer. Refused,
 * with the first method's reason, when no method has a figure.
 *
 * A list without which the stepwise figure leaves its own 95 % limits is a warning by name. */
method_run all_methods;

#endif
