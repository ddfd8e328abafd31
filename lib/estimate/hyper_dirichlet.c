/* Functions of N a set of lists, by Stirling's formula where numbers are large. */
#include "estimate/hyper_dirichlet.h"

#include "base/arena.h"
#include "base/parallel.h"
#include "estimate/graphs.h"

#include <math.h>

enum { MAX_SETS = 1 << GRAPHS_MAX_LISTS, BLOCK = HYPER_DIRICHLET_BLOCK };

static const double stirling_from = 16.0;

struct filling {
    const uint32_t *y;
    double whole; /* the prior's weight in all */
    const struct graphs_grid *grid;
    double fixed[MAX_SETS]; /* of log h(A): what does not depend on N */
    double empty[MAX_SETS]; /* people seen on none of A, and the prior's weight of the cells that are so */
    struct hyper_dirichlet *out;
};

static void set_margins(struct filling *x);
static void fill_block(void *work, size_t block);

bool hyper_dirichlet_fill(const uint32_t *y, size_t lists, double delta, const struct graphs_grid *grid,
                          int threads, struct progress *p, struct arena *a, struct hyper_dirichlet *out)
{
    struct filling x = {.y = y, .grid = grid, .out = out};

    *out = (struct hyper_dirichlet){.sets = (size_t)1 << lists, .points = grid->points};
    out->of_set = arena_new(a, out->sets * out->points, double);
    out->of_number = arena_new(a, out->points, double);
    x.whole = delta * (double)out->sets;
    set_margins(&x);
    return parallel_for((out->points + BLOCK - 1) / BLOCK, threads, fill_block, &x, p);
}

/* People seen whose lists among those of `set` are `part`. */
static double seen_on(const struct filling *x, size_t set, size_t part)
{
    double seen = 0.0;

    for (size_t c = 1; c < x->out->sets; c++)
        if ((c & set) == part)
            seen += x->y[c];
    return seen;
}

static void set_margins(struct filling *x)
{
    int sign = 0;

    for (size_t c = 1; c < x->out->sets; c++)
        x->out->people += x->y[c];
    for (size_t set = 1; set < x->out->sets; set++) {
        double cell_delta = x->whole / (double)((size_t)1 << __builtin_popcountll(set));
        long double sum = lgammal_r(x->whole, &sign) - lgammal_r(cell_delta, &sign);

        for (size_t part = set; part != 0; part = (part - 1) & set)
            sum += lgammal_r(seen_on(x, set, part) + cell_delta, &sign) - lgammal_r(cell_delta, &sign);
        x->fixed[set] = (double)sum;
        x->empty[set] = seen_on(x, set, 0) + cell_delta;
    }
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

/* log gamma(a) - log gamma(b) without the digits that two large logarithms would lose. */
static double log_gamma_ratio(double a, const struct large *b)
{
    int sign = 0;

    if (a < stirling_from || b->x < stirling_from)
        return (double)(lgammal_r(a, &sign) - lgammal_r(b->x, &sign));
    return (a - 0.5) * log1p((a - b->x) / b->x) + (a - b->x) * (b->log - 1.0) + (stirling_rest(a) - b->rest);
}

/* What all graphs share: the multinomial coefficient and the prior of N, without the constant. */
static double of_number(double people, double unseen)
{
    double all = people + unseen;
    struct large left = large_of(unseen + 1.0);

    return log_gamma_ratio(all + 1.0, &left) - log(all);
}

/* The points of a block. */
static void fill_block(void *work, size_t block)
{
    const struct filling *x = work;
    const struct hyper_dirichlet *out = x->out;

    for (size_t i = block * BLOCK; i < (block + 1) * BLOCK && i < out->points; i++) {
        double unseen = x->grid->unseen[i];
        struct large all = large_of(out->people + unseen + x->whole);

        out->of_number[i] = of_number(out->people, unseen);
        for (size_t set = 1; set < out->sets; set++)
            out->of_set[set * out->points + i] =
                x->fixed[set] + log_gamma_ratio(unseen + x->empty[set], &all);
    }
}
