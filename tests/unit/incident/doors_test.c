/* The city's doors, over HTTP: who is let in while they are shut, and which pages answer. */
#include "../portal/served.h"

#include "portal/doors.h"
#include "store/city.h"
#include "store/db.h"

#include <string.h>

static void set(struct served *s, enum doors_state state, int64_t kept)
{
    struct err e = {0};

    assert_int_equal(db_begin(s->city->db, &e), OK);
    assert_int_equal(db_end(s->city->db, doors_set(s->city->db, state, kept, 1795521600, &e), &e), OK);
}

static int status_of(struct served *s, const struct caller *caller, const char *method, const char *path)
{
    return served_ask_as(s, caller, method, path).http_status;
}

static void each_step_shuts_more_and_help_is_never_shut(void **state)
{
    static const struct {
        const char *method, *path;
        int answers[DOORS_STATES];
    } asked[] = {{"GET", "/hjalp", {200, 200, 200, 200}},
                 {"GET", "/en/hjalp", {200, 200, 200, 200}},
                 {"GET", "/logga-in", {200, 200, 200, 200}},
                 {"GET", "/lamna", {303, 303, 303, 303}},
                 {"GET", "/", {200, 200, 200, 503}},
                 {"GET", "/personuppgifter", {200, 200, 200, 503}},
                 {"GET", "/iakttagelse", {200, 200, 503, 503}},
                 {"GET", "/uppfoljning", {200, 200, 503, 503}},
                 {"POST", "/uppfoljning", {422, 422, 503, 503}},
                 {"GET", "/konto", {303, 303, 303, 503}}};
    struct served *s = *state;
    struct caller reader = served_caller(s, ROLE_READER);

    for (enum doors_state shut = DOORS_OPEN; shut < DOORS_STATES; shut++) {
        set(s, shut, 0);
        for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
            int got = status_of(s, &reader, asked[i].method, asked[i].path);

            if (got != asked[i].answers[shut])
                fail_msg("%s %s at step %d: %d", asked[i].method, asked[i].path, (int)shut, got);
        }
    }
    set(s, DOORS_OPEN, 0);
}

static void a_page_that_is_shut_leads_to_help(void **state)
{
    struct served *s = *state;
    struct caller reader = served_caller(s, ROLE_READER);

    set(s, DOORS_HELP, 0);
    const char *body = served_ask_as(s, &reader, "GET", "/begrepp").body;
    assert_non_null(strstr(body, "Sidan är stängd just nu"));
    assert_non_null(strstr(body, "class=\"btn\" href=\"/hjalp\""));
    body = served_ask_as(s, &reader, "GET", "/en/begrepp").body;
    assert_non_null(strstr(body, "class=\"btn\" href=\"/en/hjalp\""));
    set(s, DOORS_OPEN, 0);
}

static void shutting_ends_every_session_but_one(void **state)
{
    static const char sql[] = "select count(*) from session where id > $1";
    struct served *s = *state;
    struct caller administrator = served_caller(s, ROLE_ADMINISTRATOR);
    struct caller other = served_caller(s, ROLE_ADMINISTRATOR);
    struct caller member = served_caller(s, ROLE_MEMBER);

    set(s, DOORS_ACCOUNTS, administrator.session);
    assert_int_equal(served_count(s, sql, 0), 1);
    assert_int_equal(status_of(s, &administrator, "GET", "/konto"), 200);
    assert_int_equal(status_of(s, &other, "GET", "/konto"), 303);
    assert_int_equal(status_of(s, &member, "GET", "/konto"), 303);
    set(s, DOORS_OPEN, 0);
}

/* A session that was begun at the very moment when the doors were shut. */
static void a_session_of_another_role_is_worth_nothing_while_they_are_shut(void **state)
{
    struct served *s = *state;

    for (int role = 0; role < ROLES; role++) {
        bool is_let_in = role == ROLE_ADMINISTRATOR || role == ROLE_DPO;

        set(s, DOORS_HELP, 0);
        struct caller caller = served_caller(s, role);
        assert_int_equal(status_of(s, &caller, "GET", "/konto"), is_let_in ? 200 : 503);
        assert_int_equal(status_of(s, &caller, "GET", "/"), is_let_in ? 200 : 503);
        set(s, DOORS_OPEN, 0);
        assert_int_equal(status_of(s, &caller, "GET", "/konto"), 200);
    }
}

static void the_sign_in_page_says_that_the_doors_are_shut(void **state)
{
    struct served *s = *state;
    struct caller reader = served_caller(s, ROLE_READER);

    assert_null(strstr(served_ask_as(s, &reader, "GET", "/logga-in").body, "Inloggningen är stängd"));
    set(s, DOORS_ACCOUNTS, 0);
    assert_non_null(strstr(served_ask_as(s, &reader, "GET", "/logga-in").body, "Inloggningen är stängd"));
    set(s, DOORS_OPEN, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_step_shuts_more_and_help_is_never_shut),
        cmocka_unit_test(a_page_that_is_shut_leads_to_help),
        cmocka_unit_test(shutting_ends_every_session_but_one),
        cmocka_unit_test(a_session_of_another_role_is_worth_nothing_while_they_are_shut),
        cmocka_unit_test(the_sign_in_page_says_that_the_doors_are_shut),
    };

    return cmocka_run_group_tests_name("the city's doors", tests, served_begin, served_end);
}
