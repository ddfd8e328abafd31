/* Recipients: the first at once, later ones through another; the removed and the recovered. */
#include "../unit.h"
#include "town.h"

#include "keyring/relock.h"
#include "seal/passphrase.h"
#include "seal/recovery.h"
#include "seal/wrap.h"

#include <string.h>

static struct recipient waiting(struct town *t, int64_t account)
{
    enum recipient_state state;
    struct recipient r;
    struct err e = {0};

    assert_int_equal(recipient_ask(t->keyring, account, TOWN_OTHER_PASSPHRASE, &t->who, &state, &e), OK);
    assert_int_equal(state, RECIPIENT_WAITING);
    assert_int_equal(recipient_of(t->keyring, account, t->arena, &r, &e), OK);
    return r;
}

static void a_second_recipient_reads_nothing_until_another_confirms(void **state)
{
    struct town *t = *state;
    struct opener first = town_recipient(t);
    struct seal_id before = town_seal(t, S("before"));
    struct recipient second = waiting(t, 2);
    struct seal_id meanwhile = town_seal(t, S("meanwhile"));
    struct opener opener = town_opener(t, 2, TOWN_OTHER_PASSPHRASE);
    struct err e = {0};

    assert_false(town_reads(t, &opener, &before, S("before")));
    assert_false(town_reads(t, &opener, &meanwhile, S("meanwhile")));
    assert_int_equal(recipient_confirm(t->keyring, &first, second.id, &t->who, &e), OK);
    assert_true(town_reads(t, &opener, &before, S("before")));
    assert_true(town_reads(t, &opener, &meanwhile, S("meanwhile")));
    struct seal_id after = town_seal(t, S("after"));
    assert_true(town_reads(t, &opener, &after, S("after")));
    assert_int_equal(recipient_confirm(t->keyring, &first, second.id, &t->who, &e), BAD_INPUT);
}

static void a_removed_recipient_reads_nothing_new_and_after_relocking_nothing_old(void **state)
{
    struct town *t = *state;
    struct opener first = town_recipient(t);
    struct recipient second = waiting(t, 2);
    struct opener opener = town_opener(t, 2, TOWN_OTHER_PASSPHRASE);
    struct seal_id before = town_seal(t, S("before"));
    size_t n = 0;
    struct err e = {0};

    assert_int_equal(recipient_confirm(t->keyring, &first, second.id, &t->who, &e), OK);
    assert_int_equal(recipient_remove(t->keyring, second.id, &t->who, &e), OK);
    struct seal_id after = town_seal(t, S("after"));
    assert_false(town_reads(t, &opener, &before, S("before")));
    assert_false(town_reads(t, &opener, &after, S("after")));
    assert_true(town_reads(t, &first, &after, S("after")));
    assert_int_equal(relock_all(t->keyring, &first, &t->who, &n, &e), OK);
    assert_int_equal(n, 2);
    assert_true(town_reads(t, &first, &before, S("before")));
}

static void the_last_recipient_cannot_be_removed(void **state)
{
    struct town *t = *state;
    struct opener first = town_recipient(t);
    struct err e = {0};

    waiting(t, 2);
    assert_int_equal(recipient_remove(t->keyring, first.recipient, &t->who, &e), REFUSED);
    assert_says(e, "last recipient");
}

static void a_passphrase_can_be_changed(void **state)
{
    struct town *t = *state;
    struct opener first = town_recipient(t);
    struct seal_id id = town_seal(t, S("x"));
    struct seal_key secret;
    struct recipient r;
    struct err e = {0};

    assert_int_equal(recipient_passphrase(t->keyring, &first, TOWN_OTHER_PASSPHRASE, &t->who, &e), OK);
    struct opener again = town_opener(t, 1, TOWN_OTHER_PASSPHRASE);
    assert_true(town_reads(t, &again, &id, S("x")));
    assert_int_equal(recipient_of(t->keyring, 1, t->arena, &r, &e), OK);
    assert_int_equal(wrap_open(TOWN_PASSPHRASE, &r.public_key, r.wrap, &secret, &e), REFUSED);
}

static void who_lost_the_passphrase_begins_again_with_three_shares(void **state)
{
    struct town *t = *state;
    struct opener lost = town_recipient(t);
    struct seal_id id = town_seal(t, S("x"));
    struct seal_public public_key;
    struct seal_key secret;
    struct err e = {0};

    assert_int_equal(keyring_recovery(t->keyring, &public_key, &e), OK);
    assert_int_equal(recovery_join(t->share, 3, &public_key, &secret, &e), OK);
    assert_int_equal(recipient_recover(t->keyring, &secret, 1, TOWN_OTHER_PASSPHRASE, &t->who, &e), OK);
    struct opener found = town_opener(t, 1, TOWN_OTHER_PASSPHRASE);
    assert_true(town_reads(t, &found, &id, S("x")));
    assert_false(town_reads(t, &lost, &id, S("x")));
}

