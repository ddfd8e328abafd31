/* When a served city makes a backup, what it is called, and which old ones go. */
#include "../scratch.h"
#include "../unit.h"

#include "backup/backup.h"
#include "backup/backup_errand.h"
#include "backup/history.h"
#include "backup/nightly.h"
#include "store/city.h"
#include "store/config.h"
#include "store/db.h"

#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* 2026-11-26 02:30 in Stockholm. */
enum { NIGHT = 1795656600, HOUR = 3600, DAY = 24 * HOUR };

static const struct who who = {.name = "test", .now_at = NIGHT - 10 * DAY};

static struct config usual(void)
{
    return (struct config){.backup_folder = S("/backup"),
                           .backup_time = S("02:00"),
                           .backup_every = S("0"),
                           .backup_days = S("30"),
                           .backup_trial_days = S("90")};
}

static struct nightly read_usual(struct arena *a)
{
    struct config c = usual();
    struct nightly n = {0};
    struct err e;

    assert_int_equal(nightly_read(&c, a, &n, &e), OK);
    return n;
}

static void settings_that_cannot_be_used_are_named(void **state)
{
    static const struct {
        size_t offset;
        const char *value;
        const char *says;
    } wrong[] = {{offsetof(struct config, backup_days), "0", "days in [backup]"},
                 {offsetof(struct config, backup_days), "", "days in [backup]"},
                 {offsetof(struct config, backup_every), "1441", "every in [backup]"},
                 {offsetof(struct config, backup_every), "-1", "every in [backup]"},
                 {offsetof(struct config, backup_trial_days), "x", "trial_days in [backup]"},
                 {offsetof(struct config, backup_time), "2:00", "time in [backup]"},
                 {offsetof(struct config, backup_folder), "backup", "folder in [backup]"}};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct config c = usual();
        struct str value = str_of(wrong[i].value);
        struct nightly n;
        struct err e;

        memcpy((char *)&c + wrong[i].offset, &value, sizeof value);
        assert_int_equal(nightly_read(&c, *state, &n, &e), BAD_INPUT);
        assert_says(e, wrong[i].says);
    }
}

static void a_backup_is_due_once_a_night(void **state)
{
    const struct nightly n = read_usual(*state);
    struct backup_history h = {0};

    assert_true(nightly_is_due(&n, &h, NIGHT));
    h.done.at = NIGHT;
    assert_false(nightly_is_due(&n, &h, NIGHT + 60));
    assert_false(nightly_is_due(&n, &h, NIGHT + 23 * HOUR));
    assert_true(nightly_is_due(&n, &h, NIGHT + DAY));
}

static void without_a_folder_none_is_due(void **state)
{
    const struct backup_history h = {0};
    struct config c = usual();
    struct nightly n;
    struct err e;

    c.backup_folder = S("");
    assert_int_equal(nightly_read(&c, *state, &n, &e), OK);
    assert_false(nightly_is_due(&n, &h, NIGHT));
}

static void a_trial_is_due_when_there_is_something_to_try(void **state)
{
    const struct nightly n = read_usual(*state);
    struct backup_history h = {0};

    assert_false(nightly_is_trial_due(&n, &h, NIGHT));
    h.done.at = NIGHT;
    assert_true(nightly_is_trial_due(&n, &h, NIGHT));
    h.trial.at = NIGHT - 90 * DAY;
    assert_false(nightly_is_trial_due(&n, &h, NIGHT));
    assert_true(nightly_is_trial_due(&n, &h, NIGHT + 1));
}

static void in_the_day_one_is_due_as_often_as_is_asked_for(void **state)
{
    struct nightly n = read_usual(*state);
    struct backup_history h = {.done = {.at = NIGHT}};

    n.every = 60;
    assert_false(nightly_is_due(&n, &h, NIGHT + HOUR - 1));
    assert_true(nightly_is_due(&n, &h, NIGHT + HOUR));
    n.folder = NULL;
    assert_false(nightly_is_due(&n, &h, NIGHT + HOUR));
}

/* A city that makes backups each night in the folder "kept". */
struct house {
    struct city *city;
    const char *kept;
};

static struct house house_open(struct scratch *s, bool has_key)
{
    struct house h = {.kept = scratch_path(s, "kept")};
    char real[PATH_MAX];
    struct err e;

