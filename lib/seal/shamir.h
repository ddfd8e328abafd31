/* A secret in shares: any `needed` of them give it back, fewer tell nothing at all about it.
 *
 * Each byte of the secret is the value at 0 of a random polynomial of degree needed - 1 over GF(2^8), and a
 * share is its value at another point: any needed points fix the polynomial, fewer fit every secret equally
 * well. Shamir (1979), Communications of the ACM 22, 612-613. The field is that of AES, x^8+x^4+x^3+x+1
 * (FIPS 197, section 4.2); no table is read by a secret index and no branch taken on a secret.
 *
 * Threat answered: one lost, stolen or coerced share of the recovery key. A share says nothing of its being
 * right: whoever joins shares checks the secret against what is known of it (seal/recovery.h).             */
#ifndef LYKTA_SEAL_SHAMIR_H
#define LYKTA_SEAL_SHAMIR_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

enum { SHAMIR_BYTES = 32, SHAMIR_MOST = 16 };

struct shamir_share {
    uint8_t x; /* the point, from 1 */
    unsigned char y[SHAMIR_BYTES];
};

/* Splits `secret` into out[shares] at the points 1, 2, …, with 2 <= needed <= shares <= SHAMIR_MOST.
 * `random` holds (needed - 1) * SHAMIR_BYTES bytes that nobody can guess: the coefficients, degree 1 first.
 * USAGE when the numbers are not in range. */
enum status shamir_split(const unsigned char secret[SHAMIR_BYTES], size_t needed, size_t shares,
                         const unsigned char *random, struct shamir_share *out, struct err *e) MUST_USE;

/* The secret of `n` shares: right when they are `needed` or more of one split, else any bytes. BAD_INPUT when
 * a point is 0 or stands twice, or n is not in 1..SHAMIR_MOST. */
enum status shamir_join(const struct shamir_share *share, size_t n, unsigned char secret[SHAMIR_BYTES],
                        struct err *e) MUST_USE;

/* The field's product and inverse (of 0: 0): for tests against the standard. */
uint8_t shamir_times(uint8_t a, uint8_t b);
uint8_t shamir_inverse(uint8_t a);

#endif
