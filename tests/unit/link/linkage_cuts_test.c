/* The best linkage at other odds than evens, on synthetic people whose truth is known and not used. */
#include "febrl.h"

#include <math.h>

enum { CUTS = 8 };

static const double cuts[CUTS] = {-4.6, -2.3, 0.0, 2.3, 4.6, 6.9, 9.2, 1000.0};

/* Linked once with cuts, for all tests, and once without. */
struct linked {
    struct arena *arena;
    size_t truth;
    struct linkage with, without, other_way;
};

/* Names and birth date of one list's fifth and the other's three fifths: the true partner of each is there.
 */
static struct linkage link_at(struct linked *x, size_t n, bool is_other_way)
{
    const struct schema *s = febrl_schema("grouped", false, x->arena);
    const struct febrl *a = febrl_read("febrl4a.csv", s, 2, x->arena);
    const struct febrl *b = febrl_read("febrl4b.csv", s, 6, x->arena);
    const struct linkage_list list[] = {{S("a"), &a->people}, {S("b"), &b->people}, {S("a"), &a->people}};
    const struct linkage_options o = {.profile = PROFILE_GROUPED,
                                      .noise_percent = 5,
                                      .imputations = 20,
                                      .seed = 1,
                                      .with_others = true,
                                      .cut = cuts,
                                      .cuts = n};
    struct linkage found;
    struct err e = {OK, ""};

    if (linkage_run(list + is_other_way, 2, &o, x->arena, &found, &e) != OK)
        fail_msg("%s", e.what);
    x->truth = a->people.n;
    return found;
}

static int link_all(void **state)
{
    struct arena *a = arena_open();
    struct linked *x = arena_new(a, 1, struct linked);

    x->arena = a;
    x->with = link_at(x, CUTS, false);
    x->without = link_at(x, 0, false);
    x->other_way = link_at(x, 0, true);
    *state = x;
    return 0;
}

static int close_all(void **state)
{
    arena_close(((struct linked *)*state)->arena);
    return 0;
}

static void at_evens_it_is_the_linkage_that_is_told(void **state)
{
    const struct linkage x = ((const struct linked *)*state)->with;
    const struct linkage_cut *even = &x.cut[2];

    assert_int_equal(x.cuts, CUTS);
    assert_int_equal(even->links, x.overlap[0][1].links);
    assert_int_equal(even->links, x.links);
    assert_int_equal(even->known, x.known);
    assert_int_equal(even->people[3], x.overlap[0][1].links);
    assert_int_equal(even->people[1] + even->people[3], x.people[0]);
    assert_int_equal(even->people[2] + even->people[3], x.people[1]);
    assert_true(fabs(even->false_links - x.false_share * (double)x.links) < 1e-6);
    assert_true(fabs(even->missed - x.missed_share * x.overlap[0][1].matches) < 1e-6);
}

static void asking_for_cuts_changes_nothing_else(void **state)
{
    const struct linked *x = *state;

    assert_int_equal(x->without.cuts, 0);
    assert_true(str_equal(x->with.histories, x->without.histories));
    assert_int_equal(x->with.links, x->without.links);
    assert_memory_equal(x->with.link, x->without.link, x->with.links * sizeof *x->with.link);
}

static void at_higher_odds_there_are_fewer_links_and_errors_and_more_people(void **state)
{
    const struct linkage x = ((const struct linked *)*state)->with;

    for (size_t k = 1; k < CUTS; k++) {
        assert_true(x.cut[k].pairs <= x.cut[k - 1].pairs);
        assert_true(x.cut[k].links <= x.cut[k - 1].links);
        assert_true(x.cut[k].false_links <= x.cut[k - 1].false_links);
        assert_true(x.cut[k].missed >= x.cut[k - 1].missed);
        assert_true(x.cut[k].known >= x.cut[k - 1].known);
    }
    assert_true(x.cut[CUTS - 1].links < x.cut[0].links);
}

static void pairs_are_those_whose_odds_are_as_good(void **state)
{
    const struct linkage x = ((const struct linked *)*state)->with;

    for (size_t c = 0; c < CUTS; c++) {
        int64_t pairs = 0;

        for (size_t k = 0; k < x.links; k++)
            pairs += x.link[k].log_odds >= cuts[c];
        for (size_t k = 0; k < x.others; k++)
            pairs += x.other[k].log_odds >= cuts[c];
        assert_int_equal(x.cut[c].pairs, pairs);
    }
}

/* Links that are right and matches that are missed are all true matches: the errors that are told make up for
 * what the cut takes away or adds, at each cut. */
static void what_is_told_of_errors_leads_to_the_true_number_from_any_cut(void **state)
{
    const struct linkage x = ((const struct linked *)*state)->with;
    size_t truth = ((const struct linked *)*state)->truth;

    for (size_t k = 0; k < CUTS; k++) {
        double matches = (double)x.cut[k].links - x.cut[k].false_links + x.cut[k].missed;

        assert_true(fabs(matches / (double)truth - 1.0) < 0.05);
    }
    assert_true(x.cut[CUTS - 1].links < (int64_t)truth);
}

/* Nobody is linked: all matches between lists are missed, and none else. */
static void at_odds_that_none_has_all_matches_are_missed(void **state)
{
    const struct linkage x = ((const struct linked *)*state)->with;

    assert_int_equal(x.cut[CUTS - 1].links, 0);
    assert_true(fabs(x.cut[CUTS - 1].missed / x.overlap[0][1].matches - 1.0) < 1e-9);
}

/* Draws come in another order, so that the odds differ a little. */
static void the_lists_can_be_named_in_any_order(void **state)
{
    const struct linked *x = *state;
    int64_t links = x->with.overlap[0][1].links;

    assert_in_range(x->other_way.overlap[0][1].links, links - 1, links + 1);
    assert_true(fabs(x->other_way.overlap[0][1].matches - x->with.overlap[0][1].matches) < 2.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_evens_it_is_the_linkage_that_is_told),
        cmocka_unit_test(asking_for_cuts_changes_nothing_else),
        cmocka_unit_test(at_higher_odds_there_are_fewer_links_and_errors_and_more_people),
        cmocka_unit_test(at_odds_that_none_has_all_matches_are_missed),
        cmocka_unit_test(the_lists_can_be_named_in_any_order),
        cmocka_unit_test(pairs_are_those_whose_odds_are_as_good),
        cmocka_unit_test(what_is_told_of_errors_leads_to_the_true_number_from_any_cut),
    };

    return cmocka_run_group_tests(tests, link_all, close_all);
}
