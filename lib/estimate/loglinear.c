/* Newton's method with zeta transforms. */
#include "estimate/loglinear.h"

#include "base/arena.h"
#include "estimate/kernel.h"
#include "estimate/zeta.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { FINAL_STEPS = 3, MOST_HALVINGS = 30, BOUNDING_STEPS = 30 };

static const double longest_step = 3.0;  /* in one coordinate: exp(3) is a factor 20 */
static const double small_step = 1e-6;   /* its square is below the accuracy asked for */
static const double least_pivot = 1e-13; /* of its own diagonal entry: below it, a term is a sum of others */
static const double safe_exponent = 600.0; /* exp(600) and its inverse are finite */
static const double certain_residual = 0.01;
static const double bounding_ridge = 1e-9;
static const double sure_promise =
    0.05; /* of log-likelihood: Newton's steps then shrink, or fall by a factor e */

static double larger(double a, double b)
{
    return a > b ? a : b;
}

static double root_of_independence(const struct loglinear_table *table);
static void evaluate(struct loglinear *fit, const struct loglinear_table *table);
static bool eliminate(struct loglinear *fit);
static double back_substitute(struct loglinear *fit);
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

static void clear(struct loglinear *fit)
{
    memset(fit->theta, 0, fit->cells * sizeof *fit->theta);
    fit->removed = (struct mask_set){0};
    fit->k = 0;
    fit->steps = 0;
    fit->ridge = 0.0;
}

static void remove_cells_of(struct loglinear *fit, size_t term)
{
    fit->theta[term] = -INFINITY;
    for (size_t c = term; c < fit->cells; c = (c + 1) | term)
        mask_set_add(&fit->removed, c);
}

void loglinear_independence(struct loglinear *fit, const struct loglinear_table *table)
{
    double people = root_of_independence(table);

    clear(fit);
    fit->term[fit->k++] = 0;
    fit->theta[0] = log(people - table->margin[0]);
    for (size_t i = 0; i < fit->lists; i++) {
        size_t list = (size_t)1 << i;

        if (table->margin[list] > 0.0) {
            fit->term[fit->k++] = (uint16_t)list;
            fit->theta[list] = log(table->margin[list] / (people - table->margin[list]));
        } else {
            remove_cells_of(fit, list);
        }
    }
}

/* All people, seen and unseen, N: the share seen on some list, 1 - prod(1 - n_i / N), times N must be n. */
static double root_of_independence(const struct loglinear_table *table)
{
    double n = table->margin[0];
    double low = n;
    double high = INFINITY;
    double people = 3.0 * n;

    for (int i = 0; i < 200; i++) {
        double seen = 0.0;
        double slope = 0.0; /* of the share seen, times -N */

        for (size_t list = 1; list < table->cells; list *= 2) {
            double p = table->margin[list] / people;

            slope = slope * (1.0 - p) + p * (1.0 - seen);
            seen += p * (1.0 - seen);
        }
        double excess = people * seen - n;
        if (excess < 0.0)
            low = people;
        else
            high = people;
        double next = people - excess / (seen - slope);
        if (!(next > low && next < high))
            next = isfinite(high) ? 0.5 * (low + high) : 10.0 * people;
        if (fabs(next - people) <= 1e-13 * people)
            return next;
        people = next;
    }
    return people;
}

void loglinear_start(struct loglinear *fit, const struct loglinear_table *table, const uint16_t *terms,
                     size_t n, const struct mask_set *removed)
{
    assert(n >= 1 && n <= fit->most_terms && terms[0] == 0);
    clear(fit);
    fit->removed = *removed;
    for (size_t i = 0; i < n; i++) {
        fit->term[fit->k++] = terms[i];
        if (terms[i] != 0 && (terms[i] & (terms[i] - 1)) == 0)
            fit->theta[terms[i]] = log(table->margin[terms[i]] / (3.0 * table->margin[0]));
    }
    fit->theta[0] = log(3.0 * table->margin[0]);
}

/* How far the parent's other parameters follow when the new one grows by 1: -H^-1 h, left in fit->step.
 * Returns what of the new term's information they do not explain. The parent's matrix was eliminated one
 * small step ago. */
static double follow(struct loglinear *fit, const struct loglinear *parent, size_t term)
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

/* A Newton step for the mean overshoots where a count is far from its expectation; its logarithm does not. */
static double first_value(double observed, double expected, double information)
{
    double relative = (observed - expected) / information;

    if (information < 1e-6 * expected)
        return 0.0;
    return relative > -0.8 ? log1p(relative) : log(observed / expected);
}

void loglinear_extend(struct loglinear *fit, const struct loglinear *parent,
                      const struct loglinear_table *table, size_t term)
{
    memcpy(fit->theta, parent->theta, fit->cells * sizeof *fit->theta);
    memcpy(fit->term, parent->term, parent->k * sizeof *fit->term);
    fit->removed = parent->removed;
    fit->k = parent->k;
    fit->steps = 0;
    fit->ridge = 0.0;
    if (table->margin[term] < 0.5) {
        remove_cells_of(fit, term);
        return;
    }
    double information = follow(fit, parent, term);
    double value = first_value(table->margin[term], parent->margin[term], information);
    for (size_t i = 0; i < fit->k; i++)
        fit->theta[fit->term[i]] -= value * fit->step[i];
    fit->theta[term] = value;
    fit->term[fit->k++] = (uint16_t)term;
}

