/* All pairs compared, what matches look like learnt from them, and the pairs kept that may be one person.
 *
 * Which pairs those are is known only when all have been counted. A sample tells it nearly: what it says, and
 * a little more, is kept while counting, so that nothing is compared twice unless the sample was mistaken.
 * Processes that divide the work divide the sample, too. */
#include "link/linkage_own.h"

#include "base/arena.h"

#include <math.h>
#include <sodium.h>
#include <string.h>

enum {
    SAMPLED = 16,       /* one in so many of a list's records */
    MOST_A_RECORD = 150 /* a guess that would keep more pairs than so many a record is none */
};

/* Pairs below these odds, when a match is as likely as the model says, are not looked at one by one. */
static const double least_log_odds = -9.0;

/* By how much a sample's log odds may be too low: the first that does not keep too many pairs. */
static const double doubts[] = {2.0, 1.5, 1.0};

static void mark_lists(struct linking *x);
static void mark_kept(struct linking *x, const bool keep[PATTERNS]);
static void prepare(struct linking *x);
static bool guess(struct linking *x, bool keep[PATTERNS]);
static enum status compare_lists(struct linking *x, const bool *kept, struct arena *own, struct err *e);
static void likely_patterns(const struct linking *x, const struct odds *odds, const struct odds_table *table,
                            double least, bool keep[PATTERNS]);
static enum status keep_pairs(struct linking *x, const bool *kept, struct err *e);

/* The portions of a linkage that is divided among processes, or kept; NULL when there is nothing but to
 * compare: that takes one pass instead of two. */
static struct portions *dividing(const struct linking *x)
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
    const bool *kept = guess(x, guessed) ? guessed : NULL;
    if (kept)
        mark_kept(x, kept);
    TRY(compare_lists(x, kept, own, e));
    TRY(odds_fit(&x->odds, x->o->profile, x->table, x->across + x->lists, x->across, e));
    likely_patterns(x, &x->odds, x->table, least_log_odds, x->keep);
    TRY(portions_agree(dividing(x), x->keep, sizeof x->keep, e));
    mark_kept(x, x->keep);
    return keep_pairs(x, kept, e);
}

enum status linkage_compare(struct linking *x, struct err *e)
{
    struct arena *own = arena_open();
    enum status s = compare_in(x, own, e);

    arena_close(own);
    return s;
}

/* What is kept of a comparison is marked by all that it depends on, so that it is never taken for another's.
 */
static void mark_lists(struct linking *x)
{
    const uint64_t settings[] = {x->lists, (uint64_t)x->o->profile, (uint64_t)x->o->noise_percent};
    crypto_generichash_state hash;

    if (!dividing(x))
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
    crypto_generichash_final(&hash, dividing(x)->mark, PORTION_MARK_BYTES);
}

/* Which pairs are kept depends on the odds, too. */
static void mark_kept(struct linking *x, const bool keep[PATTERNS])
{
    crypto_generichash_state hash;

    if (!dividing(x))
        return;
    crypto_generichash_init(&hash, NULL, 0, PORTION_MARK_BYTES);
    crypto_generichash_update(&hash, dividing(x)->mark, PORTION_MARK_BYTES);
    for (size_t p = 0; p < PATTERNS; p++)
        crypto_generichash_update(&hash, &(const unsigned char){keep[p]}, 1);
    crypto_generichash_final(&hash, dividing(x)->mark, PORTION_MARK_BYTES);
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
            c->portions = dividing(x);
            c->number = linkage_table_of(x, i, j);
            t->pairs = i == j ? n * (n - 1.0) / 2.0 : n * m;
            t->limit = i == j ? 3.0 * n : fmin(n, m);
        }
}

/* Counts a sample of the pairs of lists i and j, of which each process takes its share; false when stopped.
 */
static bool sample_pairs(struct linking *x, size_t i, size_t j, struct odds_table *t)
{
    const struct portions *others = dividing(x);
    struct comparison c = x->comparison[i][j];
    struct err ignored = {OK, ""};

    c.portions = NULL;
    c.every = others ? SAMPLED * others->size : SAMPLED;
    c.from = others ? SAMPLED * others->rank : 0;
    if (compare_count(&c, t->count, &ignored) != OK ||
        portions_add(others, t->count, PATTERNS, &ignored) != OK)
        return false;
    for (size_t p = 0; p < PATTERNS; p++)
        t->pairs += (double)t->count[p];
    t->limit = x->table[linkage_table_of(x, i, j)].limit / SAMPLED;
    return true;
}

