/* Every method side by side. */
#include "estimate/all.h"

#include "reference.h"

#include "base/progress.h"
#include "base/text.h"
#include "estimate/diagnostics.h"
#include "estimate/estimate.h"
#include "estimate/estimate_json.h"

#include <string.h>

/* Three lists that overlap well. */
static const char three[] =
    "A,B,C,count\n1,0,0,120\n0,1,0,150\n0,0,1,90\n1,1,0,40\n1,0,1,30\n0,1,1,35\n1,1,1,12\n";

static struct estimate *all_of(const char *csv, struct arena *a)
{
    struct estimate_options options = {
        .method = method_find(S("all")), .threshold = 0.02, .replicates = 0, .seed = 1, .threads = 2};
    struct counts *counts = arena_new(a, 1, struct counts);
    struct estimate *x = arena_new(a, 1, struct estimate);
    struct err e;

    assert_int_equal(counts_read(counts, "a.csv", str_of(csv), a, &e), OK);
    assert_int_equal(estimate(counts, &options, a, x, &e), OK);
    return x;
}

static void the_range_spans_every_method_but_the_bound(void **state)
{
    struct estimate *x = all_of(three, *state);
    double low = INFINITY;
    double high = -INFINITY;

    assert_int_equal(x->status, ESTIMATE_RANGE);
    assert_int_equal(x->reason.kind, ESTIMATE_ALL_METHODS);
    assert_true(x->methods >= 5 && x->methods_with_figure >= 3);
    for (size_t i = 0; i < x->methods; i++) {
        if (x->of_method[i].is_bound || x->of_method[i].status == ESTIMATE_REFUSED)
            continue;
        low = fmin(low, x->of_method[i].limit[0]);
        high = fmax(high, x->of_method[i].limit[1]);
    }
    assert_near(x->range[0], low, 0.0);
    assert_near(x->range[1], high, 0.0);
}

static void no_one_figure_stands_alone(void **state)
{
    struct estimate *x = all_of(three, *state);

    assert_true(isnan(x->nhat) && isnan(x->ci95[0]));
    assert_non_null(x->diagnostics);
}

static void json_tells_each_method_with_its_assumption(void **state)
{
    struct estimate *x = all_of(three, *state);
    struct text out = text_open(*state);

    estimate_json(&out, x, "1.2.3");
    for (size_t i = 0; i < x->methods; i++)
        assert_non_null(
            strstr(out.p, arena_printf(*state, "\"method\": \"%s\"", x->of_method[i].method->name)));
    assert_non_null(strstr(out.p, "\"assumption\": \"Lists depend"));
    assert_non_null(strstr(out.p, "\"diagnostics\": {"));
    assert_non_null(strstr(out.p, "\"summary_sv\": \"Minst 477"));
}

static void a_table_that_carries_nothing_is_refused(void **state)
{
    struct estimate *x = all_of("A,B,C,count\n1,0,0,30\n0,1,0,40\n0,0,1,50\n1,1,0,3\n", *state);

    assert_int_equal(x->status, ESTIMATE_REFUSED);
    assert_int_equal(x->reason.kind, ESTIMATE_FEW_OVERLAPPING_PAIRS);
}

static void two_lists_get_chapmans_estimate(void **state)
{
    assert_string_equal(all_of("A,B,count\n1,0,60\n0,1,40\n1,1,12\n", *state)->method, "chapman");
}

static void being_asked_to_stop_gives_no_result(void **state)
{
    volatile atomic_bool stop = true;
    struct progress p = {.stop = &stop};
    struct estimate_options options = {
        .method = method_find(S("all")), .threshold = 0.02, .replicates = 1000, .progress = &p};
    struct estimate x = {.n = -1};
    struct err e;

    assert_int_equal(estimate(reference_counts("UKdat_4", *state), &options, *state, &x, &e), SYSTEM);
    assert_int_equal(x.n, -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_range_spans_every_method_but_the_bound),
        WITH_ARENA(no_one_figure_stands_alone),
        WITH_ARENA(json_tells_each_method_with_its_assumption),
        WITH_ARENA(a_table_that_carries_nothing_is_refused),
        WITH_ARENA(two_lists_get_chapmans_estimate),
        WITH_ARENA(being_asked_to_stop_gives_no_result),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
