/* What of an estimate is published, and how it is rounded.
 *
 * The estimate is that of the rounded table (mapping/from_cube.h), so that nothing here tells more of a cell
 * than the table does. Left out nevertheless, as a second wall: people, deviance, likelihood criteria, bias
 * and acceleration, coefficients, how many models were tried, which lists and overlaps are empty, and the
 * terms of the model for pairs of lists that few people share. An estimate from fewer than 30 people, or
 * fewer than 10 on two lists, is not published at all: it would answer for the rounding. */
#ifndef LYKTA_RELEASE_PUBLISHED_ESTIMATE_H
#define LYKTA_RELEASE_PUBLISHED_ESTIMATE_H

#include "release/release.h"

struct cube;
struct estimate;
struct mapping_evidence;

/* Pairs of lists are told from this many rounded people on. */
enum { PUBLISHED_PAIR_PEOPLE = 20 };

/* Rounds `unrounded`, which was estimated from `cube`. Texts are in `a` or static. */
void published_estimate(const struct estimate *unrounded, const struct mapping *m, const struct cube *cube,
                        struct arena *a, struct release_estimate *out);

/* Adds to *out, which published_estimate has made, the methods that were tried on the same table and the
 * range over those that gave a figure, rounded outward. Nothing where *out has no figure. No method's own
 * figure, none of a list that is left out and none of a category alone is told. */
void published_methods(const struct mapping_evidence *unrounded, struct release_estimate *out);

#endif
