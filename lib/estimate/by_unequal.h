/* The method "unequal": people differ in how easily they are listed, and pairs of lists may depend on each
 * other beside that. */
#ifndef LYKTA_ESTIMATE_BY_UNEQUAL_H
#define LYKTA_ESTIMATE_BY_UNEQUAL_H

#include "estimate/method.h"

/* Six models (unequal.h): each shape alone, and with the pairs that enter by p-value while it is in, as in
 * stepwise.h. One without a maximum, or whose limits do not settle, is left out. The figure, the model and
 * `ci95` are those of the model with the smallest BIC, with limits of the profile likelihood, which take the
 * strength along; the others are alternatives, defensible when their BIC or AIC is within 6 of the smallest.
 *
 * The lists cannot tell the shapes apart where it matters, among those not seen. So what is told is always a
 * range, over the limits of the best and of all defensible ones. Where the lists show no difference between
 * people, its strength is 0 in the figures, while the limits count with it. */
method_run by_unequal;

#endif
