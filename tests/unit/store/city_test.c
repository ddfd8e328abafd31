/* A city's folder: made whole or not at all, opened only when it is one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../scratch.h"
#include "store/city.h"
#include "store/keys.h"

#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status make(const char *path, struct err *e)
{
    return city_init(
        path, &(struct city_make){.municipality = S("1281"), .who = {.name = "test", .now_at = 1000}}, e);
}

static void a_new_city_has_its_municipalitys_name(void **state)
{
    const char *path = scratch_path(*state, "lund/");
    struct city *city = NULL;
    struct err e = {0};

    assert_int_equal(make(path, &e), OK);
    assert_int_equal(city_open(path, DB_READ, &city, &e), OK);
    assert_true(str_is(city_settings(city)->name, "Lund"));
    assert_true(str_is(city->municipality, "1281"));
    assert_true(str_is(city_settings(city)->config.listen, "127.0.0.1:8080"));
    assert_false(city->is_example);
    city_close(city);
}

static void a_municipality_outside_the_list_needs_a_name(void **state)
{
    const char *path = scratch_path(*state, "kiruna");
    struct city_make make = {.municipality = S("2584"), .who = {.name = "test", .now_at = 1000}};
    struct err e = {0};

    assert_int_equal(city_init(path, &make, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "--name"));
    make.name = S("Kiruna");
    assert_int_equal(city_init(path, &make, &e), OK);
    make.municipality = S("12a1");
    assert_int_equal(city_init(scratch_path(*state, "other"), &make, &e), BAD_INPUT);
}

static void a_city_is_not_made_over_something(void **state)
{
    const char *path = scratch_path(*state, "lund");
    struct err e = {0};

    assert_int_equal(make(path, &e), OK);
    assert_int_equal(make(path, &e), BAD_INPUT);
    assert_int_equal(scratch_entries(((struct scratch *)*state)->folder), 1);
}

static void a_city_needs_a_folder_to_be_in(void **state)
{
    struct err e = {0};

    assert_int_equal(make(scratch_path(*state, "nowhere/lund"), &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "there is no folder"));
}

static void keys_are_their_owners_alone(void **state)
{
    const char *path = scratch_path(*state, "lund");
    struct err e = {0};
    struct stat info;

    assert_int_equal(make(path, &e), OK);
    assert_int_equal(stat(scratch_path(*state, "lund/keys"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    assert_int_equal(stat(scratch_path(*state, "lund/keys/release.key"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(info.st_size, KEY_BYTES);
}

static void a_key_that_others_may_read_is_refused(void **state)
{
    const char *path = scratch_path(*state, "lund");
    struct err e = {0};
    struct key key;

    assert_int_equal(make(path, &e), OK);
    assert_int_equal(key_read(path, KEY_CUBE, &key, &e), OK);
    key_wipe(&key);
    assert_int_equal(chmod(scratch_path(*state, "lund/keys/cube.key"), 0644), 0);
    assert_int_equal(key_read(path, KEY_CUBE, &key, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "0600"));
}

static void what_is_not_a_city_is_named(void **state)
{
    struct scratch *scratch = *state;
    struct city *city = NULL;
    struct err e = {0};

    assert_int_equal(city_open(scratch_path(scratch, "nowhere"), DB_READ, &city, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "no such folder"));
    assert_int_equal(city_open(scratch->folder, DB_READ, &city, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "is not a city"));
    assert_int_equal(file_write(scratch_path(scratch, "letter"), S("x"), 0600, &e), OK);
    assert_int_equal(city_open(scratch_path(scratch, "letter"), DB_READ, &city, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "is not a folder"));
}

static void a_city_of_a_newer_version_is_refused(void **state)
{
    const char *path = scratch_path(*state, "lund");
    struct city *city = NULL;
    struct err e = {0};

    assert_int_equal(make(path, &e), OK);
    assert_int_equal(city_open(path, DB_WRITE, &city, &e), OK);
    assert_int_equal(db_script(city->db, "insert into migration values (999, 'later', x'00', 0)", &e), OK);
    city_close(city);
    assert_int_equal(city_open(path, DB_READ, &city, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "newer version"));
}

static void an_unknown_setting_is_named_with_its_line(void **state)
{
    const char *path = scratch_path(*state, "lund");
    struct city *city = NULL;
    struct err e = {0};

    assert_int_equal(make(path, &e), OK);
    assert_int_equal(
        file_write(scratch_path(*state, "lund/lykta.conf"), S("[server]\nlisten = x\nport = 1\n"), 0600, &e),
        OK);
    assert_int_equal(city_open(path, DB_READ, &city, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "lykta.conf:3: unknown setting \"port\" in [server]"));
}

static void a_city_is_served_by_one_process(void **state)
{
    const char *path = scratch_path(*state, "lund");
    struct city *first = NULL;
    struct city *second = NULL;
    struct err e = {0};

    assert_int_equal(make(path, &e), OK);
    assert_int_equal(city_open(path, DB_WRITE, &first, &e), OK);
    assert_int_equal(city_open(path, DB_WRITE, &second, &e), OK);
    assert_int_equal(city_lock(first, &e), OK);
    assert_int_equal(city_lock(second, &e), SYSTEM);
    assert_non_null(strstr(e.what, "already served by another process"));
    city_close(first);
    assert_int_equal(city_lock(second, &e), OK);
    city_close(second);
}

static void one_of_the_processes_beside_is_the_first(void **state)
{
    const char *path = scratch_path(*state, "lund");
    struct city *served = NULL;
    struct city *first = NULL;
    struct city *second = NULL;
    struct err e = {0};

    assert_int_equal(make(path, &e), OK);
    assert_int_equal(city_open(path, DB_WRITE, &served, &e), OK);
    assert_int_equal(city_open(path, DB_WRITE, &first, &e), OK);
    assert_int_equal(city_open(path, DB_WRITE, &second, &e), OK);
    assert_int_equal(city_share(served, &e), OK);
    assert_int_equal(city_work(first, "first", &e), OK);
    assert_int_equal(city_work(second, "second", &e), OK);
    assert_true(city_is_first(first));
    assert_false(city_is_first(second));
    city_close(first);
    assert_true(city_is_first(second));
    city_close(second);
    city_close(served);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_new_city_has_its_municipalitys_name, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_municipality_outside_the_list_needs_a_name, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(a_city_is_not_made_over_something, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_city_needs_a_folder_to_be_in, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(keys_are_their_owners_alone, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_key_that_others_may_read_is_refused, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(what_is_not_a_city_is_named, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_city_of_a_newer_version_is_refused, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(an_unknown_setting_is_named_with_its_line, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(one_of_the_processes_beside_is_the_first, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(a_city_is_served_by_one_process, scratch_open, scratch_close),
    };

    return cmocka_run_group_tests_name("city", tests, NULL, NULL);
}
