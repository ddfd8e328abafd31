/* The dark figure that a release tells: worked out from the rounded table, so that it tells nothing of a cell
 * that the table does not.
 *
 * From the exact counts a reader who has the release can solve for a cell, how coarse ever the figure
 * (docs/decisions/0125-figure-of-the-rounded-table.md). So tables that the rounded one may have come from are
 * drawn (cube_draws.h), each is estimated as exact counts are, and the answers are pooled as linkages are
 * (estimate/pooled.h): what the rounding took away widens the limits. */
#ifndef LYKTA_MAPPING_FROM_CUBE_H
#define LYKTA_MAPPING_FROM_CUBE_H

#include "base/err.h"
#include "estimate/counts.h"
#include "estimate/estimate.h"
#include "mapping/evidence.h"

struct arena;
struct cube;

/* What is not known of who is who: linkages that were pooled, 0 or 1 for one, and the part of the variance
 * (0 to 1) that comes from their differing. */
struct linkage_doubt {
    size_t linkages;
    double share;
};

/* What is told of the cube's people. All of it follows from the cube, the options and the doubt. */
struct cube_figures {
    struct estimate estimate;
    struct mapping_evidence evidence; /* methods alone */
};

/* How many tables are drawn. */
enum { CUBE_DRAWS = 20 };

/* Estimates from CUBE_DRAWS draws of the table above by the seed of the options, where replicates are added
 * of themselves with 1,000 each, and looks into what `wanted` says of methods for the middle draw.
 * Limits are moved out for the doubt, whose share is taken in whole tenths, upward; those of other methods
 * than the one used also by what the rounding adds. Texts are in `a` or shared with `like`.
 *
 * Refused when half of the draws or more are. The figure is resolved when there are replicates: its limits
 * are no quantiles of them. A range when the people shown are few, on average over the draws; when half of
 * the draws or more give only a range; or when a draw's figure is off by more than a factor 2: from the
 * lowest to the highest end of all draws' limits and ranges.
 *
 * SYSTEM when asked to stop. */
enum status cube_figures(const struct cube *cube, const struct counts *like,
                         const struct estimate_options *options, const struct evidence_wanted *wanted,
                         const struct linkage_doubt *doubt, struct arena *a, struct cube_figures *out,
                         struct err *e) MUST_USE;

#endif
