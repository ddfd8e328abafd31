/* The recovery key in shares on paper: what opens reports when every recipient has lost the passphrase.
 *
 * A share is text that can be typed again: letters and digits without I, L, O and U (Crockford's base 32) in
 * groups of five, with its own number, how many are needed, which key it belongs to and a check of its own.
 *
 * Threats answered: one holder acting alone, or one share lost (seal/shamir.h); a mistyped letter, a share of
 * another city or of an older key, which are named instead of giving a wrong key in silence.               */
#ifndef LYKTA_SEAL_RECOVERY_H
#define LYKTA_SEAL_RECOVERY_H

#include "base/err.h"
#include "base/str.h"
#include "seal/sealed.h"
#include "seal/shamir.h"

enum { RECOVERY_SHOWN = 96, RECOVERY_MARK_BYTES = 4 };

struct recovery_share {
    struct shamir_share share;
    uint8_t needed;
    unsigned char key_mark[RECOVERY_MARK_BYTES]; /* of the key it belongs to */
};

/* The start of the hash of `public_key`: which key a share belongs to. */
void recovery_mark(const struct seal_public *public_key, unsigned char mark[RECOVERY_MARK_BYTES]);

/* A new recovery pair, split so that `needed` of out[shares] give it back; the secret is nowhere else. USAGE
 * as shamir_split. */
enum status recovery_make(size_t needed, size_t shares, struct seal_public *public_key,
                          struct recovery_share *out, struct err *e) MUST_USE;

/* The share as it is printed, and a NUL. */
void recovery_share_shown(const struct recovery_share *share, char out[RECOVERY_SHOWN]);

/* Reads a share somebody typed: small letters, blanks and strokes do not matter, and O is read as 0, I and L
 * as
 * 1. BAD_INPUT when it is not one, or a letter in it is wrong. */
enum status recovery_share_read(struct str typed, struct recovery_share *out, struct err *e) MUST_USE;

/* The secret key of `public_key` from `n` shares. REFUSED when they are too few, or belong to another key. */
enum status recovery_join(const struct recovery_share *share, size_t n, const struct seal_public *public_key,
                          struct seal_key *secret, struct err *e) MUST_USE;

#endif
