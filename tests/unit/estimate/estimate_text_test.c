/* The text of an estimate. */
#include "estimate/estimate_text.h"

#include "reference.h"

#include "base/text.h"
#include "estimate/estimate.h"

#include <string.h>

static const char *text_of(const struct estimate *x, struct arena *a)
{
    struct text out = text_open(a);

    estimate_text(&out, x);
    return text_str(&out).p;
}

static const char *text_of_table(const char *table, struct arena *a)
{
    struct estimate_options options = {.threshold = 0.02};
    struct estimate x;
    struct err e;

    assert_int_equal(estimate(reference_counts(table, a), &options, a, &x, &e), OK);
    return text_of(&x, a);
}

static void the_first_lines_say_how_many_are_known_and_likely_and_how_sure(void **state)
{
    const char *text = text_of_table("UKdat", *state);

    assert_int_equal(strncmp(text, "Known: 2744 people on 6 lists, 252 of them on two or more.\n", 59), 0);
    assert_non_null(
        strstr(text, "Likely in all: about 11400, so about 8670 have not been seen by any list."));
    assert_non_null(strstr(text, "between 9980 and 13100."));
    assert_non_null(strstr(text, "The same person is recognised on every list"));
}

static void a_refusal_says_why_and_how_many_there_are_at_least(void **state)
{
    const char *text = text_of_table("Artificial_3", *state);

    assert_non_null(strstr(text, "No estimate: Only 1 pair of lists has anybody in common"));
    assert_non_null(strstr(text, "at least 96 people."));
    assert_null(strstr(text, "Likely"));
}

static void a_range_is_told_without_a_single_figure(void **state)
{
    const char *text = text_of_table("Ned_5", *state);

    assert_non_null(
        strstr(text, "Likely in all: between 45100 and 150000. One figure would promise too much."));
    assert_null(strstr(text, "Likely in all: about"));
}

static void an_interval_without_an_upper_end_says_so(void **state)
{
    struct estimate x = {.status = ESTIMATE_POINT,
                         .n = 100,
                         .lists = 3,
                         .nhat = 400.0,
                         .ci95 = {200.0, INFINITY},
                         .ci80 = {250.0, 900.0},
                         .method = "stepwise",
                         .model = {.name = "[1,2,3]"}};

    assert_non_null(strstr(text_of(&x, *state), "at least 200, without an upper limit."));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_first_lines_say_how_many_are_known_and_likely_and_how_sure),
        WITH_ARENA(a_refusal_says_why_and_how_many_there_are_at_least),
        WITH_ARENA(a_range_is_told_without_a_single_figure),
        WITH_ARENA(an_interval_without_an_upper_end_says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
