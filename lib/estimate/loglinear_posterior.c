/* The posterior distribution of a log-linear model. */
#include "estimate/loglinear_posterior.h"

#include "base/arena.h"
#include "base/variate.h"
#include "estimate/zeta.h"

#include <math.h>
#include <string.h>

enum { MOST = LOGLINEAR_POSTERIOR_MAX_TERMS, MOST_STEPS = 200, MOST_HALVINGS = 40, ADAPTED = 50 };

static const double longest_step = 3.0;
static const double small_step = 1e-9;
static const double scatter = 1.1; /* proposals a little wider than the curvature says */
static const double short_share = 0.3;
static const double wanted_acceptance = 0.4;

/* Where a chain stands. */
struct place {
    double theta[MOST];
    double mu[MODEL_MAX_CELLS];
    double log_density;
};

/* Means and log-density at x->theta; minus infinity where the means overflow. */
static void evaluate(const struct loglinear_posterior *p, struct place *x)
{
    size_t cells = p->table->cells;
    double sum = 0.0;

    memset(x->mu, 0, cells * sizeof *x->mu);
    x->log_density = 0.0;
    for (size_t j = 0; j < p->k; j++) {
        double theta = x->theta[j];

        x->mu[p->term[j]] = theta;
        x->log_density += theta * (p->table->margin[p->term[j]] - 0.5 * p->precision[j] * theta);
    }
    zeta_subset_sum(x->mu, cells);
    x->mu[0] = 0.0;
    for (size_t c = 1; c < cells; c++) {
        x->mu[c] = mask_set_has(&p->removed, c) ? 0.0 : exp(x->mu[c]);
        sum += x->mu[c];
    }
    x->log_density -= sum;
    if (!isfinite(x->log_density))
        x->log_density = -INFINITY;
}

/* The Cholesky factor of minus the second derivative at `x`; false when it is not positive. */
static bool factor(struct loglinear_posterior *p, const struct place *x)
{
    double margin[MODEL_MAX_CELLS];

    memcpy(margin, x->mu, p->table->cells * sizeof *margin);
    zeta_superset_sum(margin, p->table->cells);
    for (size_t i = 0; i < p->k; i++) {
        for (size_t l = 0; l <= i; l++) {
            double sum = margin[p->term[i] | p->term[l]] + (i == l ? p->precision[i] : 0.0);
            double whole = sum;

            for (size_t h = 0; h < l; h++)
                sum -= p->root[i][h] * p->root[l][h];
            if (i != l)
                p->root[i][l] = sum / p->root[l][l];
            else if (sum > 1e-13 * whole)
                p->root[i][i] = sqrt(sum);
            else
                return false;
        }
    }
    return true;
}

/* x becomes the solution of root' x = x. */
static void solve_transposed(const struct loglinear_posterior *p, double *x)
{
    for (size_t i = p->k; i-- > 0;) {
        x[i] /= p->root[i][i];
        for (size_t l = 0; l < i; l++)
            x[l] -= p->root[i][l] * x[i];
    }
}

/* The Newton step at `x`, no coordinate longer than longest_step; returns the longest. */
static double find_step(const struct loglinear_posterior *p, const struct place *x, double *step)
{
    double margin[MODEL_MAX_CELLS];
    double longest = 0.0;

    memcpy(margin, x->mu, p->table->cells * sizeof *margin);
    zeta_superset_sum(margin, p->table->cells);
    for (size_t i = 0; i < p->k; i++) {
        step[i] = p->table->margin[p->term[i]] - margin[p->term[i]] - p->precision[i] * x->theta[i];
        for (size_t l = 0; l < i; l++)
            step[i] -= p->root[i][l] * step[l];
        step[i] /= p->root[i][i];
    }
    solve_transposed(p, step);
    for (size_t i = 0; i < p->k; i++)
        longest = fmax(longest, fabs(step[i]));
    for (size_t i = 0; i < p->k && longest > longest_step; i++)
        step[i] *= longest_step / longest;
    return longest;
}

