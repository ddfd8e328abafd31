/* Recipients who have entered their passphrase or used their passkey, for as long as they work.
 *
 * unlock_enter: Argon2id on the passphrase, two at a time; the secret key it opens is kept encrypted under a
 * new key that goes into the browser's cookie and is nowhere else. unlock_take: cookie and kept bytes
 * together give the secret, in locked memory, for one request.
 *
 * Threats answered: the server's memory read between requests (what it keeps opens with the cookie alone); a
 * stolen cookie after the recipient has left (30 minutes without use, 8 hours in all); somebody who tries
 * passphrases (ten wrong ones close the door to that account for 15 minutes); a flood of attempts (two runs
 * at a time, twenty waiting, the rest are told to come back). Not answered: a server that is hostile while
 * the recipient works.
 *
 * Kept in the memory of the process alone: a restart locks all. */
#ifndef LYKTA_KEYRING_UNLOCK_H
#define LYKTA_KEYRING_UNLOCK_H

#include "base/err.h"
#include "base/str.h"
#include "seal/sealed.h"

#include <stdbool.h>
#include <stdint.h>

struct keyring;
struct passkey_answer;
struct unlocks; /* shared by all threads */

enum { UNLOCK_COOKIE_CHARS = 64, UNLOCK_IDLE_SECONDS = 30 * 60, UNLOCK_MOST_SECONDS = 8 * 60 * 60 };

enum unlock_answer {
    UNLOCK_OPEN,
    UNLOCK_WRONG,   /* not the passphrase, or the account is no active recipient */
    UNLOCK_BLOCKED, /* too many wrong ones: closed for 15 minutes */
    UNLOCK_BUSY     /* too many at once: come back in some seconds */
};

struct unlocks *unlocks_open(void);
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

/* Opens what `cookie` and `account` have unlocked: *recipient and *secret, which is in locked memory. False
 * when it is not, or no longer, unlocked. */
bool unlock_take(struct unlocks *all, int64_t account, struct str cookie, int64_t now_at, int64_t *recipient,
                 struct seal_key *secret);

/* Locks everything of `account`: it signs out, is removed, or asks for it. */
void unlock_end(struct unlocks *all, int64_t account);

#endif
