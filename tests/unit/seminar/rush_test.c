/* A rush: many sign up at once, and the program is killed while they do. */
#include "office.h"

#include "store/db.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { GUESTS = 500, THREADS = 8, SEATS = 40, KILLS = 10 };

struct rush {
    struct seminar_office office;
    int64_t seminar;
    atomic_int next;
    atomic_int refused;
};

static enum status sign_up(const struct seminar_office *o, int64_t seminar, const char *address,
                           struct err *e)
{
    const struct who who = {.name = "test", .now_at = OFFICE_NOON};
    const struct signup ask = {.seminar = seminar,
                               .actor = S("hotel"),
                               .organisation_name = S("Hotell Exempel"),
                               .name = S("Kim Exempel"),
                               .address = str_of(address)};
    int64_t id = 0;

    return signup_add(o, &ask, SIGNUP_TYPED, &who, &id, e);
}

static void *rush_in(void *context)
{
    struct rush *r = context;
    struct seminar_office o = r->office;
    char address[64];
    struct err e;

    o.db = office_connect(&r->office);
    for (int i = atomic_fetch_add(&r->next, 1); i < GUESTS; i = atomic_fetch_add(&r->next, 1)) {
        snprintf(address, sizeof address, "gast%d@example.org", i);
        /* Who has waited too long for the others tries again, as a browser's user does. */
        while (sign_up(&o, r->seminar, address, &e) != OK)
            atomic_fetch_add(&r->refused, 1);
    }
    db_close(o.db);
    return NULL;
}

static int64_t number(void **state, const char *sql)
{
    struct query q = db_query(office_of(state)->o.db, sql);
    struct err e = {0};
    int64_t n = query_next(&q) ? query_int(&q, 0) : -1;

    assert_int_equal(query_end(&q, &e), OK);
    return n;
}

static void five_hundred_at_once_get_exactly_the_seats_and_the_rest_wait_in_order(void **state)
{
    static const char all[] = "select count(*) from seminar_signup";
    static const char seated[] = "select count(*) from seminar_signup where is_seated = 1";
    static const char last_seated[] = "select max(place) from seminar_signup where is_seated = 1";
    static const char letters[] = "select count(distinct address) from mail_letter";
    struct rush r = {.office = office_of(state)->o, .seminar = office_seminar(state, SEATS)};
    pthread_t threads[THREADS];

    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, rush_in, &r), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(number(state, all), GUESTS);
    assert_int_equal(number(state, seated), SEATS);
    assert_int_equal(number(state, last_seated), SEATS);
    assert_int_equal(number(state, letters), GUESTS);
}

/* A process that signs guests up and tells each one through the pipe once it is done. */
static _Noreturn void sign_up_until_killed(const struct rush *r, int first, int out)
{
    struct seminar_office o = r->office;
    char address[64];
    struct err e;

    o.db = office_connect(&r->office);
    for (int i = first;; i++) {
        snprintf(address, sizeof address, "gast%d@example.org", i);
        if (sign_up(&o, r->seminar, address, &e) != OK || write(out, &i, sizeof i) != (ssize_t)sizeof i)
            _exit(1);
    }
}

static void a_killed_program_has_lost_no_sign_up_that_it_acknowledged(void **state)
{
    static const char sql[] = "select count(*) from seminar_signup where address = $1";
    struct rush r = {.office = office_of(state)->o, .seminar = office_seminar(state, SEATS)};
    int acknowledged = -1;

    for (int kill_number = 0; kill_number < KILLS; kill_number++) {
        int told[2];
        int first = acknowledged + 1;

        assert_int_equal(pipe(told), 0);
        pid_t pid = fork();
        if (pid == 0)
            sign_up_until_killed(&r, first + 1000 * kill_number, told[1]);
        close(told[1]);
        for (int i = 0; i < 3 + kill_number; i++)
            assert_int_equal(read(told[0], &acknowledged, sizeof acknowledged), sizeof acknowledged);
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
        while (read(told[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged)
            continue;
        close(told[0]);
        for (int i = first + 1000 * kill_number; i <= acknowledged; i++) {
            struct query q = db_query(office_of(state)->o.db, sql);
            struct err e = {0};

            bind_str(&q, 1, str_of(arena_printf(office_arena(state), "gast%d@example.org", i)));
            assert_true(query_next(&q) && query_int(&q, 0) == 1);
            assert_int_equal(query_end(&q, &e), OK);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_OFFICE(five_hundred_at_once_get_exactly_the_seats_and_the_rest_wait_in_order),
        WITH_OFFICE(a_killed_program_has_lost_no_sign_up_that_it_acknowledged),
    };

    return cmocka_run_group_tests_name("rush", tests, NULL, NULL);
}
