/* The information matrix of a log-linear fit: what Newton's steps, the start of a larger model and standard
 * errors take from it. The entry for the terms m and l is what the model expects on both, margin[m | l]. */
#ifndef LYKTA_ESTIMATE_INFORMATION_H
#define LYKTA_ESTIMATE_INFORMATION_H

#include <stdbool.h>
#include <stddef.h>

struct loglinear;

/* Eliminates it at the fit's parameters, with the gradient beside it, into fit->rows. False when it is
 * singular to working precision. */
bool information_eliminate(struct loglinear *fit);

/* Leaves Newton's step in fit->step, no coordinate longer than 3, and what it promises in fit->promise.
 * After information_eliminate. */
void information_step(struct loglinear *fit);

/* How far the parameters of `parent` follow when a new one, that of `term`, grows by 1: -H^-1 h, into
 * fit->step. Returns what of the new term's information they do not explain. The parent's matrix must have
 * been eliminated a small step ago. */
double information_follow(struct loglinear *fit, const struct loglinear *parent, size_t term);

#endif
