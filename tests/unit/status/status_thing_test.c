/* What the page of how the system is says: of a system that is well, and of each thing that is not. */
#include "status/status_thing.h"

#include "../unit.h"
#include "pages.h"
#include "portal/layout.h"
#include "status/status.h"
#include "status/status_view.h"
#include "web/html.h"

#include <errno.h>
#include <string.h>

enum { NOW_AT = 1795600000, HOUR = 3600, DAY = 24 * HOUR };

/* All that can be seen is as it should be. */
static struct status_facts all_well(struct arena *a)
{
    return (struct status_facts){
        .now_at = NOW_AT,
        .started_at = NOW_AT - 9 * DAY,
        .folder = findings_open(a),
        .disks = 2,
        .disk = {{.where = "/city", .room = {.needed = 270000000, .free = 78300000000}},
                 {.where = "/backups", .room = {.needed = 260000000, .free = 4000000000}}},
        .clock_set_at = NOW_AT - HOUR,
        .database_bytes = 12000000,
        .backups = {.done = {NOW_AT - 8 * HOUR, S("one.lykta")},
                    .trial = {NOW_AT - 30 * DAY, S("one.lykta")}},
        .has_backup_key = true,
        .is_nightly = true,
        .has_mail_server = true,
        .is_mail_usable = true,
        .mail = {.queued = 2},
        .is_worker_seen = true,
        .worker = {.is_up = true, .starts = 1},
        .errands = {.round_at = NOW_AT - 1},
        .address = S("https://lykta.exempel"),
        .is_counted = true,
        .answers = 5000,
        .slow = 3};
}

/* The thing with the title `title`, judged in Swedish. */
static struct status_thing judged(const struct status_facts *f, struct arena *a, enum text_key title)
{
    struct status_thing all[STATUS_THINGS];

    status_judge(f, LANGUAGE_SV, a, all);
    for (size_t i = 0; i < STATUS_THINGS; i++)
        if (all[i].title == title)
            return all[i];
    fail_msg("there is no such thing");
    return all[0];
}

/* The page, drawn. */
static const char *drawn(const struct status_facts *f, struct arena *a, enum language language)
{
    const struct portal_view site = {.language = language, .city = S("Lund"), .today = {2026, 11, 26}};
    struct html h = html_open(a, catalogue_of(language));
    struct status_view v = {.at = S("2026-11-25 10.26"), .settings = S("/s"), .letters = S("/b")};

    status_judge(f, language, a, v.thing);
    status_view_count(&v);
    v.layout = portal_layout(&site, S("Status"), S("/arbete/status"), a);
    page_status(&h, &v);
    return html_str(&h).p;
}

static bool says(struct str s, const char *part)
{
    return strstr(s.p, part) != NULL;
}

/* It is to be seen to, and the page says what that means and what to do. */
static void assert_told(const struct status_thing *t, enum status_state state, const char *part)
{
    assert_int_equal(t->state, state);
    assert_true(says(t->is, part));
    assert_true(t->means.n > 0);
    assert_true(t->act.n > 0);
}

static void a_system_that_is_well_says_so_and_what_it_cannot_see(void **state)
{
    const struct status_facts f = all_well(*state);
    const char *page = drawn(&f, *state, LANGUAGE_SV);

    assert_non_null(strstr(page, "Inget av det som syns härifrån behöver åtgärdas."));
    assert_non_null(strstr(page, "1 sak syns inte härifrån."));
    assert_non_null(strstr(page, "lykta check --network"));
    assert_null(strstr(page, "Gör så här:"));
    assert_non_null(strstr(page, "78,3\u00a0GB ledigt. Högst 270\u00a0MB"));
    assert_non_null(strstr(page, "Lykta " LYKTA_VERSION ". Startade 2026-11-1"));
    assert_non_null(
        strstr(drawn(&f, *state, LANGUAGE_EN), "Nothing that can be seen from here needs doing."));
}

