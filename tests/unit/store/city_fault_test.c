/* A city's folder that is not as it should be: what is wrong is named, and nothing is changed. */
#include "../scratch_city.h"
#include "../stranger.h"
#include "../unit.h"

#include "store/city.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct who who = {.name = "test", .now_at = 1000};

static int city_made(void **state)
{
    return scratch_city_open(state, &who);
}

/* A city that is closed, in a folder to which every user of the machine may come, wherever the tests run. */
static int city_made_where_all_may_come(void **state)
{
    static const char folder[] = "/tmp/scratch-XXXXXX";
    struct arena *a = arena_open();
    struct scratch *scratch = arena_new(a, 1, struct scratch);
    struct err e = {0};

    scratch->arena = a;
    memcpy(scratch->folder, folder, sizeof folder);
    *state = scratch;
    if (!mkdtemp(scratch->folder) || chmod(scratch->folder, 0755) != 0)
        return -1;
    const struct city_make make = {.municipality = S("1281"), .who = who};
    return city_init(scratch_path(scratch, "lund"), &make, &e) == OK ? 0 : -1;
}

#define IN_CITY(test) cmocka_unit_test_setup_teardown(test, city_made, scratch_city_close)
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

static void assert_not_opened(const char *path, enum db_mode mode, enum status expected, const char *said)
{
    struct city *city = NULL;
    struct err e = {0};

    assert_int_equal(city_open(path, mode, &city, &e), expected);
    assert_says(e, said);
    assert_null(city);
}

static void assert_not_made(const char *path, const struct city_make *make, const char *said)
{
    struct err e = {0};

    assert_int_equal(city_init(path, make, &e), BAD_INPUT);
    assert_says(e, said);
}

static void a_name_that_is_no_text_or_too_long_is_refused(void **state)
{
    char name[CITY_NAME_MAX_BYTES + 1];
    const char *path = scratch_path(*state, "lund");
    struct city_make make = {.municipality = S("1281"), .name = S("Sj\xf6"), .who = who};

    assert_not_made(path, &make, "UTF-8 text of at most 100 bytes");
    memset(name, 'a', sizeof name);
    make.name = (struct str){name, sizeof name};
    assert_not_made(path, &make, "UTF-8 text of at most 100 bytes");
    assert_int_equal(access(path, F_OK), -1);
}

static void a_code_that_is_no_municipalitys_is_shown(void **state)
{
    static const char *const codes[] = {"128", "12811", "12a1", ""};
    const char *path = scratch_path(*state, "lund");

    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        assert_not_made(
            path, &(struct city_make){.municipality = str_of(codes[i]), .who = who},
            arena_printf(((struct scratch *)*state)->arena, "\"%s\" is not a municipality's code", codes[i]));
    assert_int_equal(access(path, F_OK), -1);
}

static void an_address_that_is_none_makes_no_city(void **state)
{
    const struct city_make make = {.municipality = S("1281"), .database = S("/srv/lund"), .who = who};

    assert_not_made(scratch_path(*state, "lund"), &make, "postgresql://");
}

static void a_city_is_not_made_in_a_file_or_over_a_folder(void **state)
{
    struct scratch *scratch = *state;
    const struct city_make make = {.municipality = S("1281"), .who = who};

    scratch_write(scratch, "letter", S("x"));
    assert_not_made(scratch_path(scratch, "letter/lund"), &make, "there is no folder");
    assert_not_made(scratch->folder, &make, "there is something there already"); /* named without a / */
    assert_not_made("/", &make, "there is something there already");
}