    assert_int_equal(mkdir(h.kept, 0700), 0);
    assert_non_null(realpath(h.kept, real));
    h.kept = arena_printf(s->arena, "%s", real);
    assert_int_equal(
        city_init(scratch_path(s, "lund"), &(struct city_make){.municipality = S("1281"), .who = who}, &e),
        OK);
    const char *conf = arena_printf(s->arena, "[backup]\nfolder = %s\ndays = 30\n", h.kept);
    assert_int_equal(file_write(scratch_path(s, "lund/lykta.conf"), str_of(conf), 0600, &e), OK);
    assert_int_equal(city_open(scratch_path(s, "lund"), DB_WRITE, &h.city, &e), OK);
    if (has_key)
        assert_int_equal(backup_key_make(h.city, scratch_path(s, "lund.key"), &who, &e), OK);
    return h;
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

static void put_old(struct scratch *s, const char *name)
{
    scratch_write(s, arena_printf(s->arena, "kept/%s", name), S("x"));
}

static bool is_there(struct scratch *s, const char *name)
{
    return access(scratch_path(s, arena_printf(s->arena, "kept/%s", name)), F_OK) == 0;
}

static void a_night_makes_one_backup_and_removes_the_old_of_its_own(void **state)
{
    struct scratch *s = *state;
    struct house h = house_open(s, true);
    struct backup_watch w = {.city = h.city, .db = h.city->db};
    bool has_run = false;
    struct err e;

    put_old(s, "lykta-1281-2026-10-26-0200.lykta"); /* 31 days */
    put_old(s, "lykta-1281-2026-10-27-0200.lykta"); /* 30 */
    put_old(s, "lykta-0180-2020-01-01-0200.lykta");
    put_old(s, "2020.lykta");
    assert_int_equal(backup_look(&w, NIGHT, &has_run, &e), OK);
    assert_true(has_run);
    assert_true(is_there(s, "lykta-1281-2026-11-26-0230.lykta"));
    assert_false(is_there(s, "lykta-1281-2026-10-26-0200.lykta"));
    assert_true(is_there(s, "lykta-1281-2026-10-27-0200.lykta"));
    assert_true(is_there(s, "lykta-0180-2020-01-01-0200.lykta"));
    assert_true(is_there(s, "2020.lykta"));
    assert_int_equal(files_in(h.kept), 4);
    assert_int_equal(backup_look(&w, NIGHT + 60, &has_run, &e), OK);
    assert_false(has_run);
    city_close(h.city);
}

static void a_failure_is_noted_once_and_tried_again_after_an_hour(void **state)
{
    struct scratch *s = *state;
    struct house h = house_open(s, false);
    struct backup_watch w = {.city = h.city, .db = h.city->db};
    struct audit_search failures = {.action = S("city.backup_failed")};
    struct backup_history history;
    bool has_run = true;
    int64_t n = 0;
    struct err e;

    put_old(s, "lykta-1281-2020-01-01-0200.lykta");
    assert_int_equal(backup_look(&w, NIGHT, &has_run, &e), BAD_INPUT);
    assert_says(e, "has no backup key yet");
    assert_false(has_run);
    assert_int_equal(backup_look(&w, NIGHT + 60, &has_run, &e), OK);
    assert_int_equal(backup_look(&w, NIGHT + HOUR, &has_run, &e), BAD_INPUT);
    assert_int_equal(audit_count(h.city->db, &failures, &n, &e), OK);
    assert_int_equal(n, 1);
    assert_int_equal(files_in(h.kept), 1); /* the old one is the only one there is */
    assert_int_equal(backup_history_read(h.city->db, s->arena, &history, &e), OK);
    assert_true(backup_history_is_failing(&history));
    city_close(h.city);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(settings_that_cannot_be_used_are_named),
        WITH_ARENA(a_backup_is_due_once_a_night),
        WITH_ARENA(without_a_folder_none_is_due),
        WITH_ARENA(a_trial_is_due_when_there_is_something_to_try),
        WITH_ARENA(in_the_day_one_is_due_as_often_as_is_asked_for),
        cmocka_unit_test_setup_teardown(a_night_makes_one_backup_and_removes_the_old_of_its_own, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(a_failure_is_noted_once_and_tried_again_after_an_hour, scratch_open,
                                        scratch_close),
    };

    return cmocka_run_group_tests_name("nightly", tests, NULL, NULL);
}
