/* Two lists: Chapman's estimate (1951, Univ. Calif. Publ. Statist. 1, 131-160), with the variance of Seber
 * (1982, The Estimation of Animal Abundance, section 3.1) and an interval that is log-normal in the unseen.
 */
#ifndef LYKTA_ESTIMATE_CHAPMAN_H
#define LYKTA_ESTIMATE_CHAPMAN_H

#include "estimate/method.h"

/* A method of two lists (method.h), with the warning that it cannot be tested. */
method_run chapman;

#endif
