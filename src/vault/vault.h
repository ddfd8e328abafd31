/* The vault: secret keys of recipients who have entered their passphrase, for as long as they work. Whoever
 * asks gets what a key opens, and never the key: the answers below are all there is to ask for.
 *
 *     VAULT_ENTER   the passphrase, or a passkey's answer, opens the recipient's wrapped key, which stays
 * here under a new random key, the browser's half: that goes into the browser's cookie and is not kept
 *     VAULT_TAKE    is the session of that half open?
 *     VAULT_OPEN    the data key of one report, from the recipient's copy of it
 *     VAULT_WRAP    the recipient's key wrapped by another passphrase, or by a passkey's answer
 *     VAULT_END     all sessions of an account are forgotten
 *
 * Threats answered: the memory of what answers pages (it never holds a recipient's key); this memory between
 * two asks (what it keeps opens with the cookie alone); a stolen cookie after the recipient has left (30
 * minutes without use, 8 hours in all); somebody who tries passphrases (ten wrong ones close the door to that
 * account for 15 minutes); a flood of attempts (two runs of Argon2id at a time, twenty waiting, the rest are
 * told to come back). Not answered: whoever controls the pages sees passphrases and cookies that pass, and
 * can ask as their owners can while they are at work.
 *
 * Asks and replies are of one length each, in the order of this machine: both ends are the same program. */
#ifndef LYKTA_VAULT_VAULT_H
#define LYKTA_VAULT_VAULT_H

#include "seal/passphrase.h"
#include "seal/sealed.h"
#include "seal/wrap.h"

#include <stdint.h>

enum {
    VAULT_IDLE_SECONDS = 30 * 60,
    VAULT_MOST_SECONDS = 8 * 60 * 60,
    VAULT_AT_ONCE = 2,  /* runs of Argon2id */
    VAULT_WAITING = 20, /* for one */
    VAULT_CITY_BYTES = 8,
    VAULT_PASSPHRASE_BYTES = 4 * PASSPHRASE_MOST /* as typed, blanks and all */
};

enum vault_work { VAULT_ENTER, VAULT_TAKE, VAULT_OPEN, VAULT_WRAP, VAULT_END, VAULT_WORKS };

enum vault_answer {
    VAULT_DONE,
    VAULT_WRONG,   /* not the passphrase; no such session; a copy that does not open; no such ask */
    VAULT_BLOCKED, /* too many wrong passphrases: closed for 15 minutes */
    VAULT_BUSY,    /* too many at once: come back in some seconds */
    VAULT_FAULT    /* no memory for Argon2id */
};

/* What is not needed for `work` is zero. Texts are of the length beside them. */
struct vault_ask {
    uint32_t work; /* an enum vault_work */
    uint32_t passphrase_bytes;
    uint32_t city_bytes;
    uint32_t is_passkey; /* ENTER, WRAP: what stands for a passphrase is a passkey's answer, with nothing to
                            guess */
    int64_t account;
    int64_t
        recipient;  /* VAULT_ENTER: whose key it is; 0: the account has none, and the passphrase is wrong */
    int64_t now_at; /* from 1970 to the year 9999 */
    struct seal_key browser;                 /* all but ENTER and END: the browser's half */
    struct seal_public public_key;           /* ENTER: of the recipient */
    struct wrap wrap;                        /* ENTER: its secret half, wrapped */
    unsigned char copy[SEAL_COPY_BYTES];     /* OPEN */
    struct seal_id id;                       /* OPEN: what the copy is of */
    char city[VAULT_CITY_BYTES];             /* OPEN: the municipality's code */
    char passphrase[VAULT_PASSPHRASE_BYTES]; /* ENTER, WRAP */
};

struct vault_reply {
    uint32_t answer;     /* an enum vault_answer */
    uint32_t unused;     /* so that no byte is left to the compiler */
    int64_t recipient;   /* ENTER, TAKE, OPEN, WRAP */
    struct seal_key key; /* ENTER: the browser's half; OPEN: the data key */
    struct wrap wrap;    /* WRAP */
};

struct vault; /* in locked memory, for all threads */

struct vault *vault_open(void);
void vault_close(struct vault *v);

/* Answers any bytes that have the length of an ask: one that makes no sense is VAULT_WRONG. */
void vault_answer(struct vault *v, const struct vault_ask *ask, struct vault_reply *reply);

#endif
