/* Secret keys of recipients at work. */
#include "vault/vault.h"

#include "base/arena.h"
#include "seal/secret.h"

#include <pthread.h>
#include <stdbool.h>
#include <string.h>

#include <sodium.h>

enum {
    SESSIONS = 64,
    MARK_BYTES = 16,
    KEPT_BYTES = SEAL_KEY_BYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES,
    NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    WRONG_MOST = 10,
    WRONG_SECONDS = 15 * 60
};

/* The end of the year 9999: a moment that is asked about is no later, so that times can be taken from each
 * other. */
static const int64_t latest = 253402300799;

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

struct vault {
    pthread_mutex_t lock;
    pthread_cond_t is_free;
    int running;
    int waiting;
    struct session session[SESSIONS];
    struct attempts attempts[SESSIONS];
};

struct vault *vault_open(void)
{
    struct vault *v = secret_open(sizeof *v);

    if (pthread_mutex_init(&v->lock, NULL) != 0 || pthread_cond_init(&v->is_free, NULL) != 0)
        die("a lock cannot be made");
    return v;
}

void vault_close(struct vault *v)
{
    if (!v)
        return;
    pthread_cond_destroy(&v->is_free);
    pthread_mutex_destroy(&v->lock);
    secret_close(v);
}

/* Waits for one of the two places where Argon2id runs; false when too many wait already. */
static bool gate_enter(struct vault *v)
{
    pthread_mutex_lock(&v->lock);
    bool may_wait = v->waiting < VAULT_WAITING;

    if (may_wait) {
        v->waiting++;
        while (v->running >= VAULT_AT_ONCE)
            pthread_cond_wait(&v->is_free, &v->lock);
        v->waiting--;
        v->running++;
    }
    pthread_mutex_unlock(&v->lock);
    return may_wait;
}

static void gate_leave(struct vault *v)
{
    pthread_mutex_lock(&v->lock);
    v->running--;
    pthread_cond_signal(&v->is_free);
    pthread_mutex_unlock(&v->lock);
}

/* The row for `account`'s wrong tries: its own, or the one that has rested longest. */
static struct attempts *attempts_of(struct vault *v, int64_t account)
{
    struct attempts *found = &v->attempts[0];

    for (size_t i = 0; i < SESSIONS; i++) {
        if (v->attempts[i].account == account)
            return &v->attempts[i];
        if (v->attempts[i].last_at < found->last_at)
            found = &v->attempts[i];
    }
    *found = (struct attempts){.account = account};
    return found;
}

static bool is_blocked(struct vault *v, int64_t account, int64_t now_at)
{
    pthread_mutex_lock(&v->lock);
    struct attempts *t = attempts_of(v, account);

    if (now_at - t->last_at >= WRONG_SECONDS)
        t->wrong = 0;
    bool blocked = t->wrong >= WRONG_MOST;
    pthread_mutex_unlock(&v->lock);
    return blocked;
}

static void note(struct vault *v, int64_t account, int64_t now_at, enum vault_answer answer)
{
    pthread_mutex_lock(&v->lock);
    struct attempts *t = attempts_of(v, account);

    t->wrong = answer == VAULT_DONE ? 0 : t->wrong + 1;
    t->last_at = now_at;
    pthread_mutex_unlock(&v->lock);
}

static bool is_over(const struct session *s, int64_t now_at)
{
    return s->account == 0 || now_at - s->used_at >= VAULT_IDLE_SECONDS ||
           now_at - s->opened_at >= VAULT_MOST_SECONDS;
}

/* A free place, or else the session that has rested longest. */
static struct session *place_for_session(struct vault *v, int64_t now_at)
{
    struct session *found = &v->session[0];

    for (size_t i = 0; i < SESSIONS; i++) {
        if (is_over(&v->session[i], now_at))
            return &v->session[i];
        if (v->session[i].used_at < found->used_at)
            found = &v->session[i];
    }
    return found;
}

static void mark_of(const struct seal_key *browser, unsigned char out[MARK_BYTES])
{
    crypto_generichash(out, MARK_BYTES, browser->bytes, SEAL_KEY_BYTES, NULL, 0);
}

static void keep(struct vault *v, const struct vault_ask *ask, const struct seal_key *secret,
                 const struct seal_key *browser)
{
    struct session s = {.account = ask->account,
                        .recipient = ask->recipient,
                        .opened_at = ask->now_at,
                        .used_at = ask->now_at};

    mark_of(browser, s.mark);
    randombytes_buf(s.nonce, NONCE_BYTES);
    crypto_aead_xchacha20poly1305_ietf_encrypt(s.kept, NULL, secret->bytes, SEAL_KEY_BYTES, NULL, 0, NULL,
                                               s.nonce, browser->bytes);
    pthread_mutex_lock(&v->lock);
    *place_for_session(v, ask->now_at) = s;
    pthread_mutex_unlock(&v->lock);
}

static struct str passphrase_of(const struct vault_ask *ask)
{
    return (struct str){ask->passphrase, ask->passphrase_bytes};
}

/* Argon2id runs in one of the two places; a passkey's answer needs no stretching. */
static bool may_begin(struct vault *v, const struct vault_ask *ask)
{
    return ask->is_passkey || gate_enter(v);
}

static void has_ended(struct vault *v, const struct vault_ask *ask)
{
    if (!ask->is_passkey)
        gate_leave(v);
}

