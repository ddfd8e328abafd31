/* The limits of a funnel plot. */
#include "pool/funnel.h"

#include "pool/effects.h"

#include <math.h>

static const double z95 = 1.959963984540054;
static const double z998 = 3.090232306167813;

struct funnel_limits funnel_limits(const struct effects *x, double se)
{
    double sd = sqrt(se * se + x->tau2);

    return (struct funnel_limits){.se = se,
                                  .lo95 = x->mean - z95 * sd,
                                  .hi95 = x->mean + z95 * sd,
                                  .lo998 = x->mean - z998 * sd,
                                  .hi998 = x->mean + z998 * sd};
}

enum funnel_place funnel_place(const struct effects *x, double y, double se)
{
    struct funnel_limits at = funnel_limits(x, se);

    if (y >= at.lo95 && y <= at.hi95)
        return FUNNEL_INSIDE;
    return y >= at.lo998 && y <= at.hi998 ? FUNNEL_BETWEEN : FUNNEL_OUTSIDE;
}
