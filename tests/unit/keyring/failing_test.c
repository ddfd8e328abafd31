/* Whatever statement fails while a key is made, given, changed or taken away: it is told, and nothing
 * half-done stands in the way of doing it again. */
#include "../failing_store.h"
#include "../scratch.h"
#include "../unit.h"
#include "town.h"

#include "keyring/passkey_wrap.h"
#include "keyring/regain.h"
#include "keyring/relock.h"
#include "keyring/share_holder.h"
#include "keyring/unlock.h"
#include "store/db.h"

#include <string.h>
#include <unistd.h>

static int failing_town_open(void **state)
{
    failing_store_on();
    return town_open(state);
}

#define IN_FAILING_TOWN(test) cmocka_unit_test_setup_teardown(test, failing_town_open, town_close)

static struct opener opener_of(struct town *t)
{
    return town_opener(t, 1, TOWN_PASSPHRASE);
}

static enum status ask_first(void *test, struct err *e)
{
    struct town *t = test;
    enum recipient_state state;

    return recipient_ask(t->keyring, 1, TOWN_PASSPHRASE, &t->who, &state, e);
}

static enum status ask_second(void *test, struct err *e)
{
    struct town *t = test;
    enum recipient_state state;

    return recipient_ask(t->keyring, 2, TOWN_OTHER_PASSPHRASE, &t->who, &state, e);
}

/* What a test has found out before anything fails. */
struct scene {
    struct town *town;
    struct opener opener;
    struct recipient second;
    struct seal_id id;
    struct receipt_code code;
};

static enum status seal(struct town *t, const struct receipt_code *code, struct seal_id *id, struct err *e)
{
    const struct audit_line line = {.who = t->who, .action = "test.seal"};
    struct sealing *s = sealing_begin();

    *id = s->id;
    enum status status = code ? sealing_receipt(t->keyring, s, code, e) : OK;
    if (status == OK)
        status = sealing_keep(t->keyring, s, e);
    if (status == OK)
        status = db_change(t->city->db, e);
    if (status == OK)
        status = db_change_end(t->city->db, sealing_put(t->keyring, s, S("report"), S("x"), e), &line, e);
    sealing_close(s);
    return status;
}

static enum status seal_with_a_code(void *test, struct err *e)
{
    struct scene *x = test;

    receipt_code_make(&x->code);
    return seal(x->town, &x->code, &x->id, e);
}

static enum status get(struct scene *x, struct sealing *s, struct err *e)
{
    struct str text = {0};
    enum status status = sealing_get(x->town->keyring, s, S("report"), x->town->arena, &text, e);

    sealing_close(s);
    assert_true(status != OK || str_is(text, "x"));
    return status;
}

static enum status read_by_recipient(void *test, struct err *e)
{
    struct scene *x = test;
    struct sealing *s = NULL;

    TRY(sealing_open(x->town->keyring, &x->opener, &x->id, &s, e));
    return get(x, s, e);
}

static enum status read_by_code(void *test, struct err *e)
{
    struct scene *x = test;
    struct sealing *s = NULL;

    TRY(sealing_open_code(x->town->keyring, &x->code, &s, e));
    return get(x, s, e);
}

static enum status replace(void *test, struct err *e)
{
    struct scene *x = test;
    const struct audit_line line = {.who = x->town->who, .action = "test.seal"};
    struct sealing *s = NULL;

    TRY(sealing_open(x->town->keyring, &x->opener, &x->id, &s, e));
    enum status status = db_change(x->town->city->db, e);
    if (status == OK)
        status = db_change_end(x->town->city->db,
                               sealing_replace(x->town->keyring, s, S("report"), S("y"), e), &line, e);
    sealing_close(s);
    return status;
}

static enum status forget(void *test, struct err *e)
{
    struct scene *x = test;

    return sealing_forget(x->town->keyring, &x->id, e);
}

