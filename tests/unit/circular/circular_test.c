/* Circulars: who gets one and who does not, once each, what was read is what goes out, and the way to stop.
 */
#include "office.h"

#include "circular/circular.h"
#include "mail/mail.h"
#include "network/actor.h"
#include "network/organisation.h"
#include "store/db.h"

#include <string.h>

static struct circular_office office_for(void **state)
{
    const struct office *w = office_of(state);

    return (struct circular_office){
        .db = w->o.db, .city = w->o.city, .links = {.address = w->o.address, .key = w->o.link_key}};
}

static int64_t organisation(void **state, const char *name, enum actor_kind actor)
{
    const struct organisation x = {.name = str_of(name), .actor = actor};
    struct err e = {0};
    int64_t id = 0;

    assert_int_equal(organisation_add(office_of(state)->o.db, &x, &office_of(state)->who, &id, &e), OK);
    return id;
}

static void contact(void **state, int64_t organisation, const char *address, bool wants_letters)
{
    const struct contact x = {.organisation = organisation,
                              .place = CONTACT_MORE,
                              .name = S("Kim Exempel"),
                              .role = S("uthyrare"),
                              .email = str_of(address),
                              .language = S("sv"),
                              .wants_letters = wants_letters};
    struct err e = {0};
    int64_t id = 0;

    if (contact_add(office_of(state)->o.db, &x, &office_of(state)->who, &id, &e) != OK)
        fail_msg("%s", e.what);
}

/* Two landlords and a hotel; one person of theirs wants no letters. */
static void settle(void **state)
{
    int64_t first = organisation(state, "Bostäder Exempel", ACTOR_LANDLORD);
    int64_t second = organisation(state, "Hus Exempel", ACTOR_LANDLORD);
    int64_t hotel = organisation(state, "Hotell Exempel", ACTOR_HOTEL);

    contact(state, first, "a@example.org", true);
    contact(state, first, "b@example.org", false);
    contact(state, second, "c@example.org", true);
    contact(state, second, "a@example.org", true);
    contact(state, hotel, "d@example.org", true);
}

static int64_t draft(void **state, uint32_t actors)
{
    const struct circular c = {.subject = S("Nytt om tecken"), .words = S("Hej *alla*!"), .actors = actors};
    struct err e = {0};
    int64_t id = 0;

    assert_int_equal(circular_add(office_of(state)->o.db, &c, &office_of(state)->who, &id, &e), OK);
    return id;
}

static enum status send(void **state, int64_t id, int64_t version, int64_t *n)
{
    const struct circular_office o = office_for(state);
    struct err e = {0};

    return circular_send(&o, id, version, &office_of(state)->who, n, &e);
}

/* The last part of the link in the last letter to the address. */
static struct str link_of(void **state, const char *address)
{
    struct str letter = office_last_letter(state, address);
    const char *at = strstr(letter.p, "/utskick/sluta/");

    assert_non_null(at);
    at += strlen("/utskick/sluta/");
    return (struct str){at, strcspn(at, " \n")};
}

static enum status stop(void **state, struct str part)
{
    const struct circular_office o = office_for(state);
    struct err e = {0};

    return circular_stop(&o, part, &office_of(state)->who, &e);
}

static void who_does_the_work_gets_it_once_and_who_wants_no_letters_does_not(void **state)
{
    struct circular_readers all = {0};
    struct err e = {0};

    settle(state);
    assert_int_equal(
        circular_readers_of(office_of(state)->o.db, ACTOR_BIT(ACTOR_LANDLORD), office_arena(state), &all, &e),
        OK);
    assert_int_equal(all.n, 2);
    assert_int_equal(all.unwilling, 1);
    assert_int_equal(all.failed, 0);
    assert_int_equal(db_script(office_of(state)->o.db,
                               "update contact set email = 'no address' where email = 'c@example.org'", &e),
                     OK);
    assert_int_equal(
        circular_readers_of(office_of(state)->o.db, ACTOR_BIT(ACTOR_LANDLORD), office_arena(state), &all, &e),
        OK);
    assert_int_equal(all.n, 1);
    assert_int_equal(all.failed, 1);
    assert_int_equal(circular_readers_of(office_of(state)->o.db, 0, office_arena(state), &all, &e), OK);
    assert_int_equal(all.n, 0);
}

