/* The perturbation table of the cell key method. */
#include "protect/ptable.h"

#include <math.h>
#include <stdbool.h>

enum { BISECTIONS = 70 }; /* halves the widest interval below, of about 7,300, until no double lies between */
static const double steepest = 60.0; /* of an exponent's coefficient: beyond it a chance is nil */

/* The allowed moves of one row while their chances are found. */
struct row {
    int n;
    double move[2 * PTABLE_MOST_MOVE + 1];
    double p[2 * PTABLE_MOST_MOVE + 1];
    double mean, variance;
};

static struct row allowed_moves(const struct ptable *t, int n);
static bool solve(struct row *r, double variance);

static enum status check(const struct ptable *t, struct err *e)
{
    if (t->most < 1 || t->most > PTABLE_MOST_MOVE || t->small < 0 || t->small > t->most ||
        !(t->variance > 0) || t->variance > (double)(t->most * t->most))
        return err_set(
            e, USAGE,
            "moves of at most %d, no figure of 1 to %d, variance %g: expected at most %d, at most the "
            "first, and above 0 up to its square",
            t->most, t->small, t->variance, PTABLE_MOST_MOVE);
    return OK;
}

enum status ptable_make(int most, int small, double variance, struct ptable *out, struct err *e)
{
    struct ptable t = {.most = most, .small = small, .variance = variance};

    TRY(check(&t, e));
    t.rows = most + small + 1;
    for (int n = 1; n <= t.rows; n++) {
        struct row r = allowed_moves(&t, n);

        if (!solve(&r, variance))
            return err_set(e, REFUSED, "a count of %d cannot be moved with mean 0 by these rules", n);
        for (int i = 0; i < r.n; i++)
            t.p[n][most + (int)r.move[i]] = r.p[i];
    }
    *out = t;
    return OK;
}

int ptable_move(const struct ptable *t, int64_t n, uint32_t u)
{
    const double *p = t->p[n < t->rows ? (n > 0 ? n : 0) : t->rows];
    double unit = u / 4294967296.0;
    double sum = 0;
    int last = 0;

    if (n <= 0)
        return 0;
    for (int v = -t->most; v <= t->most; v++) {
        if (p[t->most + v] <= 0)
            continue;
        last = v;
        sum += p[t->most + v];
        if (unit < sum)
            return v;
    }
    return last; /* the chances add up to 1 but for rounding */
}

/* A small count becomes 0 or the least figure that is shown; others move without meeting a figure that is
 * not. */
static struct row allowed_moves(const struct ptable *t, int n)
{
    struct row r = {0};

    for (int v = -t->most; v <= t->most; v++) {
        int shown = n + v;
        bool is_allowed = shown == 0 || shown > t->small;

        if (n <= t->small)
            is_allowed = shown == 0 || shown == t->small + 1;
        if (shown >= 0 && is_allowed)
            r.move[r.n++] = v;
    }
    return r;
}

/* The chances for the two coefficients, and their mean and variance. */
static void weigh(struct row *r, double alpha, double beta)
{
    double greatest = -INFINITY;
    double sum = 0;

    for (int i = 0; i < r->n; i++)
        greatest = fmax(greatest, alpha * r->move[i] + beta * r->move[i] * r->move[i]);
    for (int i = 0; i < r->n; i++) {
        r->p[i] = exp(alpha * r->move[i] + beta * r->move[i] * r->move[i] - greatest);
        sum += r->p[i];
    }
    r->mean = r->variance = 0;
    for (int i = 0; i < r->n; i++) {
        r->p[i] /= sum;
        r->mean += r->p[i] * r->move[i];
        r->variance += r->p[i] * r->move[i] * r->move[i];
    }
}

/* The mean rises with alpha. */
static void centre(struct row *r, double beta)
{
    double lo = -steepest * (1 + fabs(beta));
    double hi = steepest * (1 + fabs(beta));

    for (int i = 0; i < BISECTIONS; i++) {
        double middle = (lo + hi) / 2;

        weigh(r, middle, beta);
        if (r->mean < 0)
            lo = middle;
        else
            hi = middle;
    }
}

/* With mean 0 the variance rises with beta. A row of two moves has one distribution of mean 0, whatever beta
 * is. */
static bool solve(struct row *r, double variance)
{
    double lo = -steepest;
    double hi = steepest;

    if (r->n < 2 || r->move[0] >= 0 || r->move[r->n - 1] <= 0)
        return false;
    for (int i = 0; i < BISECTIONS && r->n > 2; i++) {
        double middle = (lo + hi) / 2;

        centre(r, middle);
        if (r->variance < variance)
            lo = middle;
        else
            hi = middle;
    }
    if (r->n == 2)
        centre(r, 0);
    return fabs(r->mean) < 1e-9;
}
