/* Odds learnt from counts of patterns that are made of known shares. */
#include "link/odds.h"

#include "../unit.h"

#include <math.h>
#include <string.h>

/* A level is half as frequent as the one below among pairs of two people, the other way about among pairs of
 * one. */
static double share_of(size_t g, size_t level, bool is_match)
{
    size_t levels = levels_of(PROFILE_GROUPED, (enum group)g)->cuts + 1;
    size_t rank = is_match ? levels - 1 - level : level;

    return pow(0.5, (double)rank) / (2.0 - pow(0.5, (double)(levels - 1)));
}

/* The pairs of two lists, or of one, of which `matches` are one person. */
static struct odds_table *table_of(double pairs, double matches, struct arena *a)
{
    struct odds_table *t = arena_new(a, 1, struct odds_table);
    double rest = 0.0; /* of a pair that is not yet counted: shares are small, counts are whole */

    t->pairs = pairs;
    t->limit = sqrt(pairs);
    for (unsigned p = 0; p < PATTERNS; p++) {
        double of_match = matches;
        double of_other = pairs - matches;

        for (size_t g = 0; g < GROUPS; g++) {
            size_t level = pattern_level(p, g);
            bool is_level = level <= levels_of(PROFILE_GROUPED, (enum group)g)->cuts;

            of_match *= is_level ? share_of(g, level, true) : 0.0;
            of_other *= is_level ? share_of(g, level, false) : 0.0;
        }
        t->count[p] = (uint64_t)(of_match + of_other + rest);
        rest += of_match + of_other - (double)t->count[p];
    }
    return t;
}

static void the_number_of_matches_is_found_without_the_truth(void **state)
{
    struct odds_table *t = table_of(1e6, 300.0, *state);
    struct odds *x = arena_new(*state, 1, struct odds);
    struct err e = {OK, ""};

    assert_int_equal(odds_fit(x, PROFILE_GROUPED, t, 1, 1, &e), OK);
    assert_true(fabs(t->matches / 300.0 - 1.0) < 0.05);
}

/* The doubles of a list that has none fall towards 0 without end: that is no reason to give up. */
static void a_list_without_doubles_settles(void **state)
{
    struct odds_table tables[2] = {*table_of(1e6, 300.0, *state), *table_of(5e5, 0.0, *state)};
    struct odds *x = arena_new(*state, 1, struct odds);
    struct err e = {OK, ""};

    if (odds_fit(x, PROFILE_GROUPED, tables, 2, 1, &e) != OK)
        fail_msg("%s", e.what);
    assert_true(fabs(tables[0].matches / 300.0 - 1.0) < 0.05);
    assert_true(tables[1].matches < 5.0);
}

static void lists_that_share_nobody_are_refused(void **state)
{
    struct odds_table *t = table_of(1e6, 0.0, *state);
    struct odds *x = arena_new(*state, 1, struct odds);
    struct err e = {OK, ""};

    assert_int_equal(odds_fit(x, PROFILE_GROUPED, t, 1, 1, &e), REFUSED);
}

/* Where matches are a good part of all pairs, what they look like is found, not what is expected of them
 * before any data: each group's shares are the true ones, and sum to 1 over the levels that the group has. */
static void the_shares_that_made_the_counts_are_found(void **state)
{
    struct odds_table *t = table_of(1e6, 2e5, *state);
    struct odds *x = arena_new(*state, 1, struct odds);
    struct err e = {OK, ""};

    t->limit = 1e6;
    assert_int_equal(odds_fit(x, PROFILE_GROUPED, t, 1, 1, &e), OK);
    assert_true(fabs(t->matches / 2e5 - 1.0) < 0.005);
    for (size_t g = 0; g < GROUPS; g++) {
        double all[2] = {0.0, 0.0};

        for (size_t l = 0; l < LEVELS; l++) {
            bool is_level = l <= levels_of(PROFILE_GROUPED, (enum group)g)->cuts;

            assert_true(fabs(x->match[g][l] - (is_level ? share_of(g, l, true) : 0.0)) < 0.003);
            assert_true(fabs(x->other[g][l] - (is_level ? share_of(g, l, false) : 0.0)) < 0.003);
            all[0] += x->match[g][l];
            all[1] += x->other[g][l];
        }
        assert_true(fabs(all[0] - 1.0) < 1e-9);
        assert_true(fabs(all[1] - 1.0) < 1e-9);
    }
}

/* Counts in which no group goes with another hold no two kinds of pairs: nothing may be read out of them. */
static void similarities_by_chance_alone_are_refused(void **state)
{
    struct odds_table *t = arena_new(*state, 1, struct odds_table);
    struct odds *x = arena_new(*state, 1, struct odds);
    struct err e = {OK, ""};

    for (unsigned p = 0; p < PATTERNS; p++) {
        bool is_level = true;

        for (size_t g = 0; g < GROUPS; g++)
            is_level &= pattern_level(p, g) <= levels_of(PROFILE_GROUPED, (enum group)g)->cuts;
        t->count[p] = is_level ? 100 : 0;
        t->pairs += (double)t->count[p];
    }
    t->limit = 500.0;
    assert_int_equal(odds_fit(x, PROFILE_GROUPED, t, 1, 1, &e), REFUSED);
    assert_says(e, "do not settle into matches and others");
}

