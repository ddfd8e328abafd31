/* Newton's method with zeta transforms. */
#include "estimate/loglinear.h"

#include "base/arena.h"
#include "estimate/information.h"
#include "estimate/kernel.h"
#include "estimate/zeta.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { FINAL_STEPS = 3, MOST_HALVINGS = 30, BOUNDING_STEPS = 30 };

static const double small_step = 1e-6;     /* its square is below the accuracy asked for */
static const double safe_exponent = 600.0; /* exp(600) and its inverse are finite */
static const double certain_residual = 0.01;
static const double bounding_ridge = 1e-9;
static const double sure_promise =
    0.05; /* of log-likelihood: Newton's steps then shrink, or fall by a factor e */

static double larger(double a, double b)
{
    return a > b ? a : b;
}

static bool take_step(struct loglinear *fit, const struct loglinear_table *table);
static bool is_certified(const struct loglinear *fit);

void loglinear_margins(struct loglinear_table *table)
{
    for (size_t c = 0; c < table->cells; c++)
        table->margin[c] = table->y[c];
    zeta_superset_sum(table->margin, table->cells);
}

struct loglinear *loglinear_open(struct arena *a, size_t lists, size_t most_terms)
{
    struct loglinear *fit = arena_new(a, 1, struct loglinear);

    fit->lists = lists;
    fit->cells = (size_t)1 << lists;
    fit->most_terms = most_terms;
    fit->stride = (most_terms + KERNEL_LANES) / KERNEL_LANES * KERNEL_LANES;
    fit->term = arena_new(a, most_terms, uint16_t);
    fit->theta = arena_new(a, fit->cells, double);
    fit->mu = arena_new(a, fit->cells, double);
    fit->margin = arena_new(a, fit->cells, double);
    fit->gradient = arena_new(a, most_terms, double);
    fit->step = arena_new(a, most_terms, double);
    fit->least_pivot = arena_new(a, most_terms, double);
    fit->kernel = estimate_kernel_best();
    fit->rows = arena_new(a, most_terms * fit->stride, double);
    return fit;
}

enum loglinear_outcome loglinear_fit(struct loglinear *fit, const struct loglinear_table *table,
                                     int most_steps)
{
    int after_small = 0;

    loglinear_evaluate(fit, table);
    for (int i = 0; i < most_steps; i++) {
        if (!take_step(fit, table))
            return LOGLINEAR_UNSETTLED;
        double longest = 0.0;
        for (size_t j = 0; j < fit->k; j++)
            longest = larger(longest, fabs(fit->step[j]));
        if (longest >= small_step)
            continue;
        if (is_certified(fit))
            return LOGLINEAR_CERTIFIED;
        if (++after_small == FINAL_STEPS)
            return LOGLINEAR_CONVERGED;
    }
    return LOGLINEAR_UNSETTLED;
}

static bool is_certified(const struct loglinear *fit)
{
    double largest = 0.0;
    double least = INFINITY;

    double share = certain_residual;

    for (size_t j = 0; j < fit->k; j++) {
        if (__builtin_popcount(fit->term[j]) > 2)
            share = 0.25 / (double)fit->k;
        largest = larger(largest, fabs(fit->gradient[j]));
    }
    for (size_t c = 1; c < fit->cells; c++)
        if (fit->mu[c] < least && !mask_set_has(&fit->removed, c))
            least = fit->mu[c];
    return largest <= share * least;
}

bool loglinear_reaches(struct loglinear *fit, const struct loglinear_table *table, double enough)
{
    fit->ridge = bounding_ridge;
    loglinear_evaluate(fit, table);
    for (int i = 0; i < BOUNDING_STEPS; i++) {
        if (fit->log_likelihood >= enough || !take_step(fit, table))
            return true;
        if (fit->promise < sure_promise && fit->log_likelihood + 4.0 * fit->promise < enough)
            return false;
    }
    return true;
}

/* Solves for a step, takes it, and halves it while the likelihood falls. */
static bool take_step(struct loglinear *fit, const struct loglinear_table *table)
{
    double before = fit->log_likelihood;
    double slack =
        1e-9 * (fabs(before) + 1.0); /* what rounding may take from a likelihood that does not fall */

    fit->steps++;
    if (!information_eliminate(fit))
        return false;
    information_step(fit);
    for (size_t j = 0; j < fit->k; j++)
        fit->theta[fit->term[j]] += fit->step[j];
    loglinear_evaluate(fit, table);
    for (int i = 0; i < MOST_HALVINGS && !(fit->log_likelihood >= before - slack); i++) {
        for (size_t j = 0; j < fit->k; j++) {
            fit->step[j] *= 0.5;
            fit->theta[fit->term[j]] -= fit->step[j];
        }
        loglinear_evaluate(fit, table);
    }
    return fit->log_likelihood >= before - slack;
}

/* Means, their margins, gradient and likelihood at theta. The product of exp(theta_m) needs one exponential a
 * term; where it could overflow on the way, the sums are made on the log scale instead. */
void loglinear_evaluate(struct loglinear *fit, const struct loglinear_table *table)
{
    double exponent = 0.0;

    for (size_t j = 0; j < fit->k; j++)
        exponent += fabs(fit->theta[fit->term[j]]);
    if (exponent < safe_exponent) {
        for (size_t c = 0; c < fit->cells; c++)
            fit->mu[c] = 1.0;
        for (size_t j = 0; j < fit->k; j++)
            fit->mu[fit->term[j]] = exp(fit->theta[fit->term[j]]);
        fit->kernel->subset_product(fit->mu, fit->cells);
    } else {
        memcpy(fit->mu, fit->theta, fit->cells * sizeof *fit->mu);
        zeta_subset_sum(fit->mu, fit->cells);
        for (size_t c = 0; c < fit->cells; c++)
            fit->mu[c] = exp(fit->mu[c]);
    }
    if (!table->is_whole)
        fit->mu[0] = 0.0;
    for (size_t w = 0; w < MODEL_MAX_CELLS / 64; w++)
        for (uint64_t left = fit->removed.word[w]; left != 0; left &= left - 1)
            fit->mu[64 * w + (size_t)__builtin_ctzll(left)] = 0.0;
    memcpy(fit->margin, fit->mu, fit->cells * sizeof *fit->mu);
    fit->kernel->superset_sum(fit->margin, fit->cells);
    fit->log_likelihood = -fit->margin[0];
    for (size_t j = 0; j < fit->k; j++) {
        size_t m = fit->term[j];

        fit->gradient[j] = table->margin[m] - fit->margin[m];
        fit->log_likelihood += fit->theta[m] * table->margin[m];
    }
}

double loglinear_dark_figure(const struct loglinear *fit)
{
    return exp(fit->theta[0]);
}

struct loglinear_quality loglinear_quality(const struct loglinear *fit, const struct loglinear_table *table)
{
    struct loglinear_quality q = {.df = -(int64_t)fit->k};
    int sign = 0; /* always positive; lgamma() would write it where all threads can */

    for (size_t c = 1; c < fit->cells; c++) {
        double y = table->y[c];
        double mu = fit->mu[c];

        if (mask_set_has(&fit->removed, c))
            continue;
        q.df++;
        q.log_likelihood -= mu;
        q.deviance += 2.0 * (mu - y);
        if (y > 0.0) {
            q.log_likelihood += y * log(mu) - lgamma_r(y + 1.0, &sign);
            q.deviance += 2.0 * y * log(y / mu);
        }
    }
    return q;
}
