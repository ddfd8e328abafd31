/* The front: what is estimated, what is only a range, and what is refused. */
#include "estimate/estimate.h"

#include "reference.h"

#include "base/progress.h"
#include "estimate/interval.h"
#include "estimate/method.h"

#include <string.h>

static struct estimate *estimate_with(const struct counts *counts, int64_t replicates, struct arena *a)
{
    struct estimate_options options = estimate_options_default();
    struct estimate *x = arena_new(a, 1, struct estimate);
    struct err e;

    options.replicates = replicates;
    assert_int_equal(estimate(counts, &options, a, x, &e), OK);
    return x;
}

static struct estimate *estimate_csv(const char *text, struct arena *a)
{
    struct counts *counts = arena_new(a, 1, struct counts);
    struct err e;

    assert_int_equal(counts_read(counts, "a.csv", str_of(text), a, &e), OK);
    return estimate_with(counts, 0, a);
}

static struct estimate *estimate_by(const char *method, const char *text, struct arena *a)
{
    struct counts *counts = arena_new(a, 1, struct counts);
    struct estimate_options options = estimate_options_default();
    struct estimate *x = arena_new(a, 1, struct estimate);
    struct err e;

    options.method = method_find(str_of(method));
    options.replicates = 0;
    assert_int_equal(counts_read(counts, "a.csv", str_of(text), a, &e), OK);
    assert_int_equal(estimate(counts, &options, a, x, &e), OK);
    return x;
}

static bool warns(const struct estimate *x, enum estimate_note_kind kind)
{
    for (size_t i = 0; i < x->warnings; i++)
        if (x->warning[i].kind == kind)
            return true;
    return false;
}

static void assert_refused(const struct estimate *x, enum estimate_note_kind kind)
{
    assert_int_equal(x->status, ESTIMATE_REFUSED);
    assert_int_equal(x->reason.kind, kind);
    assert_non_null(x->reason.text);
    assert_true(isnan(x->nhat) && isnan(x->ci95[0]) && isnan(x->range[0]));
}

static void the_uk_table_gives_the_published_figure(void **state)
{
    struct estimate *x = estimate_with(reference_counts("UKdat", *state), 0, *state);

    assert_int_equal(x->status, ESTIMATE_POINT);
    assert_close(x->nhat, 11417.991091504586);
    assert_string_equal(x->model.name, "[12,13,24,25,35,36,45]");
    assert_string_equal(x->model.terms, "PF:NCA LA:NG NG:GP LA:PF PF:GP GO:GP NG:GO");
    assert_int_equal(x->interval, ESTIMATE_WALD);
    assert_int_equal(x->on_two_lists, 252);
}

static void people_on_both_of_two_lists_are_counted(void **state)
{
    const struct counts *c = reference_counts("UKdat_4", *state);
    struct estimate *x = estimate_with(c, 0, *state);
    int64_t both = 0;

    for (size_t i = 0; i < c->records; i++)
        if ((c->record[i].history & 12U) == 12U)
            both += c->record[i].people;
    assert_int_equal(x->overlap[2][3], both);
    assert_true(both > 0);
    assert_int_equal(x->overlap[3][2], 0);
}

static void limits_given_the_model_stand_beside_those_of_the_bootstrap(void **state)
{
    struct estimate *wald = estimate_with(reference_counts("UKdat_4", *state), 0, *state);
    struct estimate *bca = estimate_with(reference_counts("UKdat_4", *state), 10000, *state);

    assert_int_equal(bca->interval, ESTIMATE_BCA);
    assert_memory_equal(bca->conditional95, wald->ci95, sizeof wald->ci95);
    assert_true(bca->ci95[1] - bca->ci95[0] > wald->ci95[1] - wald->ci95[0]);
}

static void pairs_that_nobody_is_on_are_named(void **state)
{
    struct estimate *x = estimate_with(reference_counts("Ned", *state), 0, *state);

    assert_string_equal(x->model.removed, "K:R I:K");
    assert_int_equal(x->model.interactions, 8);
    for (size_t i = 0; i < 8; i++) /* K:R is lists 2 and 5, I:K lists 1 and 2 */
        assert_int_equal(x->model.is_removed[i],
                         x->model.interaction[i] == 18 || x->model.interaction[i] == 3);
    assert_int_equal(x->model.df, 26);
}

