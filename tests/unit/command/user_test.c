/* lykta user: accounts by the command line. */
#include "program.h"

#include <string.h>

static struct program run(const struct scratch *s, const char *const *arguments)
{
    return program_run(arguments, S(""), s->arena);
}

static const char *make_city(const struct scratch *s)
{
    const char *city = scratch_path(s, "city");

    assert_int_equal(run(s, ARGUMENTS("init", city, "--municipality", "1281")).status, OK);
    return city;
}

static struct program add(const struct scratch *s, const char *city, const char *email)
{
    return run(
        s, ARGUMENTS("user", "add", city, "--email", email, "--name", "Kim Exempel", "--role", "auditor"));
}

static void an_account_that_is_added_is_listed(void **state)
{
    const struct scratch *s = *state;
    const char *city = make_city(s);

    struct program added = add(s, city, "kim@exempel.example");
    assert_int_equal(added.status, OK);
    assert_true(str_starts(added.out, S("kim@exempel.example\npassword: ")));
    struct program listed = run(s, ARGUMENTS("user", "list", city));
    assert_int_equal(listed.status, OK);
    assert_true(str_starts(listed.out, S("kim@exempel.example ")));
    assert_true(str_ends(listed.out, S("auditor \n")));
}

static void what_is_kept_of_an_account_is_taken_out_and_that_is_in_the_log(void **state)
{
    const struct scratch *s = *state;
    const char *city = make_city(s);

    add(s, city, "kim@exempel.example");
    struct program p = run(s, ARGUMENTS("extract", city, "--email", "Kim@exempel.example"));
    assert_int_equal(p.status, OK);
    assert_non_null(strstr(p.out.p, "\"name\": \"Kim Exempel\""));
    assert_non_null(strstr(p.out.p, "\"rows\": 2"));
    assert_int_equal(run(s, ARGUMENTS("extract", city)).status, USAGE);
    struct program log = program_run_other(ARGUMENTS("sqlite3", scratch_path(s, "city/lykta.db"),
                                                     "select who from audit where action = 'person.extract'"),
                                           S(""), s->arena);
    assert_true(str_is(log.out, "command line\n"));
}

static void an_address_is_stored_in_small_letters_without_blanks(void **state)
{
    const struct scratch *s = *state;

    struct program added = add(s, make_city(s), " Kim@Exempel.EXAMPLE ");
    assert_int_equal(added.status, OK);
    assert_true(str_starts(added.out, S("kim@exempel.example\n")));
}

/* The page for signing in takes none of them, so that nobody could use the account. */
static void an_address_that_nobody_could_sign_in_with_has_no_account(void **state)
{
    static const char *const addresses[] = {
        "åsa@exempel.example", "asa@exämpel.example",  "asa@exempel",          "asa",
        "@exempel.example",    "asa@@exempel.example", "a sa@exempel.example", ""};
    const struct scratch *s = *state;
    const char *city = make_city(s);

    for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
        struct program p = add(s, city, addresses[i]);
        assert_int_equal(p.status, USAGE);
        assert_int_equal(p.out.n, 0);
    }
    assert_int_equal(run(s, ARGUMENTS("user", "list", city)).out.n, 0);
}

static void a_missing_address_is_asked_for(void **state)
{
    const struct scratch *s = *state;
    struct program p = run(s, ARGUMENTS("user", "reset", make_city(s)));

    assert_int_equal(p.status, USAGE);
    assert_non_null(memmem(p.err.p, p.err.n, "--email is needed", 17));
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(an_account_that_is_added_is_listed),
        IN_SCRATCH(what_is_kept_of_an_account_is_taken_out_and_that_is_in_the_log),
        IN_SCRATCH(an_address_is_stored_in_small_letters_without_blanks),
        IN_SCRATCH(an_address_that_nobody_could_sign_in_with_has_no_account),
        IN_SCRATCH(a_missing_address_is_asked_for),
    };

    return cmocka_run_group_tests_name("user", tests, NULL, NULL);
}
