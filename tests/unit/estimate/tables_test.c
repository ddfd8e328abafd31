/* Many tables at once. */
#include "estimate/tables.h"

#include "reference.h"

#include "base/number.h"
#include "estimate/estimate.h"
#include "estimate/method.h"

#include <string.h>

static enum status run(const char *text, struct text *out, void **state, struct err *e)
{
    *out = text_open(*state);
    struct estimate_options options = {.threshold = 0.02, .threads = 1};

    return tables_estimate("t.csv", str_of(text), &options, *state, out, e);
}

static void assert_refused(const char *text, const char *says, void **state)
{
    struct text out;
    struct err e = {OK, ""};

    assert_int_equal(run(text, &out, state, &e), BAD_INPUT);
    assert_says(e, says);
}

static void each_table_gives_a_row(void **state)
{
    struct text out;
    struct err e;

    assert_int_equal(run("rep,h1,h2,h3\n1,60,40,12\n2,60,40,0\n", &out, state, &e), OK);
    assert_string_equal(out.p, "nhat,model,status\n296.61538461538464,\"[1,2]\",estimate\n,,refused\n");
}

static void histories_without_a_column_have_nobody(void **state)
{
    struct text some;
    struct text all;
    struct err e;

    assert_int_equal(run("h1,h2,h4,h3,h5,h6\n60,40,30,12,10,11\n", &some, state, &e), OK);
    assert_int_equal(run("h1,h2,h4,h3,h5,h6,h7\n60,40,30,12,10,11,0\n", &all, state, &e), OK);
    assert_string_equal(some.p, all.p);
}

static void a_table_without_histories_is_told(void **state)
{
    assert_refused("rep,Nhat\n1,2\n", "t.csv:1:1: no column named h1", state);
}

static void a_column_that_is_no_history_is_told(void **state)
{
    assert_refused("h1,h0\n1,2\n", "t.csv:1:2: expected h and a number from 1 to 65535", state);
    assert_refused("h1,h99999\n1,2\n", "t.csv:1:2: expected h and a number", state);
    assert_refused("h1,h1\n1,2\n", "t.csv:1:2: two columns hold the history 1", state);
}

static void a_count_that_is_none_is_told(void **state)
{
    assert_refused("h1,h2,h3\n1,2,3\n1,-2,3\n", "t.csv:3:2: expected a whole number", state);
    assert_refused("h1,h2,h3\n900000000,900000000,3\n", "t.csv:2:2: the counts add up", state);
}

static void the_method_asked_for_is_used(void **state)
{
    struct estimate_options options = {.method = method_find(S("bic")), .threads = 1};
    struct text out = text_open(*state);
    struct err e;

    assert_int_equal(
        tables_estimate("t.csv", S("h1,h2,h3,h4,h5,h6,h7\n60,40,12,30,9,7,2\n"), &options, *state, &out, &e),
        OK);
    assert_non_null(strstr(out.p, ",\"[1,2,3]\",estimate\n"));
    options.method = method_find(S("chao"));
    assert_int_equal(
        tables_estimate("t.csv", S("h1,h2,h3,h4,h5,h6,h7\n60,40,12,30,9,7,2\n"), &options, *state, &out, &e),
        OK);
    assert_non_null(strstr(out.p, ",,estimate\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(each_table_gives_a_row),
        WITH_ARENA(histories_without_a_column_have_nobody),
        WITH_ARENA(a_table_without_histories_is_told),
        WITH_ARENA(a_column_that_is_no_history_is_told),
        WITH_ARENA(a_count_that_is_none_is_told),
        WITH_ARENA(the_method_asked_for_is_used),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
