/* All pairs compared, what matches look like learnt from them, and the pairs kept that may be one person.
 *
 * Which pairs those are is known only when all have been counted. What a sample makes of it
 * (linkage_guess.c) is kept while counting, so that nothing is compared twice unless the sample was mistaken.
 */
#include "link/compare_own.h"
#include "link/linkage_own.h"

#include "base/arena.h"

#include <math.h>
#include <sodium.h>
#include <string.h>

static void mark_lists(struct linking *x);
static void mark_kept(struct linking *x, const bool keep[PATTERNS]);
static void prepare(struct linking *x);
static enum status compare_lists(struct linking *x, const bool *kept, struct arena *own, struct err *e);
static void likely_patterns(struct linking *x);
static enum status keep_pairs(struct linking *x, const bool *kept, struct err *e);

struct portions *linkage_dividing(const struct linking *x)
{
    struct portions *p = x->o->portions;

    return p && (p->size > 1 || p->find || p->keep) ? p : NULL;
}

/* What was guessed lives in `own`: it is several times what is kept. */
static enum status compare_in(struct linking *x, struct arena *own, struct err *e)
{
    bool guessed[PATTERNS] = {false};

    mark_lists(x);
    prepare(x);
    const bool *kept = linkage_guess(x, guessed) ? guessed : NULL;
    if (kept)
        mark_kept(x, kept);
    TRY(compare_lists(x, kept, own, e));
    TRY(odds_fit(&x->odds, x->o->profile, x->table, x->across + x->lists, x->across, e));
    likely_patterns(x);
    TRY(portions_agree(linkage_dividing(x), x->keep, sizeof x->keep, e));
    mark_kept(x, x->keep);
    return keep_pairs(x, kept, e);
}

enum status linkage_compare(struct linking *x, struct err *e)
{
    struct arena *own = arena_open();
    enum status s = compare_in(x, own, e);

    for (size_t i = 0; i < x->lists; i++)
        for (size_t j = i; j < x->lists; j++)
            compare_drop(x->found[i][j]);
    memset(x->found, 0, sizeof x->found);
    arena_close(own);
    return s;
}

/* What is kept of a comparison is marked by all that it depends on, so that it is never taken for another's.
 */
static void mark_lists(struct linking *x)
{
    const uint64_t settings[] = {x->lists, (uint64_t)x->o->profile, (uint64_t)x->o->noise_percent,
                                 COMPARE_BLOCK};
    crypto_generichash_state hash;

    if (!linkage_dividing(x))
        return;
    crypto_generichash_init(&hash, NULL, 0, PORTION_MARK_BYTES);
    crypto_generichash_update(&hash, (const unsigned char *)settings, sizeof settings);
    for (size_t i = 0; i < x->lists; i++) {
        const struct encodings *people = x->list[i].people;
        const uint64_t n = people->n;

        crypto_generichash_update(&hash, (const unsigned char *)&n, sizeof n);
        crypto_generichash_update(&hash, people->present, people->n);
        for (size_t g = 0; g < people->groups; g++)
            crypto_generichash_update(&hash, (const unsigned char *)people->group[g].word,
                                      people->n * (people->group[g].bits / 8));
    }
    crypto_generichash_final(&hash, linkage_dividing(x)->mark, PORTION_MARK_BYTES);
}

/* Which pairs are kept depends on the odds, too. */
static void mark_kept(struct linking *x, const bool keep[PATTERNS])
{
    crypto_generichash_state hash;

    if (!linkage_dividing(x))
        return;
    crypto_generichash_init(&hash, NULL, 0, PORTION_MARK_BYTES);
    crypto_generichash_update(&hash, linkage_dividing(x)->mark, PORTION_MARK_BYTES);
    for (size_t p = 0; p < PATTERNS; p++)
        crypto_generichash_update(&hash, &(const unsigned char){keep[p]}, 1);
    crypto_generichash_final(&hash, linkage_dividing(x)->mark, PORTION_MARK_BYTES);
}

static void prepare(struct linking *x)
{
    x->ready = arena_new(x->a, x->lists, struct compared_list);
    x->table = arena_new(x->a, x->across + x->lists, struct odds_table);
    for (size_t i = 0; i < x->lists; i++) {
        x->first[i + 1] = x->first[i] + (uint32_t)x->list[i].people->n;
        compared_list_make(&x->ready[i], x->list[i].people, x->a);
    }
    for (size_t i = 0; i < x->lists; i++)
        for (size_t j = i; j < x->lists; j++) {
            struct odds_table *t = &x->table[linkage_table_of(x, i, j)];
            double n = (double)x->list[i].people->n;
            double m = (double)x->list[j].people->n;
            struct comparison *c = &x->comparison[i][j];

            comparison_make(c, &x->ready[i], &x->ready[j], x->o->profile, x->o->noise_percent, x->a);
            c->threads = x->o->threads;
            c->progress = x->o->progress;
            c->portions = linkage_dividing(x);
            c->number = linkage_table_of(x, i, j);
            t->pairs = i == j ? n * (n - 1.0) / 2.0 : n * m;
            t->limit = i == j ? 3.0 * n : fmin(n, m);
        }
}

static enum status compare_lists(struct linking *x, const bool *kept, struct arena *own, struct err *e)
{
    for (size_t i = 0; i < x->lists; i++)
        for (size_t j = i; j < x->lists; j++) {
            const struct comparison *c = &x->comparison[i][j];
            uint64_t *count = x->table[linkage_table_of(x, i, j)].count;

            if (kept)
                TRY(compare_count_and_keep(c, count, kept, own, &x->found[i][j], e));
            else
                TRY(compare_count(c, count, e));
        }
    return OK;
}

double linkage_log_share(const struct linking *x, const struct odds_table *table)
{
    double most = log(1e-12);

    for (size_t t = 0; t < x->across + x->lists; t++)
        if (table[t].pairs > 0.0)
            most = fmax(most, log((table[t].matches + 1e-9) / table[t].pairs));
    return most;
}

static void likely_patterns(struct linking *x)
{
    double share = linkage_log_share(x, x->table);

    for (unsigned p = 0; p < PATTERNS; p++)
        x->keep[p] = x->odds.log_ratio[p] + share > LINKAGE_LEAST_LOG_ODDS;
}

/* Whether nothing is to be kept, of what there is, that was not guessed. */
static bool were_all_kept(const struct linking *x, const bool *kept)
{
    for (size_t t = 0; t < x->across + x->lists; t++)
        for (size_t p = 0; p < PATTERNS; p++)
            if (x->keep[p] && !kept[p] && x->table[t].count[p] > 0)
                return false;
    return true;
}

static enum status keep_pairs(struct linking *x, const bool *kept, struct err *e)
{
    bool is_done = kept && were_all_kept(x, kept);

    for (size_t i = 0; !is_done && i < x->lists; i++)
        for (size_t j = i; j < x->lists; j++)
            compare_drop(x->found[i][j]);
    for (size_t i = 0; i < x->lists; i++)
        for (size_t j = i; j < x->lists; j++) {
            const struct comparison *c = &x->comparison[i][j];
            struct record_pairs *pairs = &x->pairs[i][j];

            TRY(is_done ? compare_take(c, x->found[i][j], x->keep, x->a, pairs, e)
                        : compare_keep(c, x->keep, x->a, pairs, e));
        }
    return OK;
}
