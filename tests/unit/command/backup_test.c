/* lykta backup and lykta restore: forms, exit statuses, and a city that comes back. */
#include "program.h"

#include "store/db.h"
#include "store/retention.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct program run(void **state, const char *line)
{
    return program_run_line(*state, line);
}

static void settle(void **state)
{
    assert_int_equal(run(state, "init @lund --municipality 1281").status, OK);
    assert_int_equal(run(state, "backup @lund --make-key @key").status, OK);
    assert_int_equal(run(state, "backup @lund @one.lykta").status, OK);
}

static unsigned mode_of(void **state, const char *name)
{
    struct stat info;

    assert_int_equal(stat(scratch_path(*state, name), &info), 0);
    return info.st_mode & 0777;
}

static void a_city_goes_and_comes_back_whole(void **state)
{
    settle(state);
    assert_int_equal(mode_of(state, "one.lykta"), 0600);
    assert_int_equal(mode_of(state, "key"), 0600);
    struct program back = run(state, "restore @one.lykta @again/ --key @key");
    assert_int_equal(back.status, OK);
    assert_non_null(strstr(back.out.p, "are back and whole"));
    assert_int_equal(run(state, "verify @again").status, OK);
    assert_int_equal(run(state, "backup @again @two.lykta").status, OK);
}

static void a_city_without_a_key_says_how_to_make_one(void **state)
{
    assert_int_equal(run(state, "init @lund --municipality 1281").status, OK);
    struct program p = run(state, "backup @lund @one.lykta");
    assert_int_equal(p.status, BAD_INPUT);
    assert_non_null(strstr(p.err.p, "--make-key"));
    assert_int_equal(access(scratch_path(*state, "one.lykta"), F_OK), -1);
}

static void what_is_there_is_never_written_over(void **state)
{
    settle(state);
    assert_int_equal(run(state, "backup @lund @one.lykta").status, BAD_INPUT);
    assert_int_equal(run(state, "backup @lund --make-key @second").status, BAD_INPUT);
    assert_int_equal(run(state, "restore @one.lykta @lund --key @key").status, BAD_INPUT);
    assert_int_equal(run(state, "verify @lund").status, OK);
}

static void a_link_that_leads_nowhere_and_the_city_itself_are_no_place_for_a_backup(void **state)
{
    settle(state);
    assert_int_equal(symlink("/nowhere", scratch_path(*state, "link")), 0);
    assert_int_equal(run(state, "backup @lund @link").status, BAD_INPUT);
    struct program p = run(state, "backup @lund @lund/files/two.lykta");
    assert_int_equal(p.status, BAD_INPUT);
    assert_non_null(strstr(p.err.p, "another disk"));
    assert_int_equal(access(scratch_path(*state, "lund/files/two.lykta"), F_OK), -1);
    assert_int_equal(run(state, "backup @lund @lund-2.lykta").status, OK);
}

static void a_pipe_is_refused_without_waiting(void **state)
{
    settle(state);
    assert_int_equal(mkfifo(scratch_path(*state, "pipe"), 0600), 0);
    struct program p = run(state, "restore @pipe @again --key @key");
    assert_int_equal(p.status, BAD_INPUT);
    assert_non_null(strstr(p.err.p, "is not a file"));
}

static void what_cannot_be_restored_leaves_nothing(void **state)
{
    settle(state);
    assert_int_equal(run(state, "restore @key @again --key @key").status, BAD_INPUT);
    assert_int_equal(run(state, "restore @nothing @again --key @key").status, BAD_INPUT);
    assert_int_equal(run(state, "restore @one.lykta @again --key @one.lykta").status, BAD_INPUT);
    assert_int_equal(run(state, "restore @one.lykta @no/where --key @key").status, SYSTEM);
    assert_int_equal(access(scratch_path(*state, "again"), F_OK), -1);
    struct program left =
        program_run_other(ARGUMENTS("find", ((struct scratch *)*state)->folder, "-name", "*restore*"), S(""),
                          ((struct scratch *)*state)->arena);
    assert_int_equal(left.out.n, 0);
}

static void the_forms_are_told(void **state)
{
    assert_int_equal(run(state, "backup @lund").status, USAGE);
    assert_int_equal(run(state, "restore @one.lykta @again").status, USAGE);
    assert_int_equal(run(state, "restore @one.lykta").status, USAGE);
    assert_int_equal(run(state, "backup @nowhere @one.lykta").status, BAD_INPUT);
}

static void verify_names_a_key_of_another_pair_and_one_that_is_gone(void **state)
{
    settle(state);
    scratch_write(*state, "lund/keys/release.key", S("0123456789abcdef0123456789abcdef"));
    struct program p = run(state, "verify @lund");
    assert_int_equal(p.status, BAD_INPUT);
    assert_non_null(strstr(p.err.p, "not the public half"));
    assert_int_equal(run(state, "restore @one.lykta @again --key @key").status, OK);
    assert_int_equal(unlink(scratch_path(*state, "again/keys/cube.key")), 0);
    p = run(state, "verify @again");
    assert_int_equal(p.status, SYSTEM);
    assert_non_null(strstr(p.err.p, "keys/cube.key"));
}

