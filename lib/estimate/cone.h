/* The cone of the solutions of B v = 0 in which some variables may have any sign and the others are at least
 * 0: which of those others can be above 0. One solution has them all above 0 at once, because solutions add
 * up.
 *
 * Exact: integer arithmetic on rows that are kept without common divisors, by the simplex method from v = 0
 * with Bland's rule (1977, Math. Oper. Res. 2, 103-107), which ends although every vertex met is 0. */
#ifndef LYKTA_ESTIMATE_CONE_H
#define LYKTA_ESTIMATE_CONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CONE_MAX_COLUMNS = 256, CONE_MAX_ROWS = 256 };

/* The equations, `b[rows][columns]`, are used up. The first `free` columns are those of any sign. Only the
 * columns that `asked` holds are looked for, the others among those at least 0 may be above 0 or not;
 * `can[columns]` is set for the asked ones that can.
 *
 * False, and `can` is not set, when a number would grow beyond 2^30: then ask a slower method. Entries are
 * -2^30 to 2^30 at most; columns are CONE_MAX_COLUMNS at most, rows
 * CONE_MAX_ROWS. */
bool cone_support(int64_t *b, size_t rows, size_t columns, size_t free, const bool *asked, bool *can);

#endif