static void a_passphrase_that_is_weak_or_too_long_changes_nothing(void **state)
{
    struct town *t = *state;
    struct opener first = town_recipient(t);
    char *typed = arena_new(t->arena, 4 * PASSPHRASE_MOST + 1, char);
    struct err e = {0};

    memset(typed, ' ', 4 * PASSPHRASE_MOST + 1);
    const struct str blanks = {typed, 4 * PASSPHRASE_MOST + 1};
    assert_int_equal(recipient_passphrase(t->keyring, &first, S("hemligt"), &t->who, &e), BAD_INPUT);
    assert_says(e, "easy to guess");
    assert_int_equal(recipient_passphrase(t->keyring, &first, blanks, &t->who, &e), BAD_INPUT);
    assert_says(e, "too long");
    town_opener(t, 1, TOWN_PASSPHRASE);
}

static void nobody_is_confirmed_or_removed_who_is_not_there(void **state)
{
    struct town *t = *state;
    struct opener first = town_recipient(t);
    struct err e = {0};

    assert_int_equal(recipient_confirm(t->keyring, &first, 99, &t->who, &e), BAD_INPUT);
    assert_says(e, "no recipient number 99");
    assert_int_equal(recipient_remove(t->keyring, 99, &t->who, &e), BAD_INPUT);
}

static void who_waits_can_be_removed_beside_the_last(void **state)
{
    struct town *t = *state;
    struct recipients all = {0};
    struct err e = {0};

    town_recipient(t);
    assert_int_equal(recipient_remove(t->keyring, waiting(t, 2).id, &t->who, &e), OK);
    assert_int_equal(recipients_all(t->keyring, t->arena, &all, &e), OK);
    assert_int_equal(all.n, 1);
    assert_int_equal(all.recipient[0].account, 1);
}

static enum status recover(struct town *t, int64_t account, struct str passphrase, struct err *e)
{
    struct seal_public public_key;
    struct seal_key secret;

    assert_int_equal(keyring_recovery(t->keyring, &public_key, e), OK);
    assert_int_equal(recovery_join(t->share, 3, &public_key, &secret, e), OK);
    return recipient_recover(t->keyring, &secret, account, passphrase, &t->who, e);
}

static void the_shares_open_for_an_account_that_had_no_key(void **state)
{
    struct town *t = *state;
    struct opener first = town_recipient(t);
    struct seal_id id = town_seal(t, S("x"));
    struct err e = {0};

    assert_int_equal(recover(t, 2, S("hemligt"), &e), BAD_INPUT);
    assert_int_equal(recover(t, 2, TOWN_OTHER_PASSPHRASE, &e), OK);
    struct opener second = town_opener(t, 2, TOWN_OTHER_PASSPHRASE);
    assert_true(town_reads(t, &second, &id, S("x")));
    assert_true(town_reads(t, &first, &id, S("x")));
}

static void a_weak_passphrase_and_a_second_pair_are_refused(void **state)
{
    struct town *t = *state;
    enum recipient_state stands;
    struct err e = {0};

    assert_int_equal(recipient_ask(t->keyring, 1, S("hemligt lösenord"), &t->who, &stands, &e), BAD_INPUT);
    assert_says(e, "easy to guess");
    town_recipient(t);
    assert_int_equal(recipient_ask(t->keyring, 1, TOWN_PASSPHRASE, &t->who, &stands, &e), BAD_INPUT);
    assert_says(e, "already");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(a_second_recipient_reads_nothing_until_another_confirms),
        IN_TOWN(a_removed_recipient_reads_nothing_new_and_after_relocking_nothing_old),
        IN_TOWN(the_last_recipient_cannot_be_removed),
        IN_TOWN(a_passphrase_can_be_changed),
        IN_TOWN(who_lost_the_passphrase_begins_again_with_three_shares),
        IN_TOWN(a_passphrase_that_is_weak_or_too_long_changes_nothing),
        IN_TOWN(nobody_is_confirmed_or_removed_who_is_not_there),
        IN_TOWN(who_waits_can_be_removed_beside_the_last),
        IN_TOWN(the_shares_open_for_an_account_that_had_no_key),
        IN_TOWN(a_weak_passphrase_and_a_second_pair_are_refused),
    };

    return cmocka_run_group_tests_name("recipient", tests, NULL, NULL);
}