/* b@example.org has said no as a landlord's; a hotel's list says nothing of that. */
static void who_has_said_no_once_gets_none_and_is_counted_once(void **state)
{
    struct circular_readers all = {0};
    struct err e = {0};

    settle(state);
    contact(state, organisation(state, "Pensionat Exempel", ACTOR_HOTEL), "b@example.org", true);
    contact(state, organisation(state, "Fler Hus Exempel", ACTOR_LANDLORD), "b@example.org", false);
    assert_int_equal(circular_readers_of(office_of(state)->o.db,
                                         ACTOR_BIT(ACTOR_LANDLORD) | ACTOR_BIT(ACTOR_HOTEL),
                                         office_arena(state), &all, &e),
                     OK);
    assert_int_equal(all.n, 3);
    assert_int_equal(all.unwilling, 1);
}

static void it_goes_out_once_with_the_words_and_a_way_to_stop(void **state)
{
    int64_t id = 0;
    int64_t n = 0;

    settle(state);
    id = draft(state, ACTOR_BIT(ACTOR_LANDLORD) | ACTOR_BIT(ACTOR_HOTEL));
    assert_int_equal(send(state, id, 1, &n), OK);
    assert_int_equal(n, 3);
    assert_int_equal(send(state, id, 1, &n), REFUSED);
    assert_int_equal(office_letters(state, "%", "Nytt om tecken"), 3);
    assert_true(office_holds(office_last_letter(state, "d@example.org"), "Hej *alla*!"));
    assert_true(
        office_holds(office_last_letter(state, "d@example.org"), "https://lykta.example.org/utskick/sluta/"));
}

static void what_was_changed_after_it_was_read_does_not_go_out(void **state)
{
    struct db *db = office_of(state)->o.db;
    struct circular c = {0};
    struct err e = {0};
    int64_t id = 0;
    int64_t n = 0;

    settle(state);
    id = draft(state, ACTOR_BIT(ACTOR_HOTEL));
    assert_int_equal(circular_find(db, id, office_arena(state), &c, &e), OK);
    c.words = S("Något annat.");
    assert_int_equal(circular_change(db, &c, &office_of(state)->who, &e), OK);
    assert_int_equal(circular_change(db, &c, &office_of(state)->who, &e), REFUSED);
    assert_int_equal(send(state, id, 1, &n), REFUSED);
    assert_int_equal(office_letters(state, "%", "Nytt om tecken"), 0);
    assert_int_equal(send(state, id, 2, &n), OK);
    c.version = 2;
    assert_int_equal(circular_change(db, &c, &office_of(state)->who, &e), REFUSED);
    assert_int_equal(circular_remove(db, id, 2, &office_of(state)->who, &e), REFUSED);
}

static void one_that_nobody_would_get_stays_a_draft(void **state)
{
    struct circular c = {0};
    struct err e = {0};
    int64_t id = draft(state, ACTOR_BIT(ACTOR_POLICE));
    int64_t n = 0;

    assert_int_equal(send(state, id, 1, &n), REFUSED);
    assert_int_equal(circular_find(office_of(state)->o.db, id, office_arena(state), &c, &e), OK);
    assert_int_equal(c.sent_at, 0);
    assert_int_equal(circular_remove(office_of(state)->o.db, id, 2, &office_of(state)->who, &e), REFUSED);
    assert_int_equal(circular_remove(office_of(state)->o.db, id, 1, &office_of(state)->who, &e), OK);
}

static void who_stops_them_gets_no_more_and_the_next_one_counts_it(void **state)
{
    struct circular_readers all = {0};
    struct err e = {0};
    int64_t n = 0;

    settle(state);
    assert_int_equal(send(state, draft(state, ACTOR_BIT(ACTOR_HOTEL)), 1, &n), OK);
    struct str part = link_of(state, "d@example.org");
    assert_int_equal(stop(state, part), OK);
    assert_int_equal(stop(state, part), OK);
    assert_int_equal(
        circular_readers_of(office_of(state)->o.db, ACTOR_BIT(ACTOR_HOTEL), office_arena(state), &all, &e),
        OK);
    assert_int_equal(all.n, 0);
    assert_int_equal(all.unsubscribed, 1);
    assert_int_equal(send(state, draft(state, ACTOR_BIT(ACTOR_HOTEL)), 1, &n), REFUSED);
}

static void who_stopped_them_takes_them_again_by_the_same_link(void **state)
{
    const struct circular_office o = office_for(state);
    struct err e = {0};
    bool is_stopped = false;
    int64_t n = 0;

    settle(state);
    assert_int_equal(send(state, draft(state, ACTOR_BIT(ACTOR_HOTEL)), 1, &n), OK);
    struct str part = link_of(state, "d@example.org");
    assert_int_equal(stop(state, part), OK);
    assert_int_equal(circular_stop_holds(&o, part, &is_stopped, &e), OK);
    assert_true(is_stopped);
    assert_int_equal(circular_resume(&o, part, &office_of(state)->who, &e), OK);
    assert_int_equal(circular_stop_holds(&o, part, &is_stopped, &e), OK);
    assert_false(is_stopped);
    assert_int_equal(send(state, draft(state, ACTOR_BIT(ACTOR_HOTEL)), 1, &n), OK);
}