/* Takes `step`, halved while the density falls; false when it falls whatever. */
static bool take_step(const struct loglinear_posterior *p, struct place *x, struct place *next,
                      const double *step)
{
    double share = 1.0;

    for (int i = 0; i < MOST_HALVINGS; i++, share *= 0.5) {
        for (size_t j = 0; j < p->k; j++)
            next->theta[j] = x->theta[j] + share * step[j];
        evaluate(p, next);
        if (next->log_density >= x->log_density - 1e-9 * (fabs(x->log_density) + 1.0)) {
            *x = *next;
            return true;
        }
    }
    return false;
}

bool loglinear_posterior_find_mode(struct loglinear_posterior *p, struct arena *a)
{
    struct place *x = arena_new(a, 1, struct place);
    struct place *next = arena_new(a, 1, struct place);
    double step[MOST];
    double n = p->table->margin[0];

    for (size_t j = 0; j < p->k; j++) {
        size_t m = p->term[j];

        if (m == 0)
            x->theta[j] = log(3.0 * n);
        else if ((m & (m - 1)) == 0)
            x->theta[j] = log((p->table->margin[m] + 0.5) / (3.0 * n));
    }
    evaluate(p, x);
    for (int i = 0; i < MOST_STEPS; i++) {
        if (!factor(p, x))
            return false;
        double longest = find_step(p, x, step);
        if (!take_step(p, x, next, step))
            return false;
        if (longest < small_step) {
            memcpy(p->mode, x->theta, sizeof p->mode);
            return factor(p, x);
        }
    }
    return false;
}

/* The log-density less that of the normal distribution that proposals would leave alone. */
static double log_weight(const struct loglinear_posterior *p, const struct place *x)
{
    double square = 0.0;

    for (size_t l = 0; l < p->k; l++) {
        double z = 0.0;

        for (size_t i = l; i < p->k; i++)
            z += p->root[i][l] * (x->theta[i] - p->mode[i]);
        square += z * z;
    }
    return x->log_density + 0.5 * square / (scatter * scatter);
}

struct chain {
    struct rng rng;
    struct place here, proposed;
    double weight; /* log_weight at here */
    double stride; /* sqrt(1 - r^2) */
};

/* One proposal; true when it is taken. Every other one is short, so that a chain does not stay for long in a
 * tail that is heavier than the normal one. */
static bool move(const struct loglinear_posterior *p, struct chain *c, double stride)
{
    double noise[MOST];
    double keep = sqrt(1.0 - stride * stride);

    for (size_t j = 0; j < p->k; j++)
        noise[j] = scatter * stride * variate_normal(&c->rng);
    solve_transposed(p, noise);
    for (size_t j = 0; j < p->k; j++)
        c->proposed.theta[j] = p->mode[j] + keep * (c->here.theta[j] - p->mode[j]) + noise[j];
    evaluate(p, &c->proposed);
    double weight = log_weight(p, &c->proposed);
    if (!(log(rng_open_unit(&c->rng)) < weight - c->weight))
        return false;
    c->here = c->proposed;
    c->weight = weight;
    return true;
}

/* While draws are thrown away, a stride that is taken two times in five is looked for. */
static void burn(const struct loglinear_posterior *p, struct chain *c, size_t burned)
{
    for (size_t i = 0; i < burned / ADAPTED; i++) {
        double taken = 0.0;

        for (size_t k = 0; k < ADAPTED; k++)
            taken += move(p, c, c->stride) ? 1.0 / ADAPTED : 0.0;
        c->stride =
            fmin(1.0, fmax(0.02, c->stride * exp((taken - wanted_acceptance) / sqrt(1.0 + (double)i))));
    }
}

void loglinear_posterior_draw(const struct loglinear_posterior *p, uint64_t seed, size_t number,
                              size_t burned, size_t n, size_t thin, double *draw)
{
    struct chain c = {.rng = rng_open(seed, number), .stride = 0.6};

    for (size_t j = 0; j < p->k; j++)
        c.here.theta[j] = 2.0 * variate_normal(&c.rng);
    solve_transposed(p, c.here.theta);
    for (size_t j = 0; j < p->k; j++)
        c.here.theta[j] += p->mode[j];
    evaluate(p, &c.here);
    c.weight = log_weight(p, &c.here);
    burn(p, &c, burned);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < thin; k++)
            (void)move(p, &c, k % 2 == 0 ? c.stride : short_share * c.stride);
        memcpy(draw + i * p->k, c.here.theta, p->k * sizeof *draw);
    }
}
