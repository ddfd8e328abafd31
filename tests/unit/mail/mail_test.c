/* The outbox: a letter's steps, each taken once. */
#include "../tables.h"
#include "../unit.h"

#include "mail/mail.h"
#include "store/db.h"

static const int64_t now = 1795500000;
static const struct who who = {.name = "test", .now_at = 1795500000};

static int outbox_open(void **state)
{
    struct db *db = NULL;
    struct err e = {0};

    if (scratch_open(state) != 0 || scratch_tables(*state, "lykta", 0, &db, &e) != OK)
        return -1;
    ((struct scratch *)*state)->mine = db;
    return 0;
}

static int outbox_close(void **state)
{
    db_close(((struct scratch *)*state)->mine);
    return scratch_close(state);
}

static struct db *db_of(void **state)
{
    return ((struct scratch *)*state)->mine;
}

static struct mail_letter sample(const char *address)
{
    return (struct mail_letter){.address = str_of(address),
                                .name = S("Kim Exempel"),
                                .subject = S("Hej"),
                                .plain = S("Hej\n"),
                                .html = S("<p>Hej</p>")};
}

static int64_t queue(void **state, const struct mail_letter *letter)
{
    const struct audit_line line = {.who = who, .action = "test"};
    int64_t id = 0;
    struct err e = {0};

    assert_int_equal(db_change(db_of(state), &e), OK);
    assert_int_equal(db_change_end(db_of(state), mail_queue(db_of(state), letter, now, &id, &e), &line, &e),
                     OK);
    return id;
}

/* The number of the next letter due at `at`, and the letter; 0: none. */
static int64_t next(void **state, int64_t at, struct mail_letter *out)
{
    bool has_one = false;
    struct err e = {0};

    assert_int_equal(mail_next(db_of(state), at, ((struct scratch *)*state)->arena, out, &has_one, &e), OK);
    return has_one ? out->id : 0;
}

static struct mail_standing standing(void **state)
{
    struct mail_standing s;
    struct err e = {0};

    assert_int_equal(mail_standing(db_of(state), ((struct scratch *)*state)->arena, &s, &e), OK);
    return s;
}

static void a_letter_comes_out_as_it_was_queued(void **state)
{
    struct mail_letter letter = sample("kim@example.org");
    struct mail_letter out;
    int64_t id = queue(state, &letter);

    assert_int_equal(next(state, now, &out), id);
    assert_str(out.address, "kim@example.org");
    assert_str(out.plain, "Hej\n");
    assert_int_equal(out.message.n, 32);
}

static void a_change_that_is_undone_takes_its_letter_with_it(void **state)
{
    const struct audit_line line = {.who = who, .action = "test"};
    struct mail_letter letter = sample("kim@example.org");
    int64_t id = 0;
    struct err e = {0};

    assert_int_equal(db_change(db_of(state), &e), OK);
    assert_int_equal(mail_queue(db_of(state), &letter, now, &id, &e), OK);
    assert_int_equal(db_change_end(db_of(state), REFUSED, &line, &e), REFUSED);
    assert_int_equal(next(state, now, &letter), 0);
}

static void letters_go_in_the_order_they_came(void **state)
{
    struct mail_letter letter = sample("a@example.org");
    int64_t first = queue(state, &letter);

    queue(state, &letter);
    assert_int_equal(next(state, now, &letter), first);
}

static void an_address_that_is_none_is_refused(void **state)
{
    struct mail_letter letter = sample("kim@example.org\r\nBcc: x@example.org");
    int64_t id = 0;
    struct err e = {0};

    assert_int_equal(mail_queue(db_of(state), &letter, now, &id, &e), BAD_INPUT);
}