/* What the record is wrapped with: a passphrase as it is read, in `text`, or a passkey's answer as it is. */
static struct str known_of(const struct vault_ask *ask, char text[VAULT_PASSPHRASE_BYTES])
{
    return ask->is_passkey ? passphrase_of(ask) : passphrase_read(passphrase_of(ask), text);
}

static enum vault_answer try_to_open(struct vault *v, const struct vault_ask *ask, struct seal_key *secret)
{
    if (!may_begin(v, ask))
        return VAULT_BUSY;
    char *text = secret_open(VAULT_PASSPHRASE_BYTES);
    const struct str record = {(const char *)ask->wrap.bytes, WRAP_BYTES};
    struct err e;
    enum status s = wrap_open(known_of(ask, text), &ask->public_key, record, secret, &e);

    has_ended(v, ask);
    secret_close(text);
    return s == OK ? VAULT_DONE : s == REFUSED ? VAULT_WRONG : VAULT_FAULT;
}

static void enter(struct vault *v, const struct vault_ask *ask, struct seal_key *secret,
                  struct vault_reply *reply)
{
    enum vault_answer answer = VAULT_WRONG;

    if (is_blocked(v, ask->account, ask->now_at)) {
        reply->answer = VAULT_BLOCKED;
        return;
    }
    if (ask->recipient != 0)
        answer = try_to_open(v, ask, secret);
    if (answer == VAULT_DONE || answer == VAULT_WRONG)
        note(v, ask->account, ask->now_at, answer);
    if (answer == VAULT_DONE) {
        seal_key_make(&reply->key);
        keep(v, ask, secret, &reply->key);
        reply->recipient = ask->recipient;
    }
    reply->answer = answer;
}

/* The secret of the session that the browser's half opens; it has been used now. */
static bool take(struct vault *v, const struct vault_ask *ask, struct seal_key *secret, int64_t *recipient)
{
    unsigned char mark[MARK_BYTES];
    bool is_open = false;

    mark_of(&ask->browser, mark);
    pthread_mutex_lock(&v->lock);
    for (size_t i = 0; i < SESSIONS && !is_open; i++) {
        struct session *s = &v->session[i];

        if (is_over(s, ask->now_at) || s->account != ask->account ||
            sodium_memcmp(s->mark, mark, MARK_BYTES) != 0)
            continue;
        is_open = crypto_aead_xchacha20poly1305_ietf_decrypt(secret->bytes, NULL, NULL, s->kept, KEPT_BYTES,
                                                             NULL, 0, s->nonce, ask->browser.bytes) == 0;
        *recipient = s->recipient;
        s->used_at = ask->now_at;
    }
    pthread_mutex_unlock(&v->lock);
    return is_open;
}

static enum vault_answer open_copy(const struct vault_ask *ask, const struct seal_key *secret,
                                   struct seal_key *key)
{
    const struct seal_context where = {.city = {ask->city, ask->city_bytes}, .id = ask->id, .field = {"", 0}};
    const struct str copy = {(const char *)ask->copy, SEAL_COPY_BYTES};
    struct err e;

    return seal_key_open(secret, &where, copy, key, &e) == OK ? VAULT_DONE : VAULT_WRONG;
}

static enum vault_answer wrap_anew(struct vault *v, const struct vault_ask *ask,
                                   const struct seal_key *secret, struct wrap *wrap)
{
    if (!may_begin(v, ask))
        return VAULT_BUSY;
    char *text = secret_open(VAULT_PASSPHRASE_BYTES);
    enum wrap_cost cost = ask->is_passkey ? WRAP_KEY : WRAP_PASSPHRASE;
    struct err e;
    enum status s = wrap_secret(cost, known_of(ask, text), secret, wrap, &e);

    has_ended(v, ask);
    secret_close(text);
    return s == OK ? VAULT_DONE : VAULT_FAULT;
}

static void end(struct vault *v, int64_t account)
{
    pthread_mutex_lock(&v->lock);
    for (size_t i = 0; i < SESSIONS; i++)
        if (v->session[i].account == account)
            sodium_memzero(&v->session[i], sizeof v->session[i]);
    pthread_mutex_unlock(&v->lock);
}

/* Those that need an open session. */
static void at_work(struct vault *v, const struct vault_ask *ask, struct seal_key *secret,
                    struct vault_reply *reply)
{
    if (!take(v, ask, secret, &reply->recipient))
        return;
    if (ask->work == VAULT_TAKE)
        reply->answer = VAULT_DONE;
    else if (ask->work == VAULT_OPEN)
        reply->answer = open_copy(ask, secret, &reply->key);
    else
        reply->answer = wrap_anew(v, ask, secret, &reply->wrap);
}

static bool is_whole(const struct vault_ask *ask)
{
    return ask->work < VAULT_WORKS && ask->account != 0 && ask->now_at >= 0 && ask->now_at <= latest &&
           ask->passphrase_bytes <= VAULT_PASSPHRASE_BYTES && ask->city_bytes <= VAULT_CITY_BYTES;
}

void vault_answer(struct vault *v, const struct vault_ask *ask, struct vault_reply *reply)
{
    *reply = (struct vault_reply){.answer = VAULT_WRONG};
    if (!is_whole(ask))
        return;
    struct seal_key *secret = secret_open(sizeof *secret);

    if (ask->work == VAULT_END) {
        end(v, ask->account);
        reply->answer = VAULT_DONE;
    } else if (ask->work == VAULT_ENTER) {
        enter(v, ask, secret, reply);
    } else {
        at_work(v, ask, secret, reply);
    }
    secret_close(secret);
}
