/* The postman: nothing is lost when the mail server is down, and nothing is sent twice when the program dies.
 */
#include "../scratch.h"
#include "../unit.h"
#include "sink.h"

#include "mail/mail.h"
#include "mail/postman.h"
#include "store/city.h"

#include <signal.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct who who = {.name = "test", .now_at = 1795500000};
static atomic_llong clock_at = 1795500000;

static int64_t now_at(void)
{
    return atomic_load(&clock_at);
}

static enum status carry_by_smtp(const struct carrier **out, struct err *e)
{
    (void)e;
    *out = &smtp_carrier;
    return OK;
}

static int begin(void **state)
{
    atomic_store(&clock_at, 1795500000);
    return scratch_open(state);
}

/* As an administrator chooses `server` in the portal. */
static void choose_server(struct city *city, struct str server)
{
    struct settings wanted = *city_settings(city);
    struct err e = {0};

    wanted.config.mail_server = server;
    wanted.config.mail_sender = S("natverket@exempel.se");
    wanted.config.mail_tls = S("none");
    assert_int_equal(settings_save(city->db, &who, &city->file, &wanted, &e), OK);
    assert_int_equal(city_refresh(city, city->db, &e), OK);
}

static struct str server_of(struct scratch *s, const struct mail_sink *sink)
{
    return str_of(arena_printf(s->arena, "smtp://localhost:%d", sink->port));
}

/* A city whose letters wait; the caller closes it. */
static struct city *city_without_server(void **state)
{
    const char *path = scratch_path(*state, "lund");
    struct city_make make = {.municipality = S("1281"), .is_example = true, .who = who};
    struct city *city = NULL;
    struct err e = {0};

    assert_int_equal(city_init(path, &make, &e), OK);
    assert_int_equal(city_open(path, DB_WRITE, &city, &e), OK);
    return city;
}

/* A city whose letters go to `sink`; the caller closes it. */
static struct city *city_for(void **state, const struct mail_sink *sink)
{
    struct city *city = city_without_server(state);

    choose_server(city, server_of(*state, sink));
    return city;
}

static void queue(struct city *city, size_t n, const char *first)
{
    const struct audit_line line = {.who = who, .action = "test"};
    struct err e = {0};
    int64_t id = 0;

    assert_int_equal(db_change(city->db, &e), OK);
    for (size_t i = 0; i < n; i++) {
        const struct mail_letter letter = {.address = i == 0 ? str_of(first) : S("kim@example.org"),
                                           .subject = S("Hej"),
                                           .plain = S("Hej\n"),
                                           .html = S("<p>Hej</p>")};

        assert_int_equal(mail_queue(city->db, &letter, now_at(), &id, &e), OK);
    }
    assert_int_equal(db_change_end(city->db, OK, &line, &e), OK);
}

static size_t go_round(struct city *city)
{
    struct postman *p = NULL;
    struct err e = {0};
    size_t sent = 0;

    assert_int_equal(postman_open(city, city->db, now_at, carry_by_smtp, NULL, &p, &e), OK);
    assert_int_equal(postman_round(p, &sent, &e), OK);
    postman_close(p);
    return sent;
}

static struct mail_standing standing(void **state, struct city *city)
{
    struct mail_standing s;
    struct err e = {0};

    assert_int_equal(mail_standing(city->db, ((struct scratch *)*state)->arena, &s, &e), OK);
    return s;
}

static struct mail_sink open_sink(void **state, int port)
{
    return sink_open(scratch_path(*state, "letters"), port, NULL, ((struct scratch *)*state)->arena);
}

static void every_letter_that_is_due_is_carried(void **state)
{
    struct mail_sink sink = open_sink(state, 0);
    struct city *city = city_for(state, &sink);

    queue(city, 20, "kim@example.org");
    assert_int_equal(go_round(city), 20);
    assert_int_equal(go_round(city), 0);
    assert_int_equal(sink_letters(&sink), 20);
    city_close(city);
    sink_close(&sink);
}

