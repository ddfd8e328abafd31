/* What the best linkage would be if records were joined at other odds than evens, so that it is seen whether
 * what follows from it rests on them. What matches look like, how many there are and how likely each pair is
 * stay as the draws left them: the cut alone moves. */
#include "link/linkage_own.h"

#include "base/arena.h"
#include "base/progress.h"

#include <math.h>

enum { MOST_BEST_SWEEPS = 50 };

static double matches_of(const struct linkage *best)
{
    double sum = 0.0;

    for (size_t i = 0; i < best->lists; i++)
        for (size_t j = i + 1; j < best->lists; j++)
            sum += best->overlap[i][j].matches;
    return sum;
}

static void count_pairs(const struct linking *x, const struct partition *p, const struct linkage *best,
                        struct linkage_cut *out)
{
    double right = 0.0;

    for (size_t e = 0; e < p->edges; e++) {
        out->pairs += linkage_log_odds(x, e, best) >= out->log_odds;
        if (p->part[p->edge[e].u] != p->part[p->edge[e].v])
            continue;
        out->links++;
        right += x->o->imputations ? x->held[e] / (double)x->o->imputations : NAN;
    }
    out->false_links = x->o->imputations ? (double)out->links - right : NAN;
    out->missed = x->o->imputations ? fmax(0.0, matches_of(best) - right) : NAN;
}

static void count_people(const struct partition *p, struct linkage_cut *out)
{
    for (size_t k = 0; k < p->n; k++) {
        if (p->size[k] == 0)
            continue;
        out->known++;
        out->people[p->mask[k]]++;
    }
}

static void cut_at(const struct linking *x, const struct linkage *best, struct linkage_cut *out)
{
    struct arena *own = arena_open();
    struct partition p = x->partition;

    p.cut = out->log_odds;
    partition_make(&p, own);
    partition_best(&p, MOST_BEST_SWEEPS);
    count_pairs(x, &p, best, out);
    count_people(&p, out);
    arena_close(own);
}

enum status linkage_cuts(struct linking *x, struct linkage *out, struct err *e)
{
    out->cut = arena_new(x->a, x->o->cuts, struct linkage_cut);
    for (size_t k = 0; k < x->o->cuts; k++) {
        if (progress_should_stop(x->o->progress))
            return err_set(e, SYSTEM, "stopped while linking at other odds; nothing was written");
        out->cut[k] = (struct linkage_cut){.log_odds = x->o->cut[k],
                                           .people = arena_new(x->a, (size_t)1 << x->lists, uint32_t)};
        cut_at(x, out, &out->cut[k]);
    }
    out->cuts = x->o->cuts;
    return OK;
}
