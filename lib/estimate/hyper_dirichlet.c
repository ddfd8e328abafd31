/* Functions of N a set of lists, by Stirling's formula where numbers are large. */
#include "estimate/hyper_dirichlet.h"

#include "base/arena.h"
#include "estimate/graphs.h"

#include <math.h>

enum { BLOCK = HYPER_DIRICHLET_BLOCK };

static const double stirling_from = 16.0;

/* People seen whose lists among those of `set` are `part`. */
static double seen_on(const uint32_t *y, size_t sets, size_t set, size_t part)
{
    double seen = 0.0;

    for (size_t c = 1; c < sets; c++)
        if ((c & set) == part)
            seen += y[c];
    return seen;
}

void hyper_dirichlet_margins(const uint32_t *y, size_t lists, double delta,
                             struct hyper_dirichlet_margins *out)
{
    size_t sets = (size_t)1 << lists;
    int sign = 0;

    *out = (struct hyper_dirichlet_margins){.sets = sets, .whole = delta * (double)sets};
    for (size_t c = 1; c < sets; c++)
        out->people += y[c];
    for (size_t set = 1; set < sets; set++) {
        double cell_delta = out->whole / (double)((size_t)1 << __builtin_popcountll(set));
        long double sum = lgammal_r(out->whole, &sign) - lgammal_r(cell_delta, &sign);

        for (size_t part = set; part != 0; part = (part - 1) & set)
            sum += lgammal_r(seen_on(y, sets, set, part) + cell_delta, &sign) - lgammal_r(cell_delta, &sign);
        out->fixed[set] = (double)sum;
        out->empty[set] = seen_on(y, sets, set, 0) + cell_delta;
    }
}

void hyper_dirichlet_open(const struct hyper_dirichlet_margins *margins, const struct graphs_grid *grid,
                          struct arena *a, struct hyper_dirichlet *out)
{
    size_t blocks = (grid->points + BLOCK - 1) / BLOCK;

    out->margins = margins;
    out->grid = grid;
    out->blocks = blocks;
    out->of_set = arena_grow(a, out->of_set, blocks * margins->sets * BLOCK, &out->room, sizeof(double));
    out->of_number = arena_grow(a, out->of_number, blocks * BLOCK, &out->room_of_number, sizeof(double));
}

/* What Stirling's formula leaves out of log gamma(x). */
static double stirling_rest(double x)
{
    double inverse = 1.0 / x;
    double square = inverse * inverse;

    return (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - square / 1680.0) * square) * square) * inverse;
}

/* A number with what log gamma needs of it. */
struct large {
    double x, log, rest;
};

static struct large large_of(double x)
{
    return (struct large){x, log(x), stirling_rest(x)};
}

static double of_small(double a, double b)
{
    int sign = 0;

    return (double)(lgammal_r(a, &sign) - lgammal_r(b, &sign));
}

/* log gamma(a) - log gamma(b) without the digits that two large logarithms would lose. */
static double log_gamma_ratio(double a, const struct large *b)
{
    if (a < stirling_from || b->x < stirling_from)
        return of_small(a, b->x);
    return (a - 0.5) * log1p((a - b->x) / b->x) + (a - b->x) * (b->log - 1.0) + (stirling_rest(a) - b->rest);
}

/* What all graphs share: the multinomial coefficient and the prior of N, without the constant. */
static double of_number(double people, double unseen)
{
    double all = people + unseen;
    struct large left = large_of(unseen + 1.0);

    return log_gamma_ratio(all + 1.0, &left) - log(all);
}

/* What the sets of a block share: N and the prior's weight, and what log gamma needs of their sum. */
struct shared {
    size_t n;
    double x[BLOCK], log_less_1[BLOCK], rest[BLOCK];
};

/* fixed + log gamma(unseen + empty) - log gamma(b) for large numbers, as log_gamma_ratio: in turns that the
 * compiler makes of several numbers at once. */
static void fill_row(const struct shared *b, size_t from, const double *unseen, double empty, double fixed,
                     double *row)
{
    double ratio[BLOCK];

    for (size_t i = from; i < b->n; i++)
        ratio[i] = (unseen[i] + empty - b->x[i]) / b->x[i];
    for (size_t i = from; i < b->n; i++)
        ratio[i] = log1p(ratio[i]);
    for (size_t i = from; i < b->n; i++) {
        double a = unseen[i] + empty;

        row[i] = fixed +
                 ((a - 0.5) * ratio[i] + (a - b->x[i]) * b->log_less_1[i] + (stirling_rest(a) - b->rest[i]));
    }
}

void hyper_dirichlet_fill(const struct hyper_dirichlet *x, size_t block, const bool *wanted)
{
    const struct hyper_dirichlet_margins *m = x->margins;
    const double *unseen = x->grid->unseen + block * BLOCK;
    size_t left = x->grid->points - block * BLOCK;
    struct shared all = {.n = left < BLOCK ? left : BLOCK};

    for (size_t i = 0; i < all.n; i++) {
        struct large l = large_of(m->people + unseen[i] + m->whole);

        all.x[i] = l.x;
        all.log_less_1[i] = l.log - 1.0;
        all.rest[i] = l.rest;
        x->of_number[block * BLOCK + i] = of_number(m->people, unseen[i]);
    }
    for (size_t i = all.n; i < BLOCK; i++)
        x->of_number[block * BLOCK + i] = -INFINITY;
    for (size_t set = 1; set < m->sets; set++) {
        double *row = x->of_set + (block * m->sets + set) * BLOCK;
        size_t i = 0;

        if (wanted && !wanted[set])
            continue;
        for (; i < all.n && (unseen[i] + m->empty[set] < stirling_from || all.x[i] < stirling_from); i++)
            row[i] = m->fixed[set] + of_small(unseen[i] + m->empty[set], all.x[i]);
        fill_row(&all, i, unseen, m->empty[set], m->fixed[set], row);
    }
}

struct kernel_sum hyper_dirichlet_of(const struct hyper_dirichlet *x, size_t block,
                                     const struct decomposable *graph)
{
    return (struct kernel_sum){.first = x->of_number + block * BLOCK,
                               .rows = x->of_set + block * x->margins->sets * BLOCK,
                               .row = graph->set,
                               .plus = graph->cliques,
                               .n = graph->sets};
}
