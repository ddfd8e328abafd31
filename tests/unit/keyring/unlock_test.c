/* Unlocked recipients: open with the passphrase, with the cookie alone, for a time. */
#include "../unit.h"
#include "town.h"

#include "keyring/unlock.h"
#include "vault/vault.h"

#include <string.h>

static enum unlock_answer enter(struct town *t, struct unlocks *all, struct str passphrase, int64_t now_at,
                                char *cookie)
{
    enum unlock_answer answer;
    struct err e = {0};

    assert_int_equal(unlock_enter(all, t->keyring, 1, passphrase, now_at, &answer, cookie, &e), OK);
    return answer;
}

static void the_cookie_opens_until_it_has_rested_too_long(void **state)
{
    struct town *t = *state;
    struct opener opener = town_recipient(t);
    struct unlocks *all = unlocks_open(NULL);
    char cookie[UNLOCK_COOKIE_CHARS + 1] = "";
    struct unlocked by;
    int64_t recipient = 0;

    assert_int_equal(enter(t, all, S(" lomu  kadel stana beri fonu "), 0, cookie), UNLOCK_OPEN);
    assert_true(unlock_take(all, 1, str_of(cookie), VAULT_IDLE_SECONDS - 1, &recipient, &by));
    assert_int_equal(recipient, opener.recipient);
    assert_true(unlock_take(all, 1, str_of(cookie), 2 * VAULT_IDLE_SECONDS - 2, &recipient, &by));
    assert_false(unlock_take(all, 1, str_of(cookie), 4 * VAULT_IDLE_SECONDS, &recipient, &by));
    unlocks_close(all);
}

static void nothing_is_open_longer_than_a_working_day(void **state)
{
    struct town *t = *state;
    struct unlocks *all = unlocks_open(NULL);
    char cookie[UNLOCK_COOKIE_CHARS + 1] = "";
    struct unlocked by;
    int64_t recipient = 0;
    int64_t at = 0;

    town_recipient(t);
    assert_int_equal(enter(t, all, TOWN_PASSPHRASE, 0, cookie), UNLOCK_OPEN);
    for (; at < VAULT_MOST_SECONDS; at += 600)
        assert_true(unlock_take(all, 1, str_of(cookie), at, &recipient, &by));
    assert_false(unlock_take(all, 1, str_of(cookie), at, &recipient, &by));
    unlocks_close(all);
}

static void another_account_or_cookie_opens_nothing(void **state)
{
    struct town *t = *state;
    struct unlocks *all = unlocks_open(NULL);
    char cookie[UNLOCK_COOKIE_CHARS + 1] = "";
    struct unlocked by;
    int64_t recipient = 0;

    town_recipient(t);
    assert_int_equal(enter(t, all, TOWN_PASSPHRASE, 0, cookie), UNLOCK_OPEN);
    assert_false(unlock_take(all, 2, str_of(cookie), 0, &recipient, &by));
    cookie[5] = cookie[5] == 'a' ? 'b' : 'a';
    assert_false(unlock_take(all, 1, str_of(cookie), 0, &recipient, &by));
    assert_false(unlock_take(all, 1, S("not a cookie"), 0, &recipient, &by));
    unlocks_close(all);
}

static void signing_out_locks(void **state)
{
    struct town *t = *state;
    struct unlocks *all = unlocks_open(NULL);
    char cookie[UNLOCK_COOKIE_CHARS + 1] = "";
    struct unlocked by;
    int64_t recipient = 0;

    town_recipient(t);
    assert_int_equal(enter(t, all, TOWN_PASSPHRASE, 0, cookie), UNLOCK_OPEN);
    unlock_end(all, 1);
    assert_false(unlock_take(all, 1, str_of(cookie), 0, &recipient, &by));
    unlocks_close(all);
}

static void ten_wrong_passphrases_close_the_door_for_a_while(void **state)
{
    struct town *t = *state;
    struct unlocks *all = unlocks_open(NULL);
    char cookie[UNLOCK_COOKIE_CHARS + 1] = "";

    town_recipient(t);
    for (int i = 0; i < 10; i++)
        assert_int_equal(enter(t, all, S("wrong"), 100, cookie), UNLOCK_WRONG);
    assert_int_equal(enter(t, all, TOWN_PASSPHRASE, 100, cookie), UNLOCK_BLOCKED);
    assert_int_equal(enter(t, all, TOWN_PASSPHRASE, 100 + 15 * 60, cookie), UNLOCK_OPEN);
    unlocks_close(all);
}

static void who_is_no_recipient_opens_nothing(void **state)
{
    struct town *t = *state;
    struct unlocks *all = unlocks_open(NULL);
    char cookie[UNLOCK_COOKIE_CHARS + 1] = "";

    assert_int_equal(enter(t, all, TOWN_PASSPHRASE, 0, cookie), UNLOCK_WRONG);
    assert_string_equal(cookie, "");
    unlocks_close(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(the_cookie_opens_until_it_has_rested_too_long),
        IN_TOWN(nothing_is_open_longer_than_a_working_day),
        IN_TOWN(another_account_or_cookie_opens_nothing),
        IN_TOWN(signing_out_locks),
        IN_TOWN(ten_wrong_passphrases_close_the_door_for_a_while),
        IN_TOWN(who_is_no_recipient_opens_nothing),
    };

    return cmocka_run_group_tests_name("unlock", tests, NULL, NULL);
}