static void what_is_sealed_is_read_changed_and_forgotten(void **state)
{
    struct town *t = *state;
    struct scene x = {.town = t};

    assert_each_statement_may_fail(ask_first, t);
    x.opener = opener_of(t);
    assert_each_statement_may_fail(seal_with_a_code, &x);
    assert_each_statement_may_fail(read_by_recipient, &x);
    assert_each_statement_may_fail(read_by_code, &x);
    assert_each_statement_may_fail(replace, &x);
    assert_true(town_reads(t, &x.opener, &x.id, S("y")));
    assert_each_statement_may_fail(forget, &x);
    assert_false(town_reads(t, &x.opener, &x.id, S("y")));
}

static enum status confirm(void *test, struct err *e)
{
    struct scene *x = test;

    return recipient_confirm(x->town->keyring, &x->opener, x->second.id, &x->town->who, e);
}

static enum status list(void *test, struct err *e)
{
    struct scene *x = test;
    struct recipients all = {0};
    int64_t active = 0;

    TRY(recipients_all(x->town->keyring, x->town->arena, &all, e));
    TRY(recipients_active(x->town->keyring, &active, e));
    assert_int_equal(all.n, 2);
    assert_int_equal(active, 2);
    return OK;
}

static enum status take_away(void *test, struct err *e)
{
    struct scene *x = test;

    return recipient_remove(x->town->keyring, x->second.id, &x->town->who, e);
}

static enum status relock(void *test, struct err *e)
{
    struct scene *x = test;
    size_t n = 0;

    return relock_all(x->town->keyring, &x->opener, &x->town->who, &n, e);
}

static enum status change_passphrase(void *test, struct err *e)
{
    struct scene *x = test;

    return recipient_passphrase(x->town->keyring, &x->opener, TOWN_OTHER_PASSPHRASE, &x->town->who, e);
}

static void a_recipient_is_confirmed_and_taken_away(void **state)
{
    struct town *t = *state;
    struct scene x = {.town = t, .opener = town_recipient(t)};
    struct err e = {0};

    x.id = town_seal(t, S("x"));
    assert_each_statement_may_fail(ask_second, t);
    assert_int_equal(recipient_of(t->keyring, 2, t->arena, &x.second, &e), OK);
    assert_each_statement_may_fail(confirm, &x);
    assert_each_statement_may_fail(list, &x);
    struct opener second = town_opener(t, 2, TOWN_OTHER_PASSPHRASE);
    assert_true(town_reads(t, &second, &x.id, S("x")));
    assert_each_statement_may_fail(take_away, &x);
    assert_each_statement_may_fail(relock, &x);
    assert_false(town_reads(t, &second, &x.id, S("x")));
    assert_each_statement_may_fail(change_passphrase, &x);
    x.opener = town_opener(t, 1, TOWN_OTHER_PASSPHRASE);
    assert_true(town_reads(t, &x.opener, &x.id, S("x")));
}

static const struct passkey_answer passkey = {.credential = {"credential", 10},
                                              .secret = {"0123456789abcdef0123456789abcdef", 32}};

static enum status add_passkey(void *test, struct err *e)
{
    struct scene *x = test;

    return passkey_wrap_add(x->town->keyring, &x->opener, &passkey, &x->town->who, e);
}

static enum status find_passkey(void *test, struct err *e)
{
    struct scene *x = test;
    struct passkey_wraps all = {0};
    struct str wrap = {0};

    TRY(passkey_wraps_of(x->town->keyring, x->opener.recipient, x->town->arena, &all, e));
    assert_int_equal(all.n, 1);
    TRY(passkey_wrap_find(x->town->keyring, x->opener.recipient, passkey.credential, x->town->arena, &wrap,
                          e));
    assert_true(wrap.n > 0);
    return OK;
}

static enum status remove_passkeys(void *test, struct err *e)
{
    struct scene *x = test;

    return passkey_wraps_remove(x->town->keyring, &x->opener, &x->town->who, e);
}

static enum status unlock(void *test, struct err *e)
{
    struct scene *x = test;
    struct unlocks *all = unlocks_open(NULL);
    char cookie[UNLOCK_COOKIE_CHARS + 1];
    enum unlock_answer answer = UNLOCK_WRONG;
    enum status s = unlock_enter_passkey(all, x->town->keyring, 1, &passkey, 0, &answer, cookie, e);

