/* Signing up: seats in the order of arrival, confirmed by letter, given back and passed on. */
#include "office.h"

#include "mail/mail.h"

static enum status confirm(void **state, int64_t id)
{
    struct err e = {0};

    return signup_confirm(&office_of(state)->o, id, &office_of(state)->who, &e);
}

static enum status cancel(void **state, int64_t id)
{
    struct err e = {0};

    return signup_cancel(&office_of(state)->o, id, &office_of(state)->who, &e);
}

static int64_t expire(void **state)
{
    struct err e = {0};
    int64_t n = 0;

    assert_int_equal(signup_expire(&office_of(state)->o, &office_of(state)->who, &n, &e), OK);
    return n;
}

static void who_asks_by_the_page_has_a_seat_and_must_confirm_it(void **state)
{
    int64_t id = office_asks(state, office_seminar(state, 2), "kim@example.org");
    struct signup guest = office_guest(state, id);

    assert_int_equal(guest.state, SIGNUP_UNCONFIRMED);
    assert_true(guest.is_seated);
    assert_int_equal(guest.expires_at, OFFICE_NOON + 48 * 3600);
    assert_int_equal(office_letters(state, "kim@example.org", "Bekräfta din anmälan"), 1);
    assert_true(office_holds(office_last_letter(state, "kim@example.org"),
                             "https://lykta.example.org/seminarier/anmalan/1-"));
    assert_int_equal(office_last_calendar(state, "kim@example.org").n, 0);
}

static void a_confirmed_guest_gets_a_calendar_entry(void **state)
{
    int64_t id = office_asks(state, office_seminar(state, 2), "kim@example.org");

    assert_int_equal(confirm(state, id), OK);
    assert_int_equal(office_guest(state, id).state, SIGNUP_CONFIRMED);
    struct str calendar = office_last_calendar(state, "kim@example.org");
    assert_true(office_holds(calendar, "METHOD:REQUEST\r\n"));
    assert_true(office_holds(calendar, "PARTSTAT=ACCEPTED"));
}

static void confirming_twice_writes_once(void **state)
{
    int64_t id = office_asks(state, office_seminar(state, 2), "kim@example.org");

    assert_int_equal(confirm(state, id), OK);
    assert_int_equal(confirm(state, id), OK);
    assert_int_equal(office_letters(state, "kim@example.org", "Du har en plats"), 1);
}

static void a_link_from_a_letter_is_confirmation_enough(void **state)
{
    int64_t id = office_comes(state, office_seminar(state, 2), "kim@example.org");

    assert_int_equal(office_guest(state, id).state, SIGNUP_CONFIRMED);
    assert_int_equal(office_letters(state, "kim@example.org", "Du har en plats"), 1);
}

static void the_one_who_finds_it_full_waits_in_turn(void **state)
{
    int64_t seminar = office_seminar(state, 1);

    office_comes(state, seminar, "a@example.org");
    office_comes(state, seminar, "b@example.org");
    int64_t c = office_comes(state, seminar, "c@example.org");
    assert_false(office_guest(state, c).is_seated);
    assert_true(office_holds(office_last_letter(state, "c@example.org"), "Du står på plats 2 i väntelistan"));
    assert_int_equal(office_read(state, seminar).waiting, 2);
}

static void a_seat_given_back_goes_to_the_next_in_turn(void **state)
{
    int64_t seminar = office_seminar(state, 1);
    int64_t a = office_comes(state, seminar, "a@example.org");
    int64_t b = office_comes(state, seminar, "b@example.org");
    int64_t c = office_comes(state, seminar, "c@example.org");

    assert_int_equal(cancel(state, a), OK);
    assert_true(office_guest(state, b).is_seated);
    assert_false(office_guest(state, c).is_seated);
    assert_int_equal(office_letters(state, "b@example.org", "Du har fått en plats"), 1);
    assert_true(office_holds(office_last_calendar(state, "a@example.org"), "METHOD:CANCEL\r\n"));
    assert_int_equal(office_guest(state, a).needs.n, 0);
}

static void cancelling_twice_gives_one_seat_back(void **state)
{
    int64_t seminar = office_seminar(state, 1);
    int64_t a = office_comes(state, seminar, "a@example.org");

    office_comes(state, seminar, "b@example.org");
    int64_t c = office_comes(state, seminar, "c@example.org");
    assert_int_equal(cancel(state, a), OK);
    assert_int_equal(cancel(state, a), OK);
    assert_false(office_guest(state, c).is_seated);
    assert_int_equal(office_letters(state, "a@example.org", "Du är avbokad"), 1);
}

