/* Averaging over decomposable graphs. */
#include "estimate/graphs.h"

#include "base/arena.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "estimate/hyper_dirichlet.h"
#include "estimate/kernel.h"
#include "estimate/model.h"

#include <math.h>
#include <string.h>

enum { MOST_PARTS = 32, BLOCK = HYPER_DIRICHLET_BLOCK };

static const double out_of_reach = 40.0; /* on the log scale */

/* A graph and where on the grid its probability is highest. */
struct candidate {
    struct decomposable graph;
    size_t top;
    double log_top;
};

/* A range of graphs by their edges: the work of one thread at a time. */
struct part {
    struct arena *a;
    size_t graphs; /* decomposable ones */
    size_t kept, room;
    struct candidate *candidate; /* [kept] */
    double highest;              /* of log_top */
    double *density;             /* [points] their sum, as a share of the highest top of all graphs */
};

struct average {
    size_t lists;
    const struct graphs_grid *grid;
    struct hyper_dirichlet log;
    const struct fit_kernel *kernel;
    size_t parts;
    struct part *part; /* [parts] */
    double highest;    /* log_top of all graphs */
};

static void open_parts(struct average *x, struct arena *a);
static void close_parts(struct average *x);
static void find_part(void *work, size_t part);
static void sum_part(void *work, size_t part);
static void tell(const struct average *x, struct arena *a, struct graphs_posterior *out);
static void tell_most_probable(const struct average *x, double log_sum, struct graphs_posterior *out);

bool graphs_average(const uint32_t *y, size_t lists, double delta, const struct graphs_grid *grid,
                    int threads, struct progress *p, struct arena *a, struct graphs_posterior *out)
{
    struct average x = {.lists = lists, .grid = grid, .kernel = estimate_kernel_best(), .highest = -INFINITY};
    struct arena *own = arena_open();

    open_parts(&x, own);
    progress_begin(p, "graphs", (int64_t)((grid->points + BLOCK - 1) / BLOCK + 2 * x.parts));
    bool is_done = hyper_dirichlet_fill(y, lists, delta, grid, threads, p, own, &x.log) &&
                   parallel_for(x.parts, threads, find_part, &x, p);
    for (size_t i = 0; i < x.parts; i++)
        x.highest = fmax(x.highest, x.part[i].highest);
    is_done = is_done && parallel_for(x.parts, threads, sum_part, &x, p);
    if (is_done)
        tell(&x, a, out);
    close_parts(&x);
    arena_close(own);
    return is_done;
}

static void open_parts(struct average *x, struct arena *a)
{
    size_t all = (size_t)1 << model_pairs(x->lists);

    x->parts = all < MOST_PARTS ? all : MOST_PARTS;
    x->part = arena_new(a, x->parts, struct part);
    for (size_t i = 0; i < x->parts; i++)
        x->part[i] = (struct part){
            .a = arena_open(), .highest = -INFINITY, .density = arena_new(a, x->grid->points, double)};
}

static void close_parts(struct average *x)
{
    for (size_t i = 0; i < x->parts; i++)
        arena_close(x->part[i].a);
}

static double log_probability(const struct average *x, const struct decomposable *g, size_t i)
{
    size_t points = x->grid->points;
    double sum = x->log.of_number[i];

    for (size_t k = 0; k < g->cliques; k++)
        sum += x->log.of_set[g->set[k] * points + i];
    for (size_t k = g->cliques; k < g->sets; k++)
        sum -= x->log.of_set[g->set[k] * points + i];
    return sum;
}

/* Where on the grid the graph's probability is highest: it has one top. */
static size_t top_of(const struct average *x, const struct decomposable *g)
{
    size_t low = 0;
    size_t high = x->grid->points - 1;

    while (low < high) {
        size_t i = (low + high) / 2;

        if (log_probability(x, g, i) < log_probability(x, g, i + 1))
            low = i + 1;
        else
            high = i;
    }
    return low;
}

/* Keeps the graphs of a part that may matter somewhere. */
static void find_part(void *work, size_t part)
{
    const struct average *x = work;
    struct part *p = &x->part[part];
    size_t all = (size_t)1 << model_pairs(x->lists);

    for (size_t edges = part * (all / x->parts); edges < (part + 1) * (all / x->parts); edges++) {
        struct candidate c;

        if (!decomposable_of(x->lists, (uint32_t)edges, &c.graph))
            continue;
        p->graphs++;
        c.top = top_of(x, &c.graph);
        c.log_top = log_probability(x, &c.graph, c.top);
        if (c.log_top < p->highest - out_of_reach)
            continue;
        p->highest = fmax(p->highest, c.log_top);
        p->candidate = arena_grow(p->a, p->candidate, p->kept + 1, &p->room, sizeof c);
        p->candidate[p->kept++] = c;
    }
}

/* Where on the grid a graph matters: about its top, as far as it is within reach of the highest. */
struct reach {
    size_t first, last;
};

static struct reach reach_of(const struct average *x, const struct candidate *c)
{
    double least = x->highest - out_of_reach;
    struct reach r = {c->top, c->top};

