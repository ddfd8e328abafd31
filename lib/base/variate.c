/* Random numbers of the distributions that simulation needs. */
#include "base/variate.h"

#include <math.h>

static int64_t poisson_by_inversion(struct rng *r, double mean);
static int64_t poisson_by_rejection(struct rng *r, double mean);

double variate_normal(struct rng *r)
{
    for (;;) {
        double u = rng_open_unit(r);
        double v = 1.7156 * (rng_unit(r) - 0.5);
        double x = u - 0.449871;
        double y = fabs(v) + 0.386595;
        double q = x * x + y * (0.19600 * y - 0.25472 * x);

        if (q < 0.27597)
            return v / u;
        if (q <= 0.27846 && v * v <= -4.0 * u * u * log(u))
            return v / u;
    }
}

double variate_gamma(struct rng *r, double shape)
{
    double d = (shape < 1.0 ? shape + 1.0 : shape) - 1.0 / 3.0;
    double c = 1.0 / sqrt(9.0 * d);

    for (;;) {
        double x = variate_normal(r);
        double root = 1.0 + c * x;

        if (root <= 0.0)
            continue;
        double v = root * root * root;
        double u = rng_open_unit(r);
        double square = x * x;
        if (u < 1.0 - 0.0331 * square * square || log(u) < 0.5 * square + d * (1.0 - v + log(v)))
            return shape < 1.0 ? d * v * pow(rng_open_unit(r), 1.0 / shape) : d * v;
    }
}

double variate_log_gamma(struct rng *r, double shape)
{
    if (shape >= 1.0)
        return log(variate_gamma(r, shape));
    double larger = log(variate_gamma(r, shape + 1.0));
    return larger + log(rng_open_unit(r)) / shape;
}

double variate_beta(struct rng *r, double a, double b)
{
    double x = variate_gamma(r, a);

    return x / (x + variate_gamma(r, b));
}

int64_t variate_poisson(struct rng *r, double mean)
{
    if (!(mean > 0.0))
        return 0;
    return mean < 10.0 ? poisson_by_inversion(r, mean) : poisson_by_rejection(r, mean);
}

static int64_t poisson_by_inversion(struct rng *r, double mean)
{
    double u = rng_unit(r);

    /* exp(-mean) is at least 1 - mean: most draws with a small mean need no more. */
    if (u < 1.0 - mean)
        return 0;
    double mass = exp(-mean);
    int64_t k = 0;
    while (u > mass && k < 200) {
        u -= mass;
        k++;
        mass *= mean / (double)k;
    }
    return k;
}

/* The logarithm of the probability of `k` under `mean`, without the cancellation of large terms. */
static double log_poisson(double k, double mean)
{
    int sign = 0;

    if (k < 100.0)
        return k * log(mean) - mean - lgamma_r(k + 1.0, &sign);
    double excess = (mean - k) / k;
    return k * (log1p(excess) - excess) - 0.5 * log(2.0 * M_PI * k) - 1.0 / (12.0 * k);
}

static int64_t poisson_by_rejection(struct rng *r, double mean)
{
    double root = sqrt(mean);
    double b = 0.931 + 2.53 * root;
    double a = -0.059 + 0.02483 * b;
    double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    double v_r = 0.9277 - 3.6224 / (b - 2.0);

    for (;;) {
        double u = rng_unit(r) - 0.5;
        double v = rng_open_unit(r);
        double us = 0.5 - fabs(u);
        double k = floor((2.0 * a / us + b) * u + mean + 0.43);

        if (us >= 0.07 && v <= v_r)
            return (int64_t)k;
        if (k < 0.0 || (us < 0.013 && v > us))
            continue;
        if (log(v * inverse_alpha / (a / (us * us) + b)) <= log_poisson(k, mean))
            return (int64_t)k;
    }
}
