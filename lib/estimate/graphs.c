/* Averaging over decomposable graphs. */
#include "estimate/graphs.h"

#include "base/arena.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "estimate/model.h"

#include <math.h>
#include <string.h>

enum { MAX_SETS = 1 << GRAPHS_MAX_LISTS, EXACT_TO = 256, BLOCK = 64 };

static const double out_of_reach = 40.0; /* on the log scale */
static const double stirling_from = 16.0;

/* A graph as what is multiplied and what is divided by, list by list in the order of a perfect elimination: a
 * list with its remaining neighbours, and those neighbours alone. */
struct graph {
    uint32_t edges;
    uint8_t times[GRAPHS_MAX_LISTS];
    uint8_t by[GRAPHS_MAX_LISTS];
};

struct average {
    const uint32_t *y;
    size_t lists;
    double delta, people;
    const struct graphs_grid *grid;
    double fixed[MAX_SETS]; /* of log h(A): what does not depend on N */
    double empty[MAX_SETS]; /* people seen on none of A, and delta times the cells of A's complement */
    size_t kept, room;
    struct graph *graph;
    double *best; /* [kept] the highest log probability */
    double highest;
    size_t sets;
    double *h;      /* [points][sets] the logarithm of h(A) */
    double *common; /* [points] what all graphs share */
    double *log_density;
};

static void set_margins(struct average *x);
static double of_number(const struct average *x, double unseen);
static double of_set(const struct average *x, size_t set, double unseen);
static bool take_apart(size_t lists, uint32_t edges, struct graph *out);
static size_t keep_graphs(struct average *x, struct arena *a);
static void fill_block(void *work, size_t block);
static void sum_block(void *work, size_t block);
static void tell_most_probable(const struct average *x, struct graphs_posterior *out);

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

bool graphs_average(const uint32_t *y, size_t lists, double delta, const struct graphs_grid *grid,
                    int threads, struct progress *p, struct arena *a, struct graphs_posterior *out)
{
    struct average x = {.y = y, .lists = lists, .delta = delta, .grid = grid, .highest = -INFINITY};
    struct graphs_posterior result = {0};
    size_t blocks = (grid->points + BLOCK - 1) / BLOCK;
    double sum = 0.0;

    set_margins(&x);
    x.sets = (size_t)1 << lists;
    x.h = arena_new(a, x.sets * grid->points, double);
    x.common = arena_new(a, grid->points, double);
    x.log_density = arena_new(a, grid->points, double);
    progress_begin(p, "graphs", 2 * (int64_t)blocks);
    if (!parallel_for(blocks, threads, fill_block, &x, p))
        return false;
    result.graphs = keep_graphs(&x, a);
    if (!parallel_for(blocks, threads, sum_block, &x, p))
        return false;
    double highest = -INFINITY;
    for (size_t i = 0; i < grid->points; i++)
        highest = fmax(highest, x.log_density[i]);
    result.density = arena_new(a, grid->points, double);
    for (size_t i = 0; i < grid->points; i++) {
        result.density[i] = exp(x.log_density[i] - highest);
        sum += grid->weight[i] * result.density[i];
    }
    result.end = result.density[grid->points - 1];
    for (size_t i = 0; i < grid->points; i++) {
        result.density[i] /= sum;
        result.mean += grid->weight[i] * result.density[i] * (x.people + grid->unseen[i]);
    }
    x.highest = highest + log(sum);
    tell_most_probable(&x, &result);
    *out = result;
    return true;
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

static void set_margins(struct average *x)
{
    size_t cells = (size_t)1 << x->lists;
    double whole = x->delta * (double)cells;
    int sign = 0;

    for (size_t c = 1; c < cells; c++)
        x->people += x->y[c];
    for (size_t set = 1; set < cells; set++) {
        double cell_delta = x->delta * (double)(cells >> __builtin_popcountll(set));

        long double sum = lgammal_r(whole, &sign) - lgammal_r(cell_delta, &sign);
        for (size_t part = set;; part = (part - 1) & set) {
            double seen = 0.0;

            for (size_t c = 1; c < cells; c++)
                if ((c & set) == part)
                    seen += x->y[c];
            if (part == 0) {
                x->empty[set] = seen + cell_delta;
                break;
            }
            sum += lgammal_r(seen + cell_delta, &sign) - lgammal_r(cell_delta, &sign);
        }
        x->fixed[set] = (double)sum;
    }
}

/* What Stirling's formula leaves out of log gamma(x). */
static double stirling_rest(double x)
{
    double square = x * x;

    return (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - 1.0 / 1680.0 / square) / square) / square) / x;
}