    assert_true(s != OK || answer == UNLOCK_OPEN);
    if (s == OK)
        s = unlock_enter(all, x->town->keyring, 1, TOWN_PASSPHRASE, 0, &answer, cookie, e);
    assert_true(s != OK || answer == UNLOCK_OPEN);
    unlocks_close(all);
    return s;
}

static void a_passkey_is_given_a_key_and_opens(void **state)
{
    struct town *t = *state;
    struct scene x = {.town = t, .opener = town_recipient(t)};

    assert_each_statement_may_fail(add_passkey, &x);
    assert_each_statement_may_fail(find_passkey, &x);
    assert_each_statement_may_fail(unlock, &x);
    assert_each_statement_may_fail(remove_passkeys, &x);
}

static enum status name_holders(void *test, struct err *e)
{
    struct town *t = test;
    struct share_holders all = {0};

    for (int64_t n = 1; n <= 3; n++)
        TRY(share_holder_name(t->keyring, n, 10 + n, S("Registrator"), &t->who, e));
    return share_holders_list(t->keyring, t->arena, &all, e);
}

static enum status begin_to_regain(void *test, struct err *e)
{
    struct town *t = test;

    return regain_begin(t->keyring, 1, TOWN_OTHER_PASSPHRASE, &t->who, e);
}

static enum status give_shares(void *test, struct err *e)
{
    struct town *t = test;
    struct regain now = {0};
    char shown[RECOVERY_SHOWN];

    for (int64_t n = 1; n <= 3; n++) {
        recovery_share_shown(&t->share[n - 1], shown);
        TRY(regain_give(t->keyring, 10 + n, str_of(shown), &t->who, e));
    }
    TRY(regain_now(t->keyring, date_of(t->who.now_at), &now, e));
    assert_int_equal(now.given, 3);
    return OK;
}

static enum status finish_to_regain(void *test, struct err *e)
{
    struct town *t = test;
    enum regain_answer answer = REGAIN_WRONG;

    TRY(regain_finish(t->keyring, 1, TOWN_OTHER_PASSPHRASE, &t->who, &answer, e));
    assert_int_equal(answer, REGAIN_DONE);
    return OK;
}

static enum status stop_to_regain(void *test, struct err *e)
{
    struct town *t = test;

    return regain_stop(t->keyring, &t->who, e);
}

static enum status forget_to_regain(void *test, struct err *e)
{
    struct town *t = test;
    struct date later = date_of(t->who.now_at + (int64_t)(REGAIN_DAYS + 1) * 24 * 60 * 60);

    return regain_forget(t->keyring, later, e);
}

static void who_lost_the_passphrase_regains_what_is_sealed(void **state)
{
    static const char people[] =
        "insert into person (id, email, name, language, state, made_at, signed_in_at, version) values "
        "(11, '11@exempel.example', 'Kim Exempel', 'sv', 'active', 1, 1, 1), "
        "(12, '12@exempel.example', 'Kim Exempel', 'sv', 'active', 1, 1, 1), "
        "(13, '13@exempel.example', 'Kim Exempel', 'sv', 'active', 1, 1, 1)";
    struct town *t = *state;
    struct err e = {0};

    town_recipient(t);
    struct seal_id id = town_seal(t, S("x"));
    assert_int_equal(db_script(t->city->db, people, &e), OK);
    assert_each_statement_may_fail(name_holders, t);
    assert_each_statement_may_fail(begin_to_regain, t);
    assert_each_statement_may_fail(stop_to_regain, t);
    assert_each_statement_may_fail(begin_to_regain, t);
    assert_each_statement_may_fail(forget_to_regain, t);
    assert_each_statement_may_fail(begin_to_regain, t);
    assert_each_statement_may_fail(give_shares, t);
    assert_each_statement_may_fail(finish_to_regain, t);
    struct opener found = town_opener(t, 1, TOWN_OTHER_PASSPHRASE);
    assert_true(town_reads(t, &found, &id, S("x")));
}

