/* A dark figure as it may be published. */
#include "protect/dark_figure.h"

#include <math.h>

bool dark_figure_round(double people, enum dark_figure what, int64_t *out)
{
    double step = 10;

    /* Written so that it is false for NaN. */
    if (!(people >= 0 && people <= 1e15))
        return false;
    while (people / step >= 100)
        step *= 10;
    switch (what) {
    case DARK_FIGURE_LOWER_END:
        *out = (int64_t)(floor(people / step) * step);
        break;
    case DARK_FIGURE_ESTIMATE:
        *out = (int64_t)(round(people / step) * step);
        break;
    case DARK_FIGURE_UPPER_END:
        *out = (int64_t)(ceil(people / step) * step);
        break;
    }
    return true;
}