/* A limit on the size of files stands for a full disk. */
static void fill_disk(rlim_t bytes)
{
    struct rlimit limit;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* Full before the keys, between them, before the tables, in the midst of them, and at the end. */
static void wherever_the_disk_is_full_no_folder_is_left(void **state)
{
    static const rlim_t room[] = {0, 40, 600, 6000, 200000};
    const struct city_make make = {.municipality = S("1281"), .who = who};
    const char *path = scratch_path(*state, "lund");
    struct rlimit before;
    struct err e = {0};

    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    for (size_t i = 0; i < sizeof room / sizeof *room; i++) {
        fill_disk(room[i]);
        const enum status s = city_init(path, &make, &e);
        fill_disk(before.rlim_cur);
        assert_int_equal(s, SYSTEM);
        assert_int_equal(scratch_entries(((struct scratch *)*state)->folder), 0);
    }
    assert_int_equal(city_init(path, &make, &e), OK);
}

static void a_path_that_cannot_be_looked_at_is_told(void **state)
{
    struct scratch *scratch = *state;

    scratch_write(scratch, "letter", S("x"));
    assert_not_opened(scratch_path(scratch, "letter/lund"), DB_READ, BAD_INPUT, "no such folder");
    assert_not_opened(scratch_path(scratch, arena_printf(scratch->arena, "%0300d", 0)), DB_READ, SYSTEM,
                      "File name too long");
}

static void slashes_after_the_folder_are_not_of_its_name(void **state)
{
    struct city *again = NULL;
    struct err e = {0};

    assert_int_equal(city_open(scratch_path(*state, "lund//"), DB_READ, &again, &e), OK);
    assert_string_equal(again->path, scratch_path(*state, "lund"));
    city_close(again);
}

static void write_conf(void **state, const char *text)
{
    scratch_write(*state, "lund/lykta.conf", str_of(text));
}

static void a_city_without_its_conf_or_database_is_named(void **state)
{
    const char *path = scratch_path(*state, "lund");

    write_conf(state, "[database]\naddress = lund.example\n");
    assert_not_opened(path, DB_READ, BAD_INPUT, "expected postgresql://USER@HOST/DATABASE#SCHEMA");
    assert_int_equal(unlink(scratch_path(*state, "lund/lykta.conf")), 0);
    assert_not_opened(path, DB_READ, BAD_INPUT, "lykta.conf");
    write_conf(state, "");
    assert_int_equal(unlink(scratch_path(*state, "lund/lykta.db")), 0);
    assert_not_opened(path, DB_READ, BAD_INPUT, "it has no lykta.db");
}

static void a_database_without_its_city_is_named(void **state)
{
    struct err e = {0};

    assert_int_equal(db_script(scratch_city(state)->db, "delete from city", &e), OK);
    assert_not_opened(scratch_path(*state, "lund"), DB_READ, BAD_INPUT, "names no municipality");
}

static void what_may_not_be_read_or_written_is_told(void **state)
{
    const char *path = scratch_path(*state, "lund");
    struct city *city = NULL;
    struct err e = {0};

    assert_int_equal(chmod(((struct scratch *)*state)->folder, 0755), 0);
    assert_int_equal(chmod(path, 0000), 0);
    stranger_begin();
    assert_not_opened(path, DB_READ, SYSTEM, "may not be read by this user");
    stranger_end();
    assert_int_equal(chmod(path, 0555), 0);
    assert_int_equal(chmod(scratch_path(*state, "lund/lykta.conf"), 0444), 0);
    assert_int_equal(chmod(scratch_path(*state, "lund/lykta.db"), 0444), 0);
    stranger_begin();
    assert_not_opened(path, DB_WRITE, SYSTEM, "is read-only for this user");
    stranger_end();
    assert_int_equal(chmod(path, 0777), 0);
    stranger_begin();
    assert_not_opened(path, DB_WRITE, SYSTEM, "is read-only for this user");
    stranger_end();
    assert_int_equal(chmod(scratch_path(*state, "lund/lykta.db"), 0600), 0);
    assert_int_equal(city_open(path, DB_WRITE, &city, &e), OK);
    city_close(city);
}

/* As on a disk that can only be read, where no log can lie beside the database. */
static void a_city_that_nobody_may_write_is_read(void **state)
{
    struct scratch *scratch = *state;
    const char *path = scratch_path(scratch, "lund");
    struct city *city = NULL;
    struct err e = {0};

    assert_int_equal(chmod(scratch_path(scratch, "lund/lykta.conf"), 0444), 0);
    assert_int_equal(chmod(scratch_path(scratch, "lund/lykta.db"), 0444), 0);
    assert_int_equal(chmod(path, 0555), 0);
    stranger_begin();
    const enum status s = city_open(path, DB_READ, &city, &e);
    const bool is_read = s == OK && str_is(city_settings(city)->name, "Lund");
    city_close(city);
    stranger_end();
    assert_int_equal(chmod(path, 0755), 0);
    if (s != OK)
        fail_msg("%s", e.what);
    assert_true(is_read);
}

static void a_lock_that_cannot_be_opened_is_told(void **state)
{
    struct city *city = scratch_city(state);
    struct err e = {0};

    assert_int_equal(mkdir(scratch_path(*state, "lund/lykta.work"), 0700), 0);
    assert_int_equal(city_work(city, "one", &e), SYSTEM);
    assert_says(e, "cannot be locked: Is a directory");
    city_unlock(city);
    assert_int_equal(unlink(scratch_path(*state, "lund/lykta.lock")), 0);
    assert_int_equal(symlink("lykta.conf", scratch_path(*state, "lund/lykta.lock")), 0);
    assert_int_equal(city_lock(city, &e), SYSTEM);
    assert_says(e, "cannot be locked");
    assert_int_equal(city_share(city, &e), SYSTEM);
    assert_int_equal(city_work(city, "one", &e), SYSTEM);
}

static void tables_that_cannot_be_brought_forward_are_left(void **state)
{
    const char *path = scratch_path(*state, "lund");
    size_t applied = 0;
    struct err e = {0};

    assert_int_equal(
        db_script(scratch_city(state)->db, "insert into migration values (999, 'later', x'00', 0)", &e), OK);
    assert_int_equal(city_migrate(path, 2000, &applied, &e), BAD_INPUT);
    assert_says(e, "newer version");
    city_close(scratch_city(state));
    ((struct scratch *)*state)->mine = NULL;
    scratch_write(*state, "lund/lykta.db", S("a letter, and rather longer than a header of a database is"));
    assert_int_equal(city_migrate(path, 2000, &applied, &e), BAD_INPUT);
    assert_says(e, "not a database that Lykta made");
    assert_int_equal(applied, 0);
}

static void what_is_left_of_a_city_is_removed(void **state)
{
    const char *path = scratch_path(*state, "half");

    assert_int_equal(mkdir(path, 0700), 0);
    scratch_write(*state, "half/letter", S("x"));
    city_remove(path);
    assert_int_equal(access(path, F_OK), -1);
}

static void readers_find_the_site_at_its_address_or_where_it_listens(void **state)
{
    struct arena *a = ((struct scratch *)*state)->arena;
    struct city *named = NULL;
    struct err e = {0};

    assert_str(city_site(scratch_city(state), a), "http://127.0.0.1:8080");
    write_conf(state, "[site]\naddress = https://lykta.lund.example\n");
    assert_int_equal(city_open(scratch_path(*state, "lund"), DB_READ, &named, &e), OK);
    assert_str(city_site(named, a), "https://lykta.lund.example");
    city_close(named);
}

static void a_connection_closed_in_a_change_undoes_it_and_gives_its_turn_back(void **state)
{
    struct city *city = scratch_city(state);
    struct db *db = NULL;
    struct err e = {0};

    assert_int_equal(city_connect(city, DB_WRITE, &db, &e), OK);
    assert_int_equal(db_begin(db, &e), OK);
    assert_int_equal(db_script(db, "update city set name = 'Dalby'", &e), OK);
    db_close(db);
    assert_int_equal(db_begin(city->db, &e), OK);
    assert_int_equal(db_end(city->db, OK, &e), OK);
    assert_int_equal(city_refresh(city, city->db, &e), OK);
    assert_str(city_settings(city)->name, "Lund");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(a_name_that_is_no_text_or_too_long_is_refused),
        IN_SCRATCH(a_code_that_is_no_municipalitys_is_shown),
        IN_SCRATCH(an_address_that_is_none_makes_no_city),
        IN_SCRATCH(a_city_is_not_made_in_a_file_or_over_a_folder),
        IN_SCRATCH(wherever_the_disk_is_full_no_folder_is_left),
        IN_SCRATCH(a_path_that_cannot_be_looked_at_is_told),
        IN_CITY(slashes_after_the_folder_are_not_of_its_name),
        IN_CITY(a_city_without_its_conf_or_database_is_named),
        IN_CITY(a_database_without_its_city_is_named),
        IN_CITY(what_may_not_be_read_or_written_is_told),
        cmocka_unit_test_setup_teardown(a_city_that_nobody_may_write_is_read, city_made_where_all_may_come,
                                        scratch_city_close),
        IN_CITY(a_lock_that_cannot_be_opened_is_told),
        IN_CITY(tables_that_cannot_be_brought_forward_are_left),
        IN_SCRATCH(what_is_left_of_a_city_is_removed),
        IN_CITY(readers_find_the_site_at_its_address_or_where_it_listens),
        IN_CITY(a_connection_closed_in_a_change_undoes_it_and_gives_its_turn_back),
    };

    return cmocka_run_group_tests_name("city at fault", tests, NULL, NULL);
}
