/* A dark figure as it may be published: made coarse enough that the exact counts behind it cannot be solved
 * back.
 *
 * The estimate and the ends of its interval are rounded to two significant digits and at least to tens: the
 * lower end down, the upper end up, the estimate to the nearest. 11 418 (9 873 to 13 012) is published as
 * 11 000 (9 800 to 14 000). Rounded so, the estimate stays within its interval.                           */
#ifndef LYKTA_PROTECT_DARK_FIGURE_H
#define LYKTA_PROTECT_DARK_FIGURE_H

#include <stdbool.h>
#include <stdint.h>

enum dark_figure { DARK_FIGURE_LOWER_END, DARK_FIGURE_ESTIMATE, DARK_FIGURE_UPPER_END };

/* Rounds `people` as what it is. False, and *out untouched, when it is not a number from 0 to 1e15: what has
 * no end is not published as a figure. */
bool dark_figure_round(double people, enum dark_figure what, int64_t *out);

#endif
