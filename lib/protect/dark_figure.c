/* A dark figure as it may be published. */
#include "protect/dark_figure.h"

#include <math.h>

static const double most = 1e15;

/* The step of two significant digits, at least ten. */
static double step_of(double x)
{
    double step = 10;

    while (x >= 100 * step)
        step *= 10;
    return step;
}

enum status dark_figure_protect(double estimate, double lo, double hi, struct dark_figure *out, struct err *e)
{
    /* Written so that a NaN is refused too. */
    if (!(lo >= 0 && lo <= estimate && estimate <= hi && hi <= most))
        return err_set(
            e, REFUSED,
            "the estimate %g with the interval %g to %g has no finite ends around it: publish no figure",
            estimate, lo, hi);
    *out =
        (struct dark_figure){.estimate = (int64_t)(round(estimate / step_of(estimate)) * step_of(estimate)),
                             .lo = (int64_t)(floor(lo / step_of(lo)) * step_of(lo)),
                             .hi = (int64_t)(ceil(hi / step_of(hi)) * step_of(hi))};
    return OK;
}
