/* A backup that is killed: the city is whole, and the next backup clears what it left. */
#include "../scratch.h"
#include "../unit.h"

#include "backup/backup.h"
#include "store/city.h"
#include "store/db.h"
#include "walls/walls.h"

#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct who who = {.name = "test", .now_at = 1795176000};

static struct city *city_open_new(struct scratch *s)
{
    const struct city_make make = {.municipality = S("1281"), .who = who};
    struct city *city = NULL;
    struct err e;

    assert_int_equal(mkdir(scratch_path(s, "kept"), 0700), 0);
    assert_int_equal(city_init(scratch_path(s, "lund"), &make, &e), OK);
    assert_int_equal(city_open(scratch_path(s, "lund"), DB_WRITE, &city, &e), OK);
    assert_int_equal(backup_key_make(city, scratch_path(s, "lund.key"), &who, &e), OK);
    return city;
}

static void die_at_once(int signal_number)
{
    (void)signal_number;
    raise(SIGKILL);
}

/* No file may grow beyond this: far less than an empty city's database, whose copy is the first to. */
enum { GROWN_BYTES = 100 * 1000 };

/* Killed as the databases are copied: the file is begun, and a plain copy lies in the city. */
static void back_up_and_be_killed(struct scratch *s)
{
    const struct rlimit small = {GROWN_BYTES, GROWN_BYTES};
    struct backup_size size = {0};
    struct city *city = NULL;
    struct err e;

    if (signal(SIGXFSZ, die_at_once) != SIG_ERR && setrlimit(RLIMIT_FSIZE, &small) == 0 &&
        city_open(scratch_path(s, "lund"), DB_WRITE, &city, &e) == OK &&
        backup_write(city, city->db, scratch_path(s, "kept/one.lykta"), &who, NULL, &size, &e) == OK)
        _exit(0);
    _exit(1);
}

static void kill_one(struct scratch *s)
{
    int outcome = 0;
    pid_t child = fork();

    if (child == 0)
        back_up_and_be_killed(s);
    assert_int_equal(waitpid(child, &outcome, 0), child);
    assert_true(WIFSIGNALED(outcome) && WTERMSIG(outcome) == SIGKILL);
}

static size_t files_in(const char *folder)
{
    DIR *all = opendir(folder);
    size_t n = 0;

    assert_non_null(all);
    for (const struct dirent *one; (one = readdir(all)) != NULL;)
        n += one->d_name[0] != '.';
    closedir(all);
    return n;
}

static void assert_is_whole(struct scratch *s)
{
    struct audit_head head;
    struct city *city = NULL;
    struct err e;

    assert_int_equal(city_open(scratch_path(s, "lund"), DB_WRITE, &city, &e), OK);
    assert_int_equal(db_check(city->db, &e), OK);
    assert_int_equal(audit_verify(city->db, &head, &e), OK);
    city_close(city);
}

static void the_city_is_whole_after_it(void **state)
{
    city_close(city_open_new(*state));
    kill_one(*state);
    assert_int_equal(files_in(scratch_path(*state, "kept")), 1);
    assert_int_equal(access(scratch_path(*state, "lund/backup.tmp"), F_OK), 0);
    assert_is_whole(*state);
}

static void the_next_backup_clears_what_it_left(void **state)
{
    struct backup_size size = {0};
    struct city *city = city_open_new(*state);
    struct err e;

    kill_one(*state);
    assert_int_equal(
        backup_write(city, city->db, scratch_path(*state, "kept/two.lykta"), &who, NULL, &size, &e), OK);
    assert_int_equal(files_in(scratch_path(*state, "kept")), 1);
    assert_int_equal(access(scratch_path(*state, "kept/two.lykta"), F_OK), 0);
    assert_int_not_equal(access(scratch_path(*state, "lund/backup.tmp"), F_OK), 0);
    city_close(city);
}

static void a_server_that_starts_clears_it_too(void **state)
{
    struct city *city = city_open_new(*state);
    struct err e;

    kill_one(*state);
    assert_int_equal(backup_clear_remains(city, &e), OK);
    assert_int_equal(files_in(scratch_path(*state, "kept")), 0);
    assert_int_not_equal(access(scratch_path(*state, "lund/backup.tmp"), F_OK), 0);
    city_close(city);
}

/* A process behind its walls may not remove what was being written outside of them: it stays noted for one
 * that may. */
static void what_may_not_be_removed_stays_noted(void **state)
{
    struct city *city = city_open_new(*state);
    const struct walls_place own = {scratch_path(*state, "lund"), WALLS_WRITE};
    int outcome = 0;
    struct err e;

    if (!walls_guard_files())
        skip();
    kill_one(*state);
    pid_t child = fork();
    if (child == 0)
        _exit(walls_files(&own, 1, &e) == OK ? (int)backup_clear_remains(city, &e) : SYSTEM);
    assert_int_equal(waitpid(child, &outcome, 0), child);
    assert_true(WIFEXITED(outcome) && WEXITSTATUS(outcome) == OK);
    assert_int_equal(files_in(scratch_path(*state, "kept")), 1);
    assert_int_equal(backup_clear_remains(city, &e), OK);
    assert_int_equal(files_in(scratch_path(*state, "kept")), 0);
    city_close(city);
}

/* Whatever stands in the lock's file, only a plain file under a temporary name is removed. */
static void nothing_else_is_removed_for_a_note_in_the_lock(void **state)
{
    struct city *city = city_open_new(*state);
    const char *lock = scratch_path(*state, "lund/backup.lock");
    const char *kept = scratch_write(*state, "kept/mine.lykta", S("x"));
    struct err e;

    assert_int_equal(file_write(lock, str_of(kept), 0600, &e), OK);
    assert_int_equal(backup_clear_remains(city, &e), OK);
    assert_int_equal(access(kept, F_OK), 0);
    city_close(city);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(the_city_is_whole_after_it),
        IN_SCRATCH(the_next_backup_clears_what_it_left),
        IN_SCRATCH(a_server_that_starts_clears_it_too),
        IN_SCRATCH(what_may_not_be_removed_stays_noted),
        IN_SCRATCH(nothing_else_is_removed_for_a_note_in_the_lock),
    };

    return cmocka_run_group_tests_name("killed backup", tests, NULL, NULL);
}
