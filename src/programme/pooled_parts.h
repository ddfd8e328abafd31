/* The steps of pooling a period, in their order; pool() alone calls them. */
#ifndef LYKTA_PROGRAMME_POOLED_PARTS_H
#define LYKTA_PROGRAMME_POOLED_PARTS_H

#include "programme/pooled.h"

/* Finds what most cities have, and marks what differs from it. */
void pooled_match(struct pooled_period *p);

/* Adds the tables that match. Marks cities whose table does not. In `a`. */
void pooled_add_tables(struct pooled_period *p, struct arena *a);

/* Rates and the comparison of cities. In `a`. */
void pooled_compare(struct pooled_period *p, const struct population *population, struct arena *a);

/* Is the city pooled at all? */
bool pooled_is_in(const struct pooled_city *c);

#endif
