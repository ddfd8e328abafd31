/* What of an estimate may be published: rounded, and without what is a function of exact counts.
 *
 * Left out: exact people, deviance, likelihood criteria, bias and acceleration, coefficients, how many models
 * were tried, which overlaps are empty, which list is empty or holds everyone, and the terms of the model for
 * pairs of lists that few people share. That a pair with a small rounded overlap was chosen would tell that
 * its overlap is not 0. An estimate from fewer than 30 people, or fewer than 10 on two lists, is not
 * published at all: from it, the method and the rounded margins the small overlaps could be had. */
#ifndef LYKTA_RELEASE_PUBLISHED_ESTIMATE_H
#define LYKTA_RELEASE_PUBLISHED_ESTIMATE_H

#include "release/release.h"

struct cube;
struct estimate;
struct mapping_evidence;

/* Pairs of lists are told from this many rounded people on. */
enum { PUBLISHED_PAIR_PEOPLE = 20 };

/* Rounds `exact`; `cube` is the rounded table of the same lists. Texts are in `a` or static. */
void published_estimate(const struct estimate *exact, const struct mapping *m, const struct cube *cube,
                        struct arena *a, struct release_estimate *out);

/* Adds to *out, which published_estimate has made, the methods that were tried and the range over those that
 * gave a figure, rounded outward. Nothing where *out has no figure. No method's own figure, none of a list
 * that is left out and none of a category alone is told: with three lists the figure without one is
 * (a + 1)(b + 1) / (ab + 1), and ab, the people on both others, could be had from it. */
void published_methods(const struct mapping_evidence *exact, struct release_estimate *out);

#endif
