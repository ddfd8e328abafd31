/* Codes from another device: six digits that change every half minute (TOTP, RFC 6238, with HMAC-SHA-1 as
 * every app for codes knows it; the digits are liboath's). Computes only: what is kept is second_factor.h. */
#ifndef LYKTA_ACCOUNT_TOTP_H
#define LYKTA_ACCOUNT_TOTP_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;

enum {
    TOTP_SECRET_BYTES = 20, /* as long as the hash, RFC 4226 section 4, R6 */
    TOTP_DIGITS = 6,
    TOTP_STEP_SECONDS = 30,
    TOTP_DRIFT_STEPS = 1 /* a device whose clock is a step off is let in, RFC 6238 section 5.2 */
};

struct totp_secret {
    unsigned char bytes[TOTP_SECRET_BYTES];
};

/* The number of half minutes since 1970. */
int64_t totp_step(int64_t now_at);

/* The code of a step: TOTP_DIGITS digits and a NUL. */
void totp_code(const struct totp_secret *secret, int64_t step, char code[TOTP_DIGITS + 1]);

/* Is `typed` (spaces are passed over) the code of a step near `now_at` and after `last_step`, the last one
 * that was used (0: none)? *step is that one. A code that has let somebody in lets nobody in again. */
bool totp_matches(const struct totp_secret *secret, struct str typed, int64_t now_at, int64_t last_step,
                  int64_t *step);

/* What an app for codes is given: by hand, "k7mq x9d4 ..." in base 32; and as an otpauth: address. In `a`. */
struct str totp_words(const struct totp_secret *secret, struct arena *a);
struct str totp_address(const struct totp_secret *secret, struct str issuer, struct str account,
                        struct arena *a);

#endif
