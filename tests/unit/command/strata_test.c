/* lykta estimate by strata, with several linkages, and with errors in them. */
#include "program.h"

#include <string.h>

static void by_a_column_prints_each_stratum_and_the_total(void **state)
{
    struct program p = program_run(ARGUMENTS("estimate", TEST_DATA "/mse/spina_strata.csv", "--by", "eth",
                                             "--replicates", "0", "--json"),
                                   S(""), *state);

    assert_int_equal(p.status, OK);
    assert_non_null(strstr(p.out.p, "\"category\": \"afro-american\""));
    assert_non_null(strstr(p.out.p, "\"seen_in_refused\": 2"));
    assert_non_null(strstr(p.out.p, "\"total\": {"));
}

static void only_refused_strata_exit_with_1(void **state)
{
    struct program p = program_run(ARGUMENTS("estimate", "-", "--by", "area"),
                                   S("A,B,area,count\n1,0,x,3\n0,1,y,4\n"), *state);

    assert_int_equal(p.status, REFUSED);
    assert_non_null(strstr(p.out.p, "There are at least 7 people."));
}

static void a_column_that_is_not_there_is_wrong_usage(void **state)
{
    struct program p =
        program_run(ARGUMENTS("estimate", TEST_DATA "/mse/spina_strata.csv", "--by", "area"), S(""), *state);

    assert_int_equal(p.status, USAGE);
    assert_non_null(strstr(p.err.p, "no column of categories named \"area\""));
}

static void several_linkages_in_a_file_are_pooled(void **state)
{
    static const char csv[] =
        "imputation,A,B,C,count\n1,1,0,0,120\n1,0,1,0,90\n1,0,0,1,60\n1,1,1,0,20\n1,1,0,1,15\n1,0,1,1,10\n"
        "1,1,1,1,6\n2,1,0,0,115\n2,0,1,0,85\n2,0,0,1,60\n2,1,1,0,25\n2,1,0,1,15\n2,0,1,1,10\n2,1,1,1,6\n";
    struct program p =
        program_run(ARGUMENTS("estimate", "-", "--replicates", "0", "--json"), str_of(csv), *state);

    assert_int_equal(p.status, OK);
    assert_non_null(strstr(p.out.p, "\"interval\": \"rubin\""));
    assert_non_null(strstr(p.out.p, "\"linkages\": 2"));
}

static void missed_and_false_links_print_how_the_figure_moves(void **state)
{
    struct program p = program_run(ARGUMENTS("estimate", TEST_DATA "/mse/HIV_Rome.csv", "--replicates", "0",
                                             "--missed-links", "0.1", "--false-links", "0.02"),
                                   S(""), *state);

    assert_int_equal(p.status, OK);
    assert_non_null(strstr(p.out.p, "  10.0 % missed, 2.0 % false: about "));
}

static void a_share_of_1_or_more_is_wrong_usage(void **state)
{
    struct program p = program_run(
        ARGUMENTS("estimate", TEST_DATA "/mse/HIV_Rome.csv", "--replicates", "0", "--missed-links", "1"),
        S(""), *state);

    assert_int_equal(p.status, USAGE);
    assert_non_null(strstr(p.err.p, "--missed-links"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(by_a_column_prints_each_stratum_and_the_total),
        WITH_ARENA(only_refused_strata_exit_with_1),
        WITH_ARENA(a_column_that_is_not_there_is_wrong_usage),
        WITH_ARENA(several_linkages_in_a_file_are_pooled),
        WITH_ARENA(missed_and_false_links_print_how_the_figure_moves),
        WITH_ARENA(a_share_of_1_or_more_is_wrong_usage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
