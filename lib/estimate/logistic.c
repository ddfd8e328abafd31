/* Logistic regression on categories. */
#include "estimate/logistic.h"

#include "base/arena.h"

#include <math.h>
#include <string.h>

enum { MOST_STEPS = 60 };

static const double precision = 0.01;
static const double longest_step = 3.0;
static const double small_step = 1e-10;

static double log_odds(const struct logistic *l, const double *beta, size_t i)
{
    double sum = 0.0;

    for (size_t t = 0; t < l->terms; t++)
        sum += beta[l->column[i * l->terms + t]];
    return sum;
}

double logistic_probability(const struct logistic *l, const double *beta, size_t i)
{
    return 1.0 / (1.0 + exp(-log_odds(l, beta, i)));
}

/* The gradient, and minus the second derivative, at beta. */
static void derive(const struct logistic *l, const double *beta, double *gradient, double *hessian)
{
    size_t k = l->coefficients;

    memset(hessian, 0, k * k * sizeof *hessian);
    for (size_t j = 0; j < k; j++) {
        gradient[j] = -precision * beta[j];
        hessian[j * k + j] = precision;
    }
    for (size_t i = 0; i < l->rows; i++) {
        const uint16_t *column = l->column + i * l->terms;
        double people = l->yes[i] + l->no[i];
        double p = logistic_probability(l, beta, i);

        for (size_t s = 0; s < l->terms; s++) {
            gradient[column[s]] += l->yes[i] - people * p;
            for (size_t t = 0; t < l->terms; t++)
                hessian[column[s] * k + column[t]] += people * p * (1.0 - p);
        }
    }
}

/* x becomes hessian^-1 x; the matrix is positive and is overwritten by its Cholesky factor. */
static void solve(double *hessian, size_t k, double *x)
{
    for (size_t i = 0; i < k; i++) {
        for (size_t j = 0; j <= i; j++) {
            double sum = hessian[i * k + j];

            for (size_t h = 0; h < j; h++)
                sum -= hessian[i * k + h] * hessian[j * k + h];
            hessian[i * k + j] = i == j ? sqrt(fmax(sum, 1e-12)) : sum / hessian[j * k + j];
        }
        for (size_t j = 0; j < i; j++)
            x[i] -= hessian[i * k + j] * x[j];
        x[i] /= hessian[i * k + i];
    }
    for (size_t i = k; i-- > 0;) {
        for (size_t j = i + 1; j < k; j++)
            x[i] -= hessian[j * k + i] * x[j];
        x[i] /= hessian[i * k + i];
    }
}

void logistic_fit(const struct logistic *l, struct arena *a, double *beta)
{
    size_t k = l->coefficients;
    double *step = arena_new(a, k, double);
    double *hessian = arena_new(a, k * k, double);

    memset(beta, 0, k * sizeof *beta);
    for (int i = 0; i < MOST_STEPS; i++) {
        double longest = 0.0;

        derive(l, beta, step, hessian);
        solve(hessian, k, step);
        for (size_t j = 0; j < k; j++)
            longest = fmax(longest, fabs(step[j]));
        for (size_t j = 0; j < k; j++)
            beta[j] += longest > longest_step ? step[j] * longest_step / longest : step[j];
        if (longest < small_step)
            return;
    }
}
