/* What the owners of the lists say of pairs, taken into the linkage: semi-supervised, in that an answer
 * stands beside what likeness says of a pair, and so in what is learnt of all (Larsen & Rubin 2001, J. Am.
 * Statist. Ass. 96, 32-41; Enamorado, Fifield & Imai 2019, Am. Polit. Sci. Rev. 113, 353-371). Each pair
 * counts once, told of or not: which were asked about depends on how alike they are and on nothing else, so
 * that it says nothing more (Rubin 1976, Biometrika 63, 581-592).
 *
 * Owners err as well. The share of answers that are wrong is drawn with all else: Beta(1, 49) beforehand, 1
 * in 50, and each linkage that is drawn tells how many answers it holds against. An answer is worth log((1 -
 * share) / share) for its pair, or against it. */
#include "link/linkage_own.h"

#include "base/arena.h"
#include "base/variate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void linkage_set_ratios(struct linking *x)
{
    odds_set_ratios(&x->odds);
    for (size_t p = 0; p < PATTERNS; p++) {
        x->log_ratio[p] = x->odds.log_ratio[p];
        x->log_ratio[PATTERNS + p] = x->odds.log_ratio[p] + x->partition.told;
        x->log_ratio[2 * PATTERNS + p] = x->odds.log_ratio[p] - x->partition.told;
    }
}

static const double wrong_before = 1.0, right_before = 49.0;

void linkage_draw_trust(struct linking *x, struct rng *r)
{
    const struct partition *p = &x->partition;
    double wrong = wrong_before;
    double right = right_before;

    for (size_t k = 0; k < x->answers; k++) {
        const struct partition_edge *edge = &p->edge[x->answered[k]];
        bool is_same = edge->pattern < 2 * PATTERNS;

        *(is_same == (p->part[edge->u] == p->part[edge->v]) ? &right : &wrong) += 1.0;
    }
    if (x->answers > 0) {
        double share = fmin(fmax(variate_beta(r, wrong, right), 1e-6), 0.5);

        x->partition.told = log((1.0 - share) / share);
    }
}

/* Edges are sorted by units, and units by lists. */
static void mark(struct linking *x, struct partition_edge *edge, const struct linkage_answer *answer)
{
    uint32_t a = x->unit[x->first[x->place[answer->list_a]] + answer->i];
    uint32_t b = x->unit[x->first[x->place[answer->list_b]] + answer->j];
    const struct partition_edge wanted = {a < b ? a : b, a < b ? b : a, 0};
    struct partition_edge *found = bsearch(&wanted, edge, x->partition.edges, sizeof *edge, linkage_by_units);

    if (!found)
        return;
    found->pattern = found->pattern % PATTERNS + (answer->is_same ? PATTERNS : 2 * PATTERNS);
    x->answered[x->answers++] = (size_t)(found - edge);
}

enum status linkage_ask(struct linking *x, const struct linkage *first, struct err *e)
{
    struct linkage_answers told = {0, NULL};
    struct linkage *shown = arena_new(x->a, 1, struct linkage);

    if (!x->o->ask)
        return OK;
    *shown = linkage_as_given(x, first);
    TRY(x->o->ask(x->o->owners, shown, &told, e));
    if (told.n == 0)
        return OK;
    struct partition_edge *edge = arena_new(x->a, x->partition.edges, struct partition_edge);
    x->answered = arena_new(x->a, told.n, size_t);
    memcpy(edge, x->partition.edge, x->partition.edges * sizeof *edge);
    for (size_t k = 0; k < told.n; k++)
        mark(x, edge, &told.answer[k]);
    x->partition.edge = edge;
    x->partition.plain = PATTERNS;
    x->partition.told = log(right_before / wrong_before);
    return OK;
}
