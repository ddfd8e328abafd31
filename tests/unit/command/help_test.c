/* What every command shares: help, version, manual page, completion, and how wrong usage is told. */
#include "command/command.h"

#include "program.h"

#include <string.h>

static void the_help_names_every_command_and_the_exit_statuses(void **state)
{
    struct program p = program_run(ARGUMENTS("help"), S(""), *state);

    assert_int_equal(p.status, OK);
    for (size_t i = 0; commands[i]; i++)
        assert_non_null(strstr(p.out.p, commands[i]->name));
    assert_non_null(strstr(p.out.p, "Exit status: 0 done"));
}

static void each_command_helps_with_an_example_that_begins_with_its_name(void **state)
{
    for (size_t i = 0; commands[i]; i++) {
        struct program p = program_run(ARGUMENTS("help", commands[i]->name), S(""), *state);
        struct program same = program_run(ARGUMENTS(commands[i]->name, "--help"), S(""), *state);
        const char *begins = arena_printf(*state, "Examples:\n  lykta %s", commands[i]->name);

        assert_int_equal(p.status, OK);
        assert_non_null(strstr(p.out.p, begins));
        assert_true(str_equal(p.out, same.out));
    }
}

static void no_command_and_an_unknown_one_are_wrong_usage(void **state)
{
    struct program none = program_run(ARGUMENTS(NULL), S(""), *state);
    struct program unknown = program_run(ARGUMENTS("estimat"), S(""), *state);

    assert_int_equal(none.status, USAGE);
    assert_int_equal(unknown.status, USAGE);
    assert_string_equal(unknown.err.p, "lykta: unknown command \"estimat\"; lykta help shows them all\n");
}

static void the_version_is_one_line(void **state)
{
    struct program p = program_run(ARGUMENTS("--version"), S(""), *state);

    assert_int_equal(p.status, OK);
    assert_string_equal(p.out.p, "lykta " LYKTA_VERSION "\n");
}

static void every_option_without_its_value_twice_or_unknown_is_told(void **state)
{
    static const char *const wrong[][4] = {
        {"--seed", NULL}, {"--seed", "1", "--seed=1", NULL}, {"--sed", "1", NULL}, {"--json=1", NULL}};
    static const char *const told[] = {"--seed needs a value", "--seed is given twice",
                                       "unknown option --sed", "--json takes no value"};

    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        const char *arguments[8] = {"estimate", "-"};

        for (size_t k = 0; k < 4 && wrong[i][k]; k++)
            arguments[2 + k] = wrong[i][k];
        struct program p = program_run(arguments, S(""), *state);
        assert_int_equal(p.status, USAGE);
        assert_non_null(strstr(p.err.p, told[i]));
    }
}

static void one_argument_too_many_is_told(void **state)
{
    struct program p = program_run(ARGUMENTS("verify", "a", "b"), S(""), *state);

    assert_int_equal(p.status, USAGE);
    assert_non_null(strstr(p.err.p, "\"b\" is one argument too many"));
}

static void the_manual_page_is_read_by_man_without_a_warning(void **state)
{
    struct program p = program_run(ARGUMENTS("help", "--man"), S(""), *state);
    struct program man =
        program_run_other(ARGUMENTS("man", "--warnings", "--local-file", "-"), p.out, *state);

    assert_int_equal(man.status, 0);
    assert_non_null(strstr(man.out.p, "EXIT STATUS"));
    assert_str(man.err, "");
}

static void bash_understands_the_completion(void **state)
{
    struct program p = program_run(ARGUMENTS("help", "--completion"), S(""), *state);
    struct program bash = program_run_other(ARGUMENTS("bash", "-n"), p.out, *state);

    assert_int_equal(bash.status, 0);
    assert_str(bash.err, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_help_names_every_command_and_the_exit_statuses),
        WITH_ARENA(each_command_helps_with_an_example_that_begins_with_its_name),
        WITH_ARENA(no_command_and_an_unknown_one_are_wrong_usage),
        WITH_ARENA(the_version_is_one_line),
        WITH_ARENA(every_option_without_its_value_twice_or_unknown_is_told),
        WITH_ARENA(one_argument_too_many_is_told),
        WITH_ARENA(the_manual_page_is_read_by_man_without_a_warning),
        WITH_ARENA(bash_understands_the_completion),
    };

    return cmocka_run_group_tests_name("help", tests, NULL, NULL);
}
