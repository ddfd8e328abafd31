/* Tables that a rounded table may have been rounded from: multiple imputation of what the rounding took away
 * (Rubin 1987, Multiple Imputation for Nonresponse in Surveys). What is estimated from them hangs less on how
 * the rounding fell than what is estimated from the rounded table, and "färre än 5" is not taken for nobody.
 *
 * They are drawn from what is shown and from public streams: they tell nothing that the table does not. */
#ifndef LYKTA_MAPPING_CUBE_DRAWS_H
#define LYKTA_MAPPING_CUBE_DRAWS_H

#include "estimate/counts.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

/* How a table was rounded: to multiples of `base`, what is shown of each combination of lists being the sum
 * of `parts` rounded cells, as many as there are crossings of the categories. */
struct cube_rounding {
    int64_t base, parts;
};

/* `n` tables of people into out[n], in `a`, from a stream of `seed` that is the table's own: were it the same
 * for all, the draws of all cities would err alike. `shown` is the people of a cube by history, each a
 * multiple of the base.
 *
 * Two lists are drawn by rounding (two_list_draws.h).
 *
 * From three lists on each combination of lists has y people with a weight of 1 - |y - shown| / base, the
 * chance that additive rounding shows them so, times Poisson's of the expected mean (cube_expect.h). Of
 * these, those tables are drawn in which all people together, and those on each list, are fewer than the base
 * from what is shown, as the rounding keeps sums. By a Gibbs sampler (Geman & Geman 1984, IEEE PAMI 6,
 * 721-741) that begins at what is shown; between two tables each combination is drawn 200 times. */
void cube_draws(const struct counts *shown, const struct cube_rounding *how, uint64_t seed, size_t n,
                struct arena *a, struct counts *out);

#endif
