/* What is not known, as one distribution. */
#include "estimate/uncertainty.h"

#include "estimate/estimate.h"
#include "estimate/interval.h"

#include <math.h>

static const double z_of_limit = 1.959963984540054;
static const double least_unseen = 0.5; /* so that nobody unseen has a logarithm */

static double log_unseen(double people, double seen)
{
    return log(fmax(people - seen, least_unseen));
}

double uncertainty_of_limits(double seen, double low, double middle, double high, double deviate)
{
    double z = deviate / z_of_limit;
    double centre = log_unseen(middle, seen);

    if (z > 0.0 && isinf(high))
        return INFINITY;
    double end = z > 0.0 ? log_unseen(high, seen) : log_unseen(low, seen);
    return seen + exp(centre + fabs(z) * (end - centre));
}

double uncertainty_quantile(const struct estimate *x, double p)
{
    double seen = (double)x->n;

    if (x->status == ESTIMATE_RANGE) {
        double middle =
            isinf(x->range[1])
                ? fmax(x->nhat, x->range[0])
                : seen + exp(0.5 * (log_unseen(x->range[0], seen) + log_unseen(x->range[1], seen)));

        return uncertainty_of_limits(seen, x->range[0], middle, x->range[1], interval_normal_quantile(p));
    }
    if (x->interval == ESTIMATE_CREDIBLE)
        return interval_quantile(x->draw, x->draws, p);
    if (x->interval == ESTIMATE_BCA || x->interval == ESTIMATE_PARAMETRIC) {
        struct interval_bca b = {.bias = x->bias, .acceleration = x->acceleration, .replicates = x->draws};

        return interval_quantile(x->draw, x->draws, interval_bca_level(&b, p));
    }
    return uncertainty_of_limits(seen, x->ci95[0], x->nhat, x->ci95[1], interval_normal_quantile(p));
}
