/* How many of the best models a bootstrap by BIC would have needed. */
#include "estimate/bic_settled.h"

#include "reference.h"

#include "base/rng.h"
#include "base/text.h"
#include "estimate/bootstrap.h"
#include "estimate/estimate_json.h"
#include "estimate/estimate_text.h"
#include "estimate/method.h"
#include "estimate/pooled.h"

#include <string.h>

enum { REPLICATES = 100, SEED = 1, ALL_MODELS = 113 }; /* of four lists */

static struct estimate *by_bic_of(const struct counts *counts, int64_t replicates, int threads,
                                  struct arena *a)
{
    struct estimate_options options = {
        .method = method_find(S("bic")), .replicates = replicates, .seed = SEED, .threads = threads};
    struct estimate *x = arena_new(a, 1, struct estimate);
    struct err e;

    assert_int_equal(estimate(counts, &options, a, x, &e), OK);
    return x;
}

static struct bic_list all_models_of(const uint32_t *y, struct arena *a)
{
    struct bic_terms terms;
    struct bic_list list;

    assert_true(bic_terms_of(4, 3, &terms));
    bic_best(&terms, y, ALL_MODELS, 1, NULL, a, &list);
    assert_int_equal(list.n, ALL_MODELS);
    return list;
}

static bool is_among(const struct bic_list *data, size_t k, uint64_t model)
{
    for (size_t i = 0; i < k; i++)
        if (data->fit[i].in == model)
            return true;
    return false;
}

/* Is the best of all models for y, by fitting all of them, another than the best of the first k of the data?
 */
static bool differs(const struct bic_list *data, size_t k, const uint32_t *y)
{
    struct arena *a = arena_open();
    struct bic_list list = all_models_of(y, a);
    size_t first = 0;

    while (!is_among(data, k, list.fit[first].in))
        first++;
    arena_close(a);
    return first > 0;
}

/* The tables whose best model of all is another than the best of the first k of the data. */
static size_t tables_that_differ(const struct counts *counts, const struct bic_list *data, size_t k)
{
    uint32_t y[16];
    size_t differ = 0;

    for (uint64_t b = 0; b < REPLICATES; b++) {
        struct rng r = rng_open(SEED, b);

        bootstrap_resample(counts->y, 16, &r, y);
        differ += differs(data, k, y);
    }
    for (size_t c = 1; c < 16; c++) {
        memcpy(y, counts->y, sizeof y);
        if (y[c]-- > 0)
            differ += differs(data, k, y);
    }
    return differ;
}

static void so_many_of_the_best_models_suffice_and_one_less_does_not(void **state)
{
    struct counts *counts = reference_counts("UKdat_4", *state);
    struct estimate *x = by_bic_of(counts, REPLICATES, 1, *state);
    struct bic_list data = all_models_of(counts->y, *state);
    size_t rank = (size_t)x->settled.rank;

    assert_true(rank > 1 && rank < ALL_MODELS);
    assert_int_equal(tables_that_differ(counts, &data, rank), 0);
    assert_true(tables_that_differ(counts, &data, rank - 1) > 0);
}

static void with_the_second_rank_five_in_a_hundred_differ_at_most(void **state)
{
    struct counts *counts = reference_counts("UKdat_4", *state);
    struct estimate *x = by_bic_of(counts, REPLICATES, 1, *state);
    struct bic_list data = all_models_of(counts->y, *state);
    size_t rank = (size_t)x->settled.rank95;
    double most = 0.05 * (double)x->settled.tables;

    assert_true(rank > 1 && rank <= (size_t)x->settled.rank);
    assert_true((double)tables_that_differ(counts, &data, rank) <= most);
    assert_true((double)tables_that_differ(counts, &data, rank - 1) > most);
}

static void the_tables_are_the_replicates_and_those_with_one_person_less(void **state)
{
    struct counts *counts = reference_counts("UKdat_4", *state);
    int64_t histories = 0;

    for (size_t c = 1; c < 16; c++)
        histories += counts->y[c] > 0;
    assert_int_equal(by_bic_of(counts, REPLICATES, 1, *state)->settled.tables, REPLICATES + histories);
}