static void few_replicates_do_not_resolve_the_limits_and_it_is_said(void **state)
{
    struct estimate *x = estimate_with(reference_counts("UKdat", *state), 1000, *state);

    assert_false(x->is_resolved);
    assert_int_equal(x->interval, ESTIMATE_WALD);
    assert_true(warns(x, ESTIMATE_UNRESOLVED));
    assert_close(x->acceleration, -0.012871164848582);
}

static void replicates_are_added_until_the_limits_are_resolved(void **state)
{
    struct estimate *x =
        estimate_with(reference_counts("HIV_Rome", *state), ESTIMATE_REPLICATES_AUTO, *state);

    assert_true(x->is_resolved);
    assert_int_equal(x->interval, ESTIMATE_BCA);
    assert_true(x->replicates >= 10000);
    assert_true(x->ci95[0] < x->ci80[0] && x->ci80[1] < x->ci95[1]);
    assert_true(x->ci95[0] < x->nhat && x->nhat < x->ci95[1]);
}

/* A million people on lists of a half, 0.4 and 0.3 of them. Drawn from the model, N varies as d^2 v + d: by
 * theta's variance v, and by who of all happens to be seen. Sandland & Cormack (1984), Biometrika 71, 27-33.
 */
static void replicates_of_a_model_vary_as_theory_says(void **state)
{
    struct counts *counts = arena_new(*state, 1, struct counts);
    struct estimate_options options = estimate_options_default();
    struct estimate *x = arena_new(*state, 1, struct estimate);
    double sum = 0.0;
    double squares = 0.0;
    struct err e;

    assert_int_equal(counts_read(counts, "a.csv",
                                 S("a,b,c,count\n1,0,0,210000\n0,1,0,140000\n0,0,1,90000\n1,1,0,140000\n"
                                   "1,0,1,90000\n0,1,1,60000\n1,1,1,60000\n"),
                                 *state, &e),
                     OK);
    options.threshold = 0.0;
    options.replicates = 0;
    assert_int_equal(estimate(counts, &options, *state, x, &e), OK);
    double dark = x->nhat - (double)x->n;
    double deviation = log((x->ci95[1] - (double)x->n) / dark) / interval_normal_quantile(0.975);
    options.replicates = 4000;
    options.interval = ESTIMATE_PARAMETRIC;
    assert_int_equal(estimate(counts, &options, *state, x, &e), OK);
    assert_int_equal(x->interval, ESTIMATE_PARAMETRIC);
    assert_int_equal(x->draws, 4000);
    for (size_t i = 0; i < x->draws; i++) {
        sum += x->draw[i] - 1e6;
        squares += (x->draw[i] - 1e6) * (x->draw[i] - 1e6);
    }
    double variance = (squares - sum * sum / 4000.0) / 3999.0;
    double expected = dark * dark * deviation * deviation + dark;
    assert_near(variance, expected, 6.0 * expected * sqrt(2.0 / 4000.0));
    assert_near(x->ci95[1] - x->ci95[0], 2.0 * 1.96 * sqrt(expected), 0.25 * sqrt(expected));
}

static void alternatives_are_distinct_models(void **state)
{
    struct estimate *x = estimate_with(reference_counts("UKdat", *state), 0, *state);

    assert_int_equal(x->alternatives, 11);
    assert_string_equal(x->alternative[0].model, "[1,2,3,4,5,6]");
    assert_false(x->alternative[0].is_defensible);
    assert_true(x->alternative[1].is_defensible);
    for (size_t i = 0; i < x->alternatives; i++) {
        assert_string_not_equal(x->alternative[i].model, x->model.name);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(x->alternative[i].model, x->alternative[j].model);
    }
}

/* The model of pairs with the smallest BIC says twice as many as the chosen one. */
static void models_of_pairs_that_fit_as_well_give_a_range(void **state)
{
    struct estimate *x = estimate_with(reference_counts("UKdat_5", *state), 0, *state);

    assert_int_equal(x->status, ESTIMATE_RANGE);
    assert_int_equal(x->reason.kind, ESTIMATE_MODELS_DISAGREE);
    assert_close(x->nhat, 11312.990289434398);
    assert_close(x->range[0], x->ci95[0]);
    assert_close(x->range[1], 25978.17273815434);
}

static void one_model_alone_is_looked_at_when_asked_for(void **state)
{
    struct estimate_options options = {.threshold = 0.02, .without_alternatives = true};
    struct estimate x;
    struct err e;

    assert_int_equal(estimate(reference_counts("UKdat_5", *state), &options, *state, &x, &e), OK);
    assert_int_equal(x.status, ESTIMATE_POINT);
    assert_int_equal(x.alternatives, 0);
    assert_close(x.nhat, 11312.990289434398);
}

