/* Where the posterior of averaging over graphs is computed, and what is read off there. */
#include "estimate/graphs.h"

#include "base/arena.h"

#include <math.h>

enum { EXACT_TO = 256 };

/* A point stands for half of the way to each neighbour. */
static void weigh(struct graphs_grid *g)
{
    for (size_t i = 0; i < g->points; i++) {
        double before = i == 0 ? 1.0 : g->unseen[i] - g->unseen[i - 1];
        double after = i + 1 == g->points ? 1.0 : g->unseen[i + 1] - g->unseen[i];

        g->weight[i] = 0.5 * (before + after);
    }
}

void graphs_grid_make(double largest, struct arena *a, struct graphs_grid *out)
{
    size_t most = EXACT_TO + 2 + (size_t)(log(fmax(largest, EXACT_TO) / EXACT_TO) * (EXACT_TO + 2));
    struct graphs_grid grid = {.unseen = arena_new(a, most, double), .weight = arena_new(a, most, double)};

    for (double m = 0.0; m <= largest && grid.points < most;
         m = m < EXACT_TO ? m + 1.0 : ceil(m * (1.0 + 1.0 / EXACT_TO)))
        grid.unseen[grid.points++] = m;
    weigh(&grid);
    *out = grid;
}

void graphs_grid_between(double low, double high, size_t points, struct arena *a, struct graphs_grid *out)
{
    struct graphs_grid grid = {.unseen = arena_new(a, points, double),
                               .weight = arena_new(a, points, double)};
    double step = fmax(1.0, ceil((high - low) / (double)(points - 1)));

    for (double m = low; m <= high && grid.points < points; m += step)
        grid.unseen[grid.points++] = m;
    weigh(&grid);
    *out = grid;
}

double graphs_quantile(const struct graphs_posterior *x, const struct graphs_grid *grid, double people,
                       double p)
{
    double below = 0.0;

    for (size_t i = 0; i < grid->points; i++) {
        double mass = grid->weight[i] * x->density[i];

        if (below + mass >= p) {
            double share = mass > 0.0 ? (p - below) / mass : 0.0;
            double start = i == 0 ? grid->unseen[0] : 0.5 * (grid->unseen[i - 1] + grid->unseen[i]);

            return people + start + share * (grid->weight[i] - (i == 0 ? 0.5 : 0.0));
        }
        below += mass;
    }
    return INFINITY;
}
