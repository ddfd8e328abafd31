/* How much more often a pair of records agrees when it is one person. */
#include "link/odds.h"

#include <math.h>
#include <string.h>

enum { MOST_STEPS = 2000, KNOWN = 1 << GROUPS };

/* Smooth and coarse on purpose: most pairs of one person agree, some nearly, few not at all. */
static const double expected[GROUPS][LEVELS] = {
    [GROUP_NAMES] = {.02, .01, .01, .02, .03, .03, .04, .04, .05, .07, .08, .10, .15, .35},
    [GROUP_BIRTH] = {.03, .03, .02, .01, .01, .01, .01, .01, .01, .02, .03, .08, .20, .53},
    [GROUP_PLACE] = {.05, .05, .06, .06, .06, .06, .06, .06, .06, .07, .08, .08, .10, .15}};
static const double expected_clk[LEVELS] = {.01, .01, .01, .02, .03, .04, .06, .07,
                                            .09, .11, .12, .13, .12, .10, .08};

double odds_expectation(enum profile profile, size_t group, size_t level)
{
    return profile == PROFILE_CLK ? (group == 0 ? expected_clk[level] : 0.0) : expected[group][level];
}

/* What each level of each group says by itself. */
struct signs {
    double ratio[GROUPS][LEVELS], log[GROUPS][LEVELS];
};

static void signs_of(const struct odds *x, struct signs *s)
{
    for (size_t g = 0; g < GROUPS; g++)
        for (size_t l = 0; l < LEVELS; l++) {
            bool says = l != LEVEL_MISSING && x->match[g][l] > 0.0 && x->other[g][l] > 0.0;

            s->ratio[g][l] = says ? x->match[g][l] / x->other[g][l] : 1.0;
            s->log[g][l] = says ? log(s->ratio[g][l]) : 0.0;
        }
}

void odds_set_ratios(struct odds *x)
{
    struct signs s;

    signs_of(x, &s);
    for (unsigned p = 0; p < PATTERNS; p++) {
        double sum = 0.0;
        double product = 1.0;

        for (size_t g = 0; g < GROUPS; g++) {
            sum += s.log[g][pattern_level(p, g)];
            product *= s.ratio[g][pattern_level(p, g)];
        }
        x->log_ratio[p] = sum;
        x->ratio[p] = product;
    }
}

/* Sums a share to 1 and keeps every level possible. */
static void normalise(double share[LEVELS])
{
    double sum = 0.0;

    for (size_t l = 0; l < LEVEL_MISSING; l++)
        sum += share[l] > 0.0 ? share[l] : 0.0;
    for (size_t l = 0; l < LEVEL_MISSING && sum > 0.0; l++)
        share[l] /= sum;
}

static void start(struct odds *x, enum profile profile, const struct odds_table *table, size_t tables,
                  bool is_flat)
{
    memset(x, 0, sizeof *x);
    for (size_t g = 0; g < GROUPS; g++) {
        size_t levels = levels_of(profile, (enum group)g)->cuts + 1;

        for (size_t l = 0; l < levels; l++) {
            double e = odds_expectation(profile, g, l);

            x->match[g][l] = is_flat && profile != PROFILE_CLK ? 0.5 * e + 0.5 / (double)levels : e;
            x->other[g][l] = 0.5;
        }
        for (size_t t = 0; t < tables; t++)
            for (unsigned p = 0; p < PATTERNS; p++)
                if (pattern_level(p, g) != LEVEL_MISSING)
                    x->other[g][pattern_level(p, g)] += (double)table[t].count[p];
        normalise(x->match[g]);
        normalise(x->other[g]);
    }
}

/* Expected counts of one step. */
struct expected {
    double match[GROUPS][LEVELS], other[GROUPS][LEVELS];
};

static double expect(const struct odds *x, const struct odds_table *t, struct expected *sum)
{
    double share = t->matches / t->pairs;
    double matches = 0.0;

    for (unsigned p = 0; p < PATTERNS; p++) {
        if (t->count[p] == 0)
            continue;
        double n = (double)t->count[p];
        double odds = share / (1.0 - share) * x->ratio[p];
        double of_match = n * odds / (1.0 + odds);

        matches += of_match;
        for (size_t g = 0; g < GROUPS; g++) {
            sum->match[g][pattern_level(p, g)] += of_match;
            sum->other[g][pattern_level(p, g)] += n - of_match;
        }
    }
    return matches;
}