static void a_seat_that_nobody_confirms_goes_to_the_next_after_two_days(void **state)
{
    int64_t seminar = office_seminar(state, 1);
    int64_t a = office_asks(state, seminar, "a@example.org");
    int64_t b = office_comes(state, seminar, "b@example.org");

    office_of(state)->who.now_at += 48 * 3600 - 1;
    assert_int_equal(expire(state), 0);
    office_of(state)->who.now_at += 1;
    assert_int_equal(expire(state), 1);
    assert_int_equal(office_guest(state, a).state, SIGNUP_EXPIRED);
    assert_true(office_guest(state, b).is_seated);
}

static void who_waits_without_having_confirmed_is_passed_over(void **state)
{
    int64_t seminar = office_seminar(state, 1);
    int64_t a = office_comes(state, seminar, "a@example.org");
    int64_t b = office_asks(state, seminar, "b@example.org");
    int64_t c = office_comes(state, seminar, "c@example.org");

    assert_int_equal(cancel(state, a), OK);
    assert_false(office_guest(state, b).is_seated);
    assert_true(office_guest(state, c).is_seated);
}

static void who_confirms_too_late_comes_last(void **state)
{
    int64_t seminar = office_seminar(state, 1);
    int64_t a = office_asks(state, seminar, "a@example.org");
    int64_t b = office_comes(state, seminar, "b@example.org");

    office_of(state)->who.now_at += 3 * OFFICE_DAY;
    assert_int_equal(expire(state), 1);
    assert_int_equal(confirm(state, a), OK);
    assert_int_equal(office_guest(state, a).state, SIGNUP_CONFIRMED);
    assert_false(office_guest(state, a).is_seated);
    assert_true(office_guest(state, a).place > office_guest(state, b).place);
}

static void who_asks_again_gets_the_letter_again_but_not_over_and_over(void **state)
{
    int64_t seminar = office_seminar(state, 2);
    int64_t first = office_asks(state, seminar, "kim@example.org");

    assert_int_equal(office_asks(state, seminar, "kim@example.org"), first);
    assert_int_equal(office_letters(state, "kim@example.org", "Bekräfta"), 1);
    office_of(state)->who.now_at += SIGNUP_QUIET_SECONDS;
    assert_int_equal(office_asks(state, seminar, "kim@example.org"), first);
    assert_int_equal(office_letters(state, "kim@example.org", "Bekräfta"), 2);
    assert_int_equal(office_read(state, seminar).seated, 1);
}

static void who_cancelled_can_come_back_at_the_end_of_the_line(void **state)
{
    int64_t seminar = office_seminar(state, 1);
    int64_t a = office_comes(state, seminar, "a@example.org");

    office_comes(state, seminar, "b@example.org");
    assert_int_equal(cancel(state, a), OK);
    struct str old_nonce = office_guest(state, a).nonce;
    assert_int_equal(office_comes(state, seminar, "a@example.org"), a);
    struct signup back = office_guest(state, a);
    assert_false(back.is_seated);
    assert_int_equal(back.state, SIGNUP_CONFIRMED);
    assert_false(str_equal(back.nonce, old_nonce));
}

static void an_entry_that_comes_back_overtakes_its_cancellation(void **state)
{
    int64_t seminar = office_seminar(state, 2);
    int64_t a = office_comes(state, seminar, "a@example.org");

    assert_int_equal(cancel(state, a), OK);
    assert_true(office_holds(office_last_calendar(state, "a@example.org"), "SEQUENCE:1\r\n"));
    office_comes(state, seminar, "a@example.org");
    struct str calendar = office_last_calendar(state, "a@example.org");
    assert_true(office_holds(calendar, "METHOD:REQUEST\r\n"));
    assert_true(office_holds(calendar, "SEQUENCE:2\r\n"));
}

static void somebody_else_can_come_instead(void **state)
{
    struct office *w = office_of(state);
    int64_t seminar = office_seminar(state, 1);
    int64_t a = office_comes(state, seminar, "a@example.org");
    struct str old_nonce = office_guest(state, a).nonce;
    struct err e = {0};

    assert_int_equal(signup_replace(&w->o, a, S("Lo Exempel"), S("lo@example.org"), &w->who, &e), OK);
    struct signup guest = office_guest(state, a);
    assert_str(guest.name, "Lo Exempel");
    assert_true(guest.is_seated);
    assert_int_equal(guest.needs.n, 0);
    assert_false(str_equal(guest.nonce, old_nonce));
    assert_true(office_holds(office_last_calendar(state, "a@example.org"), "METHOD:CANCEL\r\n"));
    assert_true(office_holds(office_last_calendar(state, "lo@example.org"), "METHOD:REQUEST\r\n"));
}

