/* Agreements: how long they hold, and who is reminded. */
#include "city.h"
#include "network/agreement.h"

/* A member that signed at noon, whose first contact person can be written to. */
static int64_t signed_member(struct db *db)
{
    int64_t id = add_organisation(db, "Exempelhotellet", "", ACTOR_HOTEL, ORGANISATION_MEMBER);
    struct err e = {0};

    add_contact(db, id, "Kim", "kim@hotell.example", CONTACT_FIRST);
    assert_int_equal(agreement_sign(db, id, publish_text(db), S("Kim"), &coordinator, &e), OK);
    return id;
}

static size_t reminders(struct scratch *scratch, struct db *db, int64_t at, struct agreement_due **due)
{
    struct err e = {0};
    size_t n = 0;

    assert_int_equal(agreement_reminders(db, at, scratch->arena, due, &n, &e), OK);
    return n;
}

static void an_agreement_holds_for_the_months_of_its_text(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    struct agreement *list = NULL;
    struct err e = {0};
    size_t n = 0;

    assert_int_equal(agreement_list(db, signed_member(db), scratch->arena, &list, &n, &e), OK);
    assert_int_equal(n, 1);
    struct date until = date_of(list[0].valid_until_at);
    assert_true(date_equal(until, (struct date){2028, 11, 24}));
    db_close(db);
}

static void signing_anew_ends_what_was_signed_before(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    struct agreement *list = NULL;
    struct err e = {0};
    size_t n = 0;
    int64_t id = signed_member(db);
    struct who later = {.name = "test", .now_at = NOON + 10 * DAY};

    assert_int_equal(agreement_sign(db, id, publish_text(db), S("Bo"), &later, &e), OK);
    assert_int_equal(agreement_list(db, id, scratch->arena, &list, &n, &e), OK);
    assert_int_equal(n, 2);
    assert_int_equal(list[0].text, 2);
    assert_int_equal(list[0].ended_at, 0);
    assert_int_equal(list[1].ended_at, later.now_at);
    db_close(db);
}

static void a_promise_of_confidentiality_is_asked_for_after_a_year(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    struct agreement_due *due = NULL;
    struct err e = {0};
    int64_t id = signed_member(db);
    struct who later = {.name = "test", .now_at = NOON + 366 * (int64_t)DAY};

    assert_int_equal(reminders(scratch, db, NOON + 364 * (int64_t)DAY, &due), 0);
    assert_int_equal(reminders(scratch, db, later.now_at, &due), 1);
    assert_int_equal(due[0].what, AGREEMENT_DUE_ATTEST);
    assert_str(due[0].contact_email, "kim@hotell.example");
    assert_int_equal(agreement_attest(db, id, S("Kim"), &later, &e), OK);
    assert_int_equal(reminders(scratch, db, later.now_at, &due), 0);
    db_close(db);
}

static void who_has_been_reminded_is_left_in_peace_for_a_month(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    struct agreement_due *due = NULL;
    struct err e = {0};
    int64_t at = NOON + 366 * (int64_t)DAY;

    signed_member(db);
    assert_int_equal(reminders(scratch, db, at, &due), 1);
    assert_int_equal(agreement_reminded(db, &due[0], at, &e), OK);
    assert_int_equal(reminders(scratch, db, at + 30 * (int64_t)DAY, &due), 0);
    assert_int_equal(reminders(scratch, db, at + 31 * (int64_t)DAY, &due), 1);
    db_close(db);
}

static void an_agreement_is_renewed_before_it_ends_and_one_reminder_is_enough(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    struct agreement_due *due = NULL;
    struct err e = {0};
    int64_t until = date_days((struct date){2028, 11, 24}) * DAY + DAY / 2;
    int64_t id = signed_member(db);
    struct who later = {.name = "test", .now_at = until - 59 * (int64_t)DAY};

    assert_int_equal(agreement_attest(db, id, S("Kim"), &later, &e), OK);
    assert_int_equal(reminders(scratch, db, until - 61 * (int64_t)DAY, &due), 0);
    assert_int_equal(reminders(scratch, db, later.now_at, &due), 1);
    assert_int_equal(due[0].what, AGREEMENT_DUE_SIGN);
    db_close(db);
}

static void only_members_promise_and_only_with_a_name(void **state)
{
    struct db *db = city_db(*state);
    struct err e = {0};
    int64_t listed = add_organisation(db, "A", "", ACTOR_HOTEL, ORGANISATION_LISTED);

    assert_int_equal(agreement_attest(db, listed, S("Kim"), &coordinator, &e), REFUSED);
    assert_int_equal(agreement_attest(db, signed_member(db), S(" "), &coordinator, &e), BAD_INPUT);
    db_close(db);
}

static void a_text_lacks_nothing(void **state)
{
    struct db *db = city_db(*state);
    struct agreement_text text = {.title = {S("T"), S("T")}, .body = {S("B"), S("")}, .valid_months = 24};
    struct err e = {0};
    int64_t number = 0;

    assert_int_equal(agreement_text_publish(db, &text, &coordinator, &number, &e), BAD_INPUT);
    text.body[1] = S("B");
    text.valid_months = 0;
    assert_int_equal(agreement_text_publish(db, &text, &coordinator, &number, &e), BAD_INPUT);
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(an_agreement_holds_for_the_months_of_its_text),
        IN_SCRATCH(signing_anew_ends_what_was_signed_before),
        IN_SCRATCH(a_promise_of_confidentiality_is_asked_for_after_a_year),
        IN_SCRATCH(who_has_been_reminded_is_left_in_peace_for_a_month),
        IN_SCRATCH(an_agreement_is_renewed_before_it_ends_and_one_reminder_is_enough),
        IN_SCRATCH(only_members_promise_and_only_with_a_name),
        IN_SCRATCH(a_text_lacks_nothing),
    };

    return cmocka_run_group_tests_name("agreement", tests, NULL, NULL);
}
