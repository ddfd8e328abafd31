/* A lower bound of how many people there are that needs no model of how lists hang together.
 *
 * People differ: one's odds of being on list i are b_i x, the lists' b times the person's own x, whatever its
 * distribution. Then the expected number on no list, on list i alone, and on i and j alone are the moments
 * m0, b_i m1 and b_i b_j m2 of one measure, and m1^2 <= m0 m2 gives
 *
 *     unseen >= sum over i < j of f_i f_j / f2,
 *
 * where f_i people are on list i alone and f2 on exactly two. For lists of equal size it is Chao's bound
 * (1987, Biometrics 43, 783-791); with f2 + 1 below, as she corrects for bias, it is finite with few overlaps
 * too. Lists that avoid each other, so that being on one makes being on another less likely, can make it too
 * high. */
#ifndef LYKTA_ESTIMATE_CHAO_H
#define LYKTA_ESTIMATE_CHAO_H

#include "estimate/bootstrap.h"
#include "estimate/method.h"

#include <stddef.h>
#include <stdint.h>

/* People in all, at least, for y[2^lists]. */
double chao_bound(const uint32_t *y, size_t lists);

/* The method "chao": the bound with BCa limits, and a warning that it is one. Without replicates it has no
 * limits. */
method_run chao;

extern const struct bootstrap_estimator chao_estimator;

#endif
