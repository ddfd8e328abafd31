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

/* What agencies run, beside the program and with nothing of a city. */
static void a_list_is_encoded_with_no_city_there(void **state)
{
    const struct scratch *s = *state;
    const char *program = alone(s);
    const char *list = scratch_path(s, "list.csv");
    struct err e = {OK, ""};

    assert_int_equal(program_run_other(ARGUMENTS("cp", TEST_AGENCY, s->folder), S(""), s->arena).status, 0);
    assert_int_equal(file_write(list, S("namn,födelsedatum\nAnna Exempel,1990-01-02\n"), 0600, &e), OK);
    struct program p = program_run_other(ARGUMENTS(program, "encode", "--guess", list), S(""), s->arena);
    assert_int_equal(p.status, 0);
    assert_non_null(strstr(arena_cstr(s->arena, p.out.p, p.out.n), "\"birth_date\""));
}

static void what_agencies_run_loads_neither_a_database_nor_a_network(void **state)
{
    static const char *const not_these[] = {"libpq", "libsqlite3", "libmicrohttpd", "libcurl", "libssl"};
    const struct scratch *s = *state;
    struct program p = program_run_other(ARGUMENTS("readelf", "-d", TEST_AGENCY), S(""), s->arena);
    const char *needs = arena_cstr(s->arena, p.out.p, p.out.n);

    assert_int_equal(p.status, 0);
    assert_non_null(strstr(needs, "libsodium"));
    for (size_t i = 0; i < sizeof not_these / sizeof *not_these; i++)
        assert_null(strstr(needs, not_these[i]));
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
        WITH_SCRATCH(a_list_is_encoded_with_no_city_there),
        WITH_SCRATCH(what_agencies_run_loads_neither_a_database_nor_a_network),
        WITH_SCRATCH(every_command_is_found_through_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