static void a_sent_letter_is_forgotten_but_for_its_head(void **state)
{
    static const char sql[] = "select plain || html || calendar, state from mail_letter";
    struct mail_letter letter = sample("kim@example.org");
    int64_t id = queue(state, &letter);
    struct err e = {0};

    assert_int_equal(mail_is_handing(db_of(state), id, now, &e), OK);
    assert_int_equal(mail_is_sent(db_of(state), id, now, &e), OK);
    struct query q = db_query(db_of(state), sql);
    assert_true(query_next(&q));
    assert_str(query_str(&q, 0, ((struct scratch *)*state)->arena), "");
    assert_str(query_str(&q, 1, ((struct scratch *)*state)->arena), "sent");
    assert_int_equal(query_end(&q, &e), OK);
}

static void a_letter_is_found_in_the_state_it_is_in(void **state)
{
    struct arena *a = ((struct scratch *)*state)->arena;
    struct mail_letter letter = sample("kim@example.org");
    int64_t id = queue(state, &letter);
    struct mail_letter found;
    struct err e = {0};

    assert_int_equal(mail_find(db_of(state), id, a, &found, &e), OK);
    assert_int_equal(found.state, MAIL_QUEUED);
    assert_int_equal(mail_is_handing(db_of(state), id, now, &e), OK);
    assert_int_equal(mail_has_failed(db_of(state), &found, S("550 unknown"), now, &e), OK);
    assert_int_equal(mail_find(db_of(state), id, a, &found, &e), OK);
    assert_int_equal(found.state, MAIL_FAILED);
    assert_str(found.reason, "550 unknown");
    assert_str(found.address, "kim@example.org");
    assert_int_equal(mail_find(db_of(state), id + 1, a, &found, &e), REFUSED);
}

static void no_step_is_taken_twice(void **state)
{
    struct mail_letter letter = sample("kim@example.org");
    int64_t id = queue(state, &letter);
    struct err e = {0};

    assert_int_equal(mail_is_sent(db_of(state), id, now, &e), SYSTEM);
    assert_int_equal(mail_is_handing(db_of(state), id, now, &e), OK);
    assert_int_equal(mail_is_handing(db_of(state), id, now, &e), SYSTEM);
}

static void a_clock_that_is_set_back_keeps_no_letter_waiting(void **state)
{
    struct mail_letter letter = sample("kim@example.org");
    struct mail_letter out;
    struct err e = {0};
    int64_t id = queue(state, &letter);

    assert_int_equal(next(state, now - 3600, &out), id);
    assert_int_equal(mail_waits(db_of(state), &out, S("451 later"), now, &e), OK);
    assert_int_equal(next(state, now + 1, &out), 0);
    assert_int_equal(next(state, now - 3600, &out), id);
}

static void a_letter_that_waits_comes_back_later_each_time(void **state)
{
    struct mail_letter letter = sample("kim@example.org");
    int64_t at = now;
    int64_t last = 0;
    struct err e = {0};

    queue(state, &letter);
    for (int i = 0; i < 9; i++) {
        assert_true(next(state, at, &letter) > 0);
        assert_int_equal(mail_waits(db_of(state), &letter, S("451 later"), at, &e), OK);
        assert_int_equal(next(state, at, &letter), 0);
        int64_t wait = 60 << (i < 6 ? i : 6) > 3600 ? 3600 : 60 << (i < 6 ? i : 6);
        assert_true(wait >= last);
        last = wait;
        assert_int_equal(next(state, at + wait - 1, &letter), 0);
        at += wait;
    }
    assert_str(letter.reason, "451 later");
}

static void after_five_days_a_letter_that_waits_has_failed(void **state)
{
    struct mail_letter letter = sample("kim@example.org");
    struct mail_address address;
    struct err e = {0};

    queue(state, &letter);
    assert_true(next(state, now, &letter) > 0);
    assert_int_equal(mail_waits(db_of(state), &letter, S("451"), now + MAIL_GIVE_UP_SECONDS, &e), OK);
    assert_int_equal(standing(state).failed, 1);
    assert_int_equal(mail_address_find(db_of(state), S("kim@example.org"), ((struct scratch *)*state)->arena,
                                       &address, &e),
                     OK);
    assert_int_equal(address.failed_at, now + MAIL_GIVE_UP_SECONDS);
}