/* log gamma(a) - log gamma(b) without the digits that two large logarithms would lose. */
static double log_gamma_ratio(double a, double b)
{
    int sign = 0;

    if (a < stirling_from || b < stirling_from)
        return (double)(lgammal_r(a, &sign) - lgammal_r(b, &sign));
    return (a - 0.5) * log1p((a - b) / b) + (a - b) * (log(b) - 1.0) + (stirling_rest(a) - stirling_rest(b));
}

/* What all graphs share: the multinomial coefficient and the prior of N, without the constant. */
static double of_number(const struct average *x, double unseen)
{
    double all = x->people + unseen;

    return log_gamma_ratio(all + 1.0, unseen + 1.0) - log(all);
}

/* The logarithm of h(A) as a function of N. */
static double of_set(const struct average *x, size_t set, double unseen)
{
    double whole = x->delta * (double)((size_t)1 << x->lists);

    if (set == 0)
        return 0.0;
    return x->fixed[set] + log_gamma_ratio(unseen + x->empty[set], x->people + unseen + whole);
}

static void fill_block(void *work, size_t block)
{
    const struct average *x = work;

    for (size_t i = block * BLOCK; i < (block + 1) * BLOCK && i < x->grid->points; i++) {
        x->common[i] = of_number(x, x->grid->unseen[i]);
        for (size_t set = 0; set < x->sets; set++)
            x->h[i * x->sets + set] = of_set(x, set, x->grid->unseen[i]);
    }
}

/* False when some cycle of four lists or more has no chord: then no list can be eliminated at some point. */
static bool take_apart(size_t lists, uint32_t edges, struct graph *out)
{
    uint8_t neighbour[GRAPHS_MAX_LISTS] = {0};
    uint32_t left = (UINT32_C(1) << lists) - 1;
    size_t bit = 0;

    out->edges = edges;
    for (size_t i = 0; i < lists; i++)
        for (size_t j = i + 1; j < lists; j++, bit++)
            if (edges >> bit & 1U) {
                neighbour[i] = (uint8_t)(neighbour[i] | 1U << j);
                neighbour[j] = (uint8_t)(neighbour[j] | 1U << i);
            }
    for (size_t done = 0; done < lists; done++) {
        size_t v = 0;

        for (; v < lists; v++) {
            bool is_simplicial = left >> v & 1U;
            uint32_t around = neighbour[v] & left;

            for (uint32_t rest = around; rest != 0 && is_simplicial; rest &= rest - 1) {
                size_t u = (size_t)__builtin_ctz(rest);
                is_simplicial = (around & ~(neighbour[u] | UINT32_C(1) << u)) == 0;
            }
            if (is_simplicial)
                break;
        }
        if (v == lists)
            return false;
        out->by[done] = (uint8_t)(neighbour[v] & left);
        out->times[done] = (uint8_t)(out->by[done] | 1U << v);
        left &= ~(UINT32_C(1) << v);
    }
    return true;
}

static double log_probability(const struct average *x, const struct graph *g, const double *h)
{
    double sum = 0.0;

    for (size_t i = 0; i < x->lists; i++)
        sum += h[g->times[i]] - h[g->by[i]];
    return sum;
}

