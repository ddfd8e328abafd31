/* The best partition: from the surest pairs to the least sure, and of two lists the best assignment there is.
 */
#include "link/partition_own.h"

#include "base/arena.h"
#include "link/assignment.h"

static const double most_caution = 20.0;

/* A pair that is linked is taken before one that is as good. Far less than what tells odds apart. */
static const double stays = 1e-7;

/* Edges between the two lists, as rows and columns of an assignment. The records of the first are its rows.
 */
struct pairing {
    struct assignment_graph graph;
    uint32_t *number;    /* of each record in its list */
    uint32_t *record[2]; /* of each list, by number */
    size_t *start;
    struct assignment_edge *edge;
};

static void number_records(const struct partition *x, struct pairing *p, struct arena *a)
{
    uint32_t n[2] = {0, 0};

    p->number = arena_new(a, x->n, uint32_t);
    p->record[0] = arena_new(a, x->n, uint32_t);
    p->record[1] = arena_new(a, x->n, uint32_t);
    for (uint32_t u = 0; u < x->n; u++) {
        uint8_t list = x->list[u];

        p->number[u] = n[list];
        p->record[list][n[list]++] = u;
    }
    p->graph = (struct assignment_graph){.rows = n[0], .columns = n[1]};
}

/* What it is worth for a record of `list` to join one of the other list, beside what their edge says. */
static double log_before(struct partition *x, size_t list)
{
    return (x->people ? partition_prior_of(x, list, 2U >> list)->log_odds : 0.0) - x->alone[list];
}

/* Both lists have an equal say, so that their order does not matter. */
static void weigh_pairs(struct partition *x, struct pairing *p, struct arena *a)
{
    double before = 0.5 * (log_before(x, 0) + log_before(x, 1)) - x->cut;
    size_t n = 0;

    p->start = arena_new(a, p->graph.rows + (size_t)1, size_t);
    p->edge = arena_new(a, x->edges, struct assignment_edge);
    for (uint32_t r = 0; r < p->graph.rows; r++) {
        uint32_t u = p->record[0][r];

        for (size_t k = x->start[u]; k < x->start[u + 1]; k++) {
            uint32_t v = x->next[k];
            double weight = x->log_ratio[x->next_pattern[k]] + before;

            if (weight > 0.0)
                p->edge[n++] =
                    (struct assignment_edge){p->number[v], weight + (x->part[u] == x->part[v] ? stays : 0.0)};
        }
        p->start[r + 1] = n;
    }
    p->graph.start = p->start;
    p->graph.edge = p->edge;
}

static void be_alone(struct partition *x, uint32_t u)
{
    if (x->size[x->part[u]] == 1)
        return;
    partition_leave(x, u);
    partition_join(x, u, x->empty[x->empties - 1]);
}

static void take_over(struct partition *x, const struct pairing *p, const uint32_t *column_of)
{
    for (uint32_t r = 0; r < p->graph.rows; r++) {
        uint32_t u = p->record[0][r];
        bool is_kept = column_of[r] != ASSIGNMENT_NONE && x->part[u] == x->part[p->record[1][column_of[r]]];

        if (!is_kept)
            be_alone(x, u);
    }
    for (uint32_t r = 0; r < p->graph.rows; r++) {
        uint32_t u = p->record[0][r];
        uint32_t v = column_of[r] == ASSIGNMENT_NONE ? PARTITION_NOBODY : p->record[1][column_of[r]];

        if (v == PARTITION_NOBODY || x->part[u] == x->part[v])
            continue;
        partition_leave(x, u);
        partition_join(x, u, x->part[v]);
    }
}

static void assign(struct partition *x)
{
    struct arena *own = arena_open();
    struct pairing p;

    number_records(x, &p, own);
    weigh_pairs(x, &p, own);
    uint32_t *column_of = arena_new(own, p.graph.rows, uint32_t);
    assignment_best(&p.graph, column_of);
    take_over(x, &p, column_of);
    arena_close(own);
}

void partition_best(struct partition *x, size_t sweeps)
{
    partition_forget(x);
    for (x->caution = x->cut + most_caution; x->caution > x->cut; x->caution -= 0.5)
        partition_pass(x, NULL);
    x->caution = x->cut;
    for (size_t s = 0; s < sweeps && partition_pass(x, NULL) > 0; s++)
        ;
    if (x->lists == 2 && !x->is_free)
        assign(x);
}