static void one_letter_that_cannot_be_taken_holds_no_other_up(void **state)
{
    struct mail_sink sink = open_sink(state, 0);
    struct city *city = city_for(state, &sink);

    queue(city, 5, "never@example.org");
    queue(city, 5, "later@example.org");
    queue(city, 5, "gone@example.org");
    assert_int_equal(go_round(city), 12);
    assert_int_equal(standing(state, city).failed, 1);
    assert_int_equal(standing(state, city).queued, 1);
    assert_int_equal(standing(state, city).unsure, 1);
    city_close(city);
    sink_close(&sink);
}

static void when_the_server_was_down_for_an_hour_every_letter_arrives_once(void **state)
{
    struct mail_sink sink = open_sink(state, 0);
    struct city *city = city_for(state, &sink);
    struct postman *p = NULL;
    struct err e = {0};
    size_t sent = 0;

    sink_close(&sink);
    queue(city, 10, "kim@example.org");
    assert_int_equal(postman_open(city, city->db, now_at, carry_by_smtp, NULL, &p, &e), OK);
    for (int minute = 0; minute < 60; minute++) {
        assert_int_equal(postman_round(p, &sent, &e), OK);
        assert_int_equal(sent, 0);
        atomic_fetch_add(&clock_at, 60);
    }
    assert_int_equal(standing(state, city).queued, 10);
    assert_int_equal(standing(state, city).down_since, who.now_at);
    sink = open_sink(state, sink.port);
    atomic_fetch_add(&clock_at, 300);
    assert_int_equal(postman_round(p, &sent, &e), OK);
    assert_int_equal(sent, 10);
    assert_int_equal(sink_letters(&sink), 10);
    assert_int_equal(standing(state, city).down_since, 0);
    postman_close(p);
    city_close(city);
    sink_close(&sink);
}

/* A process of its own carries letters until it is killed. */
static pid_t carry_in_child(const char *path)
{
    pid_t pid = fork();
    struct city *city = NULL;
    struct postman *p = NULL;
    struct err e;
    size_t sent;

    if (pid != 0)
        return pid;
    if (city_open(path, DB_WRITE, &city, &e) != OK)
        _exit(1);
    if (postman_open(city, city->db, now_at, carry_by_smtp, NULL, &p, &e) != OK)
        _exit(1);
    while (postman_round(p, &sent, &e) == OK)
        usleep(1000);
    _exit(1);
}

static void no_letter_is_sent_twice_or_lost_when_the_program_is_killed(void **state)
{
    struct mail_sink sink = open_sink(state, 0);
    struct city *city = city_for(state, &sink);

    queue(city, 300, "kim@example.org");
    for (int kill_number = 0; kill_number < 10; kill_number++) {
        size_t before = sink_letters(&sink);
        pid_t pid = carry_in_child(scratch_path(*state, "lund"));

        for (int i = 0; i < 5000 && sink_letters(&sink) <= before; i++)
            usleep(1000);
        usleep((useconds_t)(kill_number * 1700 % 9000));
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
    }
    go_round(city);
    struct mail_standing s = standing(state, city);
    size_t arrived = sink_letters(&sink);
    assert_int_equal(s.queued, 0);
    assert_true(arrived <= 300);
    assert_true((int64_t)arrived + s.unsure >= 300);
    city_close(city);
    sink_close(&sink);
}

static void a_letter_whose_server_had_not_answered_when_the_program_died_is_unsure(void **state)
{
    struct mail_sink sink = open_sink(state, 0);
    struct city *city = city_for(state, &sink);
    const char *begun = scratch_path(*state, "letters/slow.begun");

    queue(city, 1, "slow@example.org");
    pid_t pid = carry_in_child(scratch_path(*state, "lund"));
    for (int i = 0; i < 10000 && access(begun, F_OK) != 0; i++)
        usleep(1000);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    assert_int_equal(go_round(city), 0);
    assert_int_equal(standing(state, city).unsure, 1);
    city_close(city);
    sink_close(&sink);
}