static void what_was_being_handed_over_at_a_crash_is_unsure_and_not_sent_again_by_itself(void **state)
{
    struct mail_letter letter = sample("kim@example.org");
    int64_t id = queue(state, &letter);
    int64_t n = 0;
    struct err e = {0};

    assert_int_equal(mail_is_handing(db_of(state), id, now, &e), OK);
    assert_int_equal(mail_recover(db_of(state), now + 1, &n, &e), OK);
    assert_int_equal(n, 1);
    assert_int_equal(standing(state).unsure, 1);
    assert_int_equal(next(state, now + 999999, &letter), 0);
}

static void a_person_can_send_an_unsure_letter_again_with_the_same_id(void **state)
{
    struct mail_letter letter = sample("kim@example.org");
    struct mail_letter again;
    int64_t id = queue(state, &letter);
    int64_t n = 0;
    struct err e = {0};

    next(state, now, &letter);
    assert_int_equal(mail_is_handing(db_of(state), id, now, &e), OK);
    assert_int_equal(mail_recover(db_of(state), now, &n, &e), OK);
    assert_int_equal(mail_send_again(db_of(state), id, &who, &e), OK);
    assert_int_equal(next(state, now, &again), id);
    assert_true(str_equal(again.message, letter.message));
    assert_int_equal(mail_send_again(db_of(state), id, &who, &e), REFUSED);
}

static void who_has_unsubscribed_gets_no_mailing_but_still_her_own_letters(void **state)
{
    struct mail_letter mailing = sample("kim@example.org");
    struct mail_letter own = sample("kim@example.org");
    struct err e = {0};

    mailing.unsubscribe = S("https://example.org/stop");
    assert_int_equal(mail_unsubscribe(db_of(state), S("kim@example.org"), now, &e), OK);
    assert_int_equal(queue(state, &mailing), 0);
    assert_true(queue(state, &own) > 0);
    assert_int_equal(mail_subscribe(db_of(state), S("kim@example.org"), &e), OK);
    assert_true(queue(state, &mailing) > 0);
}

static void the_server_is_down_since_it_first_was(void **state)
{
    struct err e = {0};

    assert_int_equal(mail_server_answers(db_of(state), S("refused"), now, &e), OK);
    assert_int_equal(mail_server_answers(db_of(state), S("timed out"), now + 60, &e), OK);
    assert_int_equal(standing(state).down_since, now);
    assert_str(standing(state).reason, "timed out");
    assert_int_equal(mail_server_answers(db_of(state), S(""), now + 90, &e), OK);
    assert_int_equal(standing(state).down_since, 0);
}

#define WITH_OUTBOX(test) cmocka_unit_test_setup_teardown(test, outbox_open, outbox_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_OUTBOX(a_letter_comes_out_as_it_was_queued),
        WITH_OUTBOX(a_change_that_is_undone_takes_its_letter_with_it),
        WITH_OUTBOX(letters_go_in_the_order_they_came),
        WITH_OUTBOX(an_address_that_is_none_is_refused),
        WITH_OUTBOX(a_sent_letter_is_forgotten_but_for_its_head),
        WITH_OUTBOX(a_letter_is_found_in_the_state_it_is_in),
        WITH_OUTBOX(no_step_is_taken_twice),
        WITH_OUTBOX(a_clock_that_is_set_back_keeps_no_letter_waiting),
        WITH_OUTBOX(a_letter_that_waits_comes_back_later_each_time),
        WITH_OUTBOX(after_five_days_a_letter_that_waits_has_failed),
        WITH_OUTBOX(what_was_being_handed_over_at_a_crash_is_unsure_and_not_sent_again_by_itself),
        WITH_OUTBOX(a_person_can_send_an_unsure_letter_again_with_the_same_id),
        WITH_OUTBOX(who_has_unsubscribed_gets_no_mailing_but_still_her_own_letters),
        WITH_OUTBOX(the_server_is_down_since_it_first_was),
    };

    return cmocka_run_group_tests_name("mail", tests, NULL, NULL);
}
