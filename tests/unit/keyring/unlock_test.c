/* Unlocked recipients: open with the passphrase, with the cookie alone, for a time. */
#include "../unit.h"
#include "town.h"

#include "keyring/passkey_wrap.h"
#include "keyring/unlock.h"
#include "vault/vault.h"
#include "vault/vault_process.h"

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

/* With the key in a process of its own, as in a served city. */
static void a_recipient_reads_and_changes_the_passphrase_by_way_of_the_vault(void **state)
{
    struct town *t = *state;
    struct vault_process *vault = NULL;
    char cookie[UNLOCK_COOKIE_CHARS + 1] = "";
    struct unlocked by;
    int64_t recipient = 0;
    struct err e = {0};

    town_recipient(t);
    struct seal_id id = town_seal(t, S("x"));
    assert_int_equal(vault_process_open(&vault, &e), OK);
    struct unlocks *all = unlocks_open(vault);
    assert_int_equal(enter(t, all, TOWN_PASSPHRASE, 0, cookie), UNLOCK_OPEN);
    assert_true(unlock_take(all, 1, str_of(cookie), 0, &recipient, &by));
    const struct opener opener = {.recipient = recipient, .unlocked = &by};
    assert_true(town_reads(t, &opener, &id, S("x")));
    assert_int_equal(recipient_passphrase(t->keyring, &opener, TOWN_OTHER_PASSPHRASE, &t->who, &e), OK);
    assert_int_equal(enter(t, all, TOWN_OTHER_PASSPHRASE, 1, cookie), UNLOCK_OPEN);
    unlocks_close(all);
    vault_process_close(vault);
}

static void who_has_signed_out_opens_and_changes_nothing(void **state)
{
    static const struct passkey_answer passkey = {{"credential-1", 12},
                                                  {"0123456789abcdef0123456789abcdef", 32}};
    struct town *t = *state;
    struct unlocks *all = unlocks_open(NULL);
    char cookie[UNLOCK_COOKIE_CHARS + 1] = "";
    struct sealing *s = NULL;
    struct unlocked by;
    int64_t recipient = 0;
    struct err e = {0};

    town_recipient(t);
    struct seal_id id = town_seal(t, S("x"));
    assert_int_equal(enter(t, all, TOWN_PASSPHRASE, 0, cookie), UNLOCK_OPEN);
    assert_true(unlock_take(all, 1, str_of(cookie), 0, &recipient, &by));
    unlock_end(all, 1);
    const struct opener opener = {.recipient = recipient, .unlocked = &by};
    assert_int_equal(sealing_open(t->keyring, &opener, &id, &s, &e), REFUSED);
    assert_null(s);
    assert_int_equal(recipient_passphrase(t->keyring, &opener, TOWN_OTHER_PASSPHRASE, &t->who, &e), REFUSED);
    assert_int_equal(passkey_wrap_add(t->keyring, &opener, &passkey, &t->who, &e), REFUSED);
    assert_says(e, "cannot be wrapped now");
    assert_int_equal(enter(t, all, TOWN_PASSPHRASE, 1, cookie), UNLOCK_OPEN);
    unlocks_close(all);
}

static void what_nobody_has_a_copy_of_is_refused(void **state)
{
    struct town *t = *state;
    struct unlocks *all = unlocks_open(NULL);
    char cookie[UNLOCK_COOKIE_CHARS + 1] = "";
    struct sealing *s = NULL;
    struct seal_id other;
    struct unlocked by;
    int64_t recipient = 0;
    struct err e = {0};

    town_recipient(t);
    seal_id_make(&other);
    assert_int_equal(enter(t, all, TOWN_PASSPHRASE, 0, cookie), UNLOCK_OPEN);
    assert_true(unlock_take(all, 1, str_of(cookie), 0, &recipient, &by));
    const struct opener opener = {.recipient = recipient, .unlocked = &by};
    assert_int_equal(sealing_open(t->keyring, &opener, &other, &s, &e), REFUSED);
    assert_says(e, "no copy of the key");
    assert_null(s);
    unlocks_close(all);
}

static void what_can_be_no_passphrase_or_cookie_opens_nothing(void **state)
{
    struct town *t = *state;
    struct unlocks *all = unlocks_open(NULL);
    char cookie[UNLOCK_COOKIE_CHARS + 1] = "";
    char typed[VAULT_PASSPHRASE_BYTES + 1];
    struct unlocked by;
    int64_t recipient = 0;

    town_recipient(t);
    memset(typed, ' ', sizeof typed);
    memcpy(typed, TOWN_PASSPHRASE.p, TOWN_PASSPHRASE.n);
    assert_int_equal(enter(t, all, (struct str){typed, sizeof typed}, 0, cookie), UNLOCK_WRONG);
    memset(cookie, 'x', UNLOCK_COOKIE_CHARS);
    assert_false(unlock_take(all, 1, str_of(cookie), 0, &recipient, &by));
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
        IN_TOWN(a_recipient_reads_and_changes_the_passphrase_by_way_of_the_vault),
        IN_TOWN(who_has_signed_out_opens_and_changes_nothing),
        IN_TOWN(what_nobody_has_a_copy_of_is_refused),
        IN_TOWN(what_can_be_no_passphrase_or_cookie_opens_nothing),
    };

    return cmocka_run_group_tests_name("unlock", tests, NULL, NULL);
}
