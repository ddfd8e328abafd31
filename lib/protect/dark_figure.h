/* A dark figure as it may be published: made coarse enough that the exact counts behind it cannot be solved
 * back.
 *
 * Two significant digits and at least tens: the lower end of an interval down, the upper end up, the estimate
 * to the nearest. 11 418 (9 873 to 13 012) is published as 11 000 (9 800 to 14 000). */
#ifndef LYKTA_PROTECT_DARK_FIGURE_H
#define LYKTA_PROTECT_DARK_FIGURE_H

#include <stdint.h>

enum { DARK_FIGURE_UNKNOWN = -1 }; /* a figure there is none of */

enum dark_figure_direction { DARK_FIGURE_DOWN, DARK_FIGURE_NEAREST, DARK_FIGURE_UP };

/* `people` rounded in `direction`; DARK_FIGURE_UNKNOWN when it is not a number, negative, or above 1e15: what
 * has no end is not published as a figure. */
int64_t dark_figure_round(double people, enum dark_figure_direction direction);

#endif
