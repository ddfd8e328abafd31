/* Student's t distribution. */
#include "estimate/student.h"

#include "estimate/interval.h"

#include <math.h>

enum { MOST_TERMS = 500, MOST_HALVINGS = 200 };

/* The continued fraction of the incomplete beta function (Abramowitz & Stegun 1964, 26.5.8), by Lentz. */
static double beta_fraction(double a, double b, double x)
{
    static const double tiny = 1e-300;
    double c = 1.0;
    double d = 1.0 / fmax(fabs(1.0 - (a + b) * x / (a + 1.0)), tiny);
    double value = d;

    for (int m = 1; m <= MOST_TERMS; m++) {
        double even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));

        d = 1.0 / (1.0 + even * d);
        c = 1.0 + even / c;
        value *= c * d;
        d = 1.0 / (1.0 + odd * d);
        c = 1.0 + odd / c;
        value *= c * d;
        if (fabs(c * d - 1.0) < 1e-15)
            break;
    }
    return value;
}

static double incomplete_beta(double a, double b, double x)
{
    int sign = 0;
    double log_front =
        lgamma_r(a + b, &sign) - lgamma_r(a, &sign) - lgamma_r(b, &sign) + a * log(x) + b * log1p(-x);

    if (x <= 0.0 || x >= 1.0)
        return x <= 0.0 ? 0.0 : 1.0;
    if (x > (a + 1.0) / (a + b + 2.0))
        return 1.0 - exp(log_front) * beta_fraction(b, a, 1.0 - x) / b;
    return exp(log_front) * beta_fraction(a, b, x) / a;
}

/* P(T > t) for t > 0. */
static double upper_tail(double t, double freedom)
{
    return 0.5 * incomplete_beta(0.5 * freedom, 0.5, freedom / (freedom + t * t));
}

double student_quantile(double p, double freedom)
{
    double low = 0.0;
    double high = 1.0;

    if (p < 0.5)
        return -student_quantile(1.0 - p, freedom);
    if (freedom > 1e6 || p >= 1.0)
        return interval_normal_quantile(p);
    while (upper_tail(high, freedom) > 1.0 - p && high < 1e12)
        high *= 2.0;
    for (int i = 0; i < MOST_HALVINGS && high - low > 1e-13 * high; i++) {
        double middle = 0.5 * (low + high);

        if (upper_tail(middle, freedom) > 1.0 - p)
            low = middle;
        else
            high = middle;
    }
    return 0.5 * (low + high);
}