static void the_number_of_threads_changes_no_rank(void **state)
{
    struct counts *counts = reference_counts("UKdat_5", *state);
    struct estimate *one = by_bic_of(counts, 65, 1, *state);
    struct estimate *two = by_bic_of(counts, 65, 2, *state);

    assert_memory_equal(&one->settled, &two->settled, sizeof one->settled);
}

/* Of the models chosen one is the second of the list, the others are not in it. */
static void a_model_beyond_the_list_leaves_the_rank_unknown(void **state)
{
    struct bic_fit fit[] = {{.in = 5}, {.in = 9}};
    struct bic_list list = {.n = 2, .fit = fit};
    struct bic_chosen *chosen = bic_chosen_open(*state);
    const uint64_t in[] = {9, 7, 9, 6};

    bic_chosen_add(chosen, in, 4);
    struct estimate_settled s = bic_settled_in(chosen, &list);
    assert_int_equal(s.rank, 0);
    assert_int_equal(s.rank95, 0);
    assert_int_equal(s.tables, 4);
    assert_int_equal(s.listed, 2);
}

static void the_rank_is_told_in_words_and_as_json(void **state)
{
    struct estimate *x = by_bic_of(reference_counts("UKdat_4", *state), REPLICATES, 1, *state);
    struct text json = text_open(*state);
    struct text words = text_open(*state);

    x->settled = (struct estimate_settled){.tables = 313, .rank = 21, .rank95 = 9, .listed = 113};
    estimate_json(&json, x, "0");
    estimate_text(&words, x);
    assert_non_null(strstr(json.p, "\"rank\": 21"));
    assert_non_null(strstr(json.p, "\"rank95\": 9"));
    assert_non_null(strstr(
        words.p, "The 21 best of the data would have sufficed; for 95 % of the replicates the 9 best."));
}

static void a_rank_beyond_the_list_is_null_and_said(void **state)
{
    struct estimate *x = by_bic_of(reference_counts("UKdat_4", *state), 0, 1, *state);
    struct text json = text_open(*state);
    struct text words = text_open(*state);

    x->settled = (struct estimate_settled){.tables = 313, .listed = 10000};
    estimate_json(&json, x, "0");
    estimate_text(&words, x);
    assert_non_null(strstr(json.p, "\"rank\": null"));
    assert_non_null(strstr(words.p, "The 10000 best of the data would not have sufficed."));
}

static void without_replicates_nothing_is_said_of_it(void **state)
{
    struct estimate *x = by_bic_of(reference_counts("UKdat_4", *state), 0, 1, *state);
    struct text json = text_open(*state);
    struct text words = text_open(*state);

    estimate_json(&json, x, "0");
    estimate_text(&words, x);
    assert_non_null(strstr(json.p, "\"settled\": null"));
    assert_null(strstr(words.p, "sufficed"));
}

static void several_linkages_have_no_one_list_of_models(void **state)
{
    struct counts *counts = reference_counts("UKdat_4", *state);
    struct counts linkage[2] = {*counts, *counts};
    struct estimate_options options = {.method = method_find(S("bic")), .replicates = 100, .seed = SEED};
    struct estimate *x = arena_new(*state, 1, struct estimate);
    struct err e;

    assert_int_equal(pooled_estimate(linkage, 2, &options, *state, x, &e), OK);
    assert_int_equal(x->settled.tables, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(so_many_of_the_best_models_suffice_and_one_less_does_not),
        WITH_ARENA(with_the_second_rank_five_in_a_hundred_differ_at_most),
        WITH_ARENA(the_tables_are_the_replicates_and_those_with_one_person_less),
        WITH_ARENA(the_number_of_threads_changes_no_rank),
        WITH_ARENA(a_model_beyond_the_list_leaves_the_rank_unknown),
        WITH_ARENA(the_rank_is_told_in_words_and_as_json),
        WITH_ARENA(a_rank_beyond_the_list_is_null_and_said),
        WITH_ARENA(without_replicates_nothing_is_said_of_it),
        WITH_ARENA(several_linkages_have_no_one_list_of_models),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
