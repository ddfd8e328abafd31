/* Recipients who have entered their passphrase. */
#include "keyring/unlock.h"

#include "base/arena.h"
#include "keyring/passkey_wrap.h"
#include "keyring/recipient.h"
#include "seal/passphrase.h"
#include "seal/secret.h"
#include "seal/wrap.h"

#include <pthread.h>
#include <string.h>

#include <sodium.h>

enum {
    SESSIONS = 64,
    AT_ONCE = 2,
    WAITING = 20,
    MARK_BYTES = 16,
    KEPT_BYTES = SEAL_KEY_BYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES,
    NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    WRONG_MOST = 10,
    WRONG_SECONDS = 15 * 60
};

/* A secret key under a key that only the browser has. */
struct session {
    int64_t account; /* 0: free */
    int64_t recipient;
    int64_t opened_at;
    int64_t used_at;
    unsigned char mark[MARK_BYTES]; /* a hash of the browser's key, to find the session by */
    unsigned char nonce[NONCE_BYTES];
    unsigned char kept[KEPT_BYTES];
};

/* Wrong passphrases of one account. */
struct attempts {
    int64_t account; /* 0: free */
    int64_t wrong;
    int64_t last_at;
};

struct unlocks {
    struct arena *arena;
    pthread_mutex_t lock;
    pthread_cond_t is_free;
    int running;
    int waiting;
    struct session session[SESSIONS];
    struct attempts attempts[SESSIONS];
};

struct unlocks *unlocks_open(void)
{
    struct arena *a = arena_open();
    struct unlocks *all = arena_new(a, 1, struct unlocks);

    all->arena = a;
    pthread_mutex_init(&all->lock, NULL);
    pthread_cond_init(&all->is_free, NULL);
    return all;
}

void unlocks_close(struct unlocks *all)
{
    if (!all)
        return;
    struct arena *a = all->arena; /* which holds `all` too */

    pthread_cond_destroy(&all->is_free);
    pthread_mutex_destroy(&all->lock);
    arena_wipe(a);
    arena_close(a);
}

/* Waits for one of the two places where Argon2id runs; false when too many wait already. */
static bool gate_enter(struct unlocks *all)
{
    pthread_mutex_lock(&all->lock);
    bool may_wait = all->waiting < WAITING;

    if (may_wait) {
        all->waiting++;
        while (all->running >= AT_ONCE)
            pthread_cond_wait(&all->is_free, &all->lock);
        all->waiting--;
        all->running++;
    }
    pthread_mutex_unlock(&all->lock);
    return may_wait;
}

static void gate_leave(struct unlocks *all)
{
    pthread_mutex_lock(&all->lock);
    all->running--;
    pthread_cond_signal(&all->is_free);
    pthread_mutex_unlock(&all->lock);
}

/* The row for `account`'s wrong tries: its own, or the one that has rested longest. */
static struct attempts *attempts_of(struct unlocks *all, int64_t account)
{
    struct attempts *found = &all->attempts[0];

    for (size_t i = 0; i < SESSIONS; i++) {
        if (all->attempts[i].account == account)
            return &all->attempts[i];
        if (all->attempts[i].last_at < found->last_at)
            found = &all->attempts[i];
    }
    *found = (struct attempts){.account = account};
    return found;
}

static bool is_blocked(struct unlocks *all, int64_t account, int64_t now_at)
{
    pthread_mutex_lock(&all->lock);
    struct attempts *t = attempts_of(all, account);

    if (now_at - t->last_at >= WRONG_SECONDS)
        t->wrong = 0;
    bool blocked = t->wrong >= WRONG_MOST;
    pthread_mutex_unlock(&all->lock);
    return blocked;
}

static void note(struct unlocks *all, int64_t account, int64_t now_at, enum unlock_answer answer)
{
    pthread_mutex_lock(&all->lock);
    struct attempts *t = attempts_of(all, account);

    t->wrong = answer == UNLOCK_OPEN ? 0 : t->wrong + 1;
    t->last_at = now_at;
    pthread_mutex_unlock(&all->lock);
}

static bool is_over(const struct session *s, int64_t now_at)
{
    return s->account == 0 || now_at - s->used_at >= UNLOCK_IDLE_SECONDS ||
           now_at - s->opened_at >= UNLOCK_MOST_SECONDS;
}

/* A free place, or else the session that has rested longest. */
static struct session *place_for_session(struct unlocks *all, int64_t now_at)
{
    struct session *found = &all->session[0];

    for (size_t i = 0; i < SESSIONS; i++) {
        if (is_over(&all->session[i], now_at))
            return &all->session[i];
        if (all->session[i].used_at < found->used_at)
            found = &all->session[i];
    }
    return found;
}

static void mark_of(const struct seal_key *browser, unsigned char out[MARK_BYTES])
{
    crypto_generichash(out, MARK_BYTES, browser->bytes, SEAL_KEY_BYTES, NULL, 0);
}

static void keep(struct unlocks *all, const struct recipient *r, const struct seal_key *secret,
                 const struct seal_key *browser, int64_t now_at)
{
    struct session s = {.account = r->account, .recipient = r->id, .opened_at = now_at, .used_at = now_at};

    mark_of(browser, s.mark);
    randombytes_buf(s.nonce, NONCE_BYTES);
    crypto_aead_xchacha20poly1305_ietf_encrypt(s.kept, NULL, secret->bytes, SEAL_KEY_BYTES, NULL, 0, NULL,
                                               s.nonce, browser->bytes);
    pthread_mutex_lock(&all->lock);
    *place_for_session(all, now_at) = s;
    pthread_mutex_unlock(&all->lock);
}

