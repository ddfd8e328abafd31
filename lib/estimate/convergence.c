/* Have the chains reached the same distribution? */
#include "estimate/convergence.h"

#include "base/arena.h"
#include "estimate/interval.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

struct ranked {
    double value;
    size_t at;
};

static int by_value(const void *left, const void *right)
{
    double a = ((const struct ranked *)left)->value;
    double b = ((const struct ranked *)right)->value;

    return (a > b) - (a < b);
}

/* Normal scores of the ranks of draw[n] (Blom 1958), into score[n]; returns the median of the draws. */
static double rank(const double *draw, size_t n, struct ranked *room, double *score)
{
    for (size_t i = 0; i < n; i++)
        room[i] = (struct ranked){draw[i], i};
    qsort(room, n, sizeof *room, by_value);
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;

        while (end < n && room[end].value <= room[i].value)
            end++;
        double middle = 0.5 * ((double)i + (double)end + 1.0);
        double z = interval_normal_quantile((middle - 0.375) / ((double)n + 0.25));
        for (; i < end; i++)
            score[room[i].at] = z;
    }
    return 0.5 * (room[(n - 1) / 2].value + room[n / 2].value);
}

static double mean_of(const double *x, size_t n)
{
    double sum = 0.0;

    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum / (double)n;
}

/* The sum of products of x[n] with itself `lag` later, about `mean`, over n. */
static double autocovariance(const double *x, size_t n, double mean, size_t lag)
{
    double sum = 0.0;

    for (size_t i = 0; i + lag < n; i++)
        sum += (x[i] - mean) * (x[i + lag] - mean);
    return sum / (double)n;
}

struct spread {
    double within, total;
};

static struct spread spread_of(const double *x, size_t chains, size_t n, double *mean)
{
    struct spread s = {0};
    double between = 0.0;

    for (size_t c = 0; c < chains; c++) {
        mean[c] = mean_of(x + c * n, n);
        s.within += autocovariance(x + c * n, n, mean[c], 0) * (double)n / (double)(n - 1) / (double)chains;
    }
    double centre = mean_of(mean, chains);
    for (size_t c = 0; c < chains; c++)
        between += (mean[c] - centre) * (mean[c] - centre) / (double)(chains - 1);
    s.total = s.within * (double)(n - 1) / (double)n + between;
    return s;
}

/* Scores that differ have a variance near 1. */
static bool is_at_rest(const struct spread *s)
{
    return s->total < 1e-12;
}

static double rhat_of(const struct spread *s)
{
    if (is_at_rest(s))
        return 1.0;
    return s->within > 0.0 ? sqrt(s->total / s->within) : (double)INFINITY;
}

/* Geyer's initial monotone sequence of pairs of autocorrelations (1992, Statist. Sci. 7, 473-483). */
static double effective_draws(const double *x, size_t chains, size_t n, const double *mean,
                              const struct spread *s)
{
    double draws = (double)(chains * n);
    double time = -1.0;
    double least = INFINITY;

    if (is_at_rest(s))
        return draws;
    for (size_t lag = 0; lag + 1 < n; lag += 2) {
        double pair = 0.0;

        for (size_t l = lag; l < lag + 2; l++) {
            double covariance = 0.0;

            for (size_t c = 0; c < chains; c++)
                covariance += autocovariance(x + c * n, n, mean[c], l) / (double)chains;
            double unbiased = l == 0 ? s->within : covariance * (double)n / (double)(n - 1);
            pair += 1.0 - (s->within - unbiased) / s->total;
        }
        if (pair <= 0.0)
            break;
        least = fmin(least, pair);
        time += 2.0 * least;
    }
    return draws / fmax(time, 1.0 / log10(draws));
}

struct convergence convergence_of(const double *draw, size_t chains, size_t n, struct arena *a)
{
    size_t total = chains * n;
    size_t halves = 2 * chains;
    struct ranked *room = arena_new(a, total, struct ranked);
    double *score = arena_new(a, total, double);
    double *folded = arena_new(a, total, double);
    double *mean = arena_new(a, halves, double);
    double median = rank(draw, total, room, score);
    struct spread spread = spread_of(score, halves, n / 2, mean);
    struct convergence out = {.rhat = rhat_of(&spread),
                              .ess = effective_draws(score, halves, n / 2, mean, &spread)};

    for (size_t i = 0; i < total; i++)
        folded[i] = fabs(draw[i] - median);
    rank(folded, total, room, score);
    spread = spread_of(score, halves, n / 2, mean);
    out.rhat = fmax(out.rhat, rhat_of(&spread));
    return out;
}
