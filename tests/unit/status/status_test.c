/* How a real city is seen: its facts, as they stand in its folder, its database and its log. */
#include "status/status.h"

#include "../keyring/town.h"
#include "../unit.h"

#include "backup/backup.h"
#include "backup/history.h"
#include "store/city.h"

#include <sys/stat.h>

static struct status_facts seen(struct town *t)
{
    struct status_facts f;
    struct err e = {0};

    assert_int_equal(status_read(t->city, t->city->db, NULL, t->who.now_at, t->arena, &f, &e), OK);
    return f;
}

static void a_city_that_nobody_serves_is_seen_without_what_serves_it(void **state)
{
    const struct status_facts f = seen(*state);

    assert_false(f.is_worker_seen);
    assert_false(f.is_counted);
    assert_int_equal(findings_faults(&f.folder), 0);
    assert_int_equal(f.disks, 1);
    assert_int_equal(f.disk[0].why, 0);
    assert_true(f.disk[0].room.free > 0);
    assert_false(f.has_mail_server);
    assert_true(f.is_in_server || f.database_bytes > 0);
}

static void a_backup_and_its_trial_are_seen_in_the_log(void **state)
{
    struct town *t = *state;
    struct err e = {0};

    t->who.now_at = 1795600000; /* long enough after the beginning for a trial to be due */
    assert_false(seen(t).has_backup_key);
    assert_int_equal(backup_key_make(t->city, arena_printf(t->arena, "%s.key", t->path), &t->who, &e), OK);
    assert_int_equal(backup_note_done(t->city->db, &t->who, "/x/one.lykta", &e), OK);
    const struct status_facts before = seen(t);
    assert_true(before.has_backup_key && before.is_trial_due);
    assert_int_equal(before.backups.done.at, t->who.now_at);
    assert_int_equal(backup_note_trial(t->city->db, &t->who, "/x/one.lykta", &e), OK);
    assert_false(seen(t).is_trial_due);
}

static void a_key_that_others_may_read_is_seen(void **state)
{
    struct town *t = *state;

    assert_int_equal(chmod(city_file(t->city, "keys/lookup.key", t->arena), 0644), 0);
    const struct status_facts f = seen(t);
    assert_int_equal(findings_faults(&f.folder), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(a_city_that_nobody_serves_is_seen_without_what_serves_it),
        IN_TOWN(a_backup_and_its_trial_are_seen_in_the_log),
        IN_TOWN(a_key_that_others_may_read_is_seen),
    };

    return cmocka_run_group_tests_name("status facts", tests, NULL, NULL);
}