/* Tries the passphrase on the recipient's wrapped key, in one of the two places. */
static enum status try_passphrase(struct unlocks *all, const struct recipient *r, struct str passphrase,
                                  struct seal_key *secret, enum unlock_answer *answer, struct err *e)
{
    char *text = secret_open(passphrase.n + 1);
    struct err why = {0};

    *answer = UNLOCK_BUSY;
    enum status s = OK;
    if (gate_enter(all)) {
        s = wrap_open(passphrase_read(passphrase, text), &r->public_key, r->wrap, secret, &why);
        gate_leave(all);
        *answer = s == OK ? UNLOCK_OPEN : UNLOCK_WRONG;
    }
    secret_close(text);
    if (s == REFUSED)
        return OK;
    return s == OK ? OK : err_set(e, s, "%s", why.what);
}

/* What an attempt needs, in locked memory together. */
struct attempt {
    struct seal_key secret;
    struct seal_key browser;
};

/* A session for the key that the attempt has opened, and what the browser keeps of it. */
static void begin(struct unlocks *all, const struct recipient *r, struct attempt *try, int64_t now_at,
                  char cookie[UNLOCK_COOKIE_CHARS + 1])
{
    seal_key_make(&try->browser);
    keep(all, r, &try->secret, &try->browser, now_at);
    sodium_bin2hex(cookie, UNLOCK_COOKIE_CHARS + 1, try->browser.bytes, SEAL_KEY_BYTES);
}

enum status unlock_enter(struct unlocks *all, struct keyring *k, int64_t account, struct str passphrase,
                         int64_t now_at, enum unlock_answer *answer, char cookie[UNLOCK_COOKIE_CHARS + 1],
                         struct err *e)
{
    *answer = UNLOCK_BLOCKED;
    if (is_blocked(all, account, now_at))
        return OK;
    struct arena *a = arena_open();
    struct attempt *try = secret_open(sizeof *try);
    struct recipient r;
    enum status s = recipient_of(k, account, a, &r, e);

    *answer = UNLOCK_WRONG;
    if (s == OK && r.state == RECIPIENT_ACTIVE && passphrase.n <= 4 * PASSPHRASE_MOST)
        s = try_passphrase(all, &r, passphrase, &try->secret, answer, e);
    if (s == OK && *answer != UNLOCK_BUSY)
        note(all, account, now_at, *answer);
    if (s == OK && *answer == UNLOCK_OPEN)
        begin(all, &r, try, now_at, cookie);
    secret_close(try);
    arena_close(a);
    return s;
}

/* Is there a record for the passkey, and does its answer open it? */
static enum status try_passkey(struct keyring *k, const struct recipient *r,
                               const struct passkey_answer *passkey, struct arena *a, struct seal_key *secret,
                               enum unlock_answer *answer, struct err *e)
{
    struct str record = S("");
    struct err why = {0};

    TRY(passkey_wrap_find(k, r->id, passkey->credential, a, &record, e));
    enum status s = wrap_open(passkey->secret, &r->public_key, record, secret, &why);
    if (s == OK)
        *answer = UNLOCK_OPEN;
    return s == OK || s == REFUSED ? OK : err_set(e, s, "%s", why.what);
}

enum status unlock_enter_passkey(struct unlocks *all, struct keyring *k, int64_t account,
                                 const struct passkey_answer *passkey, int64_t now_at,
                                 enum unlock_answer *answer, char cookie[UNLOCK_COOKIE_CHARS + 1],
                                 struct err *e)
{
    *answer = UNLOCK_BLOCKED;
    if (is_blocked(all, account, now_at))
        return OK;
    struct arena *a = arena_open();
    struct attempt *try = secret_open(sizeof *try);
    struct recipient r;
    enum status s = recipient_of(k, account, a, &r, e);

    *answer = UNLOCK_WRONG;
    if (s == OK && r.state == RECIPIENT_ACTIVE && passkey->secret.n == PASSKEY_SECRET_BYTES)
        s = try_passkey(k, &r, passkey, a, &try->secret, answer, e);
    if (s == OK)
        note(all, account, now_at, *answer);
    if (s == OK && *answer == UNLOCK_OPEN)
        begin(all, &r, try, now_at, cookie);
    secret_close(try);
    arena_close(a);
    return s;
}

bool unlock_take(struct unlocks *all, int64_t account, struct str cookie, int64_t now_at, int64_t *recipient,
                 struct seal_key *secret)
{
    struct seal_key browser;
    unsigned char mark[MARK_BYTES];
    bool is_open = false;

    if (cookie.n != UNLOCK_COOKIE_CHARS ||
        sodium_hex2bin(browser.bytes, SEAL_KEY_BYTES, cookie.p, cookie.n, NULL, NULL, NULL) != 0)
        return false;
    mark_of(&browser, mark);
    pthread_mutex_lock(&all->lock);
    for (size_t i = 0; i < SESSIONS && !is_open; i++) {
        struct session *s = &all->session[i];

        if (is_over(s, now_at) || s->account != account || sodium_memcmp(s->mark, mark, MARK_BYTES) != 0)
            continue;
        is_open = crypto_aead_xchacha20poly1305_ietf_decrypt(secret->bytes, NULL, NULL, s->kept, KEPT_BYTES,
                                                             NULL, 0, s->nonce, browser.bytes) == 0;
        *recipient = s->recipient;
        s->used_at = now_at;
    }
    pthread_mutex_unlock(&all->lock);
    secret_wipe(&browser, sizeof browser);
    return is_open;
}

void unlock_end(struct unlocks *all, int64_t account)
{
    pthread_mutex_lock(&all->lock);
    for (size_t i = 0; i < SESSIONS; i++)
        if (all->session[i].account == account)
            secret_wipe(&all->session[i], sizeof all->session[i]);
    pthread_mutex_unlock(&all->lock);
}
