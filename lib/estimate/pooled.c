/* One estimate from several linkages. */
#include "estimate/pooled.h"

#include "base/arena.h"
#include "estimate/counts.h"
#include "estimate/describe.h"
#include "estimate/interval.h"
#include "estimate/note.h"
#include "estimate/posterior.h"
#include "estimate/student.h"

#include <math.h>
#include <string.h>

static const double z_of_limit = 1.959963984540054;

static void pool_by_rubin(const struct estimate *of, size_t n, struct estimate *out);
static void pool_draws(const struct estimate *of, size_t n, struct arena *a, struct estimate *out);
static void widen_to_range(const struct estimate *of, size_t n, struct estimate *out);

/* How many are on two lists differs from linkage to linkage: what is told are means. */
static void describe_overlaps(const struct estimate *of, size_t n, struct estimate *out)
{
    double two = 0.0;
    double both[ESTIMATE_MAX_LISTS][ESTIMATE_MAX_LISTS] = {{0.0}};

    for (size_t i = 0; i < n; i++) {
        two += (double)of[i].on_two_lists / (double)n;
        for (size_t j = 0; j < out->lists; j++)
            for (size_t k = j + 1; k < out->lists; k++)
                both[j][k] += (double)of[i].overlap[j][k] / (double)n;
    }
    out->on_two_lists = llround(two);
    for (size_t j = 0; j < out->lists; j++)
        for (size_t k = j + 1; k < out->lists; k++)
            out->overlap[j][k] = llround(both[j][k]);
}

enum status pooled_estimate(const struct counts *linkage, size_t n, const struct estimate_options *options,
                            struct arena *a, struct estimate *out, struct err *e)
{
    struct estimate *of = arena_new(a, n, struct estimate);

    for (size_t i = 0; i < n; i++)
        TRY(estimate(&linkage[i], options, a, &of[i], e));
    if (n == 1)
        *out = of[0];
    else
        pool_estimates(of, n, a, out);
    return OK;
}

void pool_estimates(const struct estimate *of, size_t n, struct arena *a, struct estimate *out)
{
    double seen = 0.0;
    size_t refused = n;
    bool is_bound = false; /* a lower bound among figures makes their mean one */

    for (size_t i = 0; i < n; i++) {
        seen += (double)of[i].n / (double)n;
        if (of[i].status == ESTIMATE_REFUSED)
            refused = i;
        is_bound = is_bound || of[i].is_bound;
    }
    *out = of[0];
    out->is_bound = is_bound;
    out->n = llround(seen);
    out->settled = (struct estimate_settled){0};
    out->conditional95[0] = out->conditional95[1] = NAN;
    describe_overlaps(of, n, out);
    if (refused < n) {
        describe_refusal(out, of[refused].reason, a);
    } else if (of[0].interval == ESTIMATE_CREDIBLE) {
        pool_draws(of, n, a, out);
    } else {
        pool_by_rubin(of, n, out);
    }
    if (refused == n)
        widen_to_range(of, n, out);
    out->linkages = n;
}

static double limit_of(const struct estimate *x, size_t i)
{
    return i < 2 ? x->ci95[i] : x->ci80[i - 2];
}

/* The mean over the estimates of the variance that their limit number `i` tells. Estimates of few people are
 * less sure upward than downward: were both sides' variances one, the upper limit would be too low. */
static double variance_within(const struct estimate *of, size_t n, size_t i)
{
    double z = interval_normal_quantile(describe_limits[i]);
    double within = 0.0;

    for (size_t k = 0; k < n; k++)
        within += pow(log(limit_of(&of[k], i) / of[k].nhat) / z, 2.0) / (double)n;
    return within;
}

/* Of the variance between the estimates in all of it, and what is told of it: none where there is no limit.
 */
static double share_between(double within, double added)
{
    return added > 0.0 && isfinite(within) ? added / (within + added) : 0.0;
}

static void pool_by_rubin(const struct estimate *of, size_t n, struct estimate *out)
{
    double count = (double)n;
    double *ends[DESCRIBE_LIMITS];
    double mean = 0.0;
    double within = 0.0;
    double between = 0.0;

    for (size_t i = 0; i < n; i++) {
        double error = log(of[i].ci95[1] / of[i].ci95[0]) / (2.0 * z_of_limit);

        mean += log(of[i].nhat) / count;
        within += error * error / count;
    }
    for (size_t i = 0; i < n; i++) {
        double off = log(of[i].nhat) - mean;

        between += off * off / (count - 1.0);
    }
    double added = (1.0 + 1.0 / count) * between;
    out->nhat = exp(mean);
    describe_ends(out, ends);
    for (size_t i = 0; i < DESCRIBE_LIMITS; i++) {
        double on_side = variance_within(of, n, i);
        double share = share_between(on_side, added);
        double freedom = share > 0.0 ? (count - 1.0) / (share * share) : (double)INFINITY;
        double limit = exp(mean + student_quantile(describe_limits[i], freedom) * sqrt(on_side + added));

        *ends[i] = fmax(limit, (double)out->n);
    }
    out->interval = ESTIMATE_RUBIN;
    out->share_of_linkage = share_between(within, added);
    out->draws = 0;
}

static void pool_draws(const struct estimate *of, size_t n, struct arena *a, struct estimate *out)
{
    struct estimate_posterior posterior = out->posterior;
    double mean = 0.0;
    double between = 0.0;
    size_t total = 0;

    for (size_t i = 0; i < n; i++)
        total += of[i].draws;
    double *people = arena_new(a, total, double);
    total = 0;
    for (size_t i = 0; i < n; i++) {
        memcpy(people + total, of[i].draw, of[i].draws * sizeof *people);
        total += of[i].draws;
        mean += log(of[i].nhat) / (double)n;
        posterior.rhat = fmax(posterior.rhat, of[i].posterior.rhat);
        posterior.ess = fmin(posterior.ess, of[i].posterior.ess);
    }
    for (size_t i = 0; i < n; i++)
        between += pow(log(of[i].nhat) - mean, 2.0) / (double)(n - 1);
    posterior_describe(out, people, total);
    double error = log(out->ci95[1] / out->ci95[0]) / (2.0 * z_of_limit);
    out->share_of_linkage = fmin(between / (error * error), 1.0);
    posterior_find_modes(&posterior, people, total, a);
    out->posterior = posterior;
}

static void widen_to_range(const struct estimate *of, size_t n, struct estimate *out)
{
    out->status = ESTIMATE_POINT;
    out->reason = (struct estimate_note){0};
    out->range[0] = out->range[1] = NAN;
    for (size_t i = 0; i < n; i++) {
        if (of[i].status != ESTIMATE_RANGE || out->status == ESTIMATE_RANGE)
            continue;
        out->status = ESTIMATE_RANGE;
        out->reason = of[i].reason;
        out->range[0] = out->ci95[0];
        out->range[1] = out->ci95[1];
    }
    for (size_t i = 0; i < n && out->status == ESTIMATE_RANGE; i++) {
        const double *ends = of[i].status == ESTIMATE_RANGE ? of[i].range : of[i].ci95;

        out->range[0] = fmin(out->range[0], ends[0]);
        out->range[1] = fmax(out->range[1], ends[1]);
    }
}
