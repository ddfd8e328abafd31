/* Designs, and what a mapping of them would give. */
#include "estimate/power.h"

#include "reference.h"

#include "base/rng.h"
#include "base/text.h"

#include <string.h>

static struct design design_of(const char *coverage, const char *dependence)
{
    struct design d = {.people = 2000};
    struct err e;

    assert_int_equal(design_read_coverage(str_of(coverage), &d, &e), OK);
    if (dependence)
        assert_int_equal(design_read_dependence(str_of(dependence), &d, &e), OK);
    return d;
}

static double share_on(const double *p, size_t cells, size_t lists)
{
    double sum = 0.0;

    for (size_t c = 0; c < cells; c++)
        if ((c & lists) == lists)
            sum += p[c];
    return sum;
}

static void each_list_has_its_coverage(void **state)
{
    struct design d = design_of("0.3,0.2,0.05", "1:2=4,2:3=0.5");
    double p[8];

    (void)state;
    d.heterogeneity = 1.5;
    design_probabilities(&d, p);
    assert_near(share_on(p, 8, 0), 1.0, 1e-12);
    for (size_t i = 0; i < 3; i++)
        assert_near(share_on(p, 8, (size_t)1 << i), d.coverage[i], 1e-12);
}

static void without_dependence_lists_are_independent(void **state)
{
    struct design d = design_of("0.3,0.2,0.05", NULL);
    double p[8];

    (void)state;
    design_probabilities(&d, p);
    assert_near(p[0], 0.7 * 0.8 * 0.95, 1e-12);
    assert_near(p[5], 0.3 * 0.8 * 0.05, 1e-12);
}

static void a_pair_has_its_odds_ratio_given_the_other_list(void **state)
{
    struct design d = design_of("0.3,0.2,0.05", "1:2=4");
    double p[8];

    (void)state;
    design_probabilities(&d, p);
    assert_near(p[0] * p[3] / (p[1] * p[2]), 4.0, 1e-9);
    assert_near(p[4] * p[7] / (p[5] * p[6]), 4.0, 1e-9);
    assert_near(p[0] * p[5] / (p[1] * p[4]), 1.0, 1e-9);
}

/* The odds ratio of two lists over people of two kinds, summed by hand; fitting the coverage leaves it. */
static void kinds_of_people_are_mixed_by_their_shares(void **state)
{
    struct design d = design_of("0.2,0.5", NULL);
    double p[4];

    (void)state;
    d.kinds = 2;
    d.kind[0] = (struct design_kind){.share = 3.0, .moved = 0.0};
    d.kind[1] = (struct design_kind){.share = 1.0, .moved = log(4.0)};
    design_probabilities(&d, p);
    /* Kind 1 is on the lists with 1/5 and 1/2, kind 2 with 1/2 and 4/5. */
    double none = 3.0 * 0.8 * 0.5 + 0.5 * 0.2;
    double first = 3.0 * 0.2 * 0.5 + 0.5 * 0.2;
    double second = 3.0 * 0.8 * 0.5 + 0.5 * 0.8;
    double both = 3.0 * 0.2 * 0.5 + 0.5 * 0.8;
    assert_near(p[0] * p[3] / (p[1] * p[2]), none * both / (first * second), 1e-9);
    assert_near(share_on(p, 4, 1), 0.2, 1e-12);
}

static void people_who_differ_are_on_two_lists_more_often(void **state)
{
    struct design alike = design_of("0.1,0.1", NULL);
    struct design different = alike;
    double p[4];
    double q[4];

    (void)state;
    different.heterogeneity = 1.0;
    design_probabilities(&alike, p);
    design_probabilities(&different, q);
    assert_true(q[3] > 1.3 * p[3]);
}

static void a_drawn_table_has_the_design_s_people(void **state)
{
    struct design d = design_of("0.4,0.3,0.2", NULL);
    double p[8];
    double seen = 0.0;

    design_probabilities(&d, p);
    for (uint64_t i = 0; i < 200; i++) {
        struct rng r = rng_open(1, i);
        struct counts c;

        design_draw(&d, p, &r, *state, &c);
        assert_true(c.n <= 2000 && c.y[0] == 0);
        seen += (double)c.n / 200.0;
    }
    double share = 1.0 - 0.6 * 0.7 * 0.8;
    assert_near(seen, 2000.0 * share, 6.0 * sqrt(2000.0 * share * (1.0 - share) / 200.0));
}

