/* Recipients who have entered their passphrase. */
#include "keyring/unlock.h"

#include "base/arena.h"
#include "keyring/passkey_wrap.h"
#include "keyring/recipient.h"
#include "seal/secret.h"
#include "vault/vault_process.h"

#include <string.h>

#include <sodium.h>

struct unlocks {
    struct arena *arena;
    const struct vault_process *elsewhere;
    struct vault *here; /* NULL: it is elsewhere */
};

/* What is asked of the vault and what it says, in locked memory together. */
struct question {
    struct vault_ask ask;
    struct vault_reply reply;
};

struct unlocks *unlocks_open(const struct vault_process *vault)
{
    struct arena *a = arena_open();
    struct unlocks *all = arena_new(a, 1, struct unlocks);

    *all = (struct unlocks){.arena = a, .elsewhere = vault, .here = vault ? NULL : vault_open()};
    return all;
}

void unlocks_close(struct unlocks *all)
{
    if (!all)
        return;
    vault_close(all->here);
    arena_close(all->arena);
}

static enum status put(const struct unlocks *all, struct question *q, struct err *e)
{
    if (all->elsewhere)
        return vault_process_ask(all->elsewhere, &q->ask, &q->reply, e);
    vault_answer(all->here, &q->ask, &q->reply);
    return OK;
}

static void set_passphrase(struct vault_ask *ask, struct str passphrase)
{
    memcpy(ask->passphrase, passphrase.p, passphrase.n);
    ask->passphrase_bytes = (uint32_t)passphrase.n;
}

/* `record` opens with `known`. Who is no active recipient, or types what nobody's passphrase can be, is asked
 * for as nobody: a wrong try. */
static void fill_enter(struct vault_ask *ask, const struct recipient *r, struct str record, struct str known)
{
    if (r->state != RECIPIENT_ACTIVE || record.n != WRAP_BYTES || known.n > VAULT_PASSPHRASE_BYTES)
        return;
    ask->recipient = r->id;
    ask->public_key = r->public_key;
    memcpy(ask->wrap.bytes, record.p, WRAP_BYTES);
    set_passphrase(ask, known);
}

/* Asks the vault to open, and says what came of it. */
static enum status enter(const struct unlocks *all, struct question *q, enum unlock_answer *answer,
                         char cookie[UNLOCK_COOKIE_CHARS + 1], struct err *e)
{
    static const enum unlock_answer said[] = {[VAULT_DONE] = UNLOCK_OPEN,
                                              [VAULT_WRONG] = UNLOCK_WRONG,
                                              [VAULT_BLOCKED] = UNLOCK_BLOCKED,
                                              [VAULT_BUSY] = UNLOCK_BUSY};

    TRY(put(all, q, e));
    if (q->reply.answer > VAULT_BUSY)
        return err_set(e, SYSTEM, "the passphrase cannot be tried: there is no memory for it");
    *answer = said[q->reply.answer];
    if (*answer == UNLOCK_OPEN)
        sodium_bin2hex(cookie, UNLOCK_COOKIE_CHARS + 1, q->reply.key.bytes, SEAL_KEY_BYTES);
    return OK;
}

static struct question *question_open(int64_t account, int64_t now_at)
{
    struct question *q = secret_open(sizeof *q);

    q->ask.work = VAULT_ENTER;
    q->ask.account = account;
    q->ask.now_at = now_at;
    return q;
}

enum status unlock_enter(struct unlocks *all, struct keyring *k, int64_t account, struct str passphrase,
                         int64_t now_at, enum unlock_answer *answer, char cookie[UNLOCK_COOKIE_CHARS + 1],
                         struct err *e)
{
    struct arena *a = arena_open();
    struct question *q = question_open(account, now_at);
    struct recipient r;
    enum status s = recipient_of(k, account, a, &r, e);

    if (s == OK) {
        fill_enter(&q->ask, &r, r.wrap, passphrase);
        s = enter(all, q, answer, cookie, e);
    }
    secret_close(q);
    arena_close(a);
    return s;
}

enum status unlock_enter_passkey(struct unlocks *all, struct keyring *k, int64_t account,
                                 const struct passkey_answer *passkey, int64_t now_at,
                                 enum unlock_answer *answer, char cookie[UNLOCK_COOKIE_CHARS + 1],
                                 struct err *e)
{
    struct arena *a = arena_open();
    struct question *q = question_open(account, now_at);
    struct recipient r;
    struct str record = S("");
    enum status s = recipient_of(k, account, a, &r, e);

