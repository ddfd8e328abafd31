/* What draws from a posterior distribution say. */
#include "estimate/posterior.h"

#include "base/arena.h"
#include "estimate/describe.h"
#include "estimate/interval.h"

#include <math.h>
#include <stdlib.h>

enum { POINTS = 256, MOST_KERNELS = 2000 };

static const double least_share = 0.01;
static const double deep_valley = 0.5;

static int ascending(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;

    return (a > b) - (a < b);
}

void posterior_describe(struct estimate *out, double *people, size_t n)
{
    double *ends[DESCRIBE_LIMITS];

    qsort(people, n, sizeof *people, ascending);
    describe_ends(out, ends);
    for (size_t i = 0; i < DESCRIBE_LIMITS; i++)
        *ends[i] = interval_quantile(people, n, describe_limits[i]);
    out->nhat = interval_quantile(people, n, 0.5);
    out->threshold = NAN;
    out->draws = n;
    out->draw = people;
    out->interval = ESTIMATE_CREDIBLE;
}

/* The density of log people at POINTS places from the first draw to the last. */
struct density {
    double from, step;
    double at[POINTS];
};

static double bandwidth_of(const double *people, size_t n)
{
    double mean = 0.0;
    double squares = 0.0;

    for (size_t i = 0; i < n; i++)
        mean += log(people[i]) / (double)n;
    for (size_t i = 0; i < n; i++)
        squares += (log(people[i]) - mean) * (log(people[i]) - mean) / (double)n;
    double quartiles = log(interval_quantile(people, n, 0.75) / interval_quantile(people, n, 0.25)) / 1.34;
    double kernels = fmin((double)n, MOST_KERNELS);
    return 0.9 * fmin(sqrt(squares), quartiles) * pow(kernels, -0.2);
}

static void estimate_density(const double *people, size_t n, double bandwidth, struct density *out)
{
    size_t stride = (n + MOST_KERNELS - 1) / MOST_KERNELS;

    out->from = log(people[0]);
    out->step = (log(people[n - 1]) - out->from) / (POINTS - 1);
    for (size_t p = 0; p < POINTS; p++) {
        double here = out->from + (double)p * out->step;

        out->at[p] = 0.0;
        for (size_t i = stride / 2; i < n; i += stride) {
            double z = (log(people[i]) - here) / bandwidth;
            if (fabs(z) < 6.0)
                out->at[p] += exp(-0.5 * z * z);
        }
    }
}

/* The valleys that part the modes, as places; a peak only counts when the draws about it do. */
static size_t find_valleys(const struct density *d, size_t valley[ESTIMATE_MAX_MODES - 1])
{
    size_t n = 0;
    size_t lowest = 0;
    double peak = d->at[0];

    for (size_t p = 1; p < POINTS && n < ESTIMATE_MAX_MODES - 1; p++) {
        if (d->at[p] < d->at[lowest])
            lowest = p;
        if (d->at[p] > peak && d->at[lowest] >= deep_valley * peak) {
            peak = d->at[p]; /* the same mode, still rising */
            lowest = p;
        } else if (d->at[lowest] < deep_valley * fmin(peak, d->at[p])) {
            valley[n++] = lowest;
            peak = d->at[p];
            lowest = p;
        }
    }
    return n;
}

void posterior_find_modes(struct estimate_posterior *out, const double *people, size_t n, struct arena *a)
{
    struct density *d = arena_new(a, 1, struct density);
    double bandwidth = bandwidth_of(people, n);
    size_t valley[ESTIMATE_MAX_MODES - 1];
    size_t valleys = 0;
    size_t first = 0;

    if (bandwidth > 0.0) {
        estimate_density(people, n, bandwidth, d);
        valleys = find_valleys(d, valley);
    }
    out->modes = 0;
    for (size_t v = 0; v <= valleys; v++) {
        size_t last = n;

        if (v < valleys) {
            double end = exp(d->from + (double)valley[v] * d->step);
            for (last = first; last < n && people[last] < end;)
                last++;
        }
        double share = (double)(last - first) / (double)n;
        if (share >= least_share)
            out->mode[out->modes++] =
                (struct estimate_mode){.share = share, .middle = people[first + (last - first) / 2]};
        first = last;
    }
}
