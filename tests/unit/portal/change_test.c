/* A form that is sent changes things once, and its change and its answer are one. */
#include "portal/change.h"

#include "house.h"
#include "portal/portal.h"
#include "web/request.h"
#include "web/response.h"

#include <pthread.h>
#include <string.h>

/* What one sending of a form is handled with: a connection of its own, as each worker has. */
struct sender {
    struct portal *portal;
    struct portal_worker worker;
    struct arena *arena;
    unsigned char once; /* the form's random number, sixteen times */
    int64_t now_at;
    route_handler *handle;
    struct response answer;
    enum status status;
};

static const char wanted[] = "select count(*) from wish";
static const char lines[] = "select count(*) from audit where action = 'wish.add'";

/* The change of all handlers: a row and its line in the log. */
static enum status wish(const struct request *r, struct err *e)
{
    static const char sql[] = "insert into wish (at) values ($1)";
    const struct audit_line line = {.who = {.name = "test", .now_at = r->now_at}, .action = "wish.add"};
    const struct portal_worker *w = r->worker;

    TRY(db_change(w->write, e));
    struct query q = db_query(w->write, sql);
    bind_int(&q, 1, r->now_at);
    return db_change_end(w->write, query_run(&q, e), &line, e);
}

static enum status kept(const struct request *r, struct response *out, struct err *e)
{
    TRY(wish(r, e));
    return response_redirect(out, S("/onskat"));
}

static enum status shown_again(const struct request *r, struct response *out, struct err *e)
{
    TRY(wish(r, e));
    return response_correct(out);
}

static enum status refused(const struct request *r, struct response *out, struct err *e)
{
    (void)out;
    TRY(wish(r, e));
    return err_set(e, REFUSED, "no more wishes");
}

static enum status not_found(const struct request *r, struct response *out, struct err *e)
{
    TRY(wish(r, e));
    return response_error(out, 404);
}

/* Redirects, and fails after it. */
static enum status failed_late(const struct request *r, struct response *out, struct err *e)
{
    TRY(kept(r, out, e));
    return err_set(e, SYSTEM, "the disk is full");
}

static struct sender sender_open(void **state, struct portal *portal, unsigned char once,
                                 route_handler *handle)
{
    struct house *h = house_of(state);
    struct sender s = {
        .portal = portal, .arena = arena_open(), .once = once, .now_at = h->now_at, .handle = handle};
    struct err e = {0};

    s.worker.portal = portal;
    assert_int_equal(db_open(db_path(h->db), DB_WRITE, &s.worker.write, &e), OK);
    assert_int_equal(db_in_turn(s.worker.write, h->turn, &e), OK);
    return s;
}

static void sender_close(struct sender *s)
{
    db_close(s->worker.write);
    arena_close(s->arena);
}

/* As dispatch.c does it. */
static void *sender_send(void *context)
{
    struct sender *s = context;
    struct request r = {.method = S("POST"),
                        .context = s->portal,
                        .worker = &s->worker,
                        .arena = s->arena,
                        .now_at = s->now_at};
    struct err e = {0};
    bool is_answered = false;

    memset(r.stamp.once, s->once, sizeof r.stamp.once);
    s->answer = response_open(text_open(s->arena), catalogue_of(LANGUAGE_SV), s->arena);
    s->status = change_begin(&r, &s->answer, &is_answered, &e);
    if (s->status == OK && !is_answered)
        s->status = change_end(&r, s->handle(&r, &s->answer, &e), &s->answer, &e);
    return NULL;
}

static int change_open(void **state)
{
    struct err e = {0};

    return house_open(state) == 0 &&
                   db_script(house_of(state)->db, "create table wish (at {int} not null) {strict}", &e) == OK
               ? 0
               : -1;
}

/* Sends a form with the number `once`; what the handler's connection held is closed after it. */
static struct response send_once(void **state, struct portal *p, unsigned char once, route_handler *handle,
                                 enum status expected)
{
    struct sender s = sender_open(state, p, once, handle);

    sender_send(&s);
    assert_int_equal(s.status, expected);
    struct response answer = s.answer;
    for (size_t i = 0; i < answer.n_headers; i++)
        answer.headers[i].value = str_copy(answer.headers[i].value, house_of(state)->arena);
    sender_close(&s);
    return answer;
}

static void assert_leads_to(const struct response *answer, const char *address)
{
    assert_int_equal(answer->http_status, 303);
    assert_int_equal(answer->n_headers, 1);
    assert_string_equal(answer->headers[0].name, "Location");
    assert_true(str_is(answer->headers[0].value, address));
}

static void assert_kept(void **state, int64_t n)
{
    assert_int_equal(house_count(house_of(state), wanted), n);
    assert_int_equal(house_count(house_of(state), lines), n);
}

static void a_form_that_is_sent_twice_changes_one_thing_and_leads_to_the_same_place(void **state)
{
    struct portal p = {0};

    struct response first = send_once(state, &p, 1, kept, OK);
    struct response second = send_once(state, &p, 1, kept, OK);
    assert_leads_to(&first, "/onskat");
    assert_leads_to(&second, "/onskat");
    assert_kept(state, 1);
    portal_close(&p);
}