/* One step; returns the largest relative change in a table's matches. */
static double step(struct odds *x, enum profile profile, struct odds_table *table, size_t tables)
{
    struct expected *sum = &(struct expected){{{0}}, {{0}}};
    double change = 0.0;

    odds_set_ratios(x);
    for (size_t t = 0; t < tables; t++) {
        if (table[t].pairs <= 0.0)
            continue;
        double matches = fmin(expect(x, &table[t], sum), 0.5 * table[t].pairs);

        /* To one person, not to a share of nobody: the doubles of a list that has none fall to 0 for ever. */
        change = fmax(change, fabs(matches - table[t].matches) / (table[t].matches + 1.0));
        table[t].matches = matches;
    }
    for (size_t g = 0; g < GROUPS && profile != PROFILE_CLK;
         g++) { /* one filter cannot tell its own shares */
        size_t levels = levels_of(profile, (enum group)g)->cuts + 1;

        for (size_t l = 0; l < levels; l++) {
            x->match[g][l] = sum->match[g][l] + ODDS_PRIOR_PAIRS * odds_expectation(profile, g, l);
            x->other[g][l] = sum->other[g][l] + 0.5;
        }
        normalise(x->match[g]);
        normalise(x->other[g]);
    }
    return change;
}

static double fit_from(struct odds *x, enum profile profile, struct odds_table *table, size_t tables,
                       size_t across, bool is_flat, bool *is_done)
{
    double sum = 0.0;
    int steps = 0;

    start(x, profile, table, tables, is_flat);
    for (size_t t = 0; t < tables; t++)
        table[t].matches = (is_flat ? 0.05 : 0.3) * fmin(table[t].limit, table[t].pairs);
    while (steps < MOST_STEPS && step(x, profile, table, tables) > 1e-5)
        steps++;
    *is_done = steps < MOST_STEPS;
    odds_set_ratios(x);
    for (size_t t = 0; t < across; t++)
        sum += table[t].matches;
    return sum;
}

static enum status check_best_levels(const struct odds *x, enum profile profile, struct err *e)
{
    static const char *const names[GROUPS] = {"names", "birth", "place"};

    for (size_t g = 0; g < (profile == PROFILE_CLK ? 1 : GROUPS); g++) {
        size_t best = levels_of(profile, (enum group)g)->cuts;

        if (x->match[g][best] < x->other[g][best])
            return err_set(
                e, REFUSED,
                "the group %s tells nobody apart: as many pairs agree in it by chance as among matches",
                names[g]);
    }
    return OK;
}

enum status odds_fit(struct odds *out, enum profile profile, struct odds_table *table, size_t tables,
                     size_t across, struct err *e)
{
    bool is_done[2];
    double flat = fit_from(out, profile, table, tables, across, true, &is_done[0]);
    double matches = fit_from(out, profile, table, tables, across, false, &is_done[1]);

    if (!is_done[0] || !is_done[1])
        return err_set(e, REFUSED,
                       "the similarities do not settle into matches and others: the lists cannot be linked "
                       "by these fields");
    if (matches < ODDS_FEWEST_MATCHES)
        return err_set(e, REFUSED,
                       "about %.1f people are expected on two lists or more, too few to learn from (%d)",
                       matches, ODDS_FEWEST_MATCHES);
    if (fabs(flat - matches) > 0.1 * matches)
        return err_set(e, REFUSED,
                       "two starts end at %.0f and %.0f matches: the lists cannot be linked by these fields",
                       flat, matches);
    return check_best_levels(out, profile, e);
}

double odds_hidden(const struct odds *x, const struct odds_table *table, size_t tables,
                   const bool keep[PATTERNS])
{
    double known[KNOWN] = {0};
    double seen[KNOWN] = {0};
    double all = 0.0;
    double hidden = 0.0;

    for (size_t t = 0; t < tables; t++)
        for (unsigned p = 0; p < PATTERNS; p++) {
            unsigned which = 0;

            for (size_t g = 0; g < GROUPS; g++)
                which |= (unsigned)(pattern_level(p, g) != LEVEL_MISSING) << g;
            known[which] += (double)table[t].count[p];
            all += (double)table[t].count[p];
        }
    for (unsigned p = 0; p < PATTERNS; p++) {
        double share = 1.0;
        unsigned which = 0;

        for (size_t g = 0; g < GROUPS; g++)
            if (pattern_level(p, g) != LEVEL_MISSING) {
                share *= x->match[g][pattern_level(p, g)];
                which |= 1U << g;
            }
        if (keep[p])
            seen[which] += share;
    }
    for (unsigned which = 0; which < KNOWN; which++)
        hidden += all > 0.0 ? known[which] / all * (1.0 - fmin(seen[which], 1.0)) : 0.0;
    return hidden;
}
