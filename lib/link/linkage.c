/* Linking: lists of encodings in, who is on which of them out. */
#include "link/linkage_own.h"

#include "base/arena.h"
#include "link/linkage_caution.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BEST_SWEEPS = 50 };

static void join_doubles(struct linking *x);
static void join_lists(struct linking *x);
static enum status make(struct linking *x, struct linkage *out, struct err *e);

size_t linkage_table_of(const struct linking *x, size_t i, size_t j)
{
    return i == j ? x->across + i : i * x->lists - i * (i + 1) / 2 + j - i - 1;
}

enum status linkage_run(const struct linkage_list *list, size_t lists, const struct linkage_options *options,
                        struct arena *a, struct linkage *out, struct err *e)
{
    struct linking *x = arena_new(a, 1, struct linking);
    struct linkage *made = arena_new(a, 2, struct linkage);
    struct odds *fitted = arena_new(a, 1, struct odds);

    *x = (struct linking){.lists = lists, .o = options, .a = a, .across = lists * (lists - 1) / 2};
    linkage_order(x, list);
    TRY(linkage_compare(x, e));
    if (options->portions && options->portions->rank > 0) {
        *out = *made;
        return OK;
    }
    x->log_ratio = arena_new(a, 3 * PATTERNS, double);
    join_doubles(x);
    join_lists(x);
    *fitted = x->odds;
    TRY(make(x, made, e));
    TRY(linkage_ask(x, made, e));
    if (x->answers > 0) {
        x->odds = *fitted;
        TRY(make(x, ++made, e));
    }
    TRY(linkage_cuts(x, made, e));
    made->caution = linkage_caution_of(list, lists);
    *out = linkage_as_given(x, made);
    return OK;
}

/* From every record alone. */
static enum status make(struct linking *x, struct linkage *out, struct err *e)
{
    x->histories = text_open(x->a);
    x->held = arena_new(x->a, x->partition.edges, uint32_t);
    linkage_set_ratios(x);
    x->partition.absent = linkage_log_hidden(x);
    partition_make(&x->partition, x->a);
    linkage_histories_begin(x);
    TRY(linkage_draw(x, e));
    linkage_best(x, out);
    return OK;
}

static struct partition_edge *edges_of(const struct linking *x, bool is_within, struct arena *a, size_t *n)
{
    size_t all = 0;

    for (size_t i = 0; i < x->lists; i++)
        for (size_t j = i; j < x->lists; j++)
            all += (i == j) == is_within ? x->pairs[i][j].n : 0;
    struct partition_edge *edge = arena_new(a, all, struct partition_edge);
    *n = 0;
    for (size_t i = 0; i < x->lists; i++)
        for (size_t j = i; j < x->lists; j++)
            for (size_t k = 0; (i == j) == is_within && k < x->pairs[i][j].n; k++) {
                const struct record_pair *p = &x->pairs[i][j].pair[k];

                edge[(*n)++] = (struct partition_edge){x->first[i] + p->i, x->first[j] + p->j, p->pattern};
            }
    return edge;
}

static uint8_t *lists_of(const struct linking *x, struct arena *a)
{
    uint8_t *list = arena_new(a, x->first[x->lists], uint8_t);

    for (size_t i = 0; i < x->lists; i++)
        memset(list + x->first[i], (int)i, x->first[i + 1] - x->first[i]);
    return list;
}

/* The records of one list that are more likely one person than not become one unit. */
static void join_doubles(struct linking *x)
{
    size_t n = x->first[x->lists];
    struct arena *own = arena_open();
    struct partition p = {.n = n, .lists = x->lists, .list = lists_of(x, own), .is_free = true};
    uint32_t *of_part = arena_new(own, n, uint32_t);

    p.edge = edges_of(x, true, own, &p.edges);
    p.log_ratio = x->odds.log_ratio;
    p.absent = linkage_log_hidden(x);
    for (size_t i = 0; i < x->lists; i++) {
        const struct odds_table *t = &x->table[linkage_table_of(x, i, i)];

        p.alike[i] = log((t->matches + 1e-9) / (t->pairs - t->matches + 1.0));
    }
    partition_make(&p, own);
    partition_best(&p, MOST_BEST_SWEEPS);
    x->unit = arena_new(x->a, n, uint32_t);
    x->unit_list = arena_new(x->a, n, uint8_t);
    x->unit_record = arena_new(x->a, n, uint32_t);
    for (uint32_t r = 0; r < n; r++) {
        if (of_part[p.part[r]] == 0) {
            x->unit_list[x->units] = p.list[r];
            x->unit_record[x->units] = r;
            of_part[p.part[r]] = (uint32_t)++x->units;
        }
        x->unit[r] = of_part[p.part[r]] - 1;
    }
    arena_close(own);
}

int linkage_by_units(const void *a, const void *b)
{
    const struct partition_edge *x = a;
    const struct partition_edge *y = b;

    return x->u != y->u ? (x->u < y->u ? -1 : 1) : x->v != y->v ? (x->v < y->v ? -1 : 1) : 0;
}

/* Pairs of records become pairs of units; of several, the likeliest speaks. */
static void join_lists(struct linking *x)
{
    size_t n = 0;
    size_t kept = 0;
    struct partition_edge *edge = edges_of(x, false, x->a, &n);

    for (size_t k = 0; k < n; k++)
        edge[k] = (struct partition_edge){x->unit[edge[k].u], x->unit[edge[k].v], edge[k].pattern};
    if (n > 1)
        qsort(edge, n, sizeof *edge, linkage_by_units);
    for (size_t k = 0; k < n; k++) {
        struct partition_edge *last = kept ? &edge[kept - 1] : NULL;

        if (!last || last->u != edge[k].u || last->v != edge[k].v)
            edge[kept++] = edge[k];
        else if (x->odds.log_ratio[edge[k].pattern] > x->odds.log_ratio[last->pattern])
            last->pattern = edge[k].pattern;
    }
    x->partition = (struct partition){.n = x->units,
                                      .lists = x->lists,
                                      .list = x->unit_list,
                                      .edges = kept,
                                      .edge = edge,
                                      .log_ratio = x->log_ratio};
}
