/* An estimate as one paragraph. */
#include "estimate/summary.h"

#include "reference.h"

#include "base/text.h"
#include "estimate/diagnostics.h"
#include "estimate/estimate.h"
#include "estimate/method.h"

#include <string.h>

static const char *told(const struct estimate *x, enum summary_language language, struct arena *a)
{
    struct text out = text_open(a);

    summary_put(&out, x, language);
    return out.p;
}

static struct estimate of_two_methods(void)
{
    struct estimate x = {.status = ESTIMATE_RANGE,
                         .n = 2744,
                         .on_two_lists = 221,
                         .lists = 2,
                         .list = {S("polis"), S("härbärge")},
                         .range = {9263.0, 54249.0},
                         .methods = 2,
                         .methods_with_figure = 2};

    x.of_method[0] =
        (struct estimate_of_method){.method = method_find(S("stepwise")), .limit = {9263.0, 15000.0}};
    x.of_method[1] =
        (struct estimate_of_method){.method = method_find(S("bic")), .limit = {11000.0, 54249.0}};
    return x;
}

static void the_range_is_rounded_outward_in_the_words_of_the_language(void **state)
{
    struct estimate x = of_two_methods();

    assert_non_null(strstr(told(&x, SUMMARY_SWEDISH, *state), "Räknat på två olika sätt"));
    assert_non_null(strstr(told(&x, SUMMARY_SWEDISH, *state), "mellan 9\u00a0200 och 55\u00a0000 totalt"));
    assert_non_null(strstr(told(&x, SUMMARY_ENGLISH, *state), "between 9,200 and 55,000 in all"));
}

static void an_end_that_decides_nothing_is_told_as_none(void **state)
{
    struct estimate x = of_two_methods();

    x.range[1] = 4e21;
    assert_non_null(strstr(told(&x, SUMMARY_ENGLISH, *state), "at least 9,200"));
    assert_null(strstr(told(&x, SUMMARY_ENGLISH, *state), "000,000"));
    x.range[0] = 2e20;
    assert_non_null(strstr(told(&x, SUMMARY_ENGLISH, *state), "at least 1,000,000,000,000,000"));
}

static void the_lowest_and_the_highest_say_what_they_rest_on(void **state)
{
    struct estimate x = of_two_methods();
    const char *text = told(&x, SUMMARY_ENGLISH, *state);

    assert_non_null(strstr(text, arena_printf(*state, "The lowest answer rests on this: %s",
                                              x.of_method[0].method->assumption)));
    assert_non_null(strstr(text, arena_printf(*state, "The highest answer rests on this: %s",
                                              x.of_method[1].method->assumption)));
    assert_non_null(strstr(text, "cannot show which is right"));
}

/* A method that reaches from the lowest to the highest by itself leaves no assumption to choose between. */
static void one_method_that_spans_all_others_is_not_told_apart(void **state)
{
    struct estimate x = of_two_methods();

    x.of_method[0].limit[1] = 60000.0;
    assert_null(strstr(told(&x, SUMMARY_ENGLISH, *state), "answer rests on this"));
    x.of_method[1].limit[0] = 9000.0;
    const char *text = told(&x, SUMMARY_ENGLISH, *state);
    assert_non_null(strstr(text, arena_printf(*state, "The lowest answer rests on this: %s",
                                              x.of_method[1].method->assumption)));
    assert_non_null(strstr(text, arena_printf(*state, "The highest answer rests on this: %s",
                                              x.of_method[0].method->assumption)));
}

static void what_there_is_none_of_is_not_said(void **state)
{
    struct estimate x = of_two_methods();

    assert_non_null(strstr(told(&x, SUMMARY_ENGLISH, *state), "221 of them are on two or more"));
    x.on_two_lists = 0;
    assert_null(strstr(told(&x, SUMMARY_ENGLISH, *state), "on two or more"));
    x.methods = 0;
    assert_non_null(strstr(told(&x, SUMMARY_ENGLISH, *state), "Worked out in one way"));
}

static void a_refusal_gives_no_number_but_those_known(void **state)
{
    struct estimate x = {.status = ESTIMATE_REFUSED, .n = 96, .lists = 3, .on_two_lists = 6, .nhat = NAN};

    assert_string_equal(
        told(&x, SUMMARY_SWEDISH, *state),
        "Minst 96 människor är kända. De finns på 3 listor, och 6 av dem finns på minst två. Hur många "
        "som inte syns går inte att räkna ut av listorna. \n");
}

static void no_upper_limit_is_said(void **state)
{
    struct estimate x = of_two_methods();

    x.range[1] = INFINITY;
    assert_non_null(strstr(told(&x, SUMMARY_SWEDISH, *state), "någon övre gräns ger listorna inte"));
    assert_non_null(strstr(told(&x, SUMMARY_ENGLISH, *state), "the lists give no upper limit"));
}

static void a_list_on_which_much_hangs_is_named(void **state)
{
    struct diagnostics d = {.lists = 2, .list = {{.moves = false}, {.moves = true}}};
    struct estimate x = of_two_methods();

    x.diagnostics = &d;
    assert_non_null(strstr(told(&x, SUMMARY_SWEDISH, *state), "Utan listan \"härbärge\""));
    assert_null(strstr(told(&x, SUMMARY_SWEDISH, *state), "polis"));
}

static void a_name_with_braces_stays_a_name(void **state)
{
    struct diagnostics d = {.lists = 1, .list = {{.moves = true}}};
    struct estimate x = of_two_methods();

    x.list[0] = S("%s{}");
    x.diagnostics = &d;
    assert_non_null(strstr(told(&x, SUMMARY_ENGLISH, *state), "Without the list \"%s{}\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_range_is_rounded_outward_in_the_words_of_the_language),
        WITH_ARENA(an_end_that_decides_nothing_is_told_as_none),
        WITH_ARENA(the_lowest_and_the_highest_say_what_they_rest_on),
        WITH_ARENA(a_refusal_gives_no_number_but_those_known),
        WITH_ARENA(no_upper_limit_is_said),
        WITH_ARENA(a_list_on_which_much_hangs_is_named),
        WITH_ARENA(a_name_with_braces_stays_a_name),
        WITH_ARENA(one_method_that_spans_all_others_is_not_told_apart),
        WITH_ARENA(what_there_is_none_of_is_not_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
