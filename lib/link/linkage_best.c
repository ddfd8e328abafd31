/* The one best linkage, and what the draws say of it. */
#include "link/linkage_own.h"

#include "base/arena.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BEST_SWEEPS = 50 };

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

static void sum_up(struct linking *x, struct linkage *out,
                   int64_t overlap[LINKAGE_MAX_LISTS][LINKAGE_MAX_LISTS])
{
    size_t n = x->o->imputations;

    for (size_t i = 0; i < x->lists; i++)
        for (size_t j = i + 1; j < x->lists; j++) {
            struct linkage_overlap *o = &out->overlap[i][j];
            double *drawn = x->drawn[i][j];

            *o = (struct linkage_overlap){overlap[i][j], NAN, NAN, NAN,
                                          x->table[linkage_table_of(x, i, j)].matches};
            if (n == 0)
                continue;
            qsort(drawn, n, sizeof *drawn, by_value);
            o->matches = 0.0;
            for (size_t k = 0; k < n; k++)
                o->matches += drawn[k] / (double)n;
            o->low = drawn[(size_t)(0.025 * (double)n)];
            o->high = drawn[n - 1 - (size_t)(0.025 * (double)n)];
        }
}

/* The log odds, before they are compared, that two records of lists i and j are one person, when so many are
 * on both. */
static double log_odds_before(const struct linkage *best, size_t i, size_t j)
{
    int64_t links = best->overlap[i][j].links;

    return log(((double)links + 1.0) /
               ((double)(best->people[i] - links + 1) * (double)(best->people[j] - links + 1)));
}

double linkage_log_odds(const struct linking *x, size_t e, const struct linkage *best)
{
    const struct partition_edge *edge = &x->partition.edge[e];

    return x->log_ratio[edge->pattern] + log_odds_before(best, x->unit_list[edge->u], x->unit_list[edge->v]);
}

/* Edge `e` as its owners know it. */
static struct linkage_link link_of(const struct linking *x, size_t e, const struct linkage *best)
{
    const struct partition_edge *edge = &x->partition.edge[e];
    uint32_t u = x->unit_record[edge->u];
    uint32_t v = x->unit_record[edge->v];
    uint32_t i = x->unit_list[edge->u];
    uint32_t j = x->unit_list[edge->v];

    return (struct linkage_link){i,
                                 u - x->first[i],
                                 j,
                                 v - x->first[j],
                                 edge->pattern % PATTERNS,
                                 linkage_log_odds(x, e, best),
                                 x->o->imputations ? x->held[e] / (double)x->o->imputations : NAN};
}

static void list_links(struct linking *x, struct linkage *out)
{
    const struct partition *p = &x->partition;
    double wrong = 0.0;
    double matches = 0.0;
    size_t links = 0;

    for (size_t e = 0; e < p->edges; e++)
        links += p->part[p->edge[e].u] == p->part[p->edge[e].v];
    out->link = arena_new(x->a, links, struct linkage_link);
    out->other = x->o->with_others ? arena_new(x->a, p->edges, struct linkage_link) : NULL;
    for (size_t i = 0; i < x->lists; i++)
        for (size_t j = i + 1; j < x->lists; j++)
            matches += out->overlap[i][j].matches;
    out->unseen = matches;
    for (size_t e = 0; e < p->edges; e++) {
        struct linkage_link link = link_of(x, e, out);

        out->unseen -= link.p;
        if (p->part[p->edge[e].u] == p->part[p->edge[e].v]) {
            wrong += 1.0 - link.p;
            out->link[out->links++] = link;
        } else if (out->other) {
            out->other[out->others++] = link;
        }
    }
    out->unseen = out->unseen < 0.0 ? 0.0 : out->unseen;
    double right = (double)out->links - wrong;
    out->false_share = out->links ? wrong / (double)out->links : 0.0;
    out->missed_share = matches > 0.0 ? fmax(0.0, 1.0 - right / matches) : NAN;
}

/* The best linkage with the mean shares, from every record alone. */
void linkage_best(struct linking *x, struct linkage *out)
{
    struct partition *p = &x->partition;
    int64_t overlap[LINKAGE_MAX_LISTS][LINKAGE_MAX_LISTS];
    uint32_t *mask = arena_new(x->a, x->units, uint32_t);

    p->absent = linkage_log_hidden(x);
    linkage_set_alone(p);
    partition_make(p, x->a);
    partition_best(p, MOST_BEST_SWEEPS);
    partition_overlaps(p, overlap);
    out->lists = x->lists;
    out->imputations = x->o->imputations;
    out->answers = x->answers;
    for (size_t i = 0; i < x->lists; i++) {
        out->name[i] = x->list[i].name;
        out->records[i] = (int64_t)x->list[i].people->n;
        out->people[i] = overlap[i][i];
    }
    for (size_t k = 0; k < p->n; k++) {
        mask[k] = p->size[k] ? p->mask[k] : 0;
        out->known += p->size[k] > 0;
    }
    sum_up(x, out, overlap);
    list_links(x, out);
    if (x->o->imputations == 0)
        linkage_histories_add(x, mask, 0);
    out->histories = text_str(&x->histories);
}
