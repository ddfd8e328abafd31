/* Newton's method for log-linear models with one term of how many lists a person is on. */
#include "estimate/unequal.h"

#include "base/arena.h"
#include "estimate/kernel.h"
#include "estimate/zeta.h"

#include <math.h>
#include <string.h>

enum { MANY_STEPS = 200, MOST_HALVINGS = 30 };

static const double small_change = 1e-7;  /* its square is below the accuracy asked for */
static const double longest_change = 3.0; /* of the logarithm of a mean: a factor 20 */
static const double least_pivot = 1e-13;  /* of its own diagonal entry: below it, a term is a sum of others */
static const double least_strength = 1e-9; /* the same for the strength, whose column is no 0s and 1s */

static void evaluate(struct unequal *u, const struct loglinear_table *table);
static bool climb(struct unequal *u, const struct loglinear_table *table, bool is_strength_free);
static double pull_of_strength(const struct unequal *u, const struct loglinear_table *table);

struct unequal *unequal_open(struct arena *a, size_t lists)
{
    struct unequal *u = arena_new(a, 1, struct unequal);
    size_t most = 1 + lists + model_pairs(lists) + 1;

    u->lists = lists;
    u->cells = (size_t)1 << lists;
    u->theta = arena_new(a, u->cells, double);
    u->mu = arena_new(a, u->cells, double);
    u->margin = arena_new(a, u->cells, double);
    u->tilted = arena_new(a, u->cells, double);
    u->change = arena_new(a, u->cells, double);
    u->kernel = estimate_kernel_best();
    u->stride = (most + KERNEL_LANES) / KERNEL_LANES * KERNEL_LANES;
    u->rows = arena_new(a, most * u->stride, double);
    return u;
}

static double shape_at(enum unequal_shape shape, double k)
{
    if (shape == UNEQUAL_POISSON)
        return exp2(k) - 1.0;
    return shape == UNEQUAL_DARROCH ? 0.5 * k * k : -log1p(k / 3.5);
}

void unequal_set(struct unequal *u, enum unequal_shape shape, const struct loglinear *from)
{
    for (size_t k = 0; k <= u->lists; k++)
        u->h[k] = shape_at(shape, (double)k);
    u->k = from->k;
    memcpy(u->term, from->term, from->k * sizeof *u->term);
    memcpy(u->theta, from->theta, u->cells * sizeof *u->theta);
    u->removed = from->removed;
    u->strength = 0.0;
}

void unequal_copy(struct unequal *u, const struct unequal *from)
{
    memcpy(u->h, from->h, sizeof u->h);
    u->k = from->k;
    memcpy(u->term, from->term, from->k * sizeof *u->term);
    memcpy(u->theta, from->theta, u->cells * sizeof *u->theta);
    u->removed = from->removed;
    u->strength = from->strength;
    u->log_likelihood = from->log_likelihood;
    memcpy(u->mu, from->mu, u->cells * sizeof *u->mu);
    memcpy(u->margin, from->margin, u->cells * sizeof *u->margin);
}

void unequal_add(struct unequal *u, const struct loglinear_table *table, size_t term)
{
    if (table->margin[term] > 0.5) {
        u->term[u->k++] = (uint16_t)term;
        return;
    }
    u->theta[term] = -INFINITY;
    for (size_t c = term; c < u->cells; c = (c + 1) | term)
        mask_set_add(&u->removed, c);
}

bool unequal_fit(struct unequal *u, const struct loglinear_table *table)
{
    u->strength = 0.0;
    if (!climb(u, table, false))
        return false;
    return pull_of_strength(u, table) <= 0.0 || climb(u, table, true);
}

double unequal_dark_figure(const struct unequal *u)
{
    return exp(u->theta[0]);
}

const char *unequal_shape_name(enum unequal_shape shape)
{
    static const char *const names[] = {
        [UNEQUAL_POISSON] = "Poisson", [UNEQUAL_DARROCH] = "Darroch", [UNEQUAL_GAMMA] = "Gamma"};

    return names[shape];
}

const char *unequal_shape_about(enum unequal_shape shape)
{
    static const char *const about[] = {
        [UNEQUAL_POISSON] = "people mostly alike, some listed far more easily",
        [UNEQUAL_DARROCH] = "people differing as far upward as downward",
        [UNEQUAL_GAMMA] = "some people hardly ever listed",
    };

    return about[shape];
}

static size_t lists_of(size_t cell)
{
    return (size_t)__builtin_popcountll(cell);
}

