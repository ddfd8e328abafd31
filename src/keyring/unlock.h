/* Recipients who have entered their passphrase or used their passkey, for as long as they work. Their secret
 * keys lie in the vault (vault/vault.h, with the threats it answers), and never here:
 *
 *     unlock_enter       the passphrase opens the recipient's key in the vault; the cookie is the half of it
 *                        that the browser keeps
 *     unlock_take        the recipient at work in this request, while the cookie opens
 *     unlock_open_copy   what the recipient's key opens: the data key of one report
 *     unlock_wrap        the recipient's key, wrapped by another passphrase
 *     ..._passkey        the same by what a passkey gives
 *
 * Kept in the memory of the vault alone: a restart locks all. */
#ifndef LYKTA_KEYRING_UNLOCK_H
#define LYKTA_KEYRING_UNLOCK_H

#include "base/err.h"
#include "base/str.h"
#include "seal/sealed.h"
#include "seal/wrap.h"

#include <stdbool.h>
#include <stdint.h>

struct keyring;
struct passkey_answer;
struct unlocks; /* shared by all threads */
struct vault_process;

enum { UNLOCK_COOKIE_CHARS = 64 };

enum unlock_answer {
    UNLOCK_OPEN,
    UNLOCK_WRONG,   /* not the passphrase, or the account is no active recipient */
    UNLOCK_BLOCKED, /* too many wrong ones: closed for 15 minutes */
    UNLOCK_BUSY     /* too many at once: come back in some seconds */
};

/* A recipient at work in one request. Keep it in locked memory: it holds the browser's half. */
struct unlocked {
    struct unlocks *all;
    int64_t account;
    int64_t now_at;
    struct seal_key browser;
};

/* `vault` is where the keys lie, and outlives *out; NULL: in this process, for tests of rooms above. */
struct unlocks *unlocks_open(const struct vault_process *vault);
void unlocks_close(struct unlocks *all);

/* Tries the passphrase of `account`; `cookie` gets 64 hexadecimal digits and a NUL when it opens. */
enum status unlock_enter(struct unlocks *all, struct keyring *k, int64_t account, struct str passphrase,
                         int64_t now_at, enum unlock_answer *answer, char cookie[UNLOCK_COOKIE_CHARS + 1],
                         struct err *e) MUST_USE;

/* The same with a passkey (passkey_wrap.h), which needs no stretching: UNLOCK_WRONG when it is none of the
 * recipient's. */
enum status unlock_enter_passkey(struct unlocks *all, struct keyring *k, int64_t account,
                                 const struct passkey_answer *passkey, int64_t now_at,
                                 enum unlock_answer *answer, char cookie[UNLOCK_COOKIE_CHARS + 1],
                                 struct err *e) MUST_USE;

/* Has `account` unlocked *recipient with `cookie`? *out is then who asks the vault. False when it is not, or
 * no longer, unlocked. */
bool unlock_take(struct unlocks *all, int64_t account, struct str cookie, int64_t now_at, int64_t *recipient,
                 struct unlocked *out);

/* The data key of the report of `where`, from the recipient's copy of it, as seal_key_open: REFUSED when it
 * is not theirs, belongs elsewhere or is altered, or when they are no longer unlocked. */
enum status unlock_open_copy(const struct unlocked *by, const struct seal_context *where, struct str copy,
                             struct seal_key *key, struct err *e) MUST_USE;

/* Wraps the recipient's key by `passphrase`, which has been found good. REFUSED when they are no longer
 * unlocked, or too many wrap at once. */
enum status unlock_wrap(const struct unlocked *by, struct str passphrase, struct wrap *out,
                        struct err *e) MUST_USE;

/* The same by what a passkey gives. */
enum status unlock_wrap_passkey(const struct unlocked *by, const struct passkey_answer *passkey,
                                struct wrap *out, struct err *e) MUST_USE;

/* Locks everything of `account`: it signs out, is removed, or asks for it. */
void unlock_end(struct unlocks *all, int64_t account);

#endif
