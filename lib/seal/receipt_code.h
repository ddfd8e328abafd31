/* The receipt code: what a reporter keeps, and the only thing that leads back to what they told.
 *
 * Twenty digits in groups of four, the last a check digit (Luhn, ISO/IEC 7812-1 annex B): it looks like a
 * payment reference, and a mistyped digit is told as that. Nineteen digits at random are 63 bits.
 *
 * Threats answered, by function:
 *   receipt_code_stretch   a stolen disk with its keys: each guess costs a run of Argon2id (1 MiB, one pass,
 *                          some 1.3 ms), for the lookup as for the key. 2^62 guesses on average, divided by
 *                          the number of codes in the city.
 *   receipt_code_lookup    a stolen database without the server's key: the names of rows tell nothing, and no
 *                          guess can be tried at all.
 * A code that was never given costs the server just as much and is answered in the same way.               */
#ifndef LYKTA_SEAL_RECEIPT_CODE_H
#define LYKTA_SEAL_RECEIPT_CODE_H

#include "base/err.h"
#include "base/str.h"
#include "seal/sealed.h"

#include <stdbool.h>

enum { RECEIPT_CODE_DIGITS = 20, RECEIPT_CODE_SHOWN = 25, RECEIPT_LOOKUP_BYTES = 16 };

/* Wipe it after use. */
struct receipt_code {
    char digits[RECEIPT_CODE_DIGITS + 1];
};

/* The name of the code's row. */
struct receipt_lookup {
    unsigned char bytes[RECEIPT_LOOKUP_BYTES];
};

/* A new code, at random. */
void receipt_code_make(struct receipt_code *out);

/* The code that 32 random bytes give, always the same: for who keeps the bytes, or can make them again. */
void receipt_code_from(const unsigned char seed[SEAL_KEY_BYTES], struct receipt_code *out);

/* Reads what somebody typed: spaces, no-break spaces, hyphens and dashes are passed over. False when it is
 * not twenty digits with the right check digit. */
bool receipt_code_read(struct str typed, struct receipt_code *out);

/* "4827 1903 6651 0274 8836" and a NUL. */
void receipt_code_shown(const struct receipt_code *code, char out[RECEIPT_CODE_SHOWN]);

/* The key that the code gives in the city of `municipality`: for wrap_secret with WRAP_KEY. SYSTEM when there
 * is no memory for it. */
enum status receipt_code_stretch(const struct receipt_code *code, struct str municipality,
                                 struct seal_key *out, struct err *e) MUST_USE;

/* The row's name: BLAKE2b of the stretched code under the server's key, which is outside the database. */
void receipt_code_lookup(const struct seal_key *stretched, const unsigned char server_key[SEAL_KEY_BYTES],
                         struct receipt_lookup *out);

#endif