static void a_list_that_moves_the_figure_is_named(void **state)
{
    struct estimate *x = estimate_with(reference_counts("UKdat", *state), 0, *state);
    struct estimate_note *note = &x->warning[0];

    assert_int_equal(x->warnings, 1);
    assert_int_equal(note->kind, ESTIMATE_LIST_MOVES);
    assert_true(str_equal(note->list, S("PF")));
    assert_true(note->value > x->ci95[1]);
}

/* A fifth of 5,000 people are six times as often on each of eight lists: thousands of models of pairs fit
 * about as well. */
static void a_search_that_was_not_finished_is_told(void **state)
{
    struct text csv = text_open(*state);

    text_lit(&csv, "A,B,C,D,E,F,G,H,count\n");
    for (uint32_t h = 1; h < 256; h++) {
        double on = __builtin_popcount(h);
        double others = 4000.0 * pow(0.05, on) * pow(0.95, 8.0 - on);
        double known = 1000.0 * pow(0.3, on) * pow(0.7, 8.0 - on);

        for (size_t i = 0; i < 8; i++)
            text_format(&csv, "%u,", h >> i & 1U);
        text_format(&csv, "%.0f\n", others + known);
    }
    struct estimate *x = estimate_csv(csv.p, *state);
    assert_true(warns(x, ESTIMATE_MODELS_LEFT));
    assert_true(x->alternatives <= ESTIMATE_MAX_ALTERNATIVES);
}

static void models_that_disagree_by_more_than_a_factor_two_give_a_range(void **state)
{
    struct estimate *x = estimate_with(reference_counts("Ned_5", *state), 0, *state);

    assert_int_equal(x->status, ESTIMATE_RANGE);
    assert_int_equal(x->reason.kind, ESTIMATE_MODELS_DISAGREE);
    assert_close(x->range[0], 45135.43825273648);
    assert_true(x->range[1] >= x->ci95[1]);
}

static void two_lists_get_chapmans_estimate_and_a_warning(void **state)
{
    struct estimate *x = estimate_csv("A,B,count\n1,0,60\n0,1,40\n1,1,12\n", *state);

    assert_int_equal(x->status, ESTIMATE_POINT);
    assert_string_equal(x->method, "chapman");
    assert_near(x->nhat, 73.0 * 53.0 / 13.0 - 1.0, 1e-9);
    assert_true(warns(x, ESTIMATE_INDEPENDENCE_ASSUMED));
    assert_true(x->ci95[0] > 112.0 && x->ci95[1] > x->nhat);
}

static void two_lists_that_nearly_agree_have_limits(void **state)
{
    struct estimate *x = estimate_csv("A,B,count\n1,0,5\n0,1,5\n1,1,964328690\n", *state);

    assert_true(x->nhat >= (double)x->n);
    assert_true(x->ci95[0] >= (double)x->n && x->ci95[0] <= x->ci95[1] && x->ci95[1] < x->nhat + 1.0);
}

static void a_figure_below_those_on_a_list_that_holds_all_is_refused_for_people_who_differ_too(void **state)
{
    struct estimate *x = estimate_by(
        "unequal", "A,B,C,D,count\n0,1,0,0,15\n1,1,1,0,1\n1,1,0,1,1\n0,1,1,1,4\n1,1,1,1,9\n", *state);

    assert_refused(x, ESTIMATE_BELOW_SEEN);
}

static void no_limit_is_below_those_on_a_list_that_holds_all(void **state)
{
    struct estimate *x = estimate_csv(
        "A,B,C,D,count\n0,1,0,0,12\n1,1,0,0,9\n0,1,1,0,8\n0,1,0,1,7\n1,1,1,0,4\n1,1,0,1,3\n0,1,1,1,4\n1,1,1,1,2\n",
        *state);

    assert_int_equal(x->n, 49);
    assert_true(x->nhat >= 49.0 && x->ci95[0] >= 49.0 && x->ci80[0] >= 49.0);
}

static void no_range_begins_below_those_on_a_list_that_holds_all(void **state)
{
    struct estimate *x =
        estimate_by("bic", "A,B,C,D,count\n0,1,0,0,1\n1,1,0,0,1\n0,1,1,1,4\n1,1,1,1,1\n", *state);

    assert_int_equal(x->status, ESTIMATE_RANGE);
    assert_true(x->range[0] >= 7.0);
}