    for (size_t low = 0; low < r.first;) {
        size_t i = (low + r.first) / 2;

        if (log_probability(x, &c->graph, i) < least)
            low = i + 1;
        else
            r.first = i;
    }
    for (size_t high = x->grid->points - 1; high > r.last;) {
        size_t i = (high + r.last + 1) / 2;

        if (log_probability(x, &c->graph, i) < least)
            high = i - 1;
        else
            r.last = i;
    }
    return r;
}

/* exp of log_probability less `scale` at BLOCK points from `first`, or as many as there are to `last`: set by
 * set, so that the compiler adds several points at once. Returns how many. */
static size_t probabilities(const struct average *x, const struct decomposable *g, double scale, size_t first,
                            size_t last, double p[BLOCK])
{
    size_t n = last + 1 - first < BLOCK ? last + 1 - first : BLOCK;

    memcpy(p, x->log.of_number + first, n * sizeof *p);
    for (size_t k = 0; k < g->sets; k++) {
        const double *h = x->log.of_set + g->set[k] * x->grid->points + first;

        if (k < g->cliques)
            for (size_t i = 0; i < n; i++)
                p[i] += h[i];
        else
            for (size_t i = 0; i < n; i++)
                p[i] -= h[i];
    }
    for (size_t i = 0; i < n; i++)
        p[i] -= scale;
    memset(p + n, 0, (BLOCK - n) * sizeof *p);
    x->kernel->exp_all(p, n);
    return n;
}

static void sum_part(void *work, size_t part)
{
    const struct average *x = work;
    const struct part *p = &x->part[part];
    double density[BLOCK];

    for (size_t k = 0; k < p->kept; k++) {
        const struct candidate *c = &p->candidate[k];

        if (c->log_top < x->highest - out_of_reach)
            continue;
        struct reach r = reach_of(x, c);
        for (size_t i = r.first, n = 0; i <= r.last; i += n) {
            n = probabilities(x, &c->graph, x->highest, i, r.last, density);
            for (size_t j = 0; j < n; j++)
                p->density[i + j] += density[j];
        }
    }
}

static void tell(const struct average *x, struct arena *a, struct graphs_posterior *out)
{
    size_t points = x->grid->points;
    struct graphs_posterior result = {.density = arena_new(a, points, double)};
    double highest = 0.0;
    double sum = 0.0;

    for (size_t i = 0; i < x->parts; i++)
        result.graphs += x->part[i].graphs;
    for (size_t i = 0; i < points; i++) {
        for (size_t k = 0; k < x->parts; k++)
            result.density[i] += x->part[k].density[i];
        highest = fmax(highest, result.density[i]);
        sum += x->grid->weight[i] * result.density[i];
    }
    result.end = result.density[points - 1] / highest;
    for (size_t i = 0; i < points; i++) {
        result.density[i] /= sum;
        result.mean += x->grid->weight[i] * result.density[i] * (x->log.people + x->grid->unseen[i]);
    }
    tell_most_probable(x, log(sum), &result);
    *out = result;
}

/* Those with the highest tops: the `most` first of all parts, the highest first. Returns how many. */
static size_t highest_tops(const struct average *x, const struct candidate **first, size_t most)
{
    size_t n = 0;

    for (size_t i = 0; i < x->parts; i++)
        for (size_t k = 0; k < x->part[i].kept; k++) {
            const struct candidate *c = &x->part[i].candidate[k];
            size_t at = n;

            for (; at > 0 && first[at - 1]->log_top < c->log_top; at--)
                if (at < most)
                    first[at] = first[at - 1];
            if (at < most)
                first[at] = c;
            n += n < most;
        }
    return n;
}

static struct graphs_told told_of(const struct average *x, const struct candidate *c, double log_sum)
{
    struct graphs_told told = {.edges = c->graph.edges};
    struct reach r = reach_of(x, c);
    double density[BLOCK];

    for (size_t i = r.first, n = 0; i <= r.last; i += n) {
        n = probabilities(x, &c->graph, x->highest + log_sum, i, r.last, density);
        for (size_t j = 0; j < n; j++) {
            double mass = x->grid->weight[i + j] * density[j];

            told.probability += mass;
            told.mean += mass * (x->log.people + x->grid->unseen[i + j]);
        }
    }
    told.mean /= told.probability;
    return told;
}

/* Of those with the highest tops, by their probability. */
static void tell_most_probable(const struct average *x, double log_sum, struct graphs_posterior *out)
{
    enum { CANDIDATES = 4 * GRAPHS_TOLD };
    const struct candidate *candidate[CANDIDATES];
    size_t n = highest_tops(x, candidate, CANDIDATES);

    for (size_t c = 0; c < n; c++) {
        struct graphs_told told = told_of(x, candidate[c], log_sum);
        size_t at = out->told;

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
    struct decomposable g;

    if (decomposable_of(lists, edges, &g))
        for (size_t i = 0; i < g.cliques; i++)
            model_add(&m, g.set[i]);
    return m;
}