/* Three kinds of pairs, each with another ratio of a level to the one below in each group: two kinds can be
 * told to be matches, and which are depends on where the search starts. */
static void what_depends_on_the_start_is_refused(void **state)
{
    static const double pairs[] = {1e5, 800.0, 4800.0};
    static const double ratio[][GROUPS] = {{0.68, 0.38, 1.26}, {1.12, 0.34, 2.09}, {3.72, 0.23, 0.73}};
    struct odds_table *t = arena_new(*state, 1, struct odds_table);
    struct odds *x = arena_new(*state, 1, struct odds);
    struct err e = {OK, ""};

    t->limit = 500.0;
    for (unsigned p = 0; p < PATTERNS; p++) {
        double count = 0.0;

        for (size_t kind = 0; kind < 3; kind++) {
            double of_kind = pairs[kind];

            for (size_t g = 0; g < GROUPS; g++) {
                size_t levels = levels_of(PROFILE_GROUPED, (enum group)g)->cuts + 1;
                size_t level = pattern_level(p, g);

                of_kind *= level < levels ? pow(ratio[kind][g], (double)level) * (1.0 - ratio[kind][g]) /
                                                (1.0 - pow(ratio[kind][g], (double)levels))
                                          : 0.0;
            }
            count += of_kind;
        }
        t->count[p] = (uint64_t)(count + 0.5);
        t->pairs += (double)t->count[p];
    }
    assert_int_equal(odds_fit(x, PROFILE_GROUPED, t, 1, 1, &e), REFUSED);
    assert_says(e, "two starts end at");
}

/* Shares of matches that are easy to reckon with: 0.6 in the best level of a group, 0.4 in the one below. */
static struct odds *two_levels_a_group(struct arena *a)
{
    struct odds *x = arena_new(a, 1, struct odds);

    for (size_t g = 0; g < GROUPS; g++) {
        x->match[g][5] = 0.6;
        x->match[g][4] = 0.4;
    }
    return x;
}

static unsigned pattern_of(unsigned names, unsigned birth, unsigned place)
{
    return names << pattern_shift(GROUP_NAMES) | birth << pattern_shift(GROUP_BIRTH) |
           place << pattern_shift(GROUP_PLACE);
}

static void a_match_is_hidden_as_often_as_it_has_a_pattern_that_is_not_kept(void **state)
{
    struct odds *x = two_levels_a_group(*state);
    struct odds_table *t = arena_new(*state, 2, struct odds_table);
    bool *keep = arena_new(*state, PATTERNS, bool);

    t[0].count[pattern_of(4, 4, 4)] = 10;
    t[1].count[pattern_of(0, 5, 1)] = 30;
    assert_true(fabs(odds_hidden(x, t, 2, keep) - 1.0) < 1e-12);
    keep[pattern_of(5, 5, 5)] = true;
    assert_true(fabs(odds_hidden(x, t, 2, keep) - (1.0 - 0.6 * 0.6 * 0.6)) < 1e-12);
    keep[pattern_of(5, 5, 4)] = true;
    assert_true(fabs(odds_hidden(x, t, 2, keep) - (1.0 - 0.6 * 0.6)) < 1e-12);
    for (unsigned p = 0; p < PATTERNS; p++)
        keep[p] = true;
    assert_true(fabs(odds_hidden(x, t, 2, keep)) < 1e-12);
}

/* A quarter of the pairs have no place: those that are one person are seen by the other two groups. */
static void what_is_missing_is_weighed_by_how_often_it_is(void **state)
{
    struct odds *x = two_levels_a_group(*state);
    struct odds_table *t = arena_new(*state, 1, struct odds_table);
    bool *keep = arena_new(*state, PATTERNS, bool);

    t->count[pattern_of(4, 4, 4)] = 30;
    t->count[pattern_of(1, 1, LEVEL_MISSING)] = 10;
    keep[pattern_of(5, 5, LEVEL_MISSING)] = true;
    assert_true(fabs(odds_hidden(x, t, 1, keep) - (0.75 + 0.25 * (1.0 - 0.36))) < 1e-12);
}

static void of_no_pairs_nothing_is_hidden(void **state)
{
    struct odds *x = two_levels_a_group(*state);
    struct odds_table *t = arena_new(*state, 1, struct odds_table);
    bool *keep = arena_new(*state, PATTERNS, bool);

    assert_true(odds_hidden(x, t, 1, keep) == 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_number_of_matches_is_found_without_the_truth),
        WITH_ARENA(a_list_without_doubles_settles),
        WITH_ARENA(lists_that_share_nobody_are_refused),
        WITH_ARENA(the_shares_that_made_the_counts_are_found),
        WITH_ARENA(similarities_by_chance_alone_are_refused),
        WITH_ARENA(what_depends_on_the_start_is_refused),
        WITH_ARENA(a_match_is_hidden_as_often_as_it_has_a_pattern_that_is_not_kept),
        WITH_ARENA(what_is_missing_is_weighed_by_how_often_it_is),
        WITH_ARENA(of_no_pairs_nothing_is_hidden),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