static void a_city_is_restored_as_it_was_at_a_time(void **state)
{
    settle(state);
    assert_int_equal(mkdir(scratch_path(*state, "kept"), 0700), 0);
    assert_int_equal(run(state, "backup @lund @kept/lykta-1281-2026-11-25-1400.lykta").status, OK);
    assert_int_equal(run(state, "user add @lund --email sen@exempel.example --name Sen --role member").status,
                     OK);
    assert_int_equal(run(state, "backup @lund @kept/lykta-1281-2026-11-25-1500.lykta").status, OK);
    struct program p = run(state, "restore @kept @again --at 2026-11-25T14:59 --key @key");
    assert_int_equal(p.status, OK);
    assert_non_null(strstr(p.out.p, "1400.lykta are back"));
    assert_null(strstr(run(state, "user list @again").out.p, "sen@exempel.example"));
    assert_int_equal(run(state, "restore @kept @later --at 2026-11-25T15:00 --key @key").status, OK);
    assert_non_null(strstr(run(state, "user list @later").out.p, "sen@exempel.example"));
    assert_int_equal(run(state, "restore @kept @no --at 2026-11-25T13:59 --key @key").status, BAD_INPUT);
    assert_int_equal(run(state, "restore @kept @no --at 2026-11-25 --key @key").status, USAGE);
}

static void a_city_whose_disposal_is_frozen_comes_back(void **state)
{
    const struct who who = {.name = "test", .now_at = 1795176000};
    struct err e = {0};
    struct db *db = NULL;

    settle(state);
    assert_int_equal(db_open(scratch_path(*state, "lund/lykta.db"), DB_WRITE, &db, &e), OK);
    assert_int_equal(retention_freeze(db, S("exempel"), &who, &e), OK);
    db_close(db);
    assert_int_equal(run(state, "retention @lund").status, REFUSED);
    assert_int_equal(run(state, "backup @lund @frozen.lykta").status, OK);
    assert_int_equal(run(state, "restore @frozen.lykta @again --key @key").status, OK);
    assert_int_equal(run(state, "retention @again").status, REFUSED);
}

static void a_trial_proves_a_backup_and_leaves_the_city_as_it_was(void **state)
{
    settle(state);
    struct program p = run(state, "restore @one.lykta @lund --trial --key @key");
    assert_int_equal(p.status, OK);
    assert_non_null(strstr(p.out.p, "comes back"));
    assert_int_equal(run(state, "verify @lund").status, OK);
    struct program left =
        program_run_other(ARGUMENTS("find", ((struct scratch *)*state)->folder, "-name", "*restore*"), S(""),
                          ((struct scratch *)*state)->arena);
    assert_int_equal(left.out.n, 0);
    p = run(state, "check @lund");
    assert_non_null(strstr(p.out.p, "a backup came back on trial"));
}

static void a_trial_with_another_citys_backup_or_a_damaged_one_is_no_proof(void **state)
{
    settle(state);
    assert_int_equal(run(state, "init @other --municipality 1281").status, OK);
    struct program p = run(state, "restore @one.lykta @other --trial --key @key");
    assert_int_equal(p.status, REFUSED);
    assert_non_null(strstr(p.err.p, "no backup of the city"));
    assert_int_equal(run(state, "restore @key @lund --trial --key @key").status, BAD_INPUT);
    assert_int_equal(run(state, "restore @one.lykta @nowhere --trial --key @key").status, BAD_INPUT);
    p = run(state, "check @lund");
    assert_non_null(strstr(p.out.p, "nobody has tried whether a backup comes back"));
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(a_city_goes_and_comes_back_whole),
        IN_SCRATCH(a_city_without_a_key_says_how_to_make_one),
        IN_SCRATCH(what_is_there_is_never_written_over),
        IN_SCRATCH(a_link_that_leads_nowhere_and_the_city_itself_are_no_place_for_a_backup),
        IN_SCRATCH(a_pipe_is_refused_without_waiting),
        IN_SCRATCH(what_cannot_be_restored_leaves_nothing),
        IN_SCRATCH(the_forms_are_told),
        IN_SCRATCH(verify_names_a_key_of_another_pair_and_one_that_is_gone),
        IN_SCRATCH(a_city_is_restored_as_it_was_at_a_time),
        IN_SCRATCH(a_city_whose_disposal_is_frozen_comes_back),
        IN_SCRATCH(a_trial_proves_a_backup_and_leaves_the_city_as_it_was),
        IN_SCRATCH(a_trial_with_another_citys_backup_or_a_damaged_one_is_no_proof),
    };

    return cmocka_run_group_tests_name("backup command", tests, NULL, NULL);
}
