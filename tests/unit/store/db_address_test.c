/* Where a database is. */
#include "store/db_address.h"

#include "../unit.h"

#include <stdlib.h>
#include <string.h>

static void a_path_is_no_address(void **state)
{
    (void)state;
    assert_false(db_is_address("postgresql"));
    assert_false(db_is_address("/srv/postgresql://"));
    assert_true(db_is_address("postgresql://db.example/lykta"));
    assert_true(db_is_address("postgres://db.example/lykta"));
}

static void what_stands_after_the_mark_is_the_schema(void **state)
{
    struct db_address address;
    struct err e;

    assert_int_equal(
        db_address_read("postgresql://lykta@/lykta?host=/run/postgresql#lund_2", *state, &address, &e), OK);
    assert_string_equal(address.server, "postgresql://lykta@/lykta?host=/run/postgresql");
    assert_string_equal(address.schema, "lund_2");
}

static void an_address_may_leave_the_schema_to_others(void **state)
{
    struct db_address address;
    struct err e;

    assert_int_equal(db_address_read("postgresql://db.example/lykta", *state, &address, &e), OK);
    assert_string_equal(address.schema, "");
}

static void a_password_in_an_address_is_refused_and_not_repeated(void **state)
{
    static const char *const addresses[] = {
        "postgresql://lykta:hemligt@db.example/lykta#lund",
        "postgresql://lykta@db.example/lykta?password=hemligt#lund",
        "postgresql://lykta@db.example/lykta?sslpassword=hemligt#lund",
        "postgresql://lykta:hemligt@db.example/lykta?nonsense=1#lund",
    };
    struct db_address address;
    struct err e;

    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
        assert_int_equal(db_address_read(addresses[i], *state, &address, &e), BAD_INPUT);
        assert_null(strstr(e.what, "hemligt"));
    }
}

static void a_schema_is_small_letters_digits_and_underscores(void **state)
{
    static const char *const addresses[] = {
        "postgresql:///lykta#",
        "postgresql:///lykta#Lund",
        "postgresql:///lykta#1281",
        "postgresql:///lykta#pg_lund",
        "postgresql:///lykta#lund\"; drop",
        "postgresql:///lykta#malm\xc3\xb6",
        "postgresql:///lykta#a1234567890123456789012345678901234567890123456789012345678901234",
    };
    struct db_address address;
    struct err e;

    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
        assert_int_equal(db_address_read(addresses[i], *state, &address, &e), BAD_INPUT);
}

static void a_city_in_a_server_without_a_schema_gets_one_of_its_own(void **state)
{
    struct str out = S("as before");
    struct err e;

    assert_int_equal(db_address_complete(S("postgresql://db.example/lykta"), S("1281"), *state, &out, &e),
                     OK);
    assert_str(out, "postgresql://db.example/lykta#lykta_1281");
    assert_int_equal(
        db_address_complete(S("postgresql://db.example/lykta#lund"), S("1281"), *state, &out, &e), OK);
    assert_str(out, "postgresql://db.example/lykta#lund");
}

static void what_is_no_address_of_a_server_is_told_and_completes_nothing(void **state)
{
    struct str out = S("as before");
    struct err e;

    assert_int_equal(db_address_complete(S("/srv/lund"), S("1281"), *state, &out, &e), BAD_INPUT);
    assert_says(e, "postgresql://USER@HOST/DATABASE");
    assert_int_equal(
        db_address_complete(S("postgresql://db.example/lykta#Lund"), S("1281"), *state, &out, &e), BAD_INPUT);
    assert_says(e, "the name of a schema");
    assert_str(out, "as before");
}

static bool has_path(const char *const *path, size_t n, const char *wanted)
{
    bool is_there = false;

    for (size_t i = 0; i < n; i++)
        is_there = is_there || strcmp(path[i], wanted) == 0;
    return is_there;
}

static void the_files_that_a_connection_reads_are_named(void **state)
{
    static const char address[] =
        "postgresql://lykta@/lykta?host=/run/postgresql&passfile=/etc/lykta/pass&sslrootcert=/etc/lykta/ca#s";
    struct arena *a = arena_open();
    const char *path[8] = {NULL};
    size_t n = db_address_files(address, a, path, 8);

    (void)state;
    assert_true(has_path(path, n, "/etc/lykta/pass"));
    assert_true(has_path(path, n, "/etc/lykta/ca"));
    assert_false(has_path(path, n, "/run/postgresql"));
    assert_int_equal(db_address_files(address, a, path, 1), 1);
    assert_int_equal(db_address_files("postgresql://lykta:secret@db/lykta#s", a, path, 8), 0);
    arena_close(a);
}

static void who_has_no_home_reads_nothing_there(void **state)
{
    static const char address[] = "postgresql://lykta@/lykta?passfile=/etc/lykta/pass#s";
    const char *home = getenv("HOME");
    const char *kept = home ? arena_cstr(*state, home, strlen(home)) : NULL;
    const char *path[8] = {NULL};

    assert_int_equal(setenv("HOME", "/home/lykta", 1), 0);
    assert_true(has_path(path, db_address_files(address, *state, path, 8), "/home/lykta/.pgpass"));
    assert_int_equal(unsetenv("HOME"), 0);
    const size_t n = db_address_files(address, *state, path, 8);
    assert_true(has_path(path, n, "/etc/lykta/pass"));
    assert_false(has_path(path, n, "/home/lykta/.pgpass"));
    if (kept)
        assert_int_equal(setenv("HOME", kept, 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_is_no_address),
        WITH_ARENA(what_stands_after_the_mark_is_the_schema),
        WITH_ARENA(an_address_may_leave_the_schema_to_others),
        WITH_ARENA(a_password_in_an_address_is_refused_and_not_repeated),
        WITH_ARENA(a_schema_is_small_letters_digits_and_underscores),
        WITH_ARENA(a_city_in_a_server_without_a_schema_gets_one_of_its_own),
        WITH_ARENA(what_is_no_address_of_a_server_is_told_and_completes_nothing),
        cmocka_unit_test(the_files_that_a_connection_reads_are_named),
        WITH_ARENA(who_has_no_home_reads_nothing_there),
    };

    return cmocka_run_group_tests_name("db address", tests, NULL, NULL);
}
