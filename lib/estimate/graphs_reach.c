/* Where on the grid each graph counts: about its top, as far as it is within reach of the highest.
 *
 * A graph's probability has one top, so that the first points of all blocks tell in which two blocks the top
 * is, and in which blocks the graph counts. Only the blocks that hold tops, a few of the grid's, are needed
 * to find them all. */
#include "estimate/graphs_own.h"

#include "base/arena.h"
#include "base/parallel.h"
#include "estimate/kernel.h"

#include <assert.h>
#include <math.h>

static const double out_of_reach = 40.0; /* on the log scale */

static void open_coarse(struct graphs *x, struct arena *a);
static void find_blocks(void *work, size_t part);
static void fill_tops(void *work, size_t block);
static void find_tops(void *work, size_t part);
static double highest_of(const struct graphs *x);

bool graphs_find(struct graphs *x, struct arena *a)
{
    assert(x->log.blocks <= UINT16_MAX);
    open_coarse(x, a);
    x->need = arena_new(a, x->log.blocks, struct graphs_need);
    for (size_t i = 0; i < x->all.parts; i++) {
        x->part[i].coarse = arena_new(a, x->coarse.blocks * GRAPHS_BLOCK, double);
        x->part[i].candidates = 0;
    }
    if (!parallel_for(x->all.parts, x->threads, find_blocks, x, x->progress))
        return false;
    x->least = highest_of(x) - out_of_reach; /* somewhat low: it is of the blocks' first points */
    if (!parallel_for(x->log.blocks, x->threads, fill_tops, x, x->progress) ||
        !parallel_for(x->all.parts, x->threads, find_tops, x, x->progress))
        return false;
    x->highest = highest_of(x);
    x->least = x->highest - out_of_reach;
    return true;
}

static void open_coarse(struct graphs *x, struct arena *a)
{
    struct graphs_grid *grid = arena_new(a, 1, struct graphs_grid);

    grid->points = x->log.blocks;
    grid->unseen = arena_new(a, grid->points, double);
    for (size_t i = 0; i < grid->points; i++)
        grid->unseen[i] = x->grid.unseen[i * GRAPHS_BLOCK];
    x->coarse = (struct hyper_dirichlet){0};
    hyper_dirichlet_open(&x->margins, grid, a, &x->coarse);
    for (size_t i = 0; i < x->coarse.blocks; i++)
        hyper_dirichlet_fill(&x->coarse, i, NULL);
}

static double larger(double a, double b)
{
    return a > b ? a : b;
}

static double highest_of(const struct graphs *x)
{
    double highest = -INFINITY;

    for (size_t i = 0; i < x->all.parts; i++)
        highest = larger(highest, x->part[i].highest);
    return highest;
}

/* The graph's probability at the points of a block. */
static void sum_block(const struct graphs *x, const struct hyper_dirichlet *log, const struct decomposable *g,
                      size_t block, double sum[GRAPHS_BLOCK])
{
    struct kernel_sum s = hyper_dirichlet_of(log, block, g);
    size_t left = log->grid->points - block * GRAPHS_BLOCK;

    x->kernel->sum_rows(&s, left < GRAPHS_BLOCK ? left : GRAPHS_BLOCK, sum);
}

/* The graph's probability at the first points of the grid's blocks. */
static void sum_coarse(const struct graphs *x, const struct decomposable *g, double *sum)
{
    for (size_t i = 0; i < x->coarse.blocks; i++)
        sum_block(x, &x->coarse, g, i, sum + i * GRAPHS_BLOCK);
}

/* Which of n numbers with one top is the highest. */
static size_t top_of(const double *sum, size_t n)
{
    size_t low = 0;
    size_t high = n - 1;

    while (low < high) {
        size_t i = (low + high) / 2;

        if (sum[i] < sum[i + 1])
            low = i + 1;
        else
            high = i;
    }
    return low;
}

/* All graphs of a part become candidates, by the block whose first point is the highest of such: the top is
 * there or in the block before. */