static void who_comes_instead_cannot_be_signed_up_already(void **state)
{
    struct office *w = office_of(state);
    int64_t seminar = office_seminar(state, 2);
    int64_t a = office_comes(state, seminar, "a@example.org");
    struct err e = {0};

    office_comes(state, seminar, "b@example.org");
    assert_int_equal(signup_replace(&w->o, a, S("Lo"), S("b@example.org"), &w->who, &e), REFUSED);
    assert_str(office_guest(state, a).address, "a@example.org");
}

static void nobody_signs_up_after_the_last_day(void **state)
{
    struct office *w = office_of(state);
    const struct signup ask = {.seminar = office_seminar(state, 2),
                               .organisation_name = S("X"),
                               .name = S("Kim"),
                               .address = S("kim@example.org")};
    struct err e = {0};
    int64_t id = 0;

    w->who.now_at += 13 * OFFICE_DAY;
    assert_int_equal(signup_add(&w->o, &ask, SIGNUP_TYPED, &w->who, &id, &e), REFUSED);
    assert_int_equal(id, 0);
}

static void who_asks_for_mailings_and_confirms_gets_them_again(void **state)
{
    struct office *w = office_of(state);
    const struct signup ask = {.seminar = office_seminar(state, 2),
                               .organisation_name = S("X"),
                               .name = S("Kim"),
                               .address = S("kim@example.org"),
                               .wants_letters = true};
    struct mail_address known;
    struct err e = {0};
    int64_t id = 0;

    assert_int_equal(mail_unsubscribe(w->o.db, S("kim@example.org"), OFFICE_NOON, &e), OK);
    assert_int_equal(signup_add(&w->o, &ask, SIGNUP_TYPED, &w->who, &id, &e), OK);
    assert_int_equal(mail_address_find(w->o.db, S("kim@example.org"), office_arena(state), &known, &e), OK);
    assert_true(known.unsubscribed_at > 0);
    assert_int_equal(confirm(state, id), OK);
    assert_int_equal(mail_address_find(w->o.db, S("kim@example.org"), office_arena(state), &known, &e), OK);
    assert_int_equal(known.unsubscribed_at, 0);
}

static void what_is_missing_in_a_form_is_found(void **state)
{
    struct signup ask = {.name = S("Kim"), .organisation_name = S("Hotell"), .address = S("kim@example.org")};

    (void)state;
    assert_int_equal(signup_check(&ask), SIGNUP_RIGHT);
    ask.address = S("kim@example");
    assert_int_equal(signup_check(&ask), SIGNUP_WRONG_ADDRESS);
    ask.organisation_name = S(" ");
    assert_int_equal(signup_check(&ask), SIGNUP_NO_ORGANISATION);
    ask.name = S("");
    assert_int_equal(signup_check(&ask), SIGNUP_NO_NAME);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_OFFICE(who_asks_by_the_page_has_a_seat_and_must_confirm_it),
        WITH_OFFICE(a_confirmed_guest_gets_a_calendar_entry),
        WITH_OFFICE(confirming_twice_writes_once),
        WITH_OFFICE(a_link_from_a_letter_is_confirmation_enough),
        WITH_OFFICE(the_one_who_finds_it_full_waits_in_turn),
        WITH_OFFICE(a_seat_given_back_goes_to_the_next_in_turn),
        WITH_OFFICE(cancelling_twice_gives_one_seat_back),
        WITH_OFFICE(a_seat_that_nobody_confirms_goes_to_the_next_after_two_days),
        WITH_OFFICE(who_waits_without_having_confirmed_is_passed_over),
        WITH_OFFICE(who_confirms_too_late_comes_last),
        WITH_OFFICE(who_asks_again_gets_the_letter_again_but_not_over_and_over),
        WITH_OFFICE(who_cancelled_can_come_back_at_the_end_of_the_line),
        WITH_OFFICE(an_entry_that_comes_back_overtakes_its_cancellation),
        WITH_OFFICE(somebody_else_can_come_instead),
        WITH_OFFICE(who_comes_instead_cannot_be_signed_up_already),
        WITH_OFFICE(nobody_signs_up_after_the_last_day),
        WITH_OFFICE(who_asks_for_mailings_and_confirms_gets_them_again),
        WITH_OFFICE(what_is_missing_in_a_form_is_found),
    };

    return cmocka_run_group_tests_name("signup", tests, NULL, NULL);
}
