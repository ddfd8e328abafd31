/* A sum of draws. */
#include "pool/sum.h"

#include "base/arena.h"
#include "base/rng.h"
#include "estimate/interval.h"
#include "estimate/uncertainty.h"

#include <stdlib.h>

static int ascending(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;

    return (a > b) - (a < b);
}

/* One draw at each of SUM_DRAWS equally likely places, in random order (a Latin hypercube: McKay, Beckman &
 * Conover 1979, Technometrics 21, 239-245), so that the sum's middle needs fewer draws. */
static void add_draws(double *total, double *draw, const double *deviate, const struct sum_figure *f,
                      struct rng *r)
{
    for (size_t i = 0; i < SUM_DRAWS; i++)
        draw[i] = uncertainty_of_limits(f->seen, f->ci95[0], f->nhat, f->ci95[1], deviate[i]);
    for (size_t i = SUM_DRAWS; i-- > 0;) {
        size_t j = (size_t)(rng_unit(r) * (double)(i + 1));
        double here = draw[j];

        draw[j] = draw[i];
        draw[i] = here;
        total[i] += here;
    }
}

struct sum_total sum_figures(const struct sum_figure *figure, size_t n, uint64_t seed, struct arena *a)
{
    double *total = arena_new(a, SUM_DRAWS, double);
    double *draw = arena_new(a, SUM_DRAWS, double);
    double *deviate = arena_new(a, SUM_DRAWS, double);

    for (size_t i = 0; i < SUM_DRAWS; i++)
        deviate[i] = interval_normal_quantile(((double)i + 0.5) / SUM_DRAWS);
    for (size_t i = 0; i < n; i++) {
        struct rng r = rng_open(seed, i);

        add_draws(total, draw, deviate, &figure[i], &r);
    }
    qsort(total, SUM_DRAWS, sizeof *total, ascending);
    return (struct sum_total){
        .nhat = interval_quantile(total, SUM_DRAWS, 0.5),
        .ci95 = {interval_quantile(total, SUM_DRAWS, 0.025), interval_quantile(total, SUM_DRAWS, 0.975)},
        .ci80 = {interval_quantile(total, SUM_DRAWS, 0.1), interval_quantile(total, SUM_DRAWS, 0.9)}};
}
