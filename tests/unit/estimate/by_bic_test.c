/* The method "bic", and the list of models that the command gives. */
#include "estimate/by_bic.h"

#include "reference.h"

#include "estimate/estimate.h"
#include "estimate/models.h"

#include <string.h>

static struct estimate *by_bic_of(const struct counts *counts, int64_t replicates, struct arena *a)
{
    struct estimate_options options = {
        .method = method_find(S("bic")), .replicates = replicates, .seed = 1, .threads = 2};
    struct estimate *x = arena_new(a, 1, struct estimate);
    struct err e;

    assert_int_equal(estimate(counts, &options, a, x, &e), OK);
    return x;
}

static void the_best_model_is_told_with_its_terms(void **state)
{
    struct estimate *x = by_bic_of(reference_counts("UKdat_5", *state), 0, *state);

    assert_string_equal(x->model.name, "[123,25,34]");
    assert_close(x->nhat, 25311.2906125325);
    assert_int_equal(x->model.interactions, 6);
    assert_int_equal(x->model.df, 19);
    assert_int_equal(x->models_tried, 6893);
    assert_non_null(strstr(x->model.terms, "LA:NG:PFNCA"));
}

/* Published: fourteen models from 10,674 to 34,083. */
static void models_within_six_of_the_best_give_the_range(void **state)
{
    struct estimate *x = by_bic_of(reference_counts("UKdat_5", *state), 0, *state);

    assert_int_equal(x->status, ESTIMATE_RANGE);
    assert_int_equal(x->reason.kind, ESTIMATE_MODELS_DISAGREE);
    assert_int_equal(x->alternatives, 13);
    assert_close(x->range[0], 10674.3367781144);
    assert_close(x->range[1], 34082.7357526917);
}

static void walds_limits_are_those_of_the_chosen_model(void **state)
{
    struct estimate *x = by_bic_of(reference_counts("UKdat_5", *state), 0, *state);
    /* Rcapture's standard error of N holds that of a Poisson count of the unseen: d + d^2 var. */
    double unseen = x->nhat - 2744.0;
    double error = sqrt(3638.30111484191 * 3638.30111484191 - unseen) / unseen;

    assert_near(x->ci95[1] / (2744.0 + unseen * exp(1.959963984540054 * error)), 1.0, 1e-5);
}

static void the_bootstrap_searches_all_models_again(void **state)
{
    struct estimate *x = by_bic_of(reference_counts("HIV_Rome", *state), 1000, *state);
    struct estimate *y = by_bic_of(reference_counts("HIV_Rome", *state), 1000, *state);

    assert_int_equal(x->replicates, 1000);
    assert_true(isfinite(x->acceleration));
    assert_near(x->bias, y->bias, 0.0);
}

/* One person is on all three: with every pair in, a mean of 123 above 0 is needed; nobody is on 13 and 23
 * alone. */
static void a_best_model_without_a_finite_figure_is_told_by_its_class(void **state)
{
    const char *csv = "A,B,C,count\n1,0,0,30\n0,1,0,30\n0,0,1,30\n1,1,0,40\n1,0,1,40\n0,1,1,40\n1,1,1,0\n";
    struct counts counts;
    struct err e;

    assert_int_equal(counts_read(&counts, "a.csv", str_of(csv), *state, &e), OK);
    struct estimate *x = by_bic_of(&counts, 0, *state);
    assert_int_equal(x->status, ESTIMATE_REFUSED);
    assert_int_equal(x->reason.kind, ESTIMATE_IS_ZERO);
    assert_true(isnan(x->nhat));
}

static struct text models_by(int threads, const char *table, size_t n, enum models_form form, void **state)
{
    struct estimate_options options = {.threads = threads};
    struct text out = text_open(*state);
    struct sink to = sink_to_text(&out);
    struct err e;

    assert_int_equal(models_put(reference_counts(table, *state), n, &options, form, *state, &to, &e), OK);
    return out;
}

static struct text models_of(const char *table, size_t n, enum models_form form, void **state)
{
    return models_by(1, table, n, form, state);
}

static size_t count_of(const char *text, const char *part)
{
    size_t n = 0;

    for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
        n++;
    return n;
}

/* A list of several batches, and one that ends where a piece does. */
static void a_long_list_is_whole_and_the_same_for_any_threads(void **state)
{
    static const size_t lengths[] = {2100, 128, 129};

    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        struct text json = models_by(1, "UKdat_5", lengths[i], MODELS_JSON, state);
        struct text csv = models_by(1, "UKdat_5", lengths[i], MODELS_CSV, state);

        assert_int_equal(count_of(json.p, "\n  {\n    \"model\": \""), lengths[i]);
        assert_int_equal(count_of(json.p, "\n  },\n  {\n"), lengths[i] - 1);
        assert_memory_equal(json.p, "[\n", 2);
        assert_string_equal(json.p + json.n - 7, "\n  }\n]\n");
        assert_int_equal(count_of(csv.p, "\n"), lengths[i] + 1);
        assert_string_equal(models_by(2, "UKdat_5", lengths[i], MODELS_JSON, state).p, json.p);
        assert_string_equal(models_by(2, "UKdat_5", lengths[i], MODELS_CSV, state).p, csv.p);
    }
}

static void models_are_listed_as_json(void **state)
{
    struct text out = models_of("Artificial_3", 2, MODELS_JSON, state);

    assert_non_null(strstr(out.p, "\"model\": \"[12,3]\""));
    assert_non_null(strstr(out.p, "\"nhat\": null"));
    assert_non_null(strstr(out.p, "\"status\": \"infinite\""));
    assert_non_null(strstr(out.p, "\"status\": \"finite\""));
}

static void models_are_listed_as_csv(void **state)
{
    struct text out = models_of("UKdat_4", 2, MODELS_CSV, state);

    assert_memory_equal(out.p, "model,nhat,bic,status\n\"[12,13,4]\",11987.08", 42);
}

static void a_table_without_overlap_has_no_models(void **state)
{
    struct estimate_options options = {.threads = 1};
    struct text out = text_open(*state);
    struct sink to = sink_to_text(&out);
    struct counts counts;
    struct err e;

    assert_int_equal(counts_read(&counts, "a.csv", S("A,B,C,count\n1,0,0,3\n0,1,0,4\n0,0,1,5\n"), *state, &e),
                     OK);
    assert_int_equal(models_put(&counts, 9, &options, MODELS_CSV, *state, &to, &e), REFUSED);
    assert_says(e, "Nobody is on two lists");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_best_model_is_told_with_its_terms),
        WITH_ARENA(models_within_six_of_the_best_give_the_range),
        WITH_ARENA(walds_limits_are_those_of_the_chosen_model),
        WITH_ARENA(the_bootstrap_searches_all_models_again),
        WITH_ARENA(a_best_model_without_a_finite_figure_is_told_by_its_class),
        WITH_ARENA(models_are_listed_as_json),
        WITH_ARENA(a_long_list_is_whole_and_the_same_for_any_threads),
        WITH_ARENA(models_are_listed_as_csv),
        WITH_ARENA(a_table_without_overlap_has_no_models),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
