/* The most probable graphs. */
#include "estimate/graphs_own.h"

#include "estimate/kernel.h"

enum { CANDIDATES = 4 * GRAPHS_TOLD };

/* A candidate and its graph. */
struct told_of {
    const struct graphs_candidate *candidate;
    const struct decomposable *graph;
};

/* Those with the highest tops: the CANDIDATES first of all parts, the highest first. Returns how many. */
static size_t highest_tops(const struct graphs *x, struct told_of first[CANDIDATES])
{
    size_t n = 0;

    for (size_t i = 0; i < x->all.parts; i++)
        for (size_t k = 0; k < x->part[i].candidates; k++) {
            const struct graphs_candidate *c = &x->part[i].candidate[k];
            size_t at = n;

            for (; at > 0 && first[at - 1].candidate->log_top < c->log_top; at--)
                if (at < CANDIDATES)
                    first[at] = first[at - 1];
            if (at < CANDIDATES)
                first[at] = (struct told_of){c, &x->part[i].graph[c->graph]};
            n += n < CANDIDATES;
        }
    return n;
}

static struct graphs_told tell_graph(const struct graphs *x, const struct told_of *of)
{
    const struct graphs_grid *grid = &x->grid;
    struct graphs_told told = {.edges = of->graph->edges};

    for (size_t block = of->candidate->first; block <= of->candidate->last; block++) {
        double density[GRAPHS_BLOCK] = {0.0};
        struct kernel_sum s = hyper_dirichlet_of(&x->log, block, of->graph);

        x->kernel->add_exp_of_rows(&s, x->least, x->highest + x->log_sum, density);
        for (size_t j = 0, i = block * GRAPHS_BLOCK; j < GRAPHS_BLOCK && i < grid->points; j++, i++) {
            double mass = grid->weight[i] * density[j];

            told.probability += mass;
            told.mean += mass * (x->margins.people + grid->unseen[i]);
        }
    }
    told.mean /= told.probability;
    return told;
}

/* Of those with the highest tops, by their probability. */
size_t graphs_most_probable(const struct graphs *x, struct graphs_told out[GRAPHS_TOLD])
{
    struct told_of first[CANDIDATES];
    size_t n = highest_tops(x, first);
    size_t told = 0;

    for (size_t c = 0; c < n; c++) {
        struct graphs_told next = tell_graph(x, &first[c]);
        size_t at = told;

        for (; at > 0 && out[at - 1].probability < next.probability; at--)
            if (at < GRAPHS_TOLD)
                out[at] = out[at - 1];
        if (at < GRAPHS_TOLD)
            out[at] = next;
        told += told < GRAPHS_TOLD;
    }
    return told;
}