/* Whether the patterns of `keep` are those of no more pairs, by the sample, than may be kept beforehand. */
static bool keeps_few(const struct linking *x, const struct odds_table *table, const bool keep[PATTERNS])
{
    double kept = 0.0;

    for (size_t t = 0; t < x->across + x->lists; t++)
        for (size_t p = 0; p < PATTERNS; p++)
            kept += keep[p] ? SAMPLED * (double)table[t].count[p] : 0.0;
    return kept <= fmin(MOST_A_RECORD * (double)x->first[x->lists], COMPARE_MOST_PAIRS / 2);
}

/* What the first process guesses counts for all. */
static bool agree_on_guess(const struct linking *x, bool is_few, bool keep[PATTERNS])
{
    struct err ignored = {OK, ""};

    return portions_agree(dividing(x), &is_few, sizeof is_few, &ignored) == OK &&
           portions_agree(dividing(x), keep, PATTERNS * sizeof *keep, &ignored) == OK && is_few;
}

/* Which patterns will be kept, as a sample tells it. False when it cannot: too few matches, or too many pairs
 * to keep. What is wrong is said when all pairs have been looked at. */
static bool guess(struct linking *x, bool keep[PATTERNS])
{
    struct arena *own = arena_open();
    struct odds_table *table = arena_new(own, x->across + x->lists, struct odds_table);
    struct odds *odds = arena_new(own, 1, struct odds);
    struct err ignored = {OK, ""};
    bool is_counted = true;
    bool is_few = false;

    for (size_t i = 0; i < x->lists && is_counted; i++)
        for (size_t j = i; j < x->lists && is_counted; j++)
            is_counted = sample_pairs(x, i, j, &table[linkage_table_of(x, i, j)]);
    bool is_told =
        is_counted && odds_fit(odds, x->o->profile, table, x->across + x->lists, x->across, &ignored) == OK;
    for (size_t d = 0; is_told && !is_few && d < sizeof doubts / sizeof *doubts; d++) {
        likely_patterns(x, odds, table, least_log_odds - doubts[d], keep);
        is_few = keeps_few(x, table, keep);
    }
    arena_close(own);
    return is_counted && agree_on_guess(x, is_few, keep);
}

static enum status compare_lists(struct linking *x, const bool *kept, struct arena *own, struct err *e)
{
    for (size_t i = 0; i < x->lists; i++)
        for (size_t j = i; j < x->lists; j++) {
            const struct comparison *c = &x->comparison[i][j];
            uint64_t *count = x->table[linkage_table_of(x, i, j)].count;

            if (kept)
                TRY(compare_count_and_keep(c, count, kept, own, &x->pairs[i][j], e));
            else
                TRY(compare_count(c, count, e));
        }
    return OK;
}

static void likely_patterns(const struct linking *x, const struct odds *odds, const struct odds_table *table,
                            double least, bool keep[PATTERNS])
{
    double most = log(1e-12);

    for (size_t t = 0; t < x->across + x->lists; t++)
        if (table[t].pairs > 0.0)
            most = fmax(most, log((table[t].matches + 1e-9) / table[t].pairs));
    for (unsigned p = 0; p < PATTERNS; p++)
        keep[p] = odds->log_ratio[p] + most > least;
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

static void copy_likely(struct record_pairs *pairs, const bool keep[PATTERNS], struct arena *a)
{
    struct record_pairs likely = {0, NULL};
    size_t n = 0;

    for (size_t k = 0; k < pairs->n; k++)
        n += keep[pairs->pair[k].pattern];
    likely.pair = arena_new(a, n, struct record_pair);
    for (size_t k = 0; k < pairs->n; k++)
        if (keep[pairs->pair[k].pattern])
            likely.pair[likely.n++] = pairs->pair[k];
    *pairs = likely;
}

static enum status keep_pairs(struct linking *x, const bool *kept, struct err *e)
{
    bool is_done = kept && were_all_kept(x, kept);

    for (size_t i = 0; i < x->lists; i++)
        for (size_t j = i; j < x->lists; j++) {
            if (is_done)
                copy_likely(&x->pairs[i][j], x->keep, x->a);
            else
                TRY(compare_keep(&x->comparison[i][j], x->keep, x->a, &x->pairs[i][j], e));
        }
    return OK;
}
