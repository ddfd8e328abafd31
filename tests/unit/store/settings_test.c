/* What a city has chosen: lykta.conf, and before it what an administrator has changed. */
#include "../scratch.h"
#include "../unit.h"

#include "store/city.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct who who = {.name = "person 1", .now_at = 1795500000, .role = "administrator"};

static struct city *open_city(void **state)
{
    const char *path = scratch_path(*state, "lund");
    struct city_make make = {.municipality = S("1281"), .who = who};
    struct city *city = NULL;
    struct err e = {0};

    if (city_open(path, DB_WRITE, &city, &e) == OK)
        return city;
    assert_int_equal(city_init(path, &make, &e), OK);
    assert_int_equal(city_open(path, DB_WRITE, &city, &e), OK);
    return city;
}

static enum status choose(struct city *city, int64_t version, const char *name, const char *email)
{
    struct settings wanted = *city_settings(city);
    struct err e = {0};

    wanted.version = version;
    wanted.name = str_of(name);
    wanted.config.email = str_of(email);
    return settings_save(city->db, &who, &city->file, &wanted, &e);
}

static void refresh(struct city *city)
{
    struct err e = {0};

    assert_int_equal(city_refresh(city, city->db, &e), OK);
}

static int64_t count(struct city *city, const char *sql)
{
    struct err e = {0};
    struct query q = db_query(city->db, sql);
    int64_t n = query_next(&q) ? query_int(&q, 0) : -1;

    assert_int_equal(query_end(&q, &e), OK);
    return n;
}

static const char lines[] = "select count(*) from audit where action = 'settings.change'";
static const char rows[] = "select count(*) from setting";

static void a_change_holds_from_the_next_look_and_after_a_restart(void **state)
{
    struct city *city = open_city(state);
    const struct settings *before = city_settings(city);

    assert_int_equal(choose(city, before->version, "Lund (exempel)", "natverket@exempel.se"), OK);
    assert_str(city_settings(city)->name, "Lund");
    refresh(city);
    assert_str(city_settings(city)->name, "Lund (exempel)");
    assert_str(city_settings(city)->config.email, "natverket@exempel.se");
    assert_str(before->name, "Lund");
    city_close(city);
    city = open_city(state);
    assert_str(city_settings(city)->name, "Lund (exempel)");
    assert_str(city_settings(city)->config.email, "natverket@exempel.se");
    city_close(city);
}

static void each_change_is_a_line_of_the_log_with_what_it_was_and_is(void **state)
{
    struct city *city = open_city(state);

    assert_int_equal(choose(city, 1, "Lund (exempel)", "natverket@exempel.se"), OK);
    assert_int_equal(count(city, lines), 2);
    assert_int_equal(count(city, "select count(*) from audit where detail = "
                                 "'city.name: \"Lund\" -> \"Lund (exempel)\"'"),
                     1);
    refresh(city);
    assert_int_equal(choose(city, 2, "Lund (exempel)", "natverket@exempel.se"), OK);
    assert_int_equal(count(city, lines), 2);
    city_close(city);
}

static void who_saves_second_is_told_and_changes_nothing(void **state)
{
    struct city *city = open_city(state);

    assert_int_equal(choose(city, 1, "Lund", "forst@exempel.se"), OK);
    assert_int_equal(choose(city, 1, "Lund", "sedan@exempel.se"), REFUSED);
    refresh(city);
    assert_str(city_settings(city)->config.email, "forst@exempel.se");
    assert_int_equal(count(city, lines), 1);
    city_close(city);
}

static void what_lykta_conf_says_too_is_no_change_of_the_portal(void **state)
{
    struct city *city = open_city(state);

    assert_int_equal(choose(city, 1, "Lund", "natverket@exempel.se"), OK);
    assert_int_equal(count(city, rows), 1);
    assert_int_equal(choose(city, 2, "Lund", ""), OK);
    assert_int_equal(count(city, rows), 0);
    refresh(city);
    assert_str(city_settings(city)->config.email, "");
    city_close(city);
}

static void lykta_conf_itself_is_never_written(void **state)
{
    struct scratch *s = *state;
    struct city *city = open_city(state);
    struct str before;
    struct str after;
    struct err e = {0};

    assert_int_equal(file_read(city_file(city, "lykta.conf", s->arena), 100000, s->arena, &before, &e), OK);
    assert_int_equal(choose(city, 1, "Lund", "natverket@exempel.se"), OK);
    assert_int_equal(file_read(city_file(city, "lykta.conf", s->arena), 100000, s->arena, &after, &e), OK);
    assert_true(str_equal(before, after));
    city_close(city);
}

/* Two settings that were changed together are never seen apart. */
struct looker {
    struct city *city;
    atomic_bool is_over;
    int64_t mixed, seen;
};

static void *look(void *context)
{
    struct looker *l = context;

    while (!atomic_load(&l->is_over)) {
        const struct settings *s = city_settings(l->city);
        bool is_new = str_starts(s->name, S("Ny"));

        l->mixed += is_new != str_starts(s->config.email, S("ny"));
        l->seen++;
    }
    return NULL;
}

