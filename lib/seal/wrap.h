/* A secret key wrapped by something a person knows: Argon2id makes a key of it, which seals the secret.
 *
 * Threat answered: the key file is stolen. Each guess at a passphrase then costs 64 MiB of memory and some
 * tenths of a second (Argon2id, RFC 9106; three passes, one lane). A record copied to another holder's row
 * does not open, since the public key is bound into it; a record altered to ask for more memory than we ever
 * use is refused before any of it is taken.
 *
 * How much one guess costs the server is bounded by who calls: see keyring/unlock.h.                       */
#ifndef LYKTA_SEAL_WRAP_H
#define LYKTA_SEAL_WRAP_H

#include "base/err.h"
#include "base/str.h"
#include "seal/sealed.h"

enum { WRAP_BYTES = 1 + 1 + 4 + 16 + 24 + 32 + 16 };

/* Version, passes, memory in KiB, salt, nonce, the secret sealed. */
struct wrap {
    unsigned char bytes[WRAP_BYTES];
};

enum wrap_cost {
    WRAP_PASSPHRASE, /* chosen by a person or made of words: 64 MiB, 3 passes */
    WRAP_KEY         /* already 256 bits nobody can guess: no stretching, one keyed hash */
};

/* Wraps `secret`, whose public half is bound into the record. SYSTEM when the memory for Argon2id cannot be
 * had. */
enum status wrap_secret(enum wrap_cost cost, struct str known, const struct seal_key *secret,
                        struct wrap *out, struct err *e) MUST_USE;

/* Opens the record of the holder of `public_key`. REFUSED when `known` is not what it was wrapped with or the
 * record is not this holder's. */
enum status wrap_open(struct str known, const struct seal_public *public_key, struct str record,
                      struct seal_key *secret, struct err *e) MUST_USE;

#endif
