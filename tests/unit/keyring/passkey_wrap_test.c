/* A recipient's key opened by a passkey: by the one that was let to, and by no other. */
#include "../unit.h"
#include "town.h"

#include "keyring/passkey_wrap.h"
#include "keyring/unlock.h"

#include <string.h>

static const struct passkey_answer mine = {{"credential-1", 12}, {"0123456789abcdef0123456789abcdef", 32}};
static const struct passkey_answer other = {{"credential-2", 12}, {"fedcba9876543210fedcba9876543210", 32}};

static enum unlock_answer enter(struct town *t, const struct passkey_answer *passkey)
{
    struct unlocks *all = unlocks_open(NULL);
    char cookie[UNLOCK_COOKIE_CHARS + 1] = "";
    enum unlock_answer answer;
    struct err e = {0};

    assert_int_equal(unlock_enter_passkey(all, t->keyring, 1, passkey, 0, &answer, cookie, &e), OK);
    unlocks_close(all);
    return answer;
}

static void let(struct town *t, const struct opener *opener, const struct passkey_answer *passkey)
{
    struct err e = {0};

    assert_int_equal(passkey_wrap_add(t->keyring, opener, passkey, &t->who, &e), OK);
}

static void the_passkey_opens_and_the_passphrase_goes_on_to(void **state)
{
    struct town *t = *state;
    struct opener opener = town_recipient(t);
    struct unlocks *all = unlocks_open(NULL);
    char cookie[UNLOCK_COOKIE_CHARS + 1] = "";
    enum unlock_answer answer;
    struct unlocked by;
    int64_t recipient = 0;
    struct err e = {0};

    let(t, &opener, &mine);
    assert_int_equal(unlock_enter_passkey(all, t->keyring, 1, &mine, 0, &answer, cookie, &e), OK);
    assert_int_equal(answer, UNLOCK_OPEN);
    assert_true(unlock_take(all, 1, str_of(cookie), 1, &recipient, &by));
    assert_int_equal(recipient, opener.recipient);
    let(t, &(struct opener){.recipient = recipient, .unlocked = &by}, &other);
    assert_int_equal(unlock_enter_passkey(all, t->keyring, 1, &other, 1, &answer, cookie, &e), OK);
    assert_int_equal(answer, UNLOCK_OPEN);
    assert_int_equal(unlock_enter(all, t->keyring, 1, TOWN_PASSPHRASE, 2, &answer, cookie, &e), OK);
    assert_int_equal(answer, UNLOCK_OPEN);
    unlocks_close(all);
}

static void another_passkey_or_answer_opens_nothing(void **state)
{
    struct town *t = *state;
    struct opener opener = town_recipient(t);
    const struct passkey_answer mixed = {mine.credential, other.secret};
    const struct passkey_answer cut = {mine.credential, {mine.secret.p, 31}};
    const struct passkey_answer none = {{"", 0}, mine.secret};

    let(t, &opener, &mine);
    assert_int_equal(enter(t, &other), UNLOCK_WRONG);
    assert_int_equal(enter(t, &mixed), UNLOCK_WRONG);
    assert_int_equal(enter(t, &cut), UNLOCK_WRONG);
    assert_int_equal(enter(t, &none), UNLOCK_WRONG);
}

static void what_opens_is_on_no_disk(void **state)
{
    struct town *t = *state;
    struct opener opener = town_recipient(t);

    let(t, &opener, &mine);
    assert_true(town_holds(t, "credential-1"));
    assert_false(town_holds(t, "0123456789abcdef0123456789abcdef"));
}

static void taken_away_they_open_nothing_and_leave_the_disk(void **state)
{
    struct town *t = *state;
    struct opener opener = town_recipient(t);
    struct passkey_wraps all;
    struct err e = {0};

    let(t, &opener, &mine);
    let(t, &opener, &other);
    assert_int_equal(passkey_wraps_of(t->keyring, opener.recipient, t->arena, &all, &e), OK);
    assert_int_equal(all.n, 2);
    assert_int_equal(passkey_wraps_remove(t->keyring, &opener, &t->who, &e), OK);
    assert_int_equal(enter(t, &mine), UNLOCK_WRONG);
    assert_false(town_holds(t, "credential-1"));
}

static void a_removed_recipients_passkey_opens_nothing(void **state)
{
    struct town *t = *state;
    struct opener opener = town_recipient(t);
    enum recipient_state state_of_other;
    struct recipient r;
    struct err e = {0};

    assert_int_equal(
        recipient_ask(t->keyring, 2, S("dina faru molo kesa vuri"), &t->who, &state_of_other, &e), OK);
    assert_int_equal(recipient_of(t->keyring, 2, t->arena, &r, &e), OK);
    assert_int_equal(recipient_confirm(t->keyring, &opener, r.id, &t->who, &e), OK);
    let(t, &opener, &mine);
    assert_int_equal(recipient_remove(t->keyring, opener.recipient, &t->who, &e), OK);
    assert_int_equal(enter(t, &mine), UNLOCK_WRONG);
    assert_false(town_holds(t, "credential-1"));
}

static void what_is_no_answer_is_not_kept_and_there_is_a_most(void **state)
{
    struct town *t = *state;
    struct opener opener = town_recipient(t);
    const struct passkey_answer cut = {mine.credential, {mine.secret.p, 31}};
    char name[] = "passkey-A";
    const struct passkey_answer more = {{name, 9}, mine.secret};
    struct err e = {0};

    const struct passkey_answer nameless = {S(""), mine.secret};
    const struct passkey_answer long_name = {
        {arena_printf(t->arena, "%0*d", PASSKEY_ID_MOST_BYTES + 1, 0), PASSKEY_ID_MOST_BYTES + 1},
        mine.secret};

    assert_int_equal(passkey_wrap_add(t->keyring, &opener, &cut, &t->who, &e), BAD_INPUT);
    assert_int_equal(passkey_wrap_add(t->keyring, &opener, &nameless, &t->who, &e), BAD_INPUT);
    assert_int_equal(passkey_wrap_add(t->keyring, &opener, &long_name, &t->who, &e), BAD_INPUT);
    assert_says(e, "did not give what opens a key");
    for (int i = 0; i < PASSKEY_WRAPS_MOST; i++, name[8]++)
        let(t, &opener, &more);
    assert_int_equal(passkey_wrap_add(t->keyring, &opener, &more, &t->who, &e), REFUSED);
    name[8]--;
    let(t, &opener, &more);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(the_passkey_opens_and_the_passphrase_goes_on_to),
        IN_TOWN(another_passkey_or_answer_opens_nothing),
        IN_TOWN(what_opens_is_on_no_disk),
        IN_TOWN(taken_away_they_open_nothing_and_leave_the_disk),
        IN_TOWN(a_removed_recipients_passkey_opens_nothing),
        IN_TOWN(what_is_no_answer_is_not_kept_and_there_is_a_most),
    };

    return cmocka_run_group_tests_name("passkey wrap", tests, NULL, NULL);
}
