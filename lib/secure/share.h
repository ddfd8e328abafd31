/* A scalar in shares: any `needed` of them give it back, fewer tell nothing about it.
 *
 * The scalar is the value at 0 of a random polynomial over the integers modulo the order of ristretto255
 * (RFC 9496), and the share of city i its value at i + 1 (Shamir 1979). The field of seal/shamir.h has room
 * for 255 shares; here a share is a scalar like the secret, and what comes out can be checked: raised to it,
 * the base must be the element that was made known. libsodium's arithmetic takes the same time for all
 * values.     */
#ifndef LYKTA_SECURE_SHARE_H
#define LYKTA_SECURE_SHARE_H

#include <stddef.h>

enum { SHARE_SCALAR = 32 };

/* A random scalar that is not zero. */
void share_scalar(unsigned char out[SHARE_SCALAR]);

/* Splits `secret` so that `needed` of `n` shares give it back, 1 <= needed <= n: out[n * SHARE_SCALAR].
 * `random` holds needed - 1 scalars that nobody can guess, the coefficient of degree 1 first. */
void share_split(const unsigned char secret[SHARE_SCALAR], const unsigned char *random, size_t needed,
                 size_t n, unsigned char *out);

/* What the shares of `place`[n] (all different, from 0) are multiplied by in Lagrange's interpolation at 0:
 * the same for every secret that these cities hold shares of. weight[n * SHARE_SCALAR]. */
void share_weights(const size_t *place, size_t n, unsigned char *weight);

/* The secret of n shares under their weights: right when n is `needed` or more, else any scalar. */
void share_join(const unsigned char *share, const unsigned char *weight, size_t n,
                unsigned char out[SHARE_SCALAR]);

#endif
