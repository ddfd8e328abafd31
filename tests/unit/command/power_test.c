/* lykta power, as a person calls it. */
#include "program.h"

#include <string.h>

#define DESIGN "power", "--true-size", "800", "--coverage", "0.2,0.15,0.1,0.05", "--tables", "60"

static void it_says_what_the_lists_would_give_in_plain_words(void **state)
{
    struct program p = program_run(ARGUMENTS(DESIGN, "--lists", "4"), S(""), *state);

    assert_int_equal(p.status, OK);
    assert_non_null(strstr(p.out.p, "If there are 800 people and 4 lists with 20, 15, 10 and 5 % of them:"));
    assert_non_null(strstr(p.out.p, "is the one most worth getting."));
}

static void one_and_two_threads_print_the_same_bytes(void **state)
{
    struct program one = program_run(ARGUMENTS(DESIGN, "--json", "--threads", "1"), S(""), *state);
    struct program two = program_run(ARGUMENTS(DESIGN, "--json", "--threads", "2"), S(""), *state);

    assert_int_equal(one.status, OK);
    assert_true(str_equal(one.out, two.out));
    assert_non_null(strstr(one.out.p, "\"most_worth\": "));
}

static void what_is_missing_or_does_not_fit_is_wrong_usage(void **state)
{
    static const char *const wrong[][2] = {{"--lists", "3"},
                                           {"--dependence", "1:9=2"},
                                           {"--heterogeneity", "-1"},
                                           {"--tables", "1"},
                                           {"--method", "guess"}};

    assert_int_equal(program_run(ARGUMENTS("power"), S(""), *state).status, USAGE);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct program p = program_run(
            ARGUMENTS("power", "--true-size", "800", "--coverage", "0.2,0.1", wrong[i][0], wrong[i][1]),
            S(""), *state);
        assert_int_equal(p.status, USAGE);
        assert_non_null(strstr(p.err.p, wrong[i][0]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(it_says_what_the_lists_would_give_in_plain_words),
        WITH_ARENA(one_and_two_threads_print_the_same_bytes),
        WITH_ARENA(what_is_missing_or_does_not_fit_is_wrong_usage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
