/* What of an estimate is published, and what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../scratch.h"
#include "estimate/estimate.h"
#include "estimate/method.h"
#include "mapping/evidence.h"
#include "mapping/run.h"
#include "release/published_estimate.h"
#include "store/keys.h"

#include <math.h>

/* Three lists of which every pair shares people: 40 on A and B, 4 on A and C, 30 on B and C. */
static void publish(void **state, const struct estimate *exact, struct release_estimate *out)
{
    struct arena *a = ((struct scratch *)*state)->arena;
    struct mapping m = {.first_year = 2025, .last_year = 2025};
    struct mapping_run_options options = {
        .estimate = estimate_options_default(), .municipality = S("1281"), .key = &(struct key){{3}}};
    struct mapping_result result;
    struct counts counts;
    struct err e = {0};

    options.estimate.replicates = 0;
    assert_int_equal(
        counts_read(&counts, "h",
                    S("A,B,C,count\n1,0,0,200\n0,1,0,200\n0,0,1,200\n1,1,0,40\n1,0,1,4\n0,1,1,30\n"), a, &e),
        OK);
    assert_int_equal(mapping_name(&m, &counts, "n", S(""), a, &e), OK);
    assert_int_equal(mapping_run(&m, &(struct counts_linkages){1, &counts}, &options, a, &result, &e), OK);
    published_estimate(exact, &m, &result.cube, a, out);
}

static struct estimate point(void)
{
    return (struct estimate){.status = ESTIMATE_POINT,
                             .nhat = 2345.6,
                             .ci95 = {1999.9, 3001.1},
                             .ci80 = {2100.1, NAN},
                             .interval = ESTIMATE_BCA,
                             .method = "stepwise",
                             .threshold = 0.02,
                             .model = {.name = "[12,13,23]", .terms = "A:B A:C B:C", .removed = ""},
                             .replicates = 1000,
                             .seed = 7};
}

static void a_point_keeps_its_rounded_figures(void **state)
{
    struct estimate exact = point();
    struct release_estimate x;

    publish(state, &exact, &x);
    assert_int_equal(x.answer, RELEASE_POINT);
    assert_int_equal(x.nhat, 2300);
    assert_int_equal(x.ci95[0], 1900);
    assert_int_equal(x.ci95[1], 3100);
    assert_int_equal(x.ci80[1], RELEASE_UNKNOWN);
    assert_true(str_is(x.interval, "bca"));
}

static void a_pair_that_few_people_share_is_not_told(void **state)
{
    struct estimate exact = point();
    struct release_estimate x;

    publish(state, &exact, &x);
    assert_int_equal(x.pairs, 2);
    assert_true(str_is(x.pair[0], "A+B"));
    assert_true(str_is(x.pair[1], "B+C"));
}

static void an_estimate_from_few_people_has_no_figure(void **state)
{
    struct estimate exact = point();
    struct release_estimate x;

    exact.status = ESTIMATE_RANGE;
    exact.reason =
        (struct estimate_note){.kind = ESTIMATE_FEW_OVERLAPS, .text = "8 people are on two lists or more"};
    exact.range[0] = 500;
    exact.range[1] = 5000;
    publish(state, &exact, &x);
    assert_int_equal(x.answer, RELEASE_REFUSED);
    assert_true(str_is(x.reason.code, "few"));
    assert_int_equal(x.range[0], RELEASE_UNKNOWN);
    assert_int_equal(x.nhat, RELEASE_UNKNOWN);
    assert_int_equal(x.pairs, 0);
}

static void a_range_is_told_as_a_range(void **state)
{
    struct estimate exact = point();
    struct release_estimate x;

    exact.status = ESTIMATE_RANGE;
    exact.reason.kind = ESTIMATE_MODELS_DISAGREE;
    exact.range[0] = 5432;
    exact.range[1] = INFINITY;
    publish(state, &exact, &x);
    assert_int_equal(x.answer, RELEASE_RANGE);
    assert_int_equal(x.range[0], 5400);
    assert_int_equal(x.range[1], RELEASE_UNKNOWN);
    assert_int_equal(x.nhat, RELEASE_UNKNOWN);
}

static void refusals_do_not_tell_which_cells_are_empty(void **state)
{
    const enum estimate_note_kind kinds[] = {ESTIMATE_NO_OVERLAP, ESTIMATE_FEW_OVERLAPPING_PAIRS,
                                             ESTIMATE_NOT_CONNECTED};
    struct estimate exact = point();
    struct release_estimate x;

    exact.status = ESTIMATE_REFUSED;
    for (size_t i = 0; i < 3; i++) {
        exact.reason = (struct estimate_note){.kind = kinds[i], .list = S("A"), .other = S("C")};
        publish(state, &exact, &x);
        assert_true(str_is(x.reason.code, "overlap"));
    }
}

