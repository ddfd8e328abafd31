/* A dark figure as it may be published: an estimate and its interval, made coarse enough that the exact
 * counts behind them cannot be solved back.
 *
 * All three are rounded to two significant digits and at least to tens: the lower end down, the upper end up,
 * the estimate to the nearest. 11 418 (9 873 to 13 012) is published as 11 000 (9 800 to 14 000).          */
#ifndef LYKTA_PROTECT_DARK_FIGURE_H
#define LYKTA_PROTECT_DARK_FIGURE_H

#include "base/err.h"

#include <stdint.h>

/* lo <= estimate <= hi, all multiples of ten. */
struct dark_figure {
    int64_t estimate;
    int64_t lo;
    int64_t hi;
};

/* REFUSED unless 0 <= lo <= estimate <= hi and hi is at most 1e15: an interval without an end is not
 * published as a figure. */
enum status dark_figure_protect(double estimate, double lo, double hi, struct dark_figure *out,
                                struct err *e) MUST_USE;

#endif
