/* Averaging over decomposable graphs. */
#include "estimate/graphs_own.h"

#include "base/arena.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "estimate/kernel.h"
#include "estimate/model.h"

#include <math.h>

/* The sum of all graphs' probabilities at the grid's points, as a share of the highest top. */
struct summing {
    const struct graphs *graphs;
    double *density; /* [blocks][GRAPHS_BLOCK] */
};

static void sum_block(void *work, size_t block);
static void tell(struct graphs *g, double *density, struct graphs_posterior *out);

struct graphs *graphs_open(size_t lists, int threads, struct progress *p)
{
    struct arena *own = arena_open();
    struct graphs *g = arena_new(own, 1, struct graphs);

    g->threads = threads;
    g->progress = p;
    g->own = own;
    g->kernel = estimate_kernel_best();
    if (!decomposable_open(lists, threads, p, &g->all)) {
        graphs_close(g);
        return NULL;
    }
    for (size_t i = 0; i < g->all.parts; i++) {
        g->part[i].graph = g->all.part[i].graph;
        g->part[i].candidate = arena_new(own, g->all.part[i].n, struct graphs_candidate);
    }
    return g;
}

void graphs_close(struct graphs *g)
{
    if (!g)
        return;
    decomposable_close(&g->all);
    arena_close(g->own);
}

bool graphs_average(struct graphs *g, const uint32_t *y, double delta, const struct graphs_grid *grid,
                    struct arena *a, struct graphs_posterior *out)
{
    struct arena *passing = arena_open();
    struct summing summing = {.graphs = g};

    g->grid = *grid;
    hyper_dirichlet_margins(y, g->all.lists, delta, &g->margins);
    hyper_dirichlet_open(&g->margins, &g->grid, g->own, &g->log);
    summing.density = arena_new(a, g->log.blocks * GRAPHS_BLOCK, double);
    progress_begin(g->progress, "graphs", (int64_t)(2 * g->log.blocks + 2 * g->all.parts));
    bool is_done =
        graphs_find(g, passing) && parallel_for(g->log.blocks, g->threads, sum_block, &summing, g->progress);
    if (is_done)
        tell(g, summing.density, out);
    arena_close(passing);
    return is_done;
}

static void sum_block(void *work, size_t block)
{
    const struct summing *summing = work;
    const struct graphs *g = summing->graphs;
    double *density = summing->density + block * GRAPHS_BLOCK;

    graphs_fill(g, block);
    for (size_t i = 0; i < g->all.parts; i++) {
        const struct graphs_part *p = &g->part[i];
        double of_part[GRAPHS_BLOCK] = {0.0};

        for (size_t k = 0; k < p->candidates; k++) {
            const struct graphs_candidate *c = &p->candidate[k];

            if (block < c->first || block > c->last)
                continue;
            struct kernel_sum s = hyper_dirichlet_of(&g->log, block, &p->graph[c->graph]);
            g->kernel->add_exp_of_rows(&s, g->least, g->highest, of_part);
        }
        for (size_t j = 0; j < GRAPHS_BLOCK; j++)
            density[j] += of_part[j];
    }
}

static void tell(struct graphs *g, double *density, struct graphs_posterior *out)
{
    const struct graphs_grid *grid = &g->grid;
    double highest = 0.0;
    double sum = 0.0;

    for (size_t i = 0; i < grid->points; i++) {
        highest = density[i] > highest ? density[i] : highest;
        sum += grid->weight[i] * density[i];
    }
    g->log_sum = log(sum);
    *out = (struct graphs_posterior){
        .graphs = g->all.n, .density = density, .end = density[grid->points - 1] / highest};
    for (size_t i = 0; i < grid->points; i++) {
        density[i] /= sum;
        out->mean += grid->weight[i] * density[i] * (g->margins.people + grid->unseen[i]);
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
