/* The information matrix of a log-linear fit, eliminated. */
#include "estimate/information.h"

#include "estimate/kernel.h"
#include "estimate/loglinear.h"

#include <math.h>
#include <string.h>

static const double longest_step = 3.0;  /* in one coordinate: exp(3) is a factor 20 */
static const double least_pivot = 1e-13; /* of its own diagonal entry: below it, a term is a sum of others */

/* The upper triangle of the information matrix and the gradient as a last column. What is beside them in a
 * group of lanes is 0, because it is reckoned with too. */
static void write_rows(struct loglinear *fit)
{
    size_t k = fit->k;

    for (size_t i = 0; i < k; i++) {
        double *row = fit->rows + i * fit->stride;

        memset(row + i / KERNEL_LANES * KERNEL_LANES, 0, KERNEL_LANES * sizeof *row);
        memset(row + k / KERNEL_LANES * KERNEL_LANES, 0, KERNEL_LANES * sizeof *row);
        for (size_t l = i; l < k; l++)
            row[l] = fit->margin[fit->term[i] | fit->term[l]];
        row[i] += fit->ridge * row[i];
        row[k] = fit->gradient[i];
    }
}

bool information_eliminate(struct loglinear *fit)
{
    write_rows(fit);
    for (size_t j = 0; j < fit->k; j++)
        fit->least_pivot[j] = least_pivot * fit->margin[fit->term[j]];
    return fit->kernel->eliminate(fit->rows, fit->k, fit->stride, fit->least_pivot);
}

/* The newest of the unknowns last in each sum: a row need not wait for the one below it. */
static void substitute_back(struct loglinear *fit)
{
    for (size_t j = fit->k; j-- > 0;) {
        const double *row = fit->rows + j * fit->stride;
        double sum = row[fit->k];

        for (size_t l = fit->k; --l > j;)
            sum -= row[l] * fit->step[l];
        fit->step[j] = sum / row[j];
    }
}

void information_step(struct loglinear *fit)
{
    double longest = 0.0;

    substitute_back(fit);
    fit->promise = 0.0;
    for (size_t j = 0; j < fit->k; j++) {
        fit->promise += fit->step[j] * fit->gradient[j];
        if (fabs(fit->step[j]) > longest)
            longest = fabs(fit->step[j]);
    }
    if (longest > longest_step)
        for (size_t j = 0; j < fit->k; j++)
            fit->step[j] *= longest_step / longest;
}

double information_follow(struct loglinear *fit, const struct loglinear *parent, size_t term)
{
    double left = parent->margin[term];
    double *h = fit->step;

    for (size_t i = 0; i < parent->k; i++)
        h[i] = parent->margin[parent->term[i] | term];
    for (size_t i = 0; i < parent->k; i++) {
        const double *row = parent->rows + i * parent->stride;
        double scaled = h[i] / row[i];

        left -= scaled * h[i];
        for (size_t l = i + 1; l < parent->k; l++)
            h[l] -= scaled * row[l];
        h[i] = scaled;
    }
    for (size_t i = parent->k; i-- > 0;) {
        const double *row = parent->rows + i * parent->stride;
        double sum = 0.0;

        for (size_t l = i + 1; l < parent->k; l++)
            sum += row[l] * h[l];
        h[i] -= sum / row[i];
    }
    return left;
}

double loglinear_standard_error(struct loglinear *fit, size_t i)
{
    double variance = 0.0;
    double *z = fit->step;

    if (!information_eliminate(fit))
        return INFINITY;
    for (size_t j = 0; j < fit->k; j++)
        z[j] = j == i ? 1.0 : 0.0;
    for (size_t j = 0; j < fit->k; j++) {
        const double *row = fit->rows + j * fit->stride;
        double scaled = z[j] / row[j];

        variance += scaled * z[j];
        for (size_t l = j + 1; l < fit->k; l++)
            z[l] -= scaled * row[l];
    }
    return sqrt(variance);
}
