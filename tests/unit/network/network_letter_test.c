/* Letters about joining and agreements, as they wait in the outbox. */
#include "city.h"
#include "mail/mail.h"
#include "network/application.h"
#include "network/network_letter.h"

#include <string.h>

static const struct network_office office = {
    .city = {"Lund (exempel)", 14}, .address = {"https://lund.example", 20}, .now_at = NOON};
static const struct application_token token = {"dGhpcyBpcyBhbiBleGFtcGxlIHRva2Vu"};

static struct application applied(enum application_state state)
{
    return (struct application){.id = 7,
                                .name = S("Exempelhotellet"),
                                .contact_name = S("Kim Exempel"),
                                .contact_email = S("kim@hotell.example"),
                                .signer_email = S("vd@hotell.example"),
                                .language = S("sv"),
                                .state = state,
                                .reason = S("Vilket av hotellen?")};
}

/* Ends the change begun before the letter was queued, and gives the first letter that waits. */
static struct mail_letter queued(struct scratch *scratch, struct db *db, enum status s)
{
    const struct audit_line line = {.who = coordinator, .action = "test"};
    struct mail_letter letter = {0};
    struct err e = {0};
    bool has_one = false;

    assert_int_equal(db_change_end(db, s, &line, &e), OK);
    assert_int_equal(mail_next(db, NOON, scratch->arena, &letter, &has_one, &e), OK);
    assert_true(has_one);
    return letter;
}

static bool says(struct str text, const char *part)
{
    return memmem(text.p, text.n, part, strlen(part)) != NULL;
}

static void the_link_to_confirm_goes_to_the_contact_person(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    struct application f = applied(APPLICATION_NEW);
    struct err e = {0};

    assert_int_equal(db_change(db, &e), OK);
    struct mail_letter letter =
        queued(scratch, db, network_letter_confirm(db, &office, &f, &token, scratch->arena, &e));
    assert_str(letter.address, "kim@hotell.example");
    assert_true(
        says(letter.plain, "https://lund.example/natverket/bekrafta/dGhpcyBpcyBhbiBleGFtcGxlIHRva2Vu"));
    assert_true(
        says(letter.html, "https://lund.example/natverket/bekrafta/dGhpcyBpcyBhbiBleGFtcGxlIHRva2Vu"));
    assert_str(letter.unsubscribe, "");
    db_close(db);
}

static void the_link_to_sign_goes_to_who_may_sign_and_says_who_asks(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    struct application f = applied(APPLICATION_NEW);
    struct err e = {0};

    assert_int_equal(db_change(db, &e), OK);
    struct mail_letter letter =
        queued(scratch, db, network_letter_sign(db, &office, &f, &token, scratch->arena, &e));
    assert_str(letter.address, "vd@hotell.example");
    assert_true(says(letter.plain, "Kim Exempel"));
    assert_true(says(letter.plain, "/natverket/skriv-pa/"));
    db_close(db);
}

static void a_letter_is_in_the_language_of_its_reader(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    struct application f = applied(APPLICATION_ACCEPTED);
    struct err e = {0};

    f.language = S("en");
    assert_int_equal(db_change(db, &e), OK);
    struct mail_letter letter = queued(
        scratch, db, network_letter_decided(db, &office, &f, NETWORK_ACCOUNT_AS_IT_IS, scratch->arena, &e));
    assert_str(letter.subject, "Welcome to the network");
    assert_true(says(letter.plain, "https://lund.example/en/natverket/min"));
    db_close(db);
}

static void who_is_asked_or_declined_is_told_what_the_coordinator_wrote(void **state)
{
    static const enum application_state answers[] = {APPLICATION_ASKED, APPLICATION_DECLINED};

    for (size_t i = 0; i < 2; i++) {
        struct scratch *scratch = NULL;
        void *own = NULL;
        struct err e = {0};

        assert_int_equal(scratch_open(&own), 0);
        scratch = own;
        struct db *db = city_db(scratch);
        struct application f = applied(answers[i]);
        assert_int_equal(db_change(db, &e), OK);
        struct mail_letter letter =
            queued(scratch, db,
                   network_letter_decided(db, &office, &f, NETWORK_ACCOUNT_AS_IT_IS, scratch->arena, &e));
        assert_true(says(letter.plain, "Vilket av hotellen?"));
        db_close(db);
        assert_int_equal(scratch_close(&own), 0);
    }
    (void)state;
}

static void nobody_is_told_of_an_application_when_the_city_has_no_address(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    struct application f = applied(APPLICATION_NEW);
    struct err e = {0};

    assert_int_equal(network_letter_waiting(db, &office, &f, scratch->arena, &e), OK);
    assert_int_equal(count_rows(db, "select count(*) from mail_letter"), 0);
    db_close(db);
}

static void a_member_is_reminded_once_a_month(void **state)
{
    struct db *db = city_db(*state);
    struct network_office later = office;
    struct err e = {0};
    size_t n = 0;
    int64_t id = add_organisation(db, "Exempelhotellet", "", ACTOR_HOTEL, ORGANISATION_MEMBER);

    add_contact(db, id, "Kim", "kim@hotell.example", CONTACT_FIRST);
    assert_int_equal(agreement_sign(db, id, publish_text(db), S("Kim"), &coordinator, &e), OK);
    later.now_at = NOON + 366 * (int64_t)DAY;
    assert_int_equal(network_remind(db, &later, "klockan", &n, &e), OK);
    assert_int_equal(n, 1);
    assert_int_equal(network_remind(db, &later, "klockan", &n, &e), OK);
    assert_int_equal(n, 0);
    assert_int_equal(count_rows(db, "select count(*) from mail_letter"), 1);
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(the_link_to_confirm_goes_to_the_contact_person),
        IN_SCRATCH(the_link_to_sign_goes_to_who_may_sign_and_says_who_asks),
        IN_SCRATCH(a_letter_is_in_the_language_of_its_reader),
        cmocka_unit_test(who_is_asked_or_declined_is_told_what_the_coordinator_wrote),
        IN_SCRATCH(nobody_is_told_of_an_application_when_the_city_has_no_address),
        IN_SCRATCH(a_member_is_reminded_once_a_month),
    };

    return cmocka_run_group_tests_name("network_letter", tests, NULL, NULL);
}
