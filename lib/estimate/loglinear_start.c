/* Where a log-linear fit starts: from nothing, from independent lists, or from fits of other models. */
#include "estimate/loglinear.h"

#include "estimate/information.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { MOST_CORRECTIONS = 50 };

static double unseen_of_independence(const struct loglinear_table *table);

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
    double unseen = unseen_of_independence(table);

    clear(fit);
    fit->term[fit->k++] = 0;
    fit->theta[0] = log(unseen);
    for (size_t i = 0; i < fit->lists; i++) {
        size_t list = (size_t)1 << i;

        if (table->margin[list] > 0.0) {
            fit->term[fit->k++] = (uint16_t)list;
            fit->theta[list] = log(table->margin[list] / (table->margin[0] - table->margin[list] + unseen));
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

/* N less n, d, in its own digits, which N lacks when nearly all are seen: the root of
 * d = (n + d) prod(1 - n_i / (n + d)), found from N's by Newton's method. */
static double unseen_of_independence(const struct loglinear_table *table)
{
    double n = table->margin[0];
    double unseen = root_of_independence(table) - n;

    for (int i = 0; i < MOST_CORRECTIONS; i++) {
        double right = n + unseen;
        double slope = 1.0 / (n + unseen); /* of log(right) */

        for (size_t list = 1; list < table->cells; list *= 2) {
            double not_on_it = n - table->margin[list] + unseen;

            right *= not_on_it / (n + unseen);
            slope += 1.0 / not_on_it - 1.0 / (n + unseen);
        }
        double next = unseen - (right - unseen) / (right * slope - 1.0);
        if (!(next > 0.0) || fabs(next - unseen) <= 1e-15 * next)
            break;
        unseen = next;
    }
    return unseen;
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
    double information = information_follow(fit, parent, term);
    double value = first_value(table->margin[term], parent->margin[term], information);
    for (size_t i = 0; i < fit->k; i++)
        fit->theta[fit->term[i]] -= value * fit->step[i];
    fit->theta[term] = value;
    fit->term[fit->k++] = (uint16_t)term;
}

/* The parameters of another model, as far as this one has them. */
static void take_theta(struct loglinear *fit, const struct loglinear_table *table,
                       const struct loglinear *other)
{
    for (size_t j = 0; j < fit->k; j++) {
        double theta = other->theta[fit->term[j]];

        fit->theta[fit->term[j]] = isfinite(theta) ? theta : 0.0;
    }
    loglinear_evaluate(fit, table);
}

void loglinear_consider(struct loglinear *fit, const struct loglinear_table *table,
                        const struct loglinear *other)
{
    double *own = fit->step;

    loglinear_evaluate(fit, table);
    double likelihood = fit->log_likelihood;
    for (size_t j = 0; j < fit->k; j++)
        own[j] = fit->theta[fit->term[j]];
    take_theta(fit, table, other);
    if (fit->log_likelihood >= likelihood)
        return;
    for (size_t j = 0; j < fit->k; j++)
        fit->theta[fit->term[j]] = own[j];
    loglinear_evaluate(fit, table);
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
    take_theta(fit, table, far);
    loglinear_consider(fit, table, near);
}
