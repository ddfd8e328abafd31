/* lykta estimate, as a person calls it. */
#include "program.h"

#include "base/text.h"

#include <string.h>

static const char uk[] = TEST_DATA "/mse/UKdat.csv";

static struct program estimate_text_of(const char *csv, struct arena *a)
{
    return program_run(ARGUMENTS("estimate", "-", "--json", "--replicates", "0"), str_of(csv), a);
}

/* Exit status 3, nothing printed, and the sentence on standard error. */
static void assert_bad_input(const char *csv, const char *says, struct arena *a)
{
    struct program p = estimate_text_of(csv, a);

    assert_int_equal(p.status, BAD_INPUT);
    assert_int_equal(p.out.n, 0);
    assert_non_null(strstr(p.err.p, says));
}

static void the_uk_table_prints_its_figure_as_json(void **state)
{
    struct program p = program_run(ARGUMENTS("estimate", uk, "--json", "--replicates", "0"), S(""), *state);

    assert_int_equal(p.status, OK);
    assert_non_null(strstr(p.out.p, "\"nhat\": 11417.99"));
    assert_non_null(strstr(p.out.p, "\"status\": \"estimate\""));
    assert_int_equal(p.err.n, 0);
}

static void one_and_two_threads_print_the_same_bytes(void **state)
{
    struct program one = program_run(
        ARGUMENTS("estimate", uk, "--json", "--replicates", "500", "--seed", "9", "--threads", "1"), S(""),
        *state);
    struct program two = program_run(
        ARGUMENTS("estimate", uk, "--json", "--replicates", "500", "--seed", "9", "--threads", "2"), S(""),
        *state);

    assert_int_equal(one.status, OK);
    assert_true(str_equal(one.out, two.out));
}

static void without_json_a_person_reads_how_many_are_known_and_likely(void **state)
{
    struct program p = program_run(ARGUMENTS("estimate", uk, "--replicates", "0"), S(""), *state);

    assert_int_equal(p.status, OK);
    assert_non_null(strstr(p.out.p, "Known: 2744 people on 6 lists"));
    assert_non_null(strstr(p.out.p, "Likely in all: about 11400"));
}

static void a_threshold_of_zero_is_independence(void **state)
{
    struct program p = program_run(
        ARGUMENTS("estimate", uk, "--json", "--replicates", "0", "--threshold", "0"), S(""), *state);

    assert_non_null(strstr(p.out.p, "\"name\": \"[1,2,3,4,5,6]\""));
}

static void a_refusal_has_exit_status_1_and_its_reason_in_the_answer(void **state)
{
    struct program p = estimate_text_of("A,B,count\n1,0,30\n0,1,40\n", *state);

    assert_int_equal(p.status, REFUSED);
    assert_non_null(strstr(p.out.p, "\"status\": \"refused\""));
    assert_non_null(strstr(p.out.p, "\"reason\": \"Nobody is on two lists"));
    assert_int_equal(p.err.n, 0);
}

static void many_tables_give_a_row_each(void **state)
{
    struct program p = program_run(
        ARGUMENTS("estimate", "--tables", TEST_DATA "/mse/boot_stepwise_UKdat_4.csv"), S(""), *state);
    size_t rows = 0;

    for (size_t i = 0; i < p.out.n; i++)
        rows += p.out.p[i] == '\n';
    assert_int_equal(p.status, OK);
    assert_int_equal(rows, 1001);
    assert_non_null(strstr(p.out.p, "nhat,model,status\n12388.06833"));
}

static void a_file_and_tables_at_once_is_wrong_usage(void **state)
{
    assert_int_equal(program_run(ARGUMENTS("estimate", uk, "--tables", uk), S(""), *state).status, USAGE);
    assert_int_equal(program_run(ARGUMENTS("estimate"), S(""), *state).status, USAGE);
}

