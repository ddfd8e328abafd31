/* Odds learnt from counts of patterns that are made of known shares. */
#include "link/odds.h"

#include "../unit.h"

#include <math.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_number_of_matches_is_found_without_the_truth),
        WITH_ARENA(a_list_without_doubles_settles),
        WITH_ARENA(lists_that_share_nobody_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
