/* The method "stepwise": a log-linear model chosen forward by p-value (stepwise.h), with bias-corrected
 * accelerated bootstrap limits that repeat the choice in every replicate. */
#ifndef LYKTA_ESTIMATE_BY_STEPWISE_H
#define LYKTA_ESTIMATE_BY_STEPWISE_H

#include "estimate/bootstrap.h"
#include "estimate/method.h"
#include "estimate/stepwise.h"

method_run by_stepwise;

/* The choice in a bootstrap; `with` is the threshold, a double. */
extern const struct bootstrap_estimator by_stepwise_estimator;

/* Makes the chosen model of *out that of `s`. */
void by_stepwise_describe(const struct method_call *call, const struct stepwise *s, struct estimate *out);

#endif