static void one_list_is_refused(void **state)
{
    assert_refused(estimate_csv("A,count\n1,60\n", *state), ESTIMATE_TOO_FEW_LISTS);
}

static void lists_without_anybody_in_common_are_refused(void **state)
{
    assert_refused(estimate_csv("A,B,C,count\n1,0,0,60\n0,1,0,40\n0,0,1,40\n", *state), ESTIMATE_NO_OVERLAP);
}

static void three_lists_with_one_overlapping_pair_are_refused(void **state)
{
    struct estimate *x = estimate_with(reference_counts("Artificial_3", *state), 0, *state);

    assert_refused(x, ESTIMATE_FEW_OVERLAPPING_PAIRS);
    assert_int_equal(x->n, 96);
}

static void lists_in_two_groups_are_refused(void **state)
{
    assert_refused(estimate_csv("A,B,C,D,E,count\n1,0,0,0,0,60\n1,1,0,0,0,40\n1,0,1,0,0,12\n0,1,1,0,0,5\n"
                                "0,0,0,1,0,9\n0,0,0,1,1,8\n0,0,0,0,1,3\n",
                                *state),
                   ESTIMATE_NOT_CONNECTED);
}

static void more_than_eight_lists_are_refused(void **state)
{
    assert_refused(
        estimate_csv("A,B,C,D,E,F,G,H,I,count\n1,1,0,0,0,0,0,0,0,9\n0,0,1,1,1,1,1,1,1,9\n", *state),
        ESTIMATE_TOO_MANY_LISTS);
}

static void a_list_nobody_is_on_is_left_out_with_a_warning(void **state)
{
    struct estimate *x = estimate_csv("A,B,C,count\n1,0,0,60\n0,1,0,40\n1,1,0,12\n0,0,1,0\n", *state);

    assert_true(warns(x, ESTIMATE_LIST_EMPTY));
    assert_int_equal(x->lists, 2);
    assert_string_equal(x->method, "chapman");
}

static void a_list_that_holds_everybody_is_left_out_with_a_warning(void **state)
{
    struct estimate *x = estimate_csv("A,B,C,count\n1,1,0,60\n0,1,1,40\n1,1,1,32\n", *state);

    assert_true(warns(x, ESTIMATE_LIST_HOLDS_ALL));
    assert_int_equal(x->lists, 2);
    assert_near(x->nhat, 93.0 * 73.0 / 33.0 - 1.0, 1e-9);
}

static void lists_are_left_out_until_none_holds_everybody_that_remains(void **state)
{
    struct estimate *x = estimate_csv("A,B,C,count\n1,1,0,10\n1,1,1,5\n1,0,0,7\n", *state);

    assert_refused(x, ESTIMATE_TOO_FEW_LISTS);
    assert_int_equal(x->warnings, 3);
    assert_int_equal(x->n, 22);
}

static void an_estimate_below_the_number_seen_is_refused(void **state)
{
    assert_refused(estimate_csv("A,B,C,count\n1,0,0,900\n1,1,0,10\n1,0,1,10\n1,1,1,30\n", *state),
                   ESTIMATE_BELOW_SEEN);
}

static void identical_lists_are_warned_of(void **state)
{
    struct estimate *x = estimate_csv("A,B,C,count\n1,1,0,60\n0,0,1,40\n1,1,1,32\n", *state);

    assert_true(warns(x, ESTIMATE_LISTS_IDENTICAL));
    assert_str(x->warning[0].list, "A");
    assert_str(x->warning[0].other, "B");
}

/* Wherever among the lists they stand; and lists that differ in one person are not. */
static void any_two_identical_lists_are_named(void **state)
{
    static const char *const tables[] = {"A,B,C,count\n1,1,0,60\n0,0,1,40\n1,1,1,32\n",
                                         "A,C,B,count\n1,0,1,60\n0,1,0,40\n1,1,1,32\n",
                                         "C,A,B,count\n0,1,1,60\n1,0,0,40\n1,1,1,32\n"};

    for (size_t i = 0; i < 3; i++) {
        struct estimate *x = estimate_csv(tables[i], *state);

        assert_true(warns(x, ESTIMATE_LISTS_IDENTICAL));
        assert_str(x->warning[0].list, "A");
        assert_str(x->warning[0].other, "B");
    }
    assert_false(warns(estimate_csv("C,A,B,count\n0,1,1,60\n1,0,0,40\n1,1,1,32\n0,0,1,1\n", *state),
                       ESTIMATE_LISTS_IDENTICAL));
}

