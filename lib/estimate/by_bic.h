/* The method "bic": of all hierarchical models the one with the smallest BIC (bic.h), with bias-corrected
 * accelerated bootstrap limits for which every replicate searches all models again. Silverman, Chan & Vincent
 * (2024), Bootstrapping multiple systems estimates to account for model selection, Statistics and Computing
 * 34, 44; they refit a list of the best models on the data, here none is left out. */
#ifndef LYKTA_ESTIMATE_BY_BIC_H
#define LYKTA_ESTIMATE_BY_BIC_H

#include "estimate/bic.h"
#include "estimate/method.h"

/* Refuses with the class when the best model's dark figure is not finite. Alternatives are the models within
 * 6 of its BIC, the lowest and the highest figure among them always. With replicates, out->settled says how
 * many of the best models would have sufficed (bic_settled.h), looked for among the 10,000 best. */
method_run by_bic;

#endif
