/* Tables that nobody should have, through every method that chooses a model: an answer, or a refusal that
 * says why, and never a number where there is none. */
#include "estimate/estimate.h"

#include "reference.h"

#include "base/text.h"
#include "estimate/estimate_json.h"
#include "estimate/method.h"

#include <string.h>

static const char *const names[] = {"stepwise", "bic", "graphs", "unequal", "chao", "coverage"};
enum { METHODS = sizeof names / sizeof names[0] };

static struct counts *read_counts(const char *csv, struct arena *a)
{
    struct counts *counts = arena_new(a, 1, struct counts);
    struct err e = {OK, ""};

    if (counts_read(counts, "a.csv", str_of(csv), a, &e) != OK)
        fail_msg("%s", e.what);
    return counts;
}

static struct estimate *estimate_by(const char *method, const struct counts *counts, int64_t replicates,
                                    struct arena *a)
{
    struct estimate_options options = {.method = method_find(str_of(method)),
                                       .threshold = 0.02,
                                       .replicates = replicates,
                                       .seed = 1,
                                       .threads = 2};
    struct estimate *x = arena_new(a, 1, struct estimate);
    struct err e;

    assert_int_equal(estimate(counts, &options, a, x, &e), OK);
    return x;
}

/* What every answer must keep, whatever the table. */
static void assert_sound(const struct estimate *x, struct arena *a)
{
    struct text out = text_open(a);

    estimate_json(&out, x, "1.2.3");
    assert_null(strstr(out.p, "nan"));
    assert_null(strstr(out.p, "inf,"));
    if (x->status == ESTIMATE_REFUSED) {
        assert_non_null(x->reason.text);
        assert_true(isnan(x->nhat) && isnan(x->ci95[0]));
        return;
    }
    assert_true(x->nhat >= (double)x->n - 1e-6 * (double)x->n);
    assert_true(x->ci95[0] <= x->ci95[1] && x->ci95[0] <= x->ci80[0] && x->ci80[1] <= x->ci95[1]);
    if (x->status == ESTIMATE_RANGE)
        assert_true(x->range[0] <= x->range[1]);
}

static void assert_every_method_is_sound(const char *csv, int64_t replicates, struct arena *a)
{
    const struct counts *counts = read_counts(csv, a);

    for (size_t i = 0; i < METHODS; i++)
        assert_sound(estimate_by(names[i], counts, replicates, a), a);
}

static void sixteen_lists_are_refused_with_what_to_do(void **state)
{
    struct text csv = text_open(*state);

    for (int i = 0; i < 16; i++)
        text_format(&csv, "L%d,", i);
    text_lit(&csv, "count\n");
    for (int row = 0; row < 15; row++) {
        for (int i = 0; i < 16; i++)
            text_format(&csv, "%d,", i == row || i == row + 1);
        text_lit(&csv, "9\n");
    }
    for (size_t i = 0; i < METHODS; i++) {
        struct estimate *x = estimate_by(names[i], read_counts(csv.p, *state), 0, *state);
        assert_int_equal(x->reason.kind, ESTIMATE_TOO_MANY_LISTS);
        assert_non_null(strstr(x->reason.text, "merge lists"));
    }
}

static void a_list_that_contains_another_is_no_trap(void **state)
{
    assert_every_method_is_sound("A,B,C,count\n0,1,0,70\n1,1,0,25\n0,0,1,80\n0,1,1,9\n1,1,1,4\n", 200,
                                 *state);
}

static void counts_of_a_thousand_million_keep_their_digits(void **state)
{
    const struct counts *counts =
        read_counts("A,B,C,count\n1,0,0,300000000\n0,1,0,300000000\n0,0,1,300000000\n"
                    "1,1,0,30000000\n1,0,1,30000000\n0,1,1,30000000\n1,1,1,3000000\n",
                    *state);

    assert_int_equal(counts->n, 993000000);
    for (size_t i = 0; i < METHODS; i++) {
        struct estimate *x = estimate_by(names[i], counts, 100, *state);
        assert_sound(x, *state);
        if (x->status == ESTIMATE_POINT) /* odds 1:10 on each list: 3,993,000,000 and a little */
            assert_true(relative_error(x->nhat, 3.993e9) < 0.01);
    }
    assert_true(relative_error(estimate_by("stepwise", counts, 0, *state)->nhat, 3.993e9) < 1e-6);
}

static void one_cell_is_refused(void **state)
{
    const struct counts *counts = read_counts("A,B,C,count\n1,1,1,50\n", *state);

    for (size_t i = 0; i < METHODS; i++)
        assert_int_equal(estimate_by(names[i], counts, 0, *state)->status, ESTIMATE_REFUSED);
}

static void no_overlap_at_all_is_refused(void **state)
{
    const struct counts *counts =
        read_counts("A,B,C,D,count\n1,0,0,0,9\n0,1,0,0,8\n0,0,1,0,7\n0,0,0,1,6\n", *state);

    for (size_t i = 0; i < METHODS; i++) {
        struct estimate *x = estimate_by(names[i], counts, 0, *state);
        assert_int_equal(x->reason.kind, ESTIMATE_NO_OVERLAP);
    }
}

/* Resampling empties the list C in a third of the replicates, and overlaps in nearly all. */
static void replicates_that_empty_a_list_are_counted_and_harmless(void **state)
{
    assert_every_method_is_sound("A,B,C,count\n1,0,0,300\n0,1,0,300\n1,1,0,40\n1,0,1,1\n0,1,1,1\n", 300,
                                 *state);
}

static void every_second_overlap_empty_is_no_trap(void **state)
{
    assert_every_method_is_sound(
        "A,B,C,D,count\n1,0,0,0,90\n0,1,0,0,80\n0,0,1,0,70\n0,0,0,1,60\n1,1,0,0,9\n0,1,1,0,8\n"
        "0,0,1,1,7\n",
        200, *state);
}

static void eight_lists_are_estimated_from(void **state)
{
    struct text csv = text_open(*state);

    text_lit(&csv, "A,B,C,D,E,F,G,H,count\n");
    for (unsigned h = 1; h < 256; h++) {
        unsigned on = (unsigned)__builtin_popcount(h);
        for (unsigned i = 0; i < 8; i++)
            text_format(&csv, "%u,", h >> i & 1U);
        text_format(&csv, "%u\n", on == 1 ? 400U + h : on == 2 ? 20U + h % 7U : on == 3 ? h % 3U : 0U);
    }
    assert_sound(estimate_by("stepwise", read_counts(csv.p, *state), 0, *state), *state);
    assert_sound(estimate_by("chao", read_counts(csv.p, *state), 0, *state), *state);
    assert_int_equal(estimate_by("graphs", read_counts(csv.p, *state), 0, *state)->reason.kind,
                     ESTIMATE_TOO_MANY_LISTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(sixteen_lists_are_refused_with_what_to_do),
        WITH_ARENA(a_list_that_contains_another_is_no_trap),
        WITH_ARENA(counts_of_a_thousand_million_keep_their_digits),
        WITH_ARENA(one_cell_is_refused),
        WITH_ARENA(no_overlap_at_all_is_refused),
        WITH_ARENA(replicates_that_empty_a_list_are_counted_and_harmless),
        WITH_ARENA(every_second_overlap_empty_is_no_trap),
        WITH_ARENA(eight_lists_are_estimated_from),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
