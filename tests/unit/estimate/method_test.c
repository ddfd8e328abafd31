/* The table of methods. */
#include "estimate/method.h"

#include "reference.h"

#include "base/text.h"
#include "estimate/estimate.h"

#include <string.h>

static void every_method_is_found_by_its_name_and_says_what_it_rests_on(void **state)
{
    (void)state;
    for (const struct method *m = methods; m->name; m++) {
        assert_ptr_equal(method_find(str_of(m->name)), m);
        assert_true(strlen(m->about) > 10 && strlen(m->assumption) > 20 && strlen(m->antagande) > 20);
        assert_true(m->least_lists >= 2 && m->least_lists <= m->most_lists);
    }
}

static void an_unknown_name_is_no_method(void **state)
{
    (void)state;
    assert_null(method_find(S("stepwis")));
    assert_null(method_find(S("")));
}

static void the_names_are_told_as_a_person_lists_them(void **state)
{
    struct text out = text_open(*state);

    method_put_names(&out);
    assert_memory_equal(out.p, "stepwise", 8);
    assert_non_null(strstr(out.p, " or "));
}

static void a_method_for_two_lists_refuses_four(void **state)
{
    struct estimate_options options = {.method = method_find(S("chapman"))};
    struct estimate x;
    struct err e;

    assert_int_equal(estimate(reference_counts("UKdat_4", *state), &options, *state, &x, &e), OK);
    assert_int_equal(x.status, ESTIMATE_REFUSED);
    assert_int_equal(x.reason.kind, ESTIMATE_TOO_MANY_LISTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(every_method_is_found_by_its_name_and_says_what_it_rests_on),
        WITH_ARENA(an_unknown_name_is_no_method),
        WITH_ARENA(the_names_are_told_as_a_person_lists_them),
        WITH_ARENA(a_method_for_two_lists_refuses_four),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