/* The highest log probability of a graph over the grid: it has one top. */
static double top_of(const struct average *x, const struct graph *g)
{
    size_t low = 0;
    size_t high = x->grid->points - 1;

    while (low < high) {
        size_t i = (low + high) / 2;
        double here = x->common[i] + log_probability(x, g, x->h + i * x->sets);
        double next = x->common[i + 1] + log_probability(x, g, x->h + (i + 1) * x->sets);

        if (here < next)
            low = i + 1;
        else
            high = i;
    }
    return x->common[low] + log_probability(x, g, x->h + low * x->sets);
}

/* Keeps the graphs that matter somewhere. Returns how many there are. */
static size_t keep_graphs(struct average *x, struct arena *a)
{
    size_t room_best = 0;
    size_t graphs = 0;

    for (uint32_t edges = 0; edges >> model_pairs(x->lists) == 0; edges++) {
        struct graph g;

        if (!take_apart(x->lists, edges, &g))
            continue;
        graphs++;
        double best = top_of(x, &g);
        if (best < x->highest - out_of_reach)
            continue;
        x->highest = fmax(x->highest, best);
        x->graph = arena_grow(a, x->graph, x->kept + 1, &x->room, sizeof *x->graph);
        x->best = arena_grow(a, x->best, x->kept + 1, &room_best, sizeof *x->best);
        x->graph[x->kept] = g;
        x->best[x->kept++] = best;
    }
    size_t kept = 0;
    for (size_t i = 0; i < x->kept; i++) {
        if (x->best[i] < x->highest - out_of_reach)
            continue;
        x->graph[kept] = x->graph[i];
        x->best[kept++] = x->best[i];
    }
    x->kept = kept;
    return graphs;
}

/* The log of the sum over graphs, for the points of a block. */
static void sum_block(void *work, size_t block)
{
    const struct average *x = work;
    struct arena *a = arena_open();
    double *value = arena_new(a, x->kept, double);

    for (size_t i = block * BLOCK; i < (block + 1) * BLOCK && i < x->grid->points; i++) {
        double highest = -INFINITY;
        double sum = 0.0;

        for (size_t k = 0; k < x->kept; k++) {
            value[k] = log_probability(x, &x->graph[k], x->h + i * x->sets);
            highest = fmax(highest, value[k]);
        }
        for (size_t k = 0; k < x->kept; k++)
            if (value[k] > highest - out_of_reach)
                sum += exp(value[k] - highest);
        x->log_density[i] = x->common[i] + highest + log(sum);
    }
    arena_close(a);
}

/* Those with the highest tops, then by their probability. */
static void tell_most_probable(const struct average *x, struct graphs_posterior *out)
{
    enum { CANDIDATES = 4 * GRAPHS_TOLD };
    size_t candidate[CANDIDATES];
    size_t n = 0;

    for (size_t k = 0; k < x->kept; k++) {
        size_t at = n;

        for (; at > 0 && x->best[candidate[at - 1]] < x->best[k]; at--)
            if (at < CANDIDATES)
                candidate[at] = candidate[at - 1];
        if (at < CANDIDATES)
            candidate[at] = k;
        n += n < CANDIDATES;
    }
    for (size_t c = 0; c < n; c++) {
        const struct graph *g = &x->graph[candidate[c]];
        struct graphs_told told = {.edges = g->edges};
        size_t at = out->told;

        for (size_t i = 0; i < x->grid->points; i++) {
            double log_p = x->common[i] + log_probability(x, g, x->h + i * x->sets);
            double mass = x->grid->weight[i] * exp(log_p - x->highest);

            told.probability += mass;
            told.mean += mass * (x->people + x->grid->unseen[i]);
        }
        told.mean /= told.probability;
        for (; at > 0 && out->most_probable[at - 1].probability < told.probability; at--)
            if (at < GRAPHS_TOLD)
                out->most_probable[at] = out->most_probable[at - 1];
        if (at < GRAPHS_TOLD)
            out->most_probable[at] = told;
        out->told += out->told < GRAPHS_TOLD;
    }
}

struct model graphs_model(size_t lists, uint32_t edges)
{
    struct model m = model_independence(lists);
    struct graph g;

    if (take_apart(lists, edges, &g))
        for (size_t i = 0; i < lists; i++)
            model_add(&m, g.times[i]);
    return m;
}