static void another_form_is_another_change(void **state)
{
    struct portal p = {0};

    (void)send_once(state, &p, 1, kept, OK);
    (void)send_once(state, &p, 2, kept, OK);
    assert_kept(state, 2);
    portal_close(&p);
}

static void what_fails_is_undone_and_may_be_sent_again(void **state)
{
    struct portal p = {0};

    (void)send_once(state, &p, 1, refused, REFUSED);
    assert_kept(state, 0);
    (void)send_once(state, &p, 1, failed_late, SYSTEM);
    assert_kept(state, 0);
    struct response at_last = send_once(state, &p, 1, kept, OK);
    assert_leads_to(&at_last, "/onskat");
    assert_kept(state, 1);
    portal_close(&p);
}

static void a_form_that_is_shown_again_has_changed_nothing_and_may_be_corrected(void **state)
{
    struct portal p = {0};

    struct response again = send_once(state, &p, 1, shown_again, OK);
    assert_int_equal(again.http_status, 422);
    assert_kept(state, 0);
    struct response corrected = send_once(state, &p, 1, kept, OK);
    assert_leads_to(&corrected, "/onskat");
    assert_kept(state, 1);
    portal_close(&p);
}

static void a_page_about_an_error_undoes_what_came_before_it(void **state)
{
    struct portal p = {0};

    assert_int_equal(send_once(state, &p, 1, not_found, OK).http_status, 404);
    assert_kept(state, 0);
    portal_close(&p);
}

static void a_form_is_remembered_when_the_program_has_ended_in_between(void **state)
{
    struct portal before = {0};
    struct portal after = {0};

    (void)send_once(state, &before, 1, kept, OK);
    portal_close(&before);
    struct response second = send_once(state, &after, 1, kept, OK);
    assert_leads_to(&second, "/onskat");
    assert_kept(state, 1);
    portal_close(&after);
}

/* Longer than its token is good for. */
static void a_form_is_remembered_for_two_days(void **state)
{
    struct house *h = house_of(state);
    struct portal p = {0};

    assert_true((int)CHANGE_KEPT_SECONDS > (int)FORM_TOKEN_SECONDS);
    (void)send_once(state, &p, 1, kept, OK);
    h->now_at += CHANGE_KEPT_SECONDS;
    (void)send_once(state, &p, 2, kept, OK);
    assert_int_equal(house_count(h, "select count(*) from form_sent"), 2);
    h->now_at += 1;
    (void)send_once(state, &p, 3, kept, OK);
    assert_int_equal(house_count(h, "select count(*) from form_sent"), 2);
    portal_close(&p);
}

enum { AT_ONCE = 8, ROUNDS = 10 };

/* Eight threads send forms with the numbers `once` at the same moment; all are led on. */
static void send_at_once(void **state, struct portal *p, const unsigned char once[AT_ONCE])
{
    struct sender senders[AT_ONCE];
    pthread_t threads[AT_ONCE];

    for (int i = 0; i < AT_ONCE; i++)
        senders[i] = sender_open(state, p, once[i], kept);
    for (int i = 0; i < AT_ONCE; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, sender_send, &senders[i]), 0);
    for (int i = 0; i < AT_ONCE; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    for (int i = 0; i < AT_ONCE; i++) {
        assert_int_equal(senders[i].status, OK);
        assert_leads_to(&senders[i].answer, "/onskat");
        sender_close(&senders[i]);
    }
}

static void the_same_form_eight_times_at_the_same_moment_changes_one_thing(void **state)
{
    struct portal p = {0};

    for (unsigned char round = 0; round < ROUNDS; round++) {
        unsigned char once[AT_ONCE];

        memset(once, round, sizeof once);
        send_at_once(state, &p, once);
        assert_kept(state, round + 1);
    }
    portal_close(&p);
}

static void eight_forms_at_the_same_moment_change_eight_things_in_one_chain(void **state)
{
    static const unsigned char once[AT_ONCE] = {1, 2, 3, 4, 5, 6, 7, 8};
    struct audit_head head = {0};
    struct portal p = {0};
    struct err e = {0};

    send_at_once(state, &p, once);
    assert_kept(state, AT_ONCE);
    assert_int_equal(audit_verify(house_of(state)->db, &head, &e), OK);
    assert_int_equal(head.last, AT_ONCE);
    portal_close(&p);
}

#define WITH_CHANGES(test) cmocka_unit_test_setup_teardown(test, change_open, house_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_CHANGES(a_form_that_is_sent_twice_changes_one_thing_and_leads_to_the_same_place),
        WITH_CHANGES(another_form_is_another_change),
        WITH_CHANGES(what_fails_is_undone_and_may_be_sent_again),
        WITH_CHANGES(a_form_that_is_shown_again_has_changed_nothing_and_may_be_corrected),
        WITH_CHANGES(a_page_about_an_error_undoes_what_came_before_it),
        WITH_CHANGES(a_form_is_remembered_when_the_program_has_ended_in_between),
        WITH_CHANGES(a_form_is_remembered_for_two_days),
        WITH_CHANGES(the_same_form_eight_times_at_the_same_moment_changes_one_thing),
        WITH_CHANGES(eight_forms_at_the_same_moment_change_eight_things_in_one_chain),
    };

    return cmocka_run_group_tests_name("change", tests, NULL, NULL);
}
