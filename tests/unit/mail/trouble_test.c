/* Letters that did not arrive: what helps, by what the server said (RFC 3463, RFC 5321 4.2.3). */
#include "../tables.h"
#include "../unit.h"

#include "mail/trouble.h"
#include "store/db.h"

static const int64_t now = 1795500000;

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

/* A letter to `address` that is being handed over, in `a`. */
static struct mail_letter *handed(void **state, const char *address)
{
    struct arena *a = ((struct scratch *)*state)->arena;
    struct mail_letter *letter = arena_new(a, 1, struct mail_letter);
    struct mail_letter wanted = {
        .address = str_of(address), .subject = S("Hej"), .plain = S("Hej\n"), .html = S("<p>Hej</p>")};
    bool has_one = false;
    int64_t id = 0;
    struct err e = {0};

    assert_int_equal(db_begin(db_of(state), &e), OK);
    assert_int_equal(db_end(db_of(state), mail_queue(db_of(state), &wanted, now, &id, &e), &e), OK);
    assert_int_equal(mail_next(db_of(state), now, a, letter, &has_one, &e), OK);
    assert_true(has_one);
    assert_int_equal(mail_is_handing(db_of(state), letter->id, now, &e), OK);
    return letter;
}

static struct mail_troubles troubles(void **state)
{
    struct mail_troubles all = {0};
    struct err e = {0};

    assert_int_equal(mail_troubles(db_of(state), ((struct scratch *)*state)->arena, &all, &e), OK);
    return all;
}

static void what_helps_follows_from_the_enhanced_code(void **state)
{
    (void)state;
    assert_int_equal(mail_remedy(MAIL_FAILED, S("550 5.1.1 no such user")), MAIL_REMEDY_ADDRESS);
    assert_int_equal(mail_remedy(MAIL_FAILED, S("550 5.1.10 null MX")), MAIL_REMEDY_ADDRESS);
    assert_int_equal(mail_remedy(MAIL_FAILED, S("550 5.2.1 disabled")), MAIL_REMEDY_ADDRESS);
    assert_int_equal(mail_remedy(MAIL_FAILED, S("552 5.2.2 mailbox full")), MAIL_REMEDY_FULL);
    assert_int_equal(mail_remedy(MAIL_FAILED, S("550 5.7.1 spam")), MAIL_REMEDY_REFUSED);
    assert_int_equal(mail_remedy(MAIL_FAILED, S("554-5.7.26 not authenticated")), MAIL_REMEDY_REFUSED);
}

static void without_one_it_follows_from_the_reply_code(void **state)
{
    (void)state;
    assert_int_equal(mail_remedy(MAIL_FAILED, S("550 unknown")), MAIL_REMEDY_ADDRESS);
    assert_int_equal(mail_remedy(MAIL_FAILED, S("553")), MAIL_REMEDY_ADDRESS);
    assert_int_equal(mail_remedy(MAIL_FAILED, S("552 over quota")), MAIL_REMEDY_FULL);
    assert_int_equal(mail_remedy(MAIL_FAILED, S("554 no")), MAIL_REMEDY_REFUSED);
}

static void who_asked_us_to_wait_for_days_is_told_apart(void **state)
{
    (void)state;
    assert_int_equal(mail_remedy(MAIL_FAILED, S("451 4.7.1 later")), MAIL_REMEDY_WAITED);
    assert_int_equal(mail_remedy(MAIL_UNSURE, S("550 5.1.1 no such user")), MAIL_REMEDY_ASK);
}

static void letters_that_failed_or_are_unsure_are_told_the_latest_first(void **state)
{
    struct err e = {0};
    struct mail_letter *failed = handed(state, "fel@exempel.se");

    assert_int_equal(mail_has_failed(db_of(state), failed, S("550 5.1.1 no"), now, &e), OK);
    struct mail_letter *unsure = handed(state, "osaker@exempel.se");
    assert_int_equal(mail_is_unsure(db_of(state), unsure->id, S("the line broke"), now + 1, &e), OK);
    struct mail_letter *sent = handed(state, "ratt@exempel.se");
    assert_int_equal(mail_is_sent(db_of(state), sent->id, now + 2, &e), OK);
    struct mail_troubles all = troubles(state);
    assert_int_equal(all.n, 2);
    assert_str(all.trouble[0].address, "osaker@exempel.se");
    assert_int_equal(all.trouble[0].state, MAIL_UNSURE);
    assert_str(all.trouble[1].reason, "550 5.1.1 no");
}

static void an_address_that_takes_a_letter_works_again(void **state)
{
    struct arena *a = ((struct scratch *)*state)->arena;
    struct mail_address known = {0};
    struct err e = {0};
    struct mail_letter *letter = handed(state, "kim@exempel.se");

    assert_int_equal(mail_has_failed(db_of(state), letter, S("552 5.2.2 full"), now, &e), OK);
    assert_int_equal(mail_address_find(db_of(state), S("kim@exempel.se"), a, &known, &e), OK);
    assert_int_equal(known.failed_at, now);
    letter = handed(state, "kim@exempel.se");
    assert_int_equal(mail_is_sent(db_of(state), letter->id, now + 1, &e), OK);
    assert_int_equal(mail_address_find(db_of(state), S("kim@exempel.se"), a, &known, &e), OK);
    assert_int_equal(known.failed_at, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_helps_follows_from_the_enhanced_code),
        cmocka_unit_test(without_one_it_follows_from_the_reply_code),
        cmocka_unit_test(who_asked_us_to_wait_for_days_is_told_apart),
        cmocka_unit_test_setup_teardown(letters_that_failed_or_are_unsure_are_told_the_latest_first,
                                        outbox_open, outbox_close),
        cmocka_unit_test_setup_teardown(an_address_that_takes_a_letter_works_again, outbox_open,
                                        outbox_close),
    };

    return cmocka_run_group_tests_name("trouble", tests, NULL, NULL);
}