static void the_worst_comes_first_with_what_it_means_and_what_to_do(void **state)
{
    struct status_facts f = all_well(*state);
    struct status_thing all[STATUS_THINGS];

    f.is_trial_due = true;
    f.mail.down_since = NOW_AT - HOUR;
    status_judge(&f, LANGUAGE_SV, *state, all);
    assert_int_equal(all[0].title, TEXT_STATUS_MAIL);
    assert_int_equal(all[1].title, TEXT_STATUS_TRIAL);
    for (size_t i = 1; i < STATUS_THINGS; i++)
        assert_true(all[i - 1].state <= all[i].state);
    const char *page = drawn(&f, *state, LANGUAGE_SV);
    assert_non_null(strstr(page, "2 saker behöver åtgärdas."));
    assert_true(strstr(page, "Gör så här:") < strstr(page, "Varje del"));
}

static void a_disk_with_too_little_room_is_told_to_the_byte(void **state)
{
    struct status_facts f = all_well(*state);
    struct check_room *room = &f.disk[1].room;

    room->free = room->needed;
    assert_int_equal(judged(&f, *state, TEXT_STATUS_DISK).state, STATUS_WELL);
    room->free--;
    struct status_thing t = judged(&f, *state, TEXT_STATUS_DISK);
    assert_told(&t, STATUS_NOW, "Säkerhetskopiornas disk: 259\u00a0MB ledigt");
    f.disk[1].why = EACCES;
    t = judged(&f, *state, TEXT_STATUS_DISK);
    assert_int_equal(t.state, STATUS_UNSEEN);
    assert_true(says(t.act, "lykta check"));
}

static void a_backup_that_is_old_fails_or_was_never_made_is_told(void **state)
{
    struct status_facts f = all_well(*state);

    f.backups.done.at = NOW_AT - 2 * DAY;
    assert_int_equal(judged(&f, *state, TEXT_STATUS_BACKUP).state, STATUS_WELL);
    f.backups.done.at--;
    struct status_thing t = judged(&f, *state, TEXT_STATUS_BACKUP);
    assert_told(&t, STATUS_NOW, "mer än två dygn gammal");
    f.backups.failed.at = NOW_AT - HOUR;
    t = judged(&f, *state, TEXT_STATUS_BACKUP);
    assert_told(&t, STATUS_NOW, "kunde inte skrivas");
    f.backups = (struct backup_history){0};
    t = judged(&f, *state, TEXT_STATUS_BACKUP);
    assert_told(&t, STATUS_NOW, "Det finns ingen säkerhetskopia");
    f.has_backup_key = false;
    t = judged(&f, *state, TEXT_STATUS_BACKUP);
    assert_told(&t, STATUS_NOW, "Nyckeln");
}

static void a_database_that_nobody_has_read_through_is_not_called_whole(void **state)
{
    struct status_facts f = all_well(*state);
    struct status_thing t = judged(&f, *state, TEXT_STATUS_DATABASE);

    assert_int_equal(t.state, STATUS_WELL);
    assert_false(t.is_just_now);
    assert_true(says(t.looked_at, "2026-10-26"));
    f.backups.trial.at = 0;
    t = judged(&f, *state, TEXT_STATUS_DATABASE);
    assert_int_equal(t.state, STATUS_UNSEEN);
    assert_int_equal(t.looked_at.n, 0);
    f.is_in_server = true;
    assert_true(says(judged(&f, *state, TEXT_STATUS_DATABASE).is, "PostgreSQL"));
}

static void mail_that_does_not_go_is_told(void **state)
{
    struct status_facts f = all_well(*state);

    f.mail = (struct mail_standing){.queued = 2, .unsure = 1, .failed = 3};
    struct status_thing t = judged(&f, *state, TEXT_STATUS_MAIL);
    assert_told(&t, STATUS_SOON, "2 mejl väntar. 3 kom inte fram och om 1 vet ingen.");
    f.mail.down_since = NOW_AT - HOUR;
    t = judged(&f, *state, TEXT_STATUS_MAIL);
    assert_told(&t, STATUS_NOW, "har inte svarat sedan 20");
    f.is_mail_usable = false;
    t = judged(&f, *state, TEXT_STATUS_MAIL);
    assert_told(&t, STATUS_NOW, "går inte att använda");
    f.has_mail_server = false;
    t = judged(&f, *state, TEXT_STATUS_MAIL);
    assert_told(&t, STATUS_NOW, "Ingen mejlserver är vald");
}