static void find_blocks(void *work, size_t part)
{
    struct graphs *x = work;
    struct graphs_part *p = &x->part[part];

    p->highest = -INFINITY;
    for (size_t i = 0; i < x->all.part[part].n; i++) {
        sum_coarse(x, &p->graph[i], p->coarse);
        size_t block = top_of(p->coarse, x->log.blocks);

        p->candidate[i] = (struct graphs_candidate){.graph = (uint32_t)i, .first = (uint16_t)block};
        p->highest = larger(p->highest, p->coarse[block]);
        atomic_store_explicit(&x->need[block].has_top, true, memory_order_relaxed);
        atomic_store_explicit(&x->need[block > 0 ? block - 1 : 0].has_top, true, memory_order_relaxed);
    }
}

static void fill_tops(void *work, size_t block)
{
    const struct graphs *x = work;

    if (x->need[block].has_top)
        hyper_dirichlet_fill(&x->log, block, NULL);
}

void graphs_fill(const struct graphs *x, size_t block)
{
    const struct graphs_need *need = &x->need[block];
    bool wanted[HYPER_DIRICHLET_MAX_SETS];

    if (need->has_top)
        return;
    for (size_t set = 0; set < HYPER_DIRICHLET_MAX_SETS; set++)
        wanted[set] = need->sets[set / 64] >> set % 64 & 1U;
    hyper_dirichlet_fill(&x->log, block, wanted);
}

/* Asks for the sets of a graph in a block that it reaches. */
static void need_sets(struct graphs_need *need, const struct decomposable *g)
{
    uint64_t sets[HYPER_DIRICHLET_MAX_SETS / 64] = {0};

    for (size_t s = 0; s < g->sets; s++)
        sets[g->set[s] / 64] |= UINT64_C(1) << g->set[s] % 64;
    for (size_t w = 0; w < HYPER_DIRICHLET_MAX_SETS / 64; w++)
        if (sets[w] & ~atomic_load_explicit(&need->sets[w], memory_order_relaxed))
            atomic_fetch_or_explicit(&need->sets[w], sets[w], memory_order_relaxed);
}

/* The top's block, from `near` which is it or the one after. */
static size_t block_of_top(const struct graphs *x, const struct decomposable *g, size_t near, double *top)
{
    double sum[GRAPHS_BLOCK];
    double before[GRAPHS_BLOCK];
    size_t left = x->grid.points - near * GRAPHS_BLOCK;

    sum_block(x, &x->log, g, near, sum);
    size_t at = top_of(sum, left < GRAPHS_BLOCK ? left : GRAPHS_BLOCK);
    *top = sum[at];
    if (at > 0 || near == 0)
        return near;
    sum_block(x, &x->log, g, near - 1, before);
    at = top_of(before, GRAPHS_BLOCK);
    if (before[at] < *top)
        return near;
    *top = before[at];
    return near - 1;
}

/* Keeps those of a part's graphs that count somewhere. */
static void find_tops(void *work, size_t part)
{
    const struct graphs *x = work;
    struct graphs_part *p = &((struct graphs *)work)->part[part];

    p->highest = -INFINITY;
    for (size_t i = 0; i < x->all.part[part].n; i++) {
        struct graphs_candidate c = p->candidate[i];
        size_t first = block_of_top(x, &p->graph[i], c.first, &c.log_top);
        size_t last = first;

        p->highest = larger(p->highest, c.log_top);
        if (c.log_top < x->least)
            continue;
        sum_coarse(x, &p->graph[i], p->coarse);
        while (first > 0 && p->coarse[first] >= x->least)
            first--;
        while (last + 1 < x->log.blocks && p->coarse[last + 1] >= x->least)
            last++;
        for (size_t block = first; block <= last; block++)
            need_sets(&x->need[block], &p->graph[i]);
        c.first = (uint16_t)first;
        c.last = (uint16_t)last;
        p->candidate[p->candidates++] = c;
    }
}
