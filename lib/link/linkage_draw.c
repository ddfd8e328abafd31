/* Linkages drawn by Gibbs sampling: of the partition, of what matches look like, of those too unlike to be
 * seen. */
#include "link/linkage_own.h"

#include "base/arena.h"
#include "base/progress.h"
#include "base/variate.h"

#include <math.h>
#include <string.h>

enum { BURN_IN = 60, THINNING = 2 };

/* What it says of a pair that it was not kept, if it is one person: rare, and the rule if it is not. */
double linkage_log_hidden(const struct linking *x)
{
    double hidden = odds_hidden(&x->odds, x->table, x->across, x->keep);

    return log(fmax(hidden, 1e-6));
}

/* A record that is alone may have its partner among the pairs that were not kept: so that it is not forced on
 * somebody else's, that is summed out for two lists (partition.h), and adds to the weight of being alone for
 * more. */
void linkage_set_alone(struct partition *p)
{
    double hidden = fmin(exp(p->absent), 0.9);

    p->hidden = p->lists == 2 ? hidden : 0.0;
    for (size_t i = 0; i < p->lists && p->lists > 2; i++) {
        double shared = 0.0;

        for (uint32_t mask = 1; mask < 1U << p->lists; mask++)
            shared += mask >> i & 1U && mask != 1U << i ? p->people[mask] : 0.0;
        p->alone[i] = log1p(hidden * shared / (p->people[1U << i] + 1.0));
    }
}

/* How many records come after `u` in its part. */
static size_t members_after(const struct partition *p, uint32_t u)
{
    size_t n = 0;

    if (p->size[p->part[u]] < 2)
        return 0;
    for (uint32_t v = p->first[p->part[u]]; v != UINT32_MAX; v = p->after[v])
        n += v > u;
    return n;
}

static void count_pattern(uint32_t pattern, double linked[GROUPS][LEVELS])
{
    for (size_t g = 0; g < GROUPS; g++)
        linked[g][pattern_level(pattern % PATTERNS, g)] += 1.0;
}

/* Adds how the pairs look that are in one part, each once. */
static void count_linked(const struct partition *p, double linked[GROUPS][LEVELS])
{
    for (uint32_t u = 0; u < p->n && p->mate_pattern; u++)
        if (p->mate_pattern[u] != PARTITION_NO_PATTERN && p->list[u] == 0)
            count_pattern(p->mate_pattern[u], linked);
    for (uint32_t u = 0; u < p->n && !p->mate_pattern; u++) {
        size_t left = members_after(p, u);

        for (size_t k = p->start[u]; left > 0 && k < p->start[u + 1]; k++) {
            if (p->next[k] <= u || p->part[u] != p->part[p->next[k]])
                continue;
            left--;
            count_pattern(p->next_pattern[k], linked);
        }
    }
}

/* What matches look like, drawn given the links: Dirichlet. Links tell more than the likenesses of all pairs
 * did, so that the table of expectations weighs no more than the fewest matches that are linked at all. */
static void draw_shares(struct linking *x, struct rng *r)
{
    double linked[GROUPS][LEVELS] = {{0}};

    count_linked(&x->partition, linked);
    for (size_t g = 0; g < GROUPS; g++) {
        size_t levels = levels_of(x->o->profile, (enum group)g)->cuts + 1;
        double sum = 0.0;

        if (x->o->profile == PROFILE_CLK && g > 0)
            continue;
        for (size_t l = 0; l < levels; l++) {
            x->odds.match[g][l] =
                variate_gamma(r, ODDS_FEWEST_MATCHES * odds_expectation(x->o->profile, g, l) + linked[g][l]) +
                1e-9;
            sum += x->odds.match[g][l];
        }
        for (size_t l = 0; l < levels; l++)
            x->odds.match[g][l] /= sum;
    }
    linkage_draw_trust(x, r);
    linkage_set_ratios(x);
    x->partition.absent = linkage_log_hidden(x);
}

/* How many records of list i are too unlike those of list j to be among the edges, though they are one
 * person. It is one bad record that is unlike all others of its person, and is joined to them once: of m
 * records m - 1 pairs go with each, so that a pair counts 1 / (m - 1). */
