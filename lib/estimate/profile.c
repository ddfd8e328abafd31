/* Limits from the profile likelihood. */
#include "estimate/profile.h"

#include "base/arena.h"
#include "estimate/interval.h"

#include <math.h>
#include <string.h>

enum { MANY_STEPS = 400, MOST_TRIALS = 200 };

static const double farthest = 1e9;      /* times the people seen: beyond it there is no limit */
static const double most_people = 1e12;  /* the likelihood's terms are of size N log N: rounded to a hundredth
                                            there, and it falls by 0.8 and 1.9 to the limits */
static const double close_enough = 1e-9; /* relative, in the unseen */

struct profile {
    struct loglinear_table table; /* whole: the dark cell among the margins */
    double people;
    const struct profile_model *model;
    bool is_settled;
};

/* A hierarchical model, fitted from afar each time. */
struct hierarchical {
    struct loglinear *fit;
    const uint16_t *terms;
    size_t n;
    const struct mask_set *removed;
};

static bool fit_hierarchical(void *with, const struct loglinear_table *table, double *log_likelihood)
{
    const struct hierarchical *x = with;

    loglinear_start(x->fit, table, x->terms, x->n, x->removed);
    bool is_settled = loglinear_fit(x->fit, table, MANY_STEPS) != LOGLINEAR_UNSETTLED;
    *log_likelihood = x->fit->log_likelihood;
    return is_settled;
}

/* l(N) for N - n = unseen, without the terms that do not depend on it. */
static double likelihood(struct profile *x, double unseen)
{
    double all = x->people + unseen;
    double fitted = 0.0;
    int sign = 0;

    x->table.dark = unseen;
    x->table.margin[0] = all;
    if (!x->model->fit(x->model->with, &x->table, &fitted))
        x->is_settled = false;
    return lgamma_r(all + 1.0, &sign) - lgamma_r(unseen + 1.0, &sign) + fitted + all - all * log(all);
}

/* The highest point by golden section on the logarithm: the likelihood has one top. */
static double find_top(struct profile *x, double near, double *top)
{
    const double share = 0.5 * (sqrt(5.0) - 1.0);
    double low = log(near) - 1.0;
    double high = log(near) + 1.0;
    double a = high - share * (high - low);
    double b = low + share * (high - low);
    double at_a = likelihood(x, exp(a));
    double at_b = likelihood(x, exp(b));

    while (high - low > 1e-7) {
        if (at_a < at_b) {
            low = a;
            a = b;
            at_a = at_b;
            b = low + share * (high - low);
            at_b = likelihood(x, exp(b));
        } else {
            high = b;
            b = a;
            at_b = at_a;
            a = high - share * (high - low);
            at_a = likelihood(x, exp(a));
        }
    }
    *top = fmax(at_a, at_b);
    return exp(0.5 * (low + high));
}

/* Where the likelihood falls to `level` between `inside`, where it is above, and `outside`, where it is
 * below: on the logarithm, by regula falsi with the Illinois rule. */
static double find_crossing(struct profile *x, double inside, double outside, double level)
{
    double a = log(inside);
    double b = log(outside);
    double at_a = likelihood(x, inside) - level;
    double at_b = likelihood(x, outside) - level;

    for (int i = 0; i < MOST_TRIALS && fabs(b - a) > close_enough; i++) {
        double next = b - at_b * (b - a) / (at_b - at_a);
        double at_next = likelihood(x, exp(next)) - level;

        if ((at_next > 0.0) == (at_b > 0.0)) {
            at_a *= 0.5;
        } else {
            a = b;
            at_a = at_b;
        }
        b = next;
        at_b = at_next;
        if (fabs(at_b) < 1e-10)
            break;
    }
    return exp(b);
}

/* A limit on one side: steps of a factor `by` from the top, until the likelihood is below the level. */
static double find_limit(struct profile *x, double top, double level, double by)
{
    double inside = top;

    for (double next = top * by;; next *= by) {
        if (next > farthest * x->people || next > most_people)
            return INFINITY;
        if (next < 1e-6)
            return 0.0;
        if (likelihood(x, next) < level)
            return find_crossing(x, inside, next, level);
        inside = next;
    }
}

bool profile_limits(const struct loglinear_table *table, const uint16_t *terms, size_t n,
                    const struct mask_set *removed, double nhat, double p, struct arena *a, double limit[2])
{
    struct hierarchical with = {
        .fit = loglinear_open(a, table->lists, n), .terms = terms, .n = n, .removed = removed};
    struct profile_model model = {.fit = fit_hierarchical, .with = &with};

    return profile_limits_of(&model, table, nhat, p, a, limit);
}

bool profile_limits_of(const struct profile_model *model, const struct loglinear_table *table, double nhat,
                       double p, struct arena *a, double limit[2])
{
    double z = interval_normal_quantile(p);
    struct profile x = {.table = *table, .people = table->margin[0], .model = model, .is_settled = true};
    double top = 0.0;

    if (nhat > most_people)
        return false;
    x.table.margin = arena_new(a, table->cells, double);
    memcpy(x.table.margin, table->margin, table->cells * sizeof *table->margin);
    x.table.is_whole = true;
    double unseen = find_top(&x, fmax(nhat - x.people, 1.0), &top);
    double level = top - 0.5 * z * z;
    double low = x.people + find_limit(&x, unseen, level, 1.0 / 1.5);
    double high = x.people + find_limit(&x, unseen, level, 1.5);
    if (!x.is_settled)
        return false;
    limit[0] = low;
    limit[1] = high;
    return true;
}
