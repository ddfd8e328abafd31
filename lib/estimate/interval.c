/* Intervals for the number of people in all. */
#include "estimate/interval.h"

#include <math.h>

enum { MOST_CORRECTIONS = 60 };

static const double least_beyond =
    25.0; /* replicates beyond a limit, for it to be more than the outermost draw */

double interval_normal(double z)
{
    return 0.5 * erfc(-z * M_SQRT1_2);
}

/* Newton's method on the logarithm of the lower tail, which is concave: from the left it never overshoots. */
double interval_normal_quantile(double p)
{
    double z = 0.0;

    if (p <= 0.0 || p >= 1.0)
        return p <= 0.0 ? -INFINITY : INFINITY;
    if (p > 0.5)
        return -interval_normal_quantile(1.0 - p);
    z = -sqrt(-2.0 * log(p));
    for (int i = 0; i < MOST_CORRECTIONS; i++) {
        double tail = interval_normal(z);
        double density = exp(-0.5 * z * z) / sqrt(2.0 * M_PI);
        double correction = tail / density * log(p / tail);

        z += correction;
        if (fabs(correction) < 1e-15 * (1.0 + fabs(z)))
            break;
    }
    return z;
}

double interval_wald(double n, double unseen, double standard_error, double p)
{
    return n + unseen * exp(interval_normal_quantile(p) * standard_error);
}

double interval_quantile(const double *x, size_t n, double p)
{
    double h = ((double)n + 1.0 / 3.0) * p + 1.0 / 3.0;

    if (n == 0)
        return NAN;
    if (!(h > 1.0))
        return x[0];
    if (h >= (double)n)
        return x[n - 1];
    size_t below = (size_t)h;
    double share = h - (double)below;
    double low = x[below - 1];
    double high = x[below];
    if (isinf(high))
        return share > 0.0 ? high : low;
    return low + share * (high - low);
}

struct interval_bca interval_bca(const double *x, size_t n, double estimate, double acceleration)
{
    size_t below = 0;

    while (below < n && x[below] < estimate)
        below++;
    return (struct interval_bca){.bias = interval_normal_quantile((double)below / (double)n),
                                 .acceleration = acceleration,
                                 .replicates = n};
}

double interval_bca_level(const struct interval_bca *b, double p)
{
    double z = b->bias + interval_normal_quantile(p);

    return interval_normal(b->bias + z / (1.0 - b->acceleration * z));
}

bool interval_bca_is_resolved(const struct interval_bca *b, double p)
{
    double level = interval_bca_level(b, p);

    return isfinite(b->bias) && (double)b->replicates * fmin(level, 1.0 - level) >= least_beyond;
}

double interval_acceleration(const double *without, const double *weight, size_t n)
{
    double people = 0.0;
    double mean = 0.0;
    double squares = 0.0;
    double cubes = 0.0;

    for (size_t j = 0; j < n; j++) {
        people += weight[j];
        mean += weight[j] * without[j];
    }
    mean /= people;
    if (!isfinite(mean))
        return NAN;
    for (size_t j = 0; j < n; j++) {
        double r = mean - without[j];

        squares += weight[j] * r * r;
        cubes += weight[j] * r * r * r;
    }
    return squares > 0.0 ? cubes / (6.0 * squares * sqrt(squares)) : 0.0;
}