static double hidden_matches(const struct partition *p, size_t i, size_t j)
{
    double share = fmin(exp(p->absent), 0.9);
    double seen = 0.0;

    for (uint32_t mask = 1; mask < 1U << p->lists; mask++)
        if (mask >> i & mask >> j & 1U)
            seen += p->people[mask] / (double)(__builtin_popcount(mask) - 1);
    return seen * share / (1.0 - share);
}

/* Poisson many: people of list i alone and of list j alone become one, whoever they are: the counts are
 * right, the pairs are not told. */
static int64_t join_hidden(struct linking *x, struct rng *r, uint32_t *mask, size_t i, size_t j)
{
    int64_t n = variate_poisson(r, hidden_matches(&x->partition, i, j));
    int64_t joined = 0;

    for (int64_t tries = 0; tries < 50 * n && joined < n; tries++) {
        size_t u = x->partition.part[rng_u64(r) % x->units];
        size_t v = x->partition.part[rng_u64(r) % x->units];

        if (mask[u] & mask[v] || !(mask[u] >> i & 1U) || !(mask[v] >> j & 1U))
            continue;
        mask[u] |= mask[v];
        mask[v] = 0;
        joined++;
    }
    return joined;
}

static void keep_draw(struct linking *x, struct rng *r, uint32_t *mask, size_t number)
{
    const struct partition *p = &x->partition;
    int64_t overlap[LINKAGE_MAX_LISTS][LINKAGE_MAX_LISTS];

    partition_overlaps(p, overlap);
    for (size_t k = 0; k < p->n; k++)
        mask[k] = p->size[k] ? p->mask[k] : 0;
    for (size_t i = 0; i < x->lists; i++)
        for (size_t j = i + 1; j < x->lists; j++)
            x->drawn[i][j][number] = (double)(overlap[i][j] + join_hidden(x, r, mask, i, j));
    for (size_t e = 0; e < p->edges; e++)
        x->held[e] += p->part[p->edge[e].u] == p->part[p->edge[e].v];
    linkage_histories_add(x, mask, number + 1);
}

/* Ends with the shares and histories of the mean of the draws, for the one best linkage. */
enum status linkage_draw(struct linking *x, struct err *e)
{
    struct rng r = rng_open(x->o->seed, 0x6C696E6B);
    size_t sweeps = BURN_IN + THINNING * (x->o->imputations ? x->o->imputations : 20);
    uint32_t *mask = arena_new(x->a, x->units, uint32_t);
    struct odds mean = {.match = {{0}}};
    size_t histories = (size_t)1 << x->lists;
    double *people = arena_new(x->a, histories, double);
    double told = 0.0;
    double n = 0.0;

    for (size_t i = 0; i < x->lists; i++)
        for (size_t j = i + 1; j < x->lists; j++)
            x->drawn[i][j] = arena_new(x->a, x->o->imputations + 1, double);
    x->partition.people = arena_new(x->a, histories, double);
    x->partition.is_counting = true;
    partition_count(&x->partition);
    linkage_set_alone(&x->partition);
    progress_begin(x->o->progress, "drawing linkages", (int64_t)sweeps);
    for (size_t s = 0; s < sweeps; s++) {
        if (progress_should_stop(x->o->progress))
            return err_set(e, SYSTEM, "stopped while drawing linkages; nothing was written");
        x->partition.caution = s < BURN_IN / 2 ? 10.0 - 20.0 * (double)s / BURN_IN : 0.0;
        partition_sweep(&x->partition, &r);
        draw_shares(x, &r);
        linkage_set_alone(&x->partition);
        progress_step(x->o->progress, 1);
        if (s < BURN_IN)
            continue;
        n += 1.0;
        told += x->partition.told;
        for (size_t g = 0; g < GROUPS; g++)
            for (size_t l = 0; l < LEVELS; l++)
                mean.match[g][l] += x->odds.match[g][l];
        for (size_t h = 0; h < histories; h++)
            people[h] += x->partition.people[h];
        if (x->o->imputations && (s - BURN_IN) % THINNING == THINNING - 1)
            keep_draw(x, &r, mask, (s - BURN_IN) / THINNING);
    }
    for (size_t g = 0; g < GROUPS; g++)
        for (size_t l = 0; l < LEVELS; l++)
            x->odds.match[g][l] = mean.match[g][l] / n;
    x->partition.told = told / n;
    linkage_set_ratios(x);
    for (size_t h = 0; h < histories; h++)
        x->partition.people[h] = people[h] / n;
    x->partition.is_counting = false;
    return OK;
}