static void few_people_give_only_a_range(void **state)
{
    struct estimate *x = estimate_csv("A,B,count\n1,0,6\n0,1,5\n1,1,12\n", *state);

    assert_int_equal(x->status, ESTIMATE_RANGE);
    assert_int_equal(x->reason.kind, ESTIMATE_FEW_PEOPLE);
    assert_near(x->range[0], x->ci95[0], 0.0);
}

static void few_people_on_two_lists_give_only_a_range(void **state)
{
    struct estimate *x = estimate_csv("A,B,count\n1,0,60\n0,1,50\n1,1,9\n", *state);

    assert_int_equal(x->status, ESTIMATE_RANGE);
    assert_int_equal(x->reason.kind, ESTIMATE_FEW_OVERLAPS);
}

static void being_asked_to_stop_fails_and_leaves_the_result_untouched(void **state)
{
    volatile atomic_bool stop = true;
    struct progress p = {.stop = &stop};
    struct estimate_options options = {.threshold = 0.02, .replicates = 1000, .progress = &p};
    struct estimate x = {.n = -1};
    struct err e;

    assert_int_equal(estimate(reference_counts("UKdat_4", *state), &options, *state, &x, &e), SYSTEM);
    assert_says(e, "stopped");
    assert_int_equal(x.n, -1);
}

static void strata_do_not_change_the_estimate_of_the_whole(void **state)
{
    struct estimate *with = estimate_with(reference_counts("ScotPWID_strata", *state), 0, *state);
    struct estimate *without = estimate_with(reference_counts("ScotPWID", *state), 0, *state);

    assert_near(with->nhat, without->nhat, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_uk_table_gives_the_published_figure),
        WITH_ARENA(people_on_both_of_two_lists_are_counted),
        WITH_ARENA(limits_given_the_model_stand_beside_those_of_the_bootstrap),
        WITH_ARENA(pairs_that_nobody_is_on_are_named),
        WITH_ARENA(few_replicates_do_not_resolve_the_limits_and_it_is_said),
        WITH_ARENA(replicates_are_added_until_the_limits_are_resolved),
        WITH_ARENA(replicates_of_a_model_vary_as_theory_says),
        WITH_ARENA(alternatives_are_distinct_models),
        WITH_ARENA(models_that_disagree_by_more_than_a_factor_two_give_a_range),
        WITH_ARENA(models_of_pairs_that_fit_as_well_give_a_range),
        WITH_ARENA(one_model_alone_is_looked_at_when_asked_for),
        WITH_ARENA(a_list_that_moves_the_figure_is_named),
        WITH_ARENA(a_search_that_was_not_finished_is_told),
        WITH_ARENA(two_lists_get_chapmans_estimate_and_a_warning),
        WITH_ARENA(two_lists_that_nearly_agree_have_limits),
        WITH_ARENA(a_figure_below_those_on_a_list_that_holds_all_is_refused_for_people_who_differ_too),
        WITH_ARENA(no_limit_is_below_those_on_a_list_that_holds_all),
        WITH_ARENA(no_range_begins_below_those_on_a_list_that_holds_all),
        WITH_ARENA(one_list_is_refused),
        WITH_ARENA(lists_without_anybody_in_common_are_refused),
        WITH_ARENA(three_lists_with_one_overlapping_pair_are_refused),
        WITH_ARENA(lists_in_two_groups_are_refused),
        WITH_ARENA(more_than_eight_lists_are_refused),
        WITH_ARENA(a_list_nobody_is_on_is_left_out_with_a_warning),
        WITH_ARENA(a_list_that_holds_everybody_is_left_out_with_a_warning),
        WITH_ARENA(lists_are_left_out_until_none_holds_everybody_that_remains),
        WITH_ARENA(an_estimate_below_the_number_seen_is_refused),
        WITH_ARENA(identical_lists_are_warned_of),
        WITH_ARENA(any_two_identical_lists_are_named),
        WITH_ARENA(few_people_give_only_a_range),
        WITH_ARENA(few_people_on_two_lists_give_only_a_range),
        WITH_ARENA(being_asked_to_stop_fails_and_leaves_the_result_untouched),
        WITH_ARENA(strata_do_not_change_the_estimate_of_the_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