static void warnings_about_lists_are_told_once_and_without_names(void **state)
{
    struct estimate exact = point();
    struct release_estimate x;

    exact.warnings = 3;
    exact.warning[0] =
        (struct estimate_note){.kind = ESTIMATE_LIST_EMPTY, .list = S("A"), .text = "A is empty"};
    exact.warning[1] =
        (struct estimate_note){.kind = ESTIMATE_LIST_HOLDS_ALL, .list = S("B"), .text = "B holds all"};
    exact.warning[2] = (struct estimate_note){.kind = ESTIMATE_UNRESOLVED, .text = "unresolved"};
    publish(state, &exact, &x);
    assert_int_equal(x.warnings, 2);
    assert_true(str_is(x.warning[0].code, "list_left_out"));
    assert_true(str_is(x.warning[1].code, "unresolved"));
}

static void an_alternative_without_a_figure_is_left_out(void **state)
{
    struct estimate exact = point();
    struct release_estimate x;

    exact.alternatives = 2;
    exact.alternative[0] =
        (struct estimate_alternative){.threshold = 0.1, .nhat = INFINITY, .status = "infinite"};
    exact.alternative[1] = (struct estimate_alternative){.threshold = 0, .nhat = 2222, .status = "finite"};
    publish(state, &exact, &x);
    assert_int_equal(x.alternatives, 1);
    assert_int_equal(x.alternative[0].nhat, 2200);
}

/* Stepwise and graphs with figures, classes without one, and a bound. */
static struct mapping_evidence evidence(void)
{
    struct mapping_evidence x = {.methods = 4, .range = {1987.6, 4321.0}, .lowest = 0, .highest = 1};

    x.method[0] = (struct evidence_method){.method = method_find(S("stepwise")), .limit = {1987.6, 3001.1}};
    x.method[1] = (struct evidence_method){.method = method_find(S("graphs")), .limit = {2100.0, 4321.0}};
    x.method[2] = (struct evidence_method){
        .method = method_find(S("classes")), .status = ESTIMATE_REFUSED, .limit = {NAN, NAN}};
    x.method[3] = (struct evidence_method){
        .method = method_find(S("chao")), .limit = {1700.0, 1900.0}, .is_bound = true};
    return x;
}

static void methods_are_told_with_what_they_rest_on_and_one_range_rounded_outward(void **state)
{
    const struct mapping_evidence exact = evidence();
    const struct estimate figure = point();
    struct release_estimate x;

    publish(state, &figure, &x);
    published_methods(&exact, &x);
    assert_int_equal(x.methods.range[0], 1900);
    assert_int_equal(x.methods.range[1], 4400);
    assert_true(str_is(x.methods.lowest, "stepwise"));
    assert_true(str_is(x.methods.highest, "graphs"));
    assert_true(str_is(x.methods.method[1].sv, method_find(S("graphs"))->antagande));
}

/* That a method gives none tells of empty overlaps. */
static void a_method_without_a_figure_is_told_as_the_others_are(void **state)
{
    const struct mapping_evidence exact = evidence();
    const struct estimate figure = point();
    struct release_estimate x;

    publish(state, &figure, &x);
    published_methods(&exact, &x);
    assert_int_equal(x.methods.n, 3);
    assert_true(str_is(x.methods.method[2].code, "classes"));
}

static void where_there_is_no_figure_no_method_has_one(void **state)
{
    const struct mapping_evidence exact = evidence();
    struct estimate refused = point();
    struct release_estimate x;

    refused.status = ESTIMATE_REFUSED;
    refused.reason = (struct estimate_note){.kind = ESTIMATE_IS_INFINITE};
    publish(state, &refused, &x);
    published_methods(&exact, &x);
    assert_int_equal(x.methods.n, 0);
    assert_int_equal(x.methods.range[1], RELEASE_UNKNOWN);
}

/* What bounds a pair of lists, and a figure more of the exact counts. */
static void what_would_give_overlaps_away_is_left_out(void **state)
{
    struct estimate exact = point();
    struct release_estimate x;

    exact.alternatives = 1;
    exact.alternative[0] = (struct estimate_alternative){.threshold = NAN, .nhat = 2222, .status = "finite"};
    exact.warnings = 1;
    exact.warning[0] = (struct estimate_note){.kind = ESTIMATE_LIST_MOVES, .list = S("A"), .value = 5000};
    publish(state, &exact, &x);
    assert_int_equal(x.alternatives, 0);
    assert_int_equal(x.warnings, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_would_give_overlaps_away_is_left_out, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(a_point_keeps_its_rounded_figures, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_pair_that_few_people_share_is_not_told, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(an_estimate_from_few_people_has_no_figure, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(a_range_is_told_as_a_range, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(refusals_do_not_tell_which_cells_are_empty, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(warnings_about_lists_are_told_once_and_without_names, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(methods_are_told_with_what_they_rest_on_and_one_range_rounded_outward,
                                        scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_method_without_a_figure_is_told_as_the_others_are, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(where_there_is_no_figure_no_method_has_one, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(an_alternative_without_a_figure_is_left_out, scratch_open,
                                        scratch_close),
    };

    return cmocka_run_group_tests_name("published_estimate", tests, NULL, NULL);
}