static void an_unknown_method_or_number_is_wrong_usage(void **state)
{
    static const char *const wrong[][2] = {
        {"--method", "guess"}, {"--replicates", "-1"},  {"--threshold", "2"},
        {"--seed", "x"},       {"--threads", "257"},    {"--replicates", "2000000"},
        {"--models", "0"},     {"--interval", "guess"}, {"--order", "9"}};

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct program p = program_run(ARGUMENTS("estimate", uk, wrong[i][0], wrong[i][1]), S(""), *state);
        assert_int_equal(p.status, USAGE);
        assert_non_null(strstr(p.err.p, wrong[i][0]));
    }
}

static void an_option_that_the_method_does_not_read_is_wrong_usage(void **state)
{
    static const char *const wrong[][4] = {
        {"--order", "2", "--method", "stepwise"},     {"--order", "4", "--method", "bayes"},
        {"--threshold", "0.1", "--method", "bic"},    {"--threshold", "0.1", "--models", "3"},
        {"--interval", "wald", "--method", "graphs"}, {"--interval", "parametric", "--method", "bic"}};

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct program p = program_run(
            ARGUMENTS("estimate", uk, wrong[i][0], wrong[i][1], wrong[i][2], wrong[i][3]), S(""), *state);
        assert_int_equal(p.status, USAGE);
        assert_non_null(strstr(p.err.p, wrong[i][0]));
    }
    assert_int_equal(program_run(ARGUMENTS("estimate", uk, "--order", "2"), S(""), *state).status, USAGE);
}

static void a_file_that_is_not_there_is_told(void **state)
{
    struct program p = program_run(ARGUMENTS("estimate", "/no/such.csv"), S(""), *state);

    assert_int_equal(p.status, BAD_INPUT);
    assert_non_null(strstr(p.err.p, "/no/such.csv: cannot be opened"));
}

static void each_fault_in_a_table_is_told_with_its_place(void **state)
{
    assert_bad_input("A,B\n1,0\n", "standard input:1:2: no column named \"count\"", *state);
    assert_bad_input("A,B,count\n1,0\n", "standard input:2:3: found 2 fields", *state);
    assert_bad_input("A,B,count\n1,0,-3\n", "standard input:2:3: count:", *state);
    assert_bad_input("A,B,count\n1,0,3.5\n", "standard input:2:3: count:", *state);
    assert_bad_input("A,B,count\n1,0,5000000000\n", "standard input:2:3: count:", *state);
    assert_bad_input("A,B,count\n1,0,3\n7,1,3\n", "standard input:3:1: list \"A\"", *state);
    assert_bad_input("A,B,count\n1,0,3\n0,0,3\n", "standard input:3:1: a history on no list", *state);
    assert_bad_input("A,A,count\n1,0,3\n", "standard input:1:2: two columns", *state);
    assert_bad_input("A,B,count\n1,0,3\n\xC5\n", "standard input:3:1: not UTF-8", *state);
    assert_bad_input("A,B,count\n", "standard input:2:1: no rows", *state);
}

static void nul_bytes_are_told(void **state)
{
    static const char csv[] = "A,B,count\n1,0,3\n\0\n";
    struct program p = program_run(ARGUMENTS("estimate", "-"), (struct str){csv, sizeof csv - 1}, *state);

    assert_int_equal(p.status, BAD_INPUT);
    assert_non_null(strstr(p.err.p, "standard input:3:1"));
}

static void a_file_larger_than_the_limit_is_told_before_it_is_understood(void **state)
{
    enum { TOO_LARGE = (64 << 20) + 1 };
    struct str garbage = {memset(arena_new(*state, TOO_LARGE, char), 'x', TOO_LARGE), TOO_LARGE};
    struct program p = program_run(ARGUMENTS("estimate", "-"), garbage, *state);

    assert_int_equal(p.status, BAD_INPUT);
    assert_non_null(strstr(p.err.p, "larger than 67108864 bytes"));
}

