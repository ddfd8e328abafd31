/* How small and how large a sum can be, given what is known of others: linear programs over the counts.
 *
 * Unknowns: the counts, at least 0. Known: every sum lies in an interval. The optimum over real numbers is at
 * least as wide as over whole ones; an attacker with much more time could do a little better. Solved with
 * GLPK, each objective from the basis of the one before. */
#ifndef LYKTA_PROTECT_BOUNDS_H
#define LYKTA_PROTECT_BOUNDS_H

#include "base/err.h"
#include "protect/sums.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bounds;

enum {
    BOUNDS_MAX_UNKNOWNS = 20000,
    BOUNDS_MAX_TERMS = 4000000 /* unknown counts times the sums each is in */
};

#define BOUNDS_UNLIMITED SUMS_UNLIMITED

enum bounds_end { BOUNDS_LOWEST, BOUNDS_HIGHEST };

/* `sums` must outlive *out. REFUSED when the intervals contradict each other or there are more counts than
 * the limits above. The caller closes *out with bounds_close. */
enum status bounds_open(const struct sums *sums, struct bounds **out, struct err *e) MUST_USE;
void bounds_close(struct bounds *b);

/* The lowest or highest that sum `s` can be; BOUNDS_UNLIMITED when there is no highest. SYSTEM when the
 * solver gives up. */
enum status bounds_solve(struct bounds *b, size_t s, enum bounds_end end, double *out,
                         struct err *e) MUST_USE;

/* Sum `s` in the last solution found. */
double bounds_sum(const struct bounds *b, size_t s);

/* Does what is known of sum `s` decide the last optimum? (It binds: its dual value is not zero.) */
bool bounds_binds(const struct bounds *b, size_t s);

#endif