static void a_link_that_is_changed_or_unknown_stops_nothing(void **state)
{
    struct mail_address known = {0};
    struct err e = {0};
    int64_t n = 0;

    settle(state);
    assert_int_equal(send(state, draft(state, ACTOR_BIT(ACTOR_LANDLORD)), 1, &n), OK);
    struct str part = link_of(state, "c@example.org");
    char *changed = (char *)(uintptr_t)str_copy(part, office_arena(state)).p;
    changed[part.n - 1] = changed[part.n - 1] == '0' ? '1' : '0';
    assert_int_equal(stop(state, (struct str){changed, part.n}), REFUSED);
    assert_int_equal(stop(state, S("99-00000000000000000000000000000000")), REFUSED);
    assert_int_equal(stop(state, S("")), REFUSED);
    assert_int_equal(
        mail_address_find(office_of(state)->o.db, S("c@example.org"), office_arena(state), &known, &e), OK);
    assert_int_equal(known.unsubscribed_at, 0);
}

static void its_fate_is_told_by_the_outbox_and_by_what_is_known_of_addresses(void **state)
{
    struct db *db = office_of(state)->o.db;
    struct circular_fate fate = {0};
    struct err e = {0};
    int64_t n = 0;

    settle(state);
    int64_t id = draft(state, ACTOR_BIT(ACTOR_LANDLORD) | ACTOR_BIT(ACTOR_HOTEL));
    assert_int_equal(send(state, id, 1, &n), OK);
    assert_int_equal(circular_fate(db, id, &fate, &e), OK);
    assert_int_equal(fate.waiting, 3);
    assert_int_equal(db_script(db,
                               "update mail_letter set state = 'sent' where address = 'a@example.org';"
                               "update mail_letter set state = 'failed' where address = 'c@example.org';"
                               "update mail_letter set state = 'unsure' where address = 'd@example.org'",
                               &e),
                     OK);
    assert_int_equal(circular_fate(db, id, &fate, &e), OK);
    assert_true(fate.waiting == 0 && fate.failed == 1 && fate.unsure == 1);
    assert_int_equal(
        db_script(db,
                  "delete from mail_letter; insert into mail_address (address, failed_at, reason) "
                  "values ('c@example.org', 1999999999, 'x')",
                  &e),
        OK);
    assert_int_equal(circular_fate(db, id, &fate, &e), OK);
    assert_true(fate.waiting == 0 && fate.failed == 1 && fate.unsure == 0);
}

static void a_later_letter_with_a_forgotten_ones_number_is_not_counted(void **state)
{
    struct circular_fate fate = {0};
    struct err e = {0};
    int64_t n = 0;

    settle(state);
    int64_t id = draft(state, ACTOR_BIT(ACTOR_HOTEL));
    assert_int_equal(send(state, id, 1, &n), OK);
    assert_int_equal(circular_fate(office_of(state)->o.db, id, &fate, &e), OK);
    assert_int_equal(fate.waiting, 1);
    assert_int_equal(db_script(office_of(state)->o.db, "update mail_letter set address = 'x' || address", &e),
                     OK);
    assert_int_equal(circular_fate(office_of(state)->o.db, id, &fate, &e), OK);
    assert_int_equal(fate.waiting, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_OFFICE(who_does_the_work_gets_it_once_and_who_wants_no_letters_does_not),
        WITH_OFFICE(who_has_said_no_once_gets_none_and_is_counted_once),
        WITH_OFFICE(it_goes_out_once_with_the_words_and_a_way_to_stop),
        WITH_OFFICE(what_was_changed_after_it_was_read_does_not_go_out),
        WITH_OFFICE(one_that_nobody_would_get_stays_a_draft),
        WITH_OFFICE(who_stops_them_gets_no_more_and_the_next_one_counts_it),
        WITH_OFFICE(who_stopped_them_takes_them_again_by_the_same_link),
        WITH_OFFICE(a_link_that_is_changed_or_unknown_stops_nothing),
        WITH_OFFICE(a_later_letter_with_a_forgotten_ones_number_is_not_counted),
        WITH_OFFICE(its_fate_is_told_by_the_outbox_and_by_what_is_known_of_addresses),
    };

    return cmocka_run_group_tests_name("circular", tests, NULL, NULL);
}
