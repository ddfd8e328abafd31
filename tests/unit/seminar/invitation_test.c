/* Invitations: each address once, answers, one reminder, and none to who wants none. */
#include "office.h"

#include "mail/mail.h"
#include "seminar/invitation.h"
#include "store/db.h"

static int64_t invite(void **state, int64_t seminar, const char *const *addresses)
{
    struct office *w = office_of(state);
    struct invitation asked[8] = {0};
    struct invitations all = {0, asked};
    struct err e = {0};
    int64_t n = 0;

    for (; addresses[all.n]; all.n++)
        asked[all.n] = (struct invitation){.actor = S("landlord"),
                                           .organisation_name = S("Bostäder Exempel"),
                                           .name = S("Kim Exempel"),
                                           .address = str_of(addresses[all.n])};
    assert_int_equal(invitation_send(&w->o, seminar, &all, S("Varmt *välkommen*!"), &w->who, &n, &e), OK);
    return n;
}

static struct invitation first(void **state, int64_t seminar)
{
    struct invitations all = {0};
    struct err e = {0};

    assert_int_equal(invitation_list(office_of(state)->o.db, seminar, office_arena(state), &all, &e), OK);
    assert_true(all.n > 0);
    return all.invitation[0];
}

static void answer(void **state, int64_t id, enum invitation_answer given)
{
    struct err e = {0};

    assert_int_equal(invitation_answer(&office_of(state)->o, id, given, &office_of(state)->who, &e), OK);
}

static int64_t remind(void **state)
{
    struct err e = {0};
    int64_t n = 0;

    assert_int_equal(invitation_remind(&office_of(state)->o, &office_of(state)->who, &n, &e), OK);
    return n;
}

static void an_invitation_has_the_coordinators_words_a_link_and_a_calendar_entry(void **state)
{
    int64_t seminar = office_seminar(state, 10);

    assert_int_equal(invite(state, seminar, (const char *const[]){"A@example.org", NULL}), 1);
    struct str letter = office_last_letter(state, "a@example.org");
    assert_true(office_holds(letter, "Varmt *välkommen*!"));
    assert_true(office_holds(letter, "https://lykta.example.org/seminarier/inbjudan/1-"));
    assert_true(office_holds(letter, "https://lykta.example.org/utskick/avsluta/1-"));
    assert_true(office_holds(office_last_calendar(state, "a@example.org"), "METHOD:REQUEST\r\n"));
}

static void nobody_is_invited_twice(void **state)
{
    int64_t seminar = office_seminar(state, 10);

    assert_int_equal(invite(state, seminar, (const char *const[]){"a@example.org", "a@example.org", NULL}),
                     1);
    assert_int_equal(invite(state, seminar, (const char *const[]){"a@example.org", "b@example.org", NULL}),
                     1);
}

static void who_has_stopped_mailings_is_not_invited(void **state)
{
    struct office *w = office_of(state);
    int64_t seminar = office_seminar(state, 10);
    struct err e = {0};

    invite(state, seminar, (const char *const[]){"a@example.org", NULL});
    assert_int_equal(invitation_stop(&w->o, first(state, seminar).id, &w->who, &e), OK);
    assert_int_equal(invite(state, office_seminar(state, 10), (const char *const[]){"a@example.org", NULL}),
                     0);
    assert_true(first(state, seminar).unsubscribed_at > 0);
}

static void an_address_that_is_none_is_passed_over(void **state)
{
    assert_int_equal(
        invite(state, office_seminar(state, 10), (const char *const[]){"a@example", "b@example.org", NULL}),
        1);
}

static void a_no_takes_the_entry_back(void **state)
{
    int64_t seminar = office_seminar(state, 10);

    invite(state, seminar, (const char *const[]){"a@example.org", NULL});
    answer(state, first(state, seminar).id, INVITATION_NO);
    assert_int_equal(first(state, seminar).answer, INVITATION_NO);
    assert_true(office_holds(office_last_calendar(state, "a@example.org"), "METHOD:CANCEL\r\n"));
}

static void a_no_after_a_yes_gives_the_seat_back(void **state)
{
    struct office *w = office_of(state);
    int64_t seminar = office_seminar(state, 1);
    struct err e = {0};
    int64_t guest = 0;

    invite(state, seminar, (const char *const[]){"a@example.org", NULL});
    const struct signup ask = {.seminar = seminar,
                               .invitation = first(state, seminar).id,
                               .organisation_name = S("X"),
                               .name = S("Kim"),
                               .address = S("a@example.org")};
    assert_int_equal(signup_add(&w->o, &ask, SIGNUP_BY_LETTER, &w->who, &guest, &e), OK);
    assert_int_equal(first(state, seminar).answer, INVITATION_YES);
    int64_t waiting = office_comes(state, seminar, "b@example.org");
    answer(state, ask.invitation, INVITATION_NO);
    assert_true(office_guest(state, waiting).is_seated);
    assert_int_equal(office_guest(state, guest).state, SIGNUP_CANCELLED);
}

