/* Two releases of the same city that count the same people: what a reader of both can work out.
 *
 * Sums over different cities tell nothing that the cities' own figures do not. But where two tables overlap,
 * as two roundings of the same table or two divisions of the same area do, each may be safe and both
 * together not. So the auditor's programs (protect/attack.h) run on the union before anything is shown. */
#ifndef LYKTA_PROGRAMME_UNION_ATTACK_H
#define LYKTA_PROGRAMME_UNION_ATTACK_H

#include "base/err.h"

struct arena;
struct arrival;

/* Refuses `x`, which counts some of the same years as `before`: people would be counted twice. When the two
 * are of the very same years they are attacked together, and the fault is ARRIVAL_REVEALS when a figure can
 * be worked out too closely; the reason then names it. */
void union_attack(struct arrival *x, const struct arrival *before, struct arena *a);

#endif