static void a_letter_whose_fate_could_not_be_written_is_unsure(void **state)
{
    struct mail_sink sink = open_sink(state, 0);
    struct city *city = city_for(state, &sink);
    struct postman *p = NULL;
    struct err e = {0};
    size_t sent = 0;

    queue(city, 2, "kim@example.org");
    assert_int_equal(postman_open(city, city->db, now_at, carry_by_smtp, NULL, &p, &e), OK);
    assert_int_equal(db_script(city->db,
                               "create trigger away before update on mail_letter when new.state = 'sent' "
                               "begin select raise(abort, 'away'); end;",
                               &e),
                     OK);
    assert_int_equal(postman_round(p, &sent, &e), SYSTEM);
    assert_int_equal(db_script(city->db, "drop trigger away", &e), OK);
    assert_int_equal(postman_round(p, &sent, &e), OK);
    assert_int_equal(sent, 1);
    assert_int_equal(standing(state, city).unsure, 1);
    assert_int_equal(sink_letters(&sink), 2);
    postman_close(p);
    city_close(city);
    sink_close(&sink);
}

static void without_a_server_letters_wait_until_one_is_chosen(void **state)
{
    struct mail_sink sink = open_sink(state, 0);
    struct city *city = city_without_server(state);
    struct postman *p = NULL;
    struct err e = {0};
    size_t sent = 0;

    queue(city, 3, "kim@example.org");
    assert_int_equal(postman_open(city, city->db, now_at, carry_by_smtp, NULL, &p, &e), OK);
    assert_int_equal(postman_round(p, &sent, &e), OK);
    assert_int_equal(standing(state, city).queued, 3);
    choose_server(city, server_of(*state, &sink));
    assert_int_equal(postman_round(p, &sent, &e), OK);
    assert_int_equal(sent, 3);
    assert_int_equal(sink_letters(&sink), 3);
    postman_close(p);
    city_close(city);
    sink_close(&sink);
}

static void settings_that_cannot_be_used_hold_letters_back_until_they_are_mended(void **state)
{
    struct mail_sink sink = open_sink(state, 0);
    struct city *city = city_for(state, &sink);
    struct postman *p = NULL;
    struct err e = {0};
    size_t sent = 0;

    assert_int_equal(postman_open(city, city->db, now_at, carry_by_smtp, NULL, &p, &e), OK);
    choose_server(city, S("smtp://mail.example.org:25"));
    queue(city, 1, "kim@example.org");
    assert_int_equal(postman_round(p, &sent, &e), BAD_INPUT);
    assert_says(e, "tls in [mail]");
    choose_server(city, server_of(*state, &sink));
    assert_int_equal(postman_round(p, &sent, &e), OK);
    assert_int_equal(sent, 1);
    postman_close(p);
    city_close(city);
    sink_close(&sink);
}

#define WITH_SCRATCH(test) cmocka_unit_test_setup_teardown(test, begin, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCRATCH(every_letter_that_is_due_is_carried),
        WITH_SCRATCH(one_letter_that_cannot_be_taken_holds_no_other_up),
        WITH_SCRATCH(when_the_server_was_down_for_an_hour_every_letter_arrives_once),
        WITH_SCRATCH(no_letter_is_sent_twice_or_lost_when_the_program_is_killed),
        WITH_SCRATCH(a_letter_whose_server_had_not_answered_when_the_program_died_is_unsure),
        WITH_SCRATCH(a_letter_whose_fate_could_not_be_written_is_unsure),
        WITH_SCRATCH(without_a_server_letters_wait_until_one_is_chosen),
        WITH_SCRATCH(settings_that_cannot_be_used_hold_letters_back_until_they_are_mended),
    };

    return cmocka_run_group_tests_name("postman", tests, NULL, NULL);
}