static void who_has_not_answered_is_reminded_once_three_days_before(void **state)
{
    int64_t seminar = office_seminar(state, 10);

    invite(state, seminar, (const char *const[]){"a@example.org", "b@example.org", NULL});
    answer(state, first(state, seminar).id, INVITATION_OTHER);
    office_of(state)->who.now_at += 10 * OFFICE_DAY;
    assert_int_equal(remind(state), 0);
    office_of(state)->who.now_at += OFFICE_DAY;
    assert_int_equal(remind(state), 1);
    assert_int_equal(office_letters(state, "b@example.org", "Kommer du?"), 1);
    assert_int_equal(remind(state), 0);
}

static void a_stopped_reminder_is_not_sent(void **state)
{
    struct office *w = office_of(state);
    int64_t seminar = office_seminar(state, 10);
    struct err e = {0};

    invite(state, seminar, (const char *const[]){"a@example.org", NULL});
    assert_int_equal(seminar_remind_set(w->o.db, seminar, SEMINAR_SILENT, &w->who, &e), OK);
    w->who.now_at += 11 * OFFICE_DAY;
    assert_int_equal(remind(state), 0);
}

static void nobody_is_reminded_at_night(void **state)
{
    int64_t seminar = office_seminar(state, 10);

    invite(state, seminar, (const char *const[]){"a@example.org", NULL});
    office_of(state)->who.now_at += 11 * OFFICE_DAY - 5 * 3600; /* seven in the morning */
    assert_int_equal(remind(state), 0);
}

static void those_who_come_are_told_the_day_before(void **state)
{
    int64_t seminar = office_seminar(state, 1);

    office_comes(state, seminar, "a@example.org");
    office_comes(state, seminar, "b@example.org");
    office_of(state)->who.now_at += 13 * OFFICE_DAY;
    assert_int_equal(remind(state), 1);
    assert_int_equal(office_letters(state, "a@example.org", "Snart ses vi"), 1);
    assert_int_equal(remind(state), 0);
}

static void a_bounce_is_seen_at_the_invitation(void **state)
{
    struct office *w = office_of(state);
    int64_t seminar = office_seminar(state, 10);
    const struct mail_letter letter = {.id = 1, .address = S("a@example.org")};
    struct err e = {0};

    invite(state, seminar, (const char *const[]){"a@example.org", NULL});
    assert_int_equal(mail_has_failed(w->o.db, &letter, S("550 no such reader"), OFFICE_NOON + 5, &e), OK);
    assert_int_equal(first(state, seminar).failed_at, OFFICE_NOON + 5);
    assert_str(first(state, seminar).reason, "550 no such reader");
}

static void a_change_moves_the_entries_of_those_who_may_still_answer(void **state)
{
    struct office *w = office_of(state);
    int64_t seminar = office_seminar(state, 10);
    struct err e = {0};

    invite(state, seminar, (const char *const[]){"a@example.org", "b@example.org", NULL});
    answer(state, first(state, seminar).id, INVITATION_NO);
    struct seminar s = office_read(state, seminar);
    s.from_minute = 540;
    assert_int_equal(seminar_change(&w->o, &s, &w->who, &e), OK);
    assert_int_equal(office_letters(state, "a@example.org", "Ändrat:"), 0);
    assert_true(office_holds(office_last_calendar(state, "b@example.org"),
                             "DTSTART;TZID=Europe/Stockholm:20260819T090000"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_OFFICE(an_invitation_has_the_coordinators_words_a_link_and_a_calendar_entry),
        WITH_OFFICE(nobody_is_invited_twice),
        WITH_OFFICE(who_has_stopped_mailings_is_not_invited),
        WITH_OFFICE(an_address_that_is_none_is_passed_over),
        WITH_OFFICE(a_no_takes_the_entry_back),
        WITH_OFFICE(a_no_after_a_yes_gives_the_seat_back),
        WITH_OFFICE(who_has_not_answered_is_reminded_once_three_days_before),
        WITH_OFFICE(a_stopped_reminder_is_not_sent),
        WITH_OFFICE(nobody_is_reminded_at_night),
        WITH_OFFICE(those_who_come_are_told_the_day_before),
        WITH_OFFICE(a_bounce_is_seen_at_the_invitation),
        WITH_OFFICE(a_change_moves_the_entries_of_those_who_may_still_answer),
    };

    return cmocka_run_group_tests_name("invitation", tests, NULL, NULL);
}
