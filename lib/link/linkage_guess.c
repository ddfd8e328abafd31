/* Which pairs will be kept, guessed from a sample.
 *
 * A pattern is kept when its odds, fitted to the sample, are high enough, or are too low by no more standard
 * errors than there is room for: what the sample has seen little of, it knows little of. Processes that
 * divide the work divide the sample, too. */
#include "link/linkage_own.h"

#include "base/arena.h"

#include <math.h>

enum {
    SAMPLED = 16,       /* one in so many of a list's records */
    MOST_A_RECORD = 150 /* a guess that would keep more pairs than so many a record is none */
};

/* By how many standard errors a sample's log odds may be too low: the first that does not keep too many. */
static const double doubts[] = {5.0, 4.5, 4.0, 3.5, 3.0, 2.5, 2.0, 1.5, 1.0};

/* Added to a level's expected pairs, so that what was not seen has a variance. */
static const double least_matches = 0.1, least_others = 0.5;

/* Counts a sample of the pairs of lists i and j, of which each process takes its share; false when stopped.
 */
static bool sample_pairs(struct linking *x, size_t i, size_t j, struct odds_table *t)
{
    const struct portions *others = linkage_dividing(x);
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

static bool sample_lists(struct linking *x, struct odds_table *table)
{
    for (size_t i = 0; i < x->lists; i++)
        for (size_t j = i; j < x->lists; j++)
            if (!sample_pairs(x, i, j, &table[linkage_table_of(x, i, j)]))
                return false;
    return true;
}

/* Of the log odds of each pattern: shares of levels are counts, and the variance of a count's log is one over
 * the count. */
static void standard_errors(const struct linking *x, const struct odds *odds, const struct odds_table *table,
                            double error[PATTERNS])
{
    double matches = 0.0;
    double pairs = 0.0;

    for (size_t t = 0; t < x->across + x->lists; t++) {
        matches += table[t].matches;
        pairs += table[t].pairs;
    }
    for (unsigned p = 0; p < PATTERNS; p++) {
        double variance = 1.0 / matches;

        for (size_t g = 0; g < GROUPS; g++) {
            size_t l = pattern_level(p, g);

            if (l != LEVEL_MISSING)
                variance += 1.0 / (matches * odds->match[g][l] + least_matches) +
                            1.0 / (pairs * odds->other[g][l] + least_others);
        }
        error[p] = sqrt(variance);
    }
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

/* The patterns that may be likely, with as much doubt as there is room for; false when there is too little.
 */
static bool choose(const struct linking *x, const struct odds *odds, const struct odds_table *table,
                   double error[PATTERNS], bool keep[PATTERNS])
{
    double least = LINKAGE_LEAST_LOG_ODDS - linkage_log_share(x, table);

    standard_errors(x, odds, table, error);
    for (size_t d = 0; d < sizeof doubts / sizeof *doubts; d++) {
        for (unsigned p = 0; p < PATTERNS; p++)
            keep[p] = odds->log_ratio[p] + doubts[d] * error[p] > least;
        if (keeps_few(x, table, keep))
            return true;
    }
    return false;
}

/* What the first process guesses counts for all. */
static bool agree(const struct linking *x, bool is_guess, bool keep[PATTERNS])
{
    struct err ignored = {OK, ""};

    return portions_agree(linkage_dividing(x), &is_guess, sizeof is_guess, &ignored) == OK &&
           portions_agree(linkage_dividing(x), keep, PATTERNS * sizeof *keep, &ignored) == OK && is_guess;
}

bool linkage_guess(struct linking *x, bool keep[PATTERNS])
{
    struct arena *own = arena_open();
    struct odds_table *table = arena_new(own, x->across + x->lists, struct odds_table);
    struct odds *odds = arena_new(own, 1, struct odds);
    struct err ignored = {OK, ""};
    bool is_counted = sample_lists(x, table);
    bool is_guess = is_counted &&
                    odds_fit(odds, x->o->profile, table, x->across + x->lists, x->across, &ignored) == OK &&
                    choose(x, odds, table, arena_new(own, PATTERNS, double), keep);

    arena_close(own);
    return is_counted && agree(x, is_guess, keep);
}
