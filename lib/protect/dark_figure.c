/* A dark figure as it may be published. */
#include "protect/dark_figure.h"

#include <math.h>

static const double most = 1e15;

/* The step of two significant digits, at least ten. */
static double step_of(double people)
{
    double step = 10;

    while (people >= 100 * step)
        step *= 10;
    return step;
}

int64_t dark_figure_round(double people, enum dark_figure_direction direction)
{
    /* Written so that a NaN is refused too. */
    if (!(people >= 0 && people <= most))
        return DARK_FIGURE_UNKNOWN;
    double step = step_of(people);
    switch (direction) {
    case DARK_FIGURE_DOWN:
        return (int64_t)(floor(people / step) * step);
    case DARK_FIGURE_NEAREST:
        return (int64_t)(floor(people / step + 0.5) * step);
    case DARK_FIGURE_UP:
        return (int64_t)(ceil(people / step) * step);
    }
    return DARK_FIGURE_UNKNOWN;
}
