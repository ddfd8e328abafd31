/* The random-effects model. */
#include "pool/effects.h"

#include "base/arena.h"
#include "estimate/student.h"
#include "pool/chi_squared.h"

#include <math.h>

enum { GRID = 80, MOST_HALVINGS = 200 };

struct figures {
    const double *y;
    const double *se;
    size_t n;
};

/* The weighted mean for one tau2, and the sums that all the rest is made of. */
struct weighted {
    double mean;
    double sum;     /* of the weights w = 1 / (se^2 + tau2) */
    double squares; /* of w^2 */
    double q;       /* of w (y - mean)^2 */
};

static double weight_of(const struct figures *f, size_t i, double tau2)
{
    return 1.0 / (f->se[i] * f->se[i] + tau2);
}

static struct weighted weigh(const struct figures *f, double tau2)
{
    struct weighted out = {0};

    for (size_t i = 0; i < f->n; i++) {
        double w = weight_of(f, i, tau2);

        out.sum += w;
        out.squares += w * w;
        out.mean += w * f->y[i];
    }
    out.mean /= out.sum;
    for (size_t i = 0; i < f->n; i++) {
        double away = f->y[i] - out.mean;

        out.q += weight_of(f, i, tau2) * away * away;
    }
    return out;
}

static double restricted_likelihood(const struct figures *f, double tau2)
{
    struct weighted x = weigh(f, tau2);
    double value = -0.5 * log(x.sum) - 0.5 * x.q;

    for (size_t i = 0; i < f->n; i++)
        value += 0.5 * log(weight_of(f, i, tau2));
    return value;
}

/* Its derivative. */
static double restricted_score(const struct figures *f, double tau2)
{
    struct weighted x = weigh(f, tau2);
    double value = 0.5 * x.squares / x.sum - 0.5 * x.sum;

    for (size_t i = 0; i < f->n; i++) {
        double away = weight_of(f, i, tau2) * (f->y[i] - x.mean);

        value += 0.5 * away * away;
    }
    return value;
}

/* The tau2 at which `level(f, tau2)` falls through `target`, between `low` and `high`. */
static double crossing(double (*level)(const struct figures *f, double tau2), const struct figures *f,
                       double target, double low, double high)
{
    for (int i = 0; i < MOST_HALVINGS && high - low > 1e-14 * high; i++) {
        double middle = 0.5 * (low + high);

        if (level(f, middle) > target)
            low = middle;
        else
            high = middle;
    }
    return 0.5 * (low + high);
}

/* The likelihood may have several tops: the highest point of a grid from 0 to far above what the figures
 * span is looked around. */
static double restricted_tau2(const struct figures *f, double widest)
{
    double place[GRID + 1] = {0.0};
    size_t best = 0;
    double top = restricted_likelihood(f, 0.0);

    for (size_t g = 1; g <= GRID; g++) {
        place[g] = widest * pow(10.0, -8.0 + 8.0 * (double)g / GRID);
        double here = restricted_likelihood(f, place[g]);
        if (here > top) {
            top = here;
            best = g;
        }
    }
    double low = best > 0 ? place[best - 1] : 0.0;
    double high = best < GRID ? place[best + 1] : widest;
    if (best == 0 && restricted_score(f, 0.0) <= 0.0)
        return 0.0;
    return crossing(restricted_score, f, 0.0, low, high);
}

static double generalised_q(const struct figures *f, double tau2)
{
    return weigh(f, tau2).q;
}

/* Q falls as tau2 grows: each limit is where it is at a quantile of its distribution, and 0 when it never is.
 */
static void profile_tau2(const struct figures *f, double widest, double out[2])
{
    static const double levels[2] = {0.975, 0.025};

    for (size_t side = 0; side < 2; side++) {
        double target = chi_squared_quantile(levels[side], (double)(f->n - 1));
        double high = widest;

        while (generalised_q(f, high) > target)
            high *= 2.0;
        out[side] = generalised_q(f, 0.0) <= target ? 0.0 : crossing(generalised_q, f, target, 0.0, high);
    }
}

/* The typical variance of a figure, to which tau2 is compared. */
static double typical_variance(const struct figures *f)
{
    struct weighted x = weigh(f, 0.0);

    return (double)(f->n - 1) * x.sum / (x.sum * x.sum - x.squares);
}

static void set_mean(const struct figures *f, struct effects *out)
{
    struct weighted x = weigh(f, out->tau2);
    double freedom = (double)(f->n - 1);
    double t = student_quantile(0.975, freedom);

    out->mean = x.mean;
    out->mean_se = sqrt(fmax(1.0, x.q / freedom) / x.sum);
    out->mean_ci95[0] = x.mean - t * out->mean_se;
    out->mean_ci95[1] = x.mean + t * out->mean_se;
    double away = student_quantile(0.975, freedom - 1.0) * sqrt(out->tau2 + out->mean_se * out->mean_se);
    out->prediction95[0] = x.mean - away;
    out->prediction95[1] = x.mean + away;
}

static void set_cities(const struct figures *f, struct effects *out, struct arena *a)
{
    struct effects_city *city = arena_new(a, f->n, struct effects_city);
    double t = student_quantile(0.975, (double)(f->n - 1));

    for (size_t i = 0; i < f->n; i++) {
        double own = f->se[i] * f->se[i];
        double weight = out->tau2 / (out->tau2 + own);
        double mean = out->mean_se * (1.0 - weight);
        double away = t * sqrt(weight * own + mean * mean);

        city[i] = (struct effects_city){.weight = weight,
                                        .shrunken = weight * f->y[i] + (1.0 - weight) * out->mean};
        city[i].shrunken_ci95[0] = city[i].shrunken - away;
        city[i].shrunken_ci95[1] = city[i].shrunken + away;
    }
    out->city = city;
}

enum status effects_fit(const double *y, const double *se, size_t n, struct arena *a, struct effects *out,
                        struct err *e)
{
    const struct figures f = {.y = y, .se = se, .n = n};
    struct effects x = {.n = n};

    if (n < EFFECTS_LEAST)
        return err_set(e, REFUSED,
                       "%zu %s with a figure to compare: how cities differ cannot be told from fewer than %d",
                       n, n == 1 ? "city" : "cities", EFFECTS_LEAST);
    double low = y[0];
    double high = y[0];
    double largest = se[0];
    for (size_t i = 1; i < n; i++) {
        low = fmin(low, y[i]);
        high = fmax(high, y[i]);
        largest = fmax(largest, se[i]);
    }
    double widest = 100.0 * ((high - low) * (high - low) + largest * largest);
    x.tau2 = restricted_tau2(&f, widest);
    profile_tau2(&f, widest, x.tau2_ci95);
    double typical = typical_variance(&f);
    x.i2 = x.tau2 / (x.tau2 + typical);
    for (size_t side = 0; side < 2; side++)
        x.i2_ci95[side] = x.tau2_ci95[side] / (x.tau2_ci95[side] + typical);
    x.q = generalised_q(&f, 0.0);
    set_mean(&f, &x);
    set_cities(&f, &x, a);
    *out = x;
    return OK;
}