    q->ask.is_passkey = true;
    if (s == OK)
        s = passkey_wrap_find(k, r.id, passkey->credential, a, &record, e);
    if (s == OK) {
        if (passkey->secret.n == PASSKEY_SECRET_BYTES)
            fill_enter(&q->ask, &r, record, passkey->secret);
        s = enter(all, q, answer, cookie, e);
    }
    secret_close(q);
    arena_close(a);
    return s;
}

static void fill_at_work(struct vault_ask *ask, enum vault_work work, const struct unlocked *by)
{
    ask->work = work;
    ask->account = by->account;
    ask->now_at = by->now_at;
    ask->browser = by->browser;
}

bool unlock_take(struct unlocks *all, int64_t account, struct str cookie, int64_t now_at, int64_t *recipient,
                 struct unlocked *out)
{
    struct err e;

    *out = (struct unlocked){.all = all, .account = account, .now_at = now_at};
    if (cookie.n != UNLOCK_COOKIE_CHARS ||
        sodium_hex2bin(out->browser.bytes, SEAL_KEY_BYTES, cookie.p, cookie.n, NULL, NULL, NULL) != 0)
        return false;
    struct question *q = secret_open(sizeof *q);

    fill_at_work(&q->ask, VAULT_TAKE, out);
    bool is_open = put(all, q, &e) == OK && q->reply.answer == VAULT_DONE;
    *recipient = q->reply.recipient;
    secret_close(q);
    return is_open;
}

enum status unlock_open_copy(const struct unlocked *by, const struct seal_context *where, struct str copy,
                             struct seal_key *key, struct err *e)
{
    if (copy.n != SEAL_COPY_BYTES || where->city.n > VAULT_CITY_BYTES)
        return err_set(e, REFUSED, "there is no copy of the key for this recipient");
    struct question *q = secret_open(sizeof *q);

    fill_at_work(&q->ask, VAULT_OPEN, by);
    memcpy(q->ask.copy, copy.p, SEAL_COPY_BYTES);
    q->ask.id = where->id;
    memcpy(q->ask.city, where->city.p, where->city.n);
    q->ask.city_bytes = (uint32_t)where->city.n;
    enum status s = put(by->all, q, e);
    if (s == OK && q->reply.answer != VAULT_DONE)
        s = err_set(e, REFUSED, "the copy of the key does not open");
    if (s == OK)
        *key = q->reply.key;
    secret_close(q);
    return s;
}

static enum status wrap(const struct unlocked *by, struct str known, bool is_passkey, struct wrap *out,
                        struct err *e)
{
    struct question *q = secret_open(sizeof *q);

    fill_at_work(&q->ask, VAULT_WRAP, by);
    q->ask.is_passkey = is_passkey;
    set_passphrase(&q->ask, known);
    enum status s = put(by->all, q, e);
    if (s == OK && q->reply.answer != VAULT_DONE)
        s = err_set(e, REFUSED, "the key cannot be wrapped now: try again in a moment");
    if (s == OK)
        *out = q->reply.wrap;
    secret_close(q);
    return s;
}

enum status unlock_wrap(const struct unlocked *by, struct str passphrase, struct wrap *out, struct err *e)
{
    if (passphrase.n > VAULT_PASSPHRASE_BYTES)
        return err_set(e, BAD_INPUT, "the passphrase is too long");
    return wrap(by, passphrase, false, out, e);
}

enum status unlock_wrap_passkey(const struct unlocked *by, const struct passkey_answer *passkey,
                                struct wrap *out, struct err *e)
{
    if (passkey->secret.n != PASSKEY_SECRET_BYTES)
        return err_set(e, BAD_INPUT, "the device did not give what opens a key");
    return wrap(by, passkey->secret, true, out, e);
}

void unlock_end(struct unlocks *all, int64_t account)
{
    struct question *q = secret_open(sizeof *q);
    struct err e;

    q->ask.work = VAULT_END;
    q->ask.account = account;
    /* A vault that does not answer has forgotten all. */
    enum status ignored = put(all, q, &e);
    (void)ignored;
    secret_close(q);
}