static enum status open_anew(void *test, struct err *e)
{
    struct town *t = test;
    struct seal_public key;
    int64_t needed = 0;
    int64_t shares = 0;
    struct keyring *k = NULL;

    TRY(keyring_open(t->city, t->city->db, &k, e));
    enum status s = keyring_recovery(k, &key, e);
    if (s == OK)
        s = keyring_shares(k, &needed, &shares, e);
    keyring_close(k);
    assert_true(s != OK || (needed == 3 && shares == 5));
    return s;
}

/* What is gone is gone: a log that cannot be emptied now is emptied at night, and nobody is told to try
 * again. */
static void what_is_taken_away_stays_so_when_the_log_cannot_be_emptied(void **state)
{
    struct town *t = *state;
    struct scene x = {.town = t, .opener = town_recipient(t)};
    struct passkey_wraps left = {0};
    struct err e = {0};

    assert_int_equal(ask_second(t, &e), OK);
    assert_int_equal(recipient_of(t->keyring, 2, t->arena, &x.second, &e), OK);
    assert_int_equal(add_passkey(&x, &e), OK);
    failing_store_checkpoints(true);
    assert_int_equal(db_checkpoint(keyring_file(t->keyring), &e), SYSTEM);
    assert_int_equal(take_away(&x, &e), OK);
    assert_int_equal(remove_passkeys(&x, &e), OK);
    assert_int_equal(change_passphrase(&x, &e), OK);
    failing_store_checkpoints(false);
    assert_int_equal(recipient_of(t->keyring, 2, t->arena, &x.second, &e), OK);
    assert_int_equal(x.second.id, 0);
    assert_int_equal(passkey_wraps_of(t->keyring, x.opener.recipient, t->arena, &left, &e), OK);
    assert_int_equal(left.n, 0);
    town_opener(t, 1, TOWN_OTHER_PASSPHRASE);
}

static void the_key_file_is_opened(void **state)
{
    assert_each_statement_may_fail(open_anew, *state);
}

static enum status make_key_file(void *test, struct err *e)
{
    struct town *t = test;
    const struct keyring_make make = {.needed = 3, .shares = 5, .who = t->who};
    const size_t before = scratch_entries(t->path);
    enum status s = keyring_make(t->city, &make, t->share, e);

    assert_int_equal(scratch_entries(t->path) - before, s == OK ? 1 : 0);
    assert_int_equal(keyring_exists(t->city), s == OK);
    return s;
}

/* No share of a recovery key is given out for a file that is not there, and no half of one is left. */
static void the_key_file_is_made(void **state)
{
    struct town *t = *state;

    keyring_close(t->keyring);
    t->keyring = NULL;
    assert_int_equal(unlink(arena_printf(t->arena, "%s/sealed.db", t->path)), 0);
    assert_each_statement_may_fail(make_key_file, t);
    assert_each_statement_may_fail(open_anew, t);
}

static enum status bring_forward(void *test, struct err *e)
{
    struct town *t = test;
    size_t applied = 7;
    enum status s = keyring_migrate(t->path, 1, &applied, e);

    assert_int_equal(applied, s == OK ? 0 : 7);
    return s;
}

static void the_key_file_is_brought_forward(void **state)
{
    assert_each_statement_may_fail(bring_forward, *state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FAILING_TOWN(what_is_sealed_is_read_changed_and_forgotten),
        IN_FAILING_TOWN(a_recipient_is_confirmed_and_taken_away),
        IN_FAILING_TOWN(a_passkey_is_given_a_key_and_opens),
        IN_FAILING_TOWN(who_lost_the_passphrase_regains_what_is_sealed),
        IN_FAILING_TOWN(what_is_taken_away_stays_so_when_the_log_cannot_be_emptied),
        IN_FAILING_TOWN(the_key_file_is_opened),
        IN_FAILING_TOWN(the_key_file_is_made),
        IN_FAILING_TOWN(the_key_file_is_brought_forward),
    };

    return cmocka_run_group_tests_name("failing", tests, NULL, NULL);
}
