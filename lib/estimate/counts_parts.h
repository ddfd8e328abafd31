/* Tables made from a table, by history alone: categories are left behind. And one chosen among several. */
#ifndef LYKTA_ESTIMATE_COUNTS_PARTS_H
#define LYKTA_ESTIMATE_COUNTS_PARTS_H

#include "base/rng.h"
#include "estimate/counts.h"

struct arena;

/* A table of the lists of `like` with y[2^lists] people, copied into `a`. */
void counts_of_people(struct counts *out, const struct counts *like, const uint32_t *y, struct arena *a);

/* `whole` with the lists `first` and `second` taken for one, which has the first one's name and place. */
void counts_merged(struct counts *out, const struct counts *whole, size_t first, size_t second,
                   struct arena *a);

/* Those of `whole` who are on `list`, with all lists. */
void counts_on(struct counts *out, const struct counts *whole, size_t list, struct arena *a);

/* The linkage to show where one must be shown: the one whose numbers of people by history are nearest to
 * their means over all, by least squares; the first of those that are equally near. */
const struct counts *counts_middle(const struct counts_linkages *x, struct arena *a);

/* Each person of `whole` with probability `share`. */
void counts_thinned(struct counts *out, const struct counts *whole, double share, struct rng *r,
                    struct arena *a);

#endif
