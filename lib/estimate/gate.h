/* What must hold of a table before a model is fitted to it: the lists are cleaned, and tables that cannot
 * carry an estimate are turned back with the reason. */
#ifndef LYKTA_ESTIMATE_GATE_H
#define LYKTA_ESTIMATE_GATE_H

#include "estimate/estimate.h"

#include <stdbool.h>

struct arena;

/* `counts` without lists that nobody is on or that everybody is on, in *clean: such a list says nothing about
 * who is on none. Each list left out, and each pair of lists that hold exactly the same people, is a warning
 * in *out. */
void gate_clean(struct counts *clean, const struct counts *counts, struct arena *a, struct estimate *out);

/* False, with out->reason, when `clean` can carry no estimate: more than `most_lists` lists, fewer than
 * two, nobody on two, and for three lists or more fewer than three overlapping pairs or lists in unconnected
 * groups. */
bool gate_passes(const struct counts *clean, size_t most_lists, struct arena *a, struct estimate *out);

/* The same without what only a single figure needs: false with more than `most_lists` lists, fewer than two,
 * or nobody on two. */
bool gate_has_overlap(const struct counts *clean, size_t most_lists, struct arena *a, struct estimate *out);

#endif