static void whoever_reads_meanwhile_sees_one_state_or_the_other_whole(void **state)
{
    struct city *city = open_city(state);
    struct looker l = {.city = city};
    pthread_t thread;

    assert_int_equal(pthread_create(&thread, NULL, look, &l), 0);
    for (int i = 0; i < 200; i++) {
        bool is_new = i % 2 == 0;

        assert_int_equal(choose(city, i + 1, is_new ? "Ny" : "Lund", is_new ? "ny@exempel.se" : ""), OK);
        refresh(city);
    }
    atomic_store(&l.is_over, true);
    pthread_join(thread, NULL);
    assert_int_equal(l.mixed, 0);
    city_close(city);
}

/* A process of its own changes one setting again and again until it is killed. */
static pid_t change_in_child(const char *path)
{
    pid_t pid = fork();
    struct city *city = NULL;
    struct err e;

    if (pid != 0)
        return pid;
    if (city_open(path, DB_WRITE, &city, &e) != OK)
        _exit(1);
    for (;;) {
        struct settings wanted = *city_settings(city);

        wanted.config.contact = wanted.version % 2 ? S("Kansliet") : S("Samordnaren");
        if (settings_save(city->db, &who, &city->file, &wanted, &e) != OK ||
            city_refresh(city, city->db, &e) != OK)
            _exit(1);
    }
}

static void a_change_and_its_line_are_both_there_or_neither_when_the_program_is_killed(void **state)
{
    struct city *city = open_city(state);
    struct audit_head head;
    struct err e = {0};

    city_close(city);
    for (int kill_number = 0; kill_number < 10; kill_number++) {
        pid_t pid = change_in_child(scratch_path(*state, "lund"));

        usleep((useconds_t)(20000 + kill_number * 1700));
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
    }
    city = open_city(state);
    assert_true(city_settings(city)->version > 1);
    assert_int_equal(count(city, lines), city_settings(city)->version - 1);
    assert_int_equal(str_is(city_settings(city)->config.contact, "Samordnaren"),
                     city_settings(city)->version % 2);
    assert_int_equal(audit_verify(city->db, &head, &e), OK);
    city_close(city);
}

static void what_goes_before_lykta_conf_is_named_for_who_runs_the_server(void **state)
{
    struct scratch *s = *state;
    struct city *city = open_city(state);
    struct settings wanted = *city_settings(city);
    struct str names;
    struct err e = {0};

    assert_int_equal(settings_changed(city->db, s->arena, &names, &e), OK);
    assert_str(names, "");
    wanted.config.email = S("natverket@exempel.se");
    wanted.config.mail_server = S("smtp://localhost:25");
    assert_int_equal(settings_save(city->db, &who, &city->file, &wanted, &e), OK);
    assert_int_equal(settings_changed(city->db, s->arena, &names, &e), OK);
    assert_str(names, "mail.server, site.email");
    city_close(city);
}

static void a_note_makes_everyone_look_again(void **state)
{
    struct city *city = open_city(state);
    struct err e = {0};

    assert_int_equal(settings_note(city->db, &who, "settings.mail_password", &e), OK);
    refresh(city);
    assert_int_equal(city_settings(city)->version, 2);
    assert_int_equal(count(city, "select count(*) from audit where action = 'settings.mail_password' "
                                 "and detail = ''"),
                     1);
    city_close(city);
}

/* As after an older program has been put back. */
static void a_choice_that_this_program_does_not_know_is_left_alone(void **state)
{
    struct city *city = open_city(state);
    struct settings wanted = *city_settings(city);
    struct err e = {0};

    assert_int_equal(
        db_script(city->db, "insert into setting (name, value) values ('site.colour', 'red')", &e), OK);
    wanted.name = S("Exempelstad");
    assert_int_equal(settings_save(city->db, &who, &city->file, &wanted, &e), OK);
    refresh(city);
    assert_str(city_settings(city)->name, "Exempelstad");
    assert_int_equal(count(city, "select count(*) from setting where name = 'site.colour' and value = 'red'"),
                     1);
    city_close(city);
}

/* As on a connection that reads an older moment than another of this process has read. */
static void what_is_older_is_not_taken_over(void **state)
{
    struct city *city = open_city(state);
    struct db *held = NULL;
    struct err e = {0};

    assert_int_equal(city_connect(city, DB_READ, &held, &e), OK);
    assert_int_equal(db_hold(held, &e), OK);
    assert_int_equal(choose(city, city_settings(city)->version, "Exempelstad", ""), OK);
    refresh(city);
    assert_int_equal(city_refresh(city, held, &e), OK);
    assert_str(city_settings(city)->name, "Exempelstad");
    db_close(held);
    city_close(city);
}

#define WITH_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCRATCH(a_change_holds_from_the_next_look_and_after_a_restart),
        WITH_SCRATCH(each_change_is_a_line_of_the_log_with_what_it_was_and_is),
        WITH_SCRATCH(who_saves_second_is_told_and_changes_nothing),
        WITH_SCRATCH(what_lykta_conf_says_too_is_no_change_of_the_portal),
        WITH_SCRATCH(lykta_conf_itself_is_never_written),
        WITH_SCRATCH(whoever_reads_meanwhile_sees_one_state_or_the_other_whole),
        WITH_SCRATCH(a_change_and_its_line_are_both_there_or_neither_when_the_program_is_killed),
        WITH_SCRATCH(what_goes_before_lykta_conf_is_named_for_who_runs_the_server),
        WITH_SCRATCH(a_note_makes_everyone_look_again),
        WITH_SCRATCH(a_choice_that_this_program_does_not_know_is_left_alone),
        WITH_SCRATCH(what_is_older_is_not_taken_over),
    };

    return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}