static void the_best_models_are_listed(void **state)
{
    struct program p = program_run(ARGUMENTS("estimate", uk, "--models", "3", "--json"), S(""), *state);

    assert_int_equal(p.status, OK);
    assert_memory_equal(p.out.p, "[\n", 2);
    assert_non_null(strstr(p.out.p, "\"model\": \"[12,13,25,35,36,45]\""));
    assert_non_null(strstr(p.out.p, "\"status\": \"finite\""));
}

static void models_of_a_table_without_overlap_are_refused(void **state)
{
    struct program p =
        program_run(ARGUMENTS("estimate", "-", "--models", "3"), S("A,B,count\n1,0,3\n0,1,4\n"), *state);

    assert_int_equal(p.status, REFUSED);
    assert_int_equal(p.out.n, 0);
    assert_non_null(strstr(p.err.p, "Nobody is on two lists"));
}

static void a_profile_can_be_asked_for(void **state)
{
    struct program p =
        program_run(ARGUMENTS("estimate", uk, "--interval", "profile", "--json"), S(""), *state);

    assert_int_equal(p.status, OK);
    assert_non_null(strstr(p.out.p, "\"interval\": \"profile\""));
}

static void zero_threads_are_one_for_each_processor(void **state)
{
    struct program all = program_run(
        ARGUMENTS("estimate", uk, "--json", "--replicates", "300", "--threads", "0"), S(""), *state);
    struct program one = program_run(
        ARGUMENTS("estimate", uk, "--json", "--replicates", "300", "--threads", "1"), S(""), *state);

    assert_int_equal(all.status, OK);
    assert_string_equal(all.out.p, one.out.p);
}

/* Starts a program, sends SIGINT as Ctrl-C does once the program catches it (bit 1 of the mask that the
 * kernel shows), and ends as the program ends: however slowly the program starts, the signal finds it at
 * work. */
static const char interrupt_when_ready[] =
    "\"$@\" & program=$!\n"
    "until grep -q '^SigCgt:.*[2367abef]$' /proc/$program/status\n"
    "do grep -q '^State:.Z' /proc/$program/status && exit 99; sleep 0.1; done\n"
    "sleep 0.5; kill -INT $program; wait $program";

static void an_interrupted_run_prints_no_partial_result(void **state)
{
    const char *const argv[] = {"sh", "-c",     interrupt_when_ready, "sh",      TEST_PROGRAM, "estimate",
                                uk,   "--json", "--replicates",       "1000000", NULL};
    struct program p = program_run_other(argv, S(""), *state);

    assert_int_equal(p.status, SYSTEM);
    assert_int_equal(p.out.n, 0);
    assert_non_null(strstr(p.err.p, "stopped after a signal"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_uk_table_prints_its_figure_as_json),
        WITH_ARENA(one_and_two_threads_print_the_same_bytes),
        WITH_ARENA(without_json_a_person_reads_how_many_are_known_and_likely),
        WITH_ARENA(a_threshold_of_zero_is_independence),
        WITH_ARENA(a_refusal_has_exit_status_1_and_its_reason_in_the_answer),
        WITH_ARENA(many_tables_give_a_row_each),
        WITH_ARENA(a_file_and_tables_at_once_is_wrong_usage),
        WITH_ARENA(an_unknown_method_or_number_is_wrong_usage),
        WITH_ARENA(an_option_that_the_method_does_not_read_is_wrong_usage),
        WITH_ARENA(a_file_that_is_not_there_is_told),
        WITH_ARENA(each_fault_in_a_table_is_told_with_its_place),
        WITH_ARENA(the_best_models_are_listed),
        WITH_ARENA(models_of_a_table_without_overlap_are_refused),
        WITH_ARENA(a_profile_can_be_asked_for),
        WITH_ARENA(zero_threads_are_one_for_each_processor),
        WITH_ARENA(an_interrupted_run_prints_no_partial_result),
        WITH_ARENA(nul_bytes_are_told),
        WITH_ARENA(a_file_larger_than_the_limit_is_told_before_it_is_understood),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