static void what_is_no_coverage_or_dependence_is_told(void **state)
{
    static const char *const coverages[] = {
        "", "0.2", "0.2,", "0.2,1", "0.2,x", "1,2,3", "0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1"};
    static const char *const dependences[] = {"",      "1:2",   "1=2",         "1:1=2", "1:4=2",
                                              "0:1=2", "1:2=0", "1:2=3,2:1=3", "1:2=3,"};
    struct err e;

    (void)state;
    for (size_t i = 0; i < sizeof coverages / sizeof coverages[0]; i++) {
        struct design d = {0};
        assert_int_equal(design_read_coverage(str_of(coverages[i]), &d, &e), USAGE);
    }
    for (size_t i = 0; i < sizeof dependences / sizeof dependences[0]; i++) {
        struct design d = design_of("0.3,0.2,0.1", NULL);
        assert_int_equal(design_read_dependence(str_of(dependences[i]), &d, &e), USAGE);
    }
}

static struct power power_of(struct design d, int threads)
{
    struct power p = {.design = d, .tables = 200, .estimate = estimate_options_default()};

    p.estimate.replicates = 0;
    p.estimate.threads = threads;
    return p;
}

static struct power_result run(const struct power *p, struct arena *a)
{
    struct power_figure *figure = arena_new(a, power_variants(p) * p->tables, struct power_figure);
    struct power_result x;

    assert_true(power_run(p, 0, 1, figure));
    power_summarise(p, figure, &x);
    return x;
}

static void independent_lists_give_the_true_number_and_cover_it(void **state)
{
    struct power p = power_of(design_of("0.3,0.25,0.2,0.15", NULL), 2);
    struct power_result x = run(&p, *state);

    assert_int_equal(x.variants, 5);
    assert_near(x.of[0].nhat, 2000.0, 40.0);
    assert_true(x.of[0].coverage > 0.88);
    assert_near(x.of[0].refused, 0.0, 1e-12);
}

/* A dependence that stands out is found by stepwise and is not there for independence. */
static void a_pair_that_goes_together_misleads_independence_alone(void **state)
{
    struct power p = power_of(design_of("0.25,0.2,0.15,0.1", "1:2=3"), 2);

    p.only_all_lists = true;
    struct power_result chosen = run(&p, *state);
    p.estimate.threshold = 0.0;
    struct power_result independent = run(&p, *state);
    assert_int_equal(chosen.variants, 1);
    assert_true(chosen.of[0].coverage > 0.82);
    assert_true(independent.of[0].coverage < 0.1 && independent.of[0].nhat < 1800.0);
}

static void a_list_that_covers_more_is_worth_more(void **state)
{
    struct power p = power_of(design_of("0.3,0.25,0.2,0.02", NULL), 2);
    struct power_result x = run(&p, *state);
    struct text text = text_open(*state);

    assert_true(x.of[1].error > x.of[4].error);
    power_text(&text, &p, &x);
    assert_non_null(strstr(text.p, "List 1 is the one most worth getting."));
    assert_non_null(strstr(text.p, "If there are 2000 people and 4 lists with 30, 25, 20 and 2 % of them:"));
}

static void processes_and_threads_change_nothing(void **state)
{
    struct power one = power_of(design_of("0.2,0.15,0.1", "1:2=2"), 1);
    struct power two = power_of(one.design, 2);
    size_t n = power_variants(&one) * one.tables;
    struct power_figure *whole = arena_new(*state, n, struct power_figure);
    struct power_figure *parts = arena_new(*state, n, struct power_figure);

    assert_true(power_run(&one, 0, 1, whole));
    for (size_t rank = 0; rank < 3; rank++)
        assert_true(power_run(&two, rank, 3, parts));
    assert_memory_equal(whole, parts, n * sizeof *whole);
}

static void lists_that_never_meet_are_told_as_refused(void **state)
{
    struct power p = power_of(design_of("0.001,0.001,0.001", NULL), 1);
    struct text text = text_open(*state);

    p.design.people = 100;
    struct power_result x = run(&p, *state);
    assert_near(x.of[0].refused, 1.0, 1e-12);
    assert_true(isnan(x.of[0].nhat));
    power_text(&text, &p, &x);
    assert_non_null(strstr(text.p, "in 100 mappings of 100 no figure could be given"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_list_has_its_coverage),
        cmocka_unit_test(without_dependence_lists_are_independent),
        cmocka_unit_test(a_pair_has_its_odds_ratio_given_the_other_list),
        cmocka_unit_test(kinds_of_people_are_mixed_by_their_shares),
        cmocka_unit_test(people_who_differ_are_on_two_lists_more_often),
        WITH_ARENA(a_drawn_table_has_the_design_s_people),
        cmocka_unit_test(what_is_no_coverage_or_dependence_is_told),
        WITH_ARENA(independent_lists_give_the_true_number_and_cover_it),
        WITH_ARENA(a_pair_that_goes_together_misleads_independence_alone),
        WITH_ARENA(a_list_that_covers_more_is_worth_more),
        WITH_ARENA(processes_and_threads_change_nothing),
        WITH_ARENA(lists_that_never_meet_are_told_as_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
