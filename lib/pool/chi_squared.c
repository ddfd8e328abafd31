/* The chi-squared distribution, by the incomplete gamma function. */
#include "pool/chi_squared.h"

#include <math.h>
#include <stdbool.h>

enum { MOST_TERMS = 2000, MOST_HALVINGS = 200 };

/* x^a e^-x / Gamma(a), the factor of both expansions. */
static double front(double a, double x)
{
    int sign = 0;

    return exp(a * log(x) - x - lgamma_r(a, &sign));
}

/* P(a, x) by its power series (Abramowitz & Stegun 1964, 6.5.29), for x below a + 1. */
static double lower_by_series(double a, double x)
{
    double term = 1.0 / a;
    double sum = term;

    for (int n = 1; n <= MOST_TERMS && term > 1e-17 * sum; n++) {
        term *= x / (a + n);
        sum += term;
    }
    return front(a, x) * sum;
}

/* Q(a, x) by its continued fraction (Abramowitz & Stegun 1964, 6.5.31), by Lentz, for x above a + 1. */
static double upper_by_fraction(double a, double x)
{
    double b = x + 1.0 - a;
    double c = 1e300;
    double d = 1.0 / b;
    double value = d;

    for (int n = 1; n <= MOST_TERMS; n++) {
        double an = -n * (n - a);

        b += 2.0;
        d = 1.0 / (an * d + b);
        c = b + an / c;
        value *= c * d;
        if (fabs(c * d - 1.0) < 1e-15)
            break;
    }
    return front(a, x) * value;
}

static bool is_below(double x, double p, double freedom)
{
    double a = 0.5 * freedom;
    double half = 0.5 * x;

    return half < a + 1.0 ? lower_by_series(a, half) < p : upper_by_fraction(a, half) > 1.0 - p;
}

double chi_squared_quantile(double p, double freedom)
{
    double low = 0.0;
    double high = freedom;

    while (is_below(high, p, freedom))
        high *= 2.0;
    for (int i = 0; i < MOST_HALVINGS && high - low > 1e-14 * high; i++) {
        double middle = 0.5 * (low + high);

        if (is_below(middle, p, freedom))
            low = middle;
        else
            high = middle;
    }
    return 0.5 * (low + high);
}
