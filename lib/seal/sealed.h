/* Sealing: a text is encrypted under a key of its own, and the key is handed, sealed, to each who may open
 * it.
 *
 *     text ── XChaCha20-Poly1305 under a data key ──► box      (in the database)
 *     data key ── sealed box to a public key ──► copy          (in the key file, one a holder)
 *
 * Threats answered, by function:
 *   seal_text       disk, backup or database read by anyone: the box tells the day it was made nothing of its
 *                   text but its length in steps of a KiB. A box moved to another city, observation or field,
 *                   or altered in one bit, does not open.
 *   seal_key_copy   the server itself after the request: it keeps no key that opens a copy.
 *   seal_key_open   a copy moved to another observation does not open.
 * Not answered: a server that is hostile while it receives the text; someone who replaces a whole report, box
 * and copies, with one of their own making (the audit log and the register show that).
 *
 * XChaCha20-Poly1305: draft-irtf-cfrg-xchacha-03; sealed boxes: X25519, BLAKE2b nonce, XSalsa20-Poly1305
 * (libsodium). The first byte of a box and of a copy is its version, so that another cipher can follow. */
#ifndef LYKTA_SEAL_SEALED_H
#define LYKTA_SEAL_SEALED_H

#include "base/err.h"
#include "base/str.h"

#include <stddef.h>

struct arena;

enum {
    SEAL_KEY_BYTES = 32,
    SEAL_ID_BYTES = 16,
    SEAL_COPY_BYTES = 1 + 48 + 32 + 16,
    SEAL_STEP_BYTES = 1024,
    SEAL_TEXT_MOST_BYTES = 256 * 1024
};

/* Keep it in locked memory (seal/secret.h), or wipe it. */
struct seal_key {
    unsigned char bytes[SEAL_KEY_BYTES];
};

struct seal_public {
    unsigned char bytes[SEAL_KEY_BYTES];
};

/* A random name for what is sealed, known before the database gives it a number. */
struct seal_id {
    unsigned char bytes[SEAL_ID_BYTES];
};

/* Where a box belongs: bound into it, and needed to open it. */
struct seal_context {
    struct str city; /* the municipality's code */
    struct seal_id id;
    struct str field; /* "report", "message 3" */
};

/* A new data key, a new name, a new X25519 pair: at random. */
void seal_key_make(struct seal_key *out);
void seal_id_make(struct seal_id *out);
void seal_pair_make(struct seal_public *public_key, struct seal_key *secret);

/* The public half of `secret`. */
void seal_public_of(const struct seal_key *secret, struct seal_public *out);

/* `text` sealed under `key` for `where`, in `a`: version, nonce, and the text with its length padded to whole
 * KiB. BAD_INPUT when it is longer than SEAL_TEXT_MOST_BYTES. `a` holds the clear text meanwhile: the caller
 * wipes it. */
enum status seal_text(const struct seal_key *key, const struct seal_context *where, struct str text,
                      struct arena *a, struct str *box, struct err *e) MUST_USE;

/* The text of `box`, in `a`, which the caller wipes. REFUSED when it does not open: another key, another
 * place, or altered; the sentence does not tell which. */
enum status seal_text_open(const struct seal_key *key, const struct seal_context *where, struct str box,
                           struct arena *a, struct str *text, struct err *e) MUST_USE;

/* A copy of the data key `key` that only the holder of the secret of `to` can open, for the observation of
 * `where` (its field is not read). */
void seal_key_copy(const struct seal_key *key, const struct seal_context *where, const struct seal_public *to,
                   unsigned char copy[SEAL_COPY_BYTES]);

/* Opens a copy with the holder's secret. REFUSED when it is not theirs, belongs elsewhere or is altered. */
enum status seal_key_open(const struct seal_key *secret, const struct seal_context *where, struct str copy,
                          struct seal_key *key, struct err *e) MUST_USE;

#endif