static void a_worker_that_is_gone_still_or_fails_is_told(void **state)
{
    struct status_facts f = all_well(*state);

    f.worker.starts = 2;
    struct status_thing t = judged(&f, *state, TEXT_STATUS_WORKER);
    assert_told(&t, STATUS_SOON, "1 gång sedan starten");
    f.errands.failing = 1;
    t = judged(&f, *state, TEXT_STATUS_WORKER);
    assert_told(&t, STATUS_SOON, "1 uppgift gick inte att göra");
    f.errands.round_at = NOW_AT - HOUR;
    t = judged(&f, *state, TEXT_STATUS_WORKER);
    assert_told(&t, STATUS_NOW, "inte blivit klar med något sedan");
    f.worker.is_up = false;
    t = judged(&f, *state, TEXT_STATUS_WORKER);
    assert_told(&t, STATUS_NOW, "har stannat");
}

static void a_clock_is_right_only_where_that_is_seen(void **state)
{
    struct status_facts f = all_well(*state);

    assert_int_equal(judged(&f, *state, TEXT_STATUS_CLOCK).state, STATUS_WELL);
    f.clock_set_at = NOW_AT - DAY;
    assert_int_equal(judged(&f, *state, TEXT_STATUS_CLOCK).state, STATUS_UNSEEN);
    f.clock_set_at = 0;
    assert_int_equal(judged(&f, *state, TEXT_STATUS_CLOCK).state, STATUS_UNSEEN);
}

static void an_address_that_is_read_in_the_clear_is_told(void **state)
{
    struct status_facts f = all_well(*state);

    f.address = S("http://lykta.exempel");
    struct status_thing t = judged(&f, *state, TEXT_STATUS_ADDRESS);
    assert_told(&t, STATUS_NOW, "inte krypterad");
    f.address = S("");
    t = judged(&f, *state, TEXT_STATUS_ADDRESS);
    assert_told(&t, STATUS_SOON, "ingen adress");
}

static void answers_that_failed_or_were_often_slow_are_told(void **state)
{
    struct status_facts f = all_well(*state);

    f.slow = 50;
    assert_int_equal(judged(&f, *state, TEXT_STATUS_REQUESTS).state, STATUS_WELL);
    f.slow = 51;
    struct status_thing t = judged(&f, *state, TEXT_STATUS_REQUESTS);
    assert_told(&t, STATUS_SOON, "51 tog längre");
    f.slow = 0;
    f.failed = 1;
    t = judged(&f, *state, TEXT_STATUS_REQUESTS);
    assert_told(&t, STATUS_SOON, "1 fel hos servern");
    f.is_counted = false;
    assert_int_equal(judged(&f, *state, TEXT_STATUS_REQUESTS).state, STATUS_UNSEEN);
}

static void a_fault_of_the_folder_is_shown_as_lykta_check_says_it(void **state)
{
    struct status_facts f = all_well(*state);

    find_good(&f.folder, "folder", "the good part");
    find_fault(&f.folder, "keys", S("chmod 600 it"), "others may read <it>");
    const char *page = drawn(&f, *state, LANGUAGE_SV);
    assert_non_null(strstr(page, "<li>others may read &lt;it&gt;<br>chmod 600 it</li>"));
    assert_null(strstr(page, "the good part"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_system_that_is_well_says_so_and_what_it_cannot_see),
        WITH_ARENA(the_worst_comes_first_with_what_it_means_and_what_to_do),
        WITH_ARENA(a_disk_with_too_little_room_is_told_to_the_byte),
        WITH_ARENA(a_backup_that_is_old_fails_or_was_never_made_is_told),
        WITH_ARENA(a_database_that_nobody_has_read_through_is_not_called_whole),
        WITH_ARENA(mail_that_does_not_go_is_told),
        WITH_ARENA(a_worker_that_is_gone_still_or_fails_is_told),
        WITH_ARENA(a_clock_is_right_only_where_that_is_seen),
        WITH_ARENA(an_address_that_is_read_in_the_clear_is_told),
        WITH_ARENA(answers_that_failed_or_were_often_slow_are_told),
        WITH_ARENA(a_fault_of_the_folder_is_shown_as_lykta_check_says_it),
    };

    return cmocka_run_group_tests_name("status", tests, NULL, NULL);
}
