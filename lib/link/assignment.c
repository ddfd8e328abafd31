/* Maximum-weight bipartite matching by shortest augmenting paths. A row's cost for a column is the weight's
 * negative, and 0 for being left out; reduced costs, less what row and column are worth, are never negative,
 * and 0 for what is matched. */
#include "link/assignment.h"

#include "base/arena.h"

#include <math.h>
#include <stdbool.h>

/* A column on the way, as far as it is known. */
struct reached {
    double distance;
    uint32_t column;
};

struct search {
    const struct assignment_graph *graph;
    uint32_t *column_of, *row_of;
    double *row_worth, *column_worth;
    double *distance; /* of each column from the row at hand; infinite until it is reached */
    uint32_t *from;   /* the row that it was reached from */
    bool *is_settled;
    uint32_t *touched; /* columns that were reached */
    size_t touches;
    struct reached *heap;
    size_t heaped;
    double out; /* distance of the row that is best left out */
    uint32_t left_out;
};

static void push(struct search *x, struct reached item)
{
    size_t i = x->heaped++;

    for (; i > 0 && item.distance < x->heap[(i - 1) / 2].distance; i = (i - 1) / 2)
        x->heap[i] = x->heap[(i - 1) / 2];
    x->heap[i] = item;
}

static struct reached pop(struct search *x)
{
    struct reached least = x->heap[0];
    struct reached item = x->heap[--x->heaped];
    size_t i = 0;

    for (size_t k; (k = 2 * i + 1) < x->heaped; i = k) {
        k += k + 1 < x->heaped && x->heap[k + 1].distance < x->heap[k].distance;
        if (item.distance <= x->heap[k].distance)
            break;
        x->heap[i] = x->heap[k];
    }
    x->heap[i] = item;
    return least;
}

/* What `row`, reached at `distance`, leads to: being left out, and its columns. */
static void look_from(struct search *x, uint32_t row, double distance)
{
    double before = distance - x->row_worth[row];

    if (before < x->out) {
        x->out = before;
        x->left_out = row;
    }
    for (size_t k = x->graph->start[row]; k < x->graph->start[row + 1]; k++) {
        uint32_t column = x->graph->edge[k].column;
        double d = before - x->graph->edge[k].weight - x->column_worth[column];

        if (x->is_settled[column] || d >= x->distance[column] || d >= x->out)
            continue;
        if (isinf(x->distance[column]))
            x->touched[x->touches++] = column;
        x->distance[column] = d;
        x->from[column] = row;
        push(x, (struct reached){d, column});
    }
}

/* From `row` to the nearest free column, which is returned; or ASSIGNMENT_NONE when leaving out x->left_out
 * is as near. */
static uint32_t find_path(struct search *x, uint32_t row)
{
    x->out = INFINITY;
    look_from(x, row, 0.0);
    while (x->heaped > 0) {
        struct reached next = pop(x);

        if (next.distance >= x->out)
            break;
        if (x->is_settled[next.column])
            continue;
        if (x->row_of[next.column] == ASSIGNMENT_NONE)
            return next.column;
        x->is_settled[next.column] = true;
        look_from(x, x->row_of[next.column], next.distance);
    }
    return ASSIGNMENT_NONE;
}

/* So that the path costs nothing, and nothing less. */
static void set_worth(struct search *x, uint32_t row, double length)
{
    x->row_worth[row] += length;
    for (size_t k = 0; k < x->touches; k++) {
        uint32_t column = x->touched[k];

        if (!x->is_settled[column])
            continue;
        x->row_worth[x->row_of[column]] += length - x->distance[column];
        x->column_worth[column] -= length - x->distance[column];
    }
}

/* Gives each row on the way back from `end` the column that it was reached to take. */
static void turn_over(struct search *x, uint32_t row, uint32_t end)
{
    uint32_t column = end;

    if (end == ASSIGNMENT_NONE) {
        column = x->column_of[x->left_out];
        x->column_of[x->left_out] = ASSIGNMENT_NONE;
        if (x->left_out == row)
            return;
    }
    for (;;) {
        uint32_t taker = x->from[column];
        uint32_t given_up = x->column_of[taker];

        x->column_of[taker] = column;
        x->row_of[column] = taker;
        if (taker == row)
            return;
        column = given_up;
    }
}

static void forget(struct search *x)
{
    for (size_t k = 0; k < x->touches; k++) {
        x->distance[x->touched[k]] = INFINITY;
        x->is_settled[x->touched[k]] = false;
    }
    x->touches = 0;
    x->heaped = 0;
}

void assignment_best(const struct assignment_graph *graph, uint32_t *column_of)
{
    struct arena *a = arena_open();
    struct search x = {.graph = graph,
                       .column_of = column_of,
                       .row_of = arena_new(a, graph->columns, uint32_t),
                       .row_worth = arena_new(a, graph->rows, double),
                       .column_worth = arena_new(a, graph->columns, double),
                       .distance = arena_new(a, graph->columns, double),
                       .from = arena_new(a, graph->columns, uint32_t),
                       .is_settled = arena_new(a, graph->columns, bool),
                       .touched = arena_new(a, graph->columns, uint32_t),
                       .heap = arena_new(a, graph->start[graph->rows] + 1, struct reached)};

    for (uint32_t c = 0; c < graph->columns; c++) {
        x.row_of[c] = ASSIGNMENT_NONE;
        x.distance[c] = INFINITY;
    }
    for (uint32_t r = 0; r < graph->rows; r++)
        column_of[r] = ASSIGNMENT_NONE;
    for (uint32_t r = 0; r < graph->rows; r++) {
        uint32_t end = find_path(&x, r);

        set_worth(&x, r, end == ASSIGNMENT_NONE ? x.out : x.distance[end]);
        turn_over(&x, r, end);
        forget(&x);
    }
    arena_close(a);
}