/* The parameters of another model, as far as this one has them. */
static double take_theta(struct loglinear *fit, const struct loglinear_table *table,
                         const struct loglinear *other)
{
    for (size_t j = 0; j < fit->k; j++) {
        double theta = other->theta[fit->term[j]];

        fit->theta[fit->term[j]] = isfinite(theta) ? theta : 0.0;
    }
    evaluate(fit, table);
    return fit->log_likelihood;
}

void loglinear_set(struct loglinear *fit, const struct loglinear_table *table, const struct model *model,
                   const struct loglinear *near, const struct loglinear *far)
{
    clear(fit);
    for (size_t w = 0; w * 64 < fit->cells; w++)
        for (uint64_t left = model->terms.word[w]; left != 0; left &= left - 1) {
            size_t term = 64 * w + (size_t)__builtin_ctzll(left);

            if (table->margin[term] > 0.5)
                fit->term[fit->k++] = (uint16_t)term;
            else if (!mask_set_has(&fit->removed, term))
                remove_cells_of(fit, term);
        }
    double far_likelihood = take_theta(fit, table, far);
    double near_likelihood = take_theta(fit, table, near);
    if (!(near_likelihood >= far_likelihood))
        take_theta(fit, table, far);
}

bool loglinear_reaches(struct loglinear *fit, const struct loglinear_table *table, double enough)
{
    fit->ridge = bounding_ridge;
    evaluate(fit, table);
    for (int i = 0; i < BOUNDING_STEPS; i++) {
        if (fit->log_likelihood >= enough || !take_step(fit, table))
            return true;
        if (fit->promise < sure_promise && fit->log_likelihood + 4.0 * fit->promise < enough)
            return false;
    }
    return true;
}

enum loglinear_outcome loglinear_fit(struct loglinear *fit, const struct loglinear_table *table,
                                     int most_steps)
{
    int after_small = 0;

    evaluate(fit, table);
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

/* Solves for a step, takes it, and halves it while the likelihood falls. */
static bool take_step(struct loglinear *fit, const struct loglinear_table *table)
{
    double before = fit->log_likelihood;
    double slack =
        1e-9 * (fabs(before) + 1.0); /* what rounding may take from a likelihood that does not fall */

    fit->steps++;
    if (!eliminate(fit))
        return false;
    back_substitute(fit);
    for (size_t j = 0; j < fit->k; j++)
        fit->theta[fit->term[j]] += fit->step[j];
    evaluate(fit, table);
    for (int i = 0; i < MOST_HALVINGS && !(fit->log_likelihood >= before - slack); i++) {
        for (size_t j = 0; j < fit->k; j++) {
            fit->step[j] *= 0.5;
            fit->theta[fit->term[j]] -= fit->step[j];
        }
        evaluate(fit, table);
    }
    return fit->log_likelihood >= before - slack;
}

/* Means, their margins, gradient and likelihood at theta. The product of exp(theta_m) needs one exponential a
 * term; where it could overflow on the way, the sums are made on the log scale instead. */
static void evaluate(struct loglinear *fit, const struct loglinear_table *table)
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

/* The upper triangle of the information matrix and the gradient as a last column. What is beside them in a
 * group of lanes is 0, because it is reckoned with too. */
static void write_rows(struct loglinear *fit)
{
    size_t k = fit->k;

    for (size_t i = 0; i < k; i++) {
        double *row = fit->rows + i * fit->stride;

        for (size_t l = i & ~(size_t)(KERNEL_LANES - 1); l < i; l++)
            row[l] = 0.0;
        for (size_t l = i; l < k; l++)
            row[l] = fit->margin[fit->term[i] | fit->term[l]];
        row[i] += fit->ridge * row[i];
        row[k] = fit->gradient[i];
        for (size_t l = k + 1; l < fit->stride; l++)
            row[l] = 0.0;
    }
}

/* False when the matrix is singular to working precision. */
static bool eliminate(struct loglinear *fit)
{
    write_rows(fit);
    for (size_t j = 0; j < fit->k; j++)
        fit->least_pivot[j] = least_pivot * fit->margin[fit->term[j]];
    return fit->kernel->eliminate(fit->rows, fit->k, fit->stride, fit->least_pivot);
}

/* Leaves the step in fit->step, no coordinate longer than longest_step; returns the longest. */
static double back_substitute(struct loglinear *fit)
{
    double longest = 0.0;

    for (size_t j = fit->k; j-- > 0;) {
        const double *row = fit->rows + j * fit->stride;
        double sum = row[fit->k];

        for (size_t l = j + 1; l < fit->k; l++)
            sum -= row[l] * fit->step[l];
        fit->step[j] = sum / row[j];
        longest = larger(longest, fabs(fit->step[j]));
    }
    fit->promise = 0.0;
    for (size_t j = 0; j < fit->k; j++)
        fit->promise += fit->step[j] * fit->gradient[j];
    if (longest > longest_step)
        for (size_t j = 0; j < fit->k; j++)
            fit->step[j] *= longest_step / longest;
    return longest;
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

double loglinear_dark_figure(const struct loglinear *fit)
{
    return exp(fit->theta[0]);
}

double loglinear_standard_error(struct loglinear *fit, size_t i)
{
    double variance = 0.0;
    double *z = fit->step;

    if (!eliminate(fit))
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
