/* How small and how large a cell can be, given what is known of a table: linear programs over its inner
 * cells.
 *
 * Unknowns: the inner counts, at least 0. Known: every published cell's sum lies in an interval. The optimum
 * over real numbers is at least as wide as over whole ones; an attacker with much more time could do a little
 * better. Solved with GLPK, each objective from the basis of the one before.                             */
#ifndef LYKTA_PROTECT_BOUNDS_H
#define LYKTA_PROTECT_BOUNDS_H

#include "base/err.h"
#include "protect/table.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct bounds;

enum {
    BOUNDS_MAX_UNKNOWNS = 20000,
    BOUNDS_MAX_TERMS = 4000000 /* inner cells times the published cells each is in */
};

/* "Nothing is known above": twice it still fits. */
#define BOUNDS_UNLIMITED (INT64_MAX / 4)

enum bounds_end { BOUNDS_LOWEST, BOUNDS_HIGHEST };

/* Knowledge: lo[cell] <= sum of published cell <= hi[cell] for every cell of `shape`; both must outlive it.
 * REFUSED when the intervals contradict each other or the table is larger than the limits above.
 * The caller closes *out with bounds_close.                                                              */
enum status bounds_open(const struct table_shape *shape, const int64_t *lo, const int64_t *hi,
                        struct bounds **out, struct err *e) MUST_USE;
void bounds_close(struct bounds *b);

/* The lowest or highest sum that published cell `cell` can have; BOUNDS_UNLIMITED when there is no highest.
 * SYSTEM when the solver gives up. */
enum status bounds_solve(struct bounds *b, size_t cell, enum bounds_end end, double *out,
                         struct err *e) MUST_USE;

/* The sum of published cell `cell` in the last table found. */
double bounds_sum(const struct bounds *b, size_t cell);

#endif
