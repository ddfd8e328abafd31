/* The method "classes": latent classes, with a figure only when independent chains agree on it. */
#ifndef LYKTA_ESTIMATE_CLASSES_H
#define LYKTA_ESTIMATE_CLASSES_H

#include "estimate/method.h"

/* A method_run: eight tempered chains (latent_chain.h) from over-dispersed starts, with at most ten classes
 * and at most 2^lists - 1. They are run on, twice as long each time, until the second halves have R-hat at
 * most 1.01 and tell as much as 400 independent draws (convergence.h); out->posterior says how it went. If
 * they do not by 128,000 sweeps a chain the answer is a refusal that names the modes found. Chain i uses the
 * random stream i of the seed, so the number of threads changes nothing. */
enum status classes(const struct method_call *call, struct estimate *out, struct err *e) MUST_USE;

#endif
