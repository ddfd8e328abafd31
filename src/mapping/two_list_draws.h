/* Tables of two lists that a rounded table may have been rounded from, drawn by rounding. */
#ifndef LYKTA_MAPPING_TWO_LIST_DRAWS_H
#define LYKTA_MAPPING_TWO_LIST_DRAWS_H

#include "mapping/cube_draws.h"

struct rng;

/* As cube_draws(), for two lists. How a table is rounded hangs on its remainders after the base alone, and
 * any is as likely as another before the table is seen. So remainders are drawn and rounded as a city's table
 * is (protect/rounding.h), with a key of the stream; the people shown are moved back by what that moved.
 * These are draws of the true table given the rounded one, with every table as likely before: no
 * approximation but that a table which is divided by categories is taken as one divided in two. */
void two_list_draws(const struct counts *shown, const struct cube_rounding *how, struct rng *r, size_t n,
                    struct arena *a, struct counts *out);

#endif
