/* What runs without the module that a city is run with. */
#include "program.h"

#include <string.h>
#include <unistd.h>

#define WITH_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

/* The program alone in a folder, without what lies beside it where it is built. */
static const char *alone(const struct scratch *s)
{
    const char *program = arena_printf(s->arena, "%s/lykta", s->folder);
    struct program copy = program_run_other(ARGUMENTS("cp", TEST_PROGRAM, program), S(""), s->arena);

    assert_int_equal(copy.status, 0);
    return program;
}

static void an_estimate_needs_no_city(void **state)
{
    const struct scratch *s = *state;
    struct str table = S("a,b,count\n1,0,60\n0,1,50\n1,1,20\n");
    struct program p =
        program_run_other(ARGUMENTS(alone(s), "estimate", "-", "--replicates", "0"), table, s->arena);

    assert_int_equal(p.status, 0);
    assert_non_null(strstr(arena_cstr(s->arena, p.out.p, p.out.n), "Known: 130 people"));
}

/* Unless the program is installed on this machine too: the module of that is found then. */
static void what_needs_the_module_names_it(void **state)
{
    const struct scratch *s = *state;

    if (access(LYKTA_MODULES "/lykta-city.so", F_OK) == 0)
        skip();
    struct program p = program_run_other(ARGUMENTS(alone(s), "help"), S(""), s->arena);
    assert_int_not_equal(p.status, 0);
    assert_non_null(strstr(arena_cstr(s->arena, p.err.p, p.err.n), "lykta-city.so cannot be loaded"));
}

static void every_command_is_found_through_it(void **state)
{
    const struct scratch *s = *state;
    struct program p = program_run(ARGUMENTS("help", "estimate"), S(""), s->arena);

    assert_int_equal(p.status, 0);
    p = program_run(ARGUMENTS("verify", "--help"), S(""), s->arena);
    assert_int_equal(p.status, 0);
    p = program_run(ARGUMENTS("nosuch"), S(""), s->arena);
    assert_int_equal(p.status, USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCRATCH(an_estimate_needs_no_city),
        WITH_SCRATCH(what_needs_the_module_names_it),
        WITH_SCRATCH(every_command_is_found_through_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
