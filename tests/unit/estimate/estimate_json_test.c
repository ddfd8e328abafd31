/* The JSON of an estimate. */
#include "estimate/estimate_json.h"

#include "reference.h"

#include "base/text.h"
#include "estimate/estimate.h"

#include <string.h>

static const char *json_of(const char *table, int64_t replicates, int threads, struct arena *a)
{
    struct estimate_options options = {
        .threshold = 0.02, .replicates = replicates, .seed = 1, .threads = threads};
    struct estimate x;
    struct err e;
    struct text out = text_open(a);

    assert_int_equal(estimate(reference_counts(table, a), &options, a, &x, &e), OK);
    estimate_json(&out, &x, "1.2.3");
    return text_str(&out).p;
}

static void fields_come_in_the_order_of_the_contract(void **state)
{
    static const char *const fields[] = {"status",
                                         "reason",
                                         "n",
                                         "lists",
                                         "overlaps",
                                         "people",
                                         "nhat",
                                         "ci95",
                                         "ci80",
                                         "ci95_conditional",
                                         "interval",
                                         "method",
                                         "threshold",
                                         "model",
                                         "terms",
                                         "removed",
                                         "deviance",
                                         "df",
                                         "aic",
                                         "bic",
                                         "replicates",
                                         "resolved",
                                         "alternatives",
                                         "warnings",
                                         "seed",
                                         "version"};
    const char *at = json_of("UKdat", 0, 1, *state);

    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        at = strstr(at, arena_printf(*state, "\"%s\": ", fields[i]));
        assert_non_null(at);
    }
}

static void a_refusal_has_its_reason_and_no_figures(void **state)
{
    const char *json = json_of("Artificial_3", 0, 1, *state);

    assert_non_null(strstr(json, "\"status\": \"refused\""));
    assert_non_null(strstr(json, "\"reason\": \"Only 1 pair of lists has anybody in common"));
    assert_non_null(strstr(json, "\"nhat\": null"));
    assert_non_null(strstr(json, "\"ci95\": null"));
    assert_non_null(strstr(json, "\"model\": null"));
    assert_non_null(strstr(json, "\"n\": 96"));
}

static void the_same_seed_gives_the_same_bytes_on_any_number_of_threads(void **state)
{
    assert_string_equal(json_of("UKdat_4", 640, 1, *state), json_of("UKdat_4", 640, 2, *state));
}

static void a_pair_that_nobody_is_on_is_among_the_removed(void **state)
{
    assert_non_null(strstr(json_of("Ned", 0, 1, *state), "\"removed\": [[\"K\", \"R\"], [\"I\", \"K\"]]"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(fields_come_in_the_order_of_the_contract),
        WITH_ARENA(a_refusal_has_its_reason_and_no_figures),
        WITH_ARENA(the_same_seed_gives_the_same_bytes_on_any_number_of_threads),
        WITH_ARENA(a_pair_that_nobody_is_on_is_among_the_removed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