/* Means, their margins and the log-likelihood at the parameters as they stand. */
static void evaluate(struct unequal *u, const struct loglinear_table *table)
{
    memcpy(u->mu, u->theta, u->cells * sizeof *u->mu);
    zeta_subset_sum(u->mu, u->cells);
    u->log_likelihood = 0.0;
    for (size_t c = 0; c < u->cells; c++) {
        bool is_off = mask_set_has(&u->removed, c) || (c == 0 && !table->is_whole);
        double h = u->h[lists_of(c)];

        u->mu[c] = is_off ? 0.0 : exp(u->mu[c] + u->strength * h);
        u->margin[c] = u->mu[c];
        u->tilted[c] = h * u->mu[c];
        u->log_likelihood += u->strength * h * table->y[c];
    }
    zeta_superset_sum(u->margin, u->cells);
    zeta_superset_sum(u->tilted, u->cells);
    u->log_likelihood -= u->margin[0];
    for (size_t j = 0; j < u->k; j++)
        u->log_likelihood += u->theta[u->term[j]] * table->margin[u->term[j]];
}

/* How the likelihood rises with the strength. */
static double pull_of_strength(const struct unequal *u, const struct loglinear_table *table)
{
    double pull = 0.0;

    for (size_t c = 1; c < u->cells; c++)
        pull += u->h[lists_of(c)] * (table->y[c] - u->mu[c]);
    return pull;
}

/* The upper triangle of the information matrix, the gradient as a last column, the strength as the last of
 * `n` rows when it is free. */
static void write_rows(struct unequal *u, const struct loglinear_table *table, size_t n)
{
    memset(u->rows, 0, n * u->stride * sizeof *u->rows);
    for (size_t i = 0; i < u->k; i++) {
        double *row = u->rows + i * u->stride;

        for (size_t j = i; j < u->k; j++)
            row[j] = u->margin[u->term[i] | u->term[j]];
        if (n > u->k)
            row[u->k] = u->tilted[u->term[i]];
        row[n] = table->margin[u->term[i]] - u->margin[u->term[i]];
        u->least_pivot[i] = least_pivot * row[i];
    }
    if (n == u->k)
        return;
    double *row = u->rows + u->k * u->stride;
    for (size_t c = 1; c < u->cells; c++)
        row[u->k] += u->h[lists_of(c)] * u->h[lists_of(c)] * u->mu[c];
    row[n] = pull_of_strength(u, table);
    u->least_pivot[u->k] = least_strength * row[u->k];
}

/* Newton's step, and what it changes in the logarithm of each mean; returns the largest change of one. */
static double find_step(struct unequal *u, size_t n)
{
    double longest = 0.0;

    memset(u->change, 0, u->cells * sizeof *u->change);
    for (size_t j = n; j-- > 0;) {
        const double *row = u->rows + j * u->stride;
        double sum = row[n];

        for (size_t l = j + 1; l < n; l++)
            sum -= row[l] * u->step[l];
        u->step[j] = sum / row[j];
        if (j < u->k)
            u->change[u->term[j]] = u->step[j];
    }
    zeta_subset_sum(u->change, u->cells);
    for (size_t c = 0; c < u->cells; c++) {
        if (n > u->k)
            u->change[c] += u->step[u->k] * u->h[lists_of(c)];
        if (!mask_set_has(&u->removed, c))
            longest = fmax(longest, fabs(u->change[c]));
    }
    return longest;
}

static void move(struct unequal *u, size_t n, double share)
{
    for (size_t j = 0; j < u->k; j++)
        u->theta[u->term[j]] += share * u->step[j];
    if (n > u->k)
        u->strength += share * u->step[u->k];
}

/* Moves by `share` of the step, halved while the likelihood falls. */
static bool take_step(struct unequal *u, const struct loglinear_table *table, size_t n, double share)
{
    double before = u->log_likelihood;
    double slack = 1e-9 * (fabs(before) + 1.0); /* what rounding may take */

    move(u, n, share);
    evaluate(u, table);
    for (int i = 0; i < MOST_HALVINGS && !(u->log_likelihood >= before - slack); i++) {
        share *= 0.5;
        move(u, n, -share);
        evaluate(u, table);
    }
    return u->log_likelihood >= before - slack;
}

static bool climb(struct unequal *u, const struct loglinear_table *table, bool is_strength_free)
{
    size_t n = u->k + (is_strength_free ? 1 : 0);

    evaluate(u, table);
    for (int i = 0; i < MANY_STEPS; i++) {
        write_rows(u, table, n);
        if (!u->kernel->eliminate(u->rows, n, u->stride, u->least_pivot))
            return false;
        double longest = find_step(u, n);
        double share = longest > longest_change ? longest_change / longest : 1.0;
        if (!(longest < INFINITY) || !take_step(u, table, n, share))
            return false;
        if (longest < small_change)
            return true;
    }
    return false;
}
