/* What an estimate hangs on. */
#include "estimate/diagnostics.h"

#include "reference.h"

#include "base/json.h"
#include "base/text.h"

#include <string.h>

static struct diagnostics *of_table(const char *table, struct arena *a)
{
    struct estimate_options options = {.threshold = 0.02, .interval = ESTIMATE_WALD, .seed = 1, .threads = 1};
    struct diagnostics *d = arena_new(a, 1, struct diagnostics);
    struct counts *counts = reference_counts(table, a);
    struct estimate x;
    struct err e;

    assert_int_equal(estimate(counts, &options, a, &x, &e), OK);
    assert_int_equal(diagnostics_make(counts, &x, &options, d, &e), OK);
    return d;
}

/* Published for the same table: 14 models from 10,674 to 34,083 within 6. */
static void the_spread_of_models_is_that_published(void **state)
{
    struct diagnostics *d = of_table("UKdat_5", *state);

    assert_int_equal(d->spread[1].models, 14);
    assert_close(d->spread[1].lowest, 10674.3367781144);
    assert_close(d->spread[1].highest, 34082.7357526917);
    assert_int_equal(d->spread[1].unbounded, 0);
    assert_true(d->spread[0].models <= 14 && d->spread[2].models >= 14);
}

static void merging_two_lists_gives_the_figure_of_the_merged_table(void **state)
{
    struct diagnostics *d = of_table("UKdat", *state);

    for (size_t i = 0; i < d->pairs; i++)
        if (d->pair[i].first == 2 && d->pair[i].second == 5)
            assert_close(d->pair[i].merged, 11312.9902894352);
    assert_int_equal(d->pairs, 15);
}

static void the_path_of_thresholds_holds_the_figures_of_the_peer(void **state)
{
    struct reference *r = reference_open("stepwise_sparsemse.csv", *state);
    struct diagnostics *d = of_table("UKdat", *state);
    size_t found = 0;

    while (reference_next(r))
        for (size_t i = 0; i < DIAGNOSTICS_THRESHOLDS; i++)
            if (str_is(reference_str(r, "dataset"), "UKdat") &&
                reference_f64(r, "pthresh") == d->threshold[i]) {
                assert_close(d->at_threshold[i], reference_f64(r, "Nhat"));
                found++;
            }
    assert_true(found >= 3);
}

static void a_list_on_which_much_hangs_is_marked(void **state)
{
    struct diagnostics *d = of_table("UKdat_5", *state);

    assert_true(d->list[2].moves); /* police force and National Crime Agency */
    assert_false(d->list[0].moves);
}

static void the_dial_scales_the_unseen_alone(void **state)
{
    struct diagnostics *d = of_table("UKdat_5", *state);

    assert_near(d->at_odds[0] - 2744.0, 0.5 * (d->at_odds[1] - 2744.0), 1e-6);
    assert_near(d->at_odds[2] - 2744.0, 2.0 * (d->at_odds[1] - 2744.0), 1e-6);
}

/* Four independent lists: the size of each is found from the others. */
static void independent_lists_agree_with_each_other(void **state)
{
    static const double p[] = {0.2, 0.3, 0.25, 0.35};
    struct estimate_options options = {.threshold = 0.001, .interval = ESTIMATE_WALD, .threads = 1};
    struct text csv = text_open(*state);
    struct diagnostics d;
    struct counts counts;
    struct estimate x;
    struct err e;

    text_lit(&csv, "A,B,C,D,count\n");
    for (unsigned h = 1; h < 16; h++) {
        double share = 10000.0;
        for (unsigned i = 0; i < 4; i++)
            share *= h >> i & 1U ? p[i] : 1.0 - p[i];
        text_format(&csv, "%u,%u,%u,%u,%.0f\n", h & 1U, h >> 1 & 1U, h >> 2 & 1U, h >> 3 & 1U, share);
    }
    assert_int_equal(counts_read(&counts, "a.csv", text_str(&csv), *state, &e), OK);
    assert_int_equal(estimate(&counts, &options, *state, &x, &e), OK);
    assert_int_equal(diagnostics_make(&counts, &x, &options, &d, &e), OK);
    for (size_t i = 0; i < 4; i++) {
        assert_true(d.list[i].is_covered);
        assert_true(fabs(d.list[i].log_bias) < 0.01);
        assert_false(d.list[i].moves);
    }
    for (size_t i = 0; i < DIAGNOSTICS_PARTS; i++)
        assert_true(relative_error(d.at_part[i], 10000.0) < 0.05);
}

static void all_of_it_is_told_as_json(void **state)
{
    static const char *const keys[] = {"overlaps", "lists", "thresholds", "bic", "subsamples", "assumption"};
    struct text out = text_open(*state);
    struct json j = json_open(&out);
    struct estimate of = {.lists = 4, .list = {S("A"), S("B"), S("C"), S("D")}};

    json_object_begin(&j, NULL);
    diagnostics_json(&j, of_table("UKdat_4", *state), &of);
    json_object_end(&j);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        assert_non_null(strstr(out.p, arena_printf(*state, "\"%s\": [", keys[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_spread_of_models_is_that_published),
        WITH_ARENA(merging_two_lists_gives_the_figure_of_the_merged_table),
        WITH_ARENA(the_path_of_thresholds_holds_the_figures_of_the_peer),
        WITH_ARENA(a_list_on_which_much_hangs_is_marked),
        WITH_ARENA(the_dial_scales_the_unseen_alone),
        WITH_ARENA(independent_lists_agree_with_each_other),
        WITH_ARENA(all_of_it_is_told_as_json),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
