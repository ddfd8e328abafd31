/* A scalar in shares. */
#include "secure/share.h"

#include <sodium.h>
#include <string.h>

_Static_assert(SHARE_SCALAR == crypto_core_ristretto255_SCALARBYTES, "a share is a scalar");

/* The point at which city `place` has its share: 0 is where the secret lies. */
static void point_of(size_t place, unsigned char out[SHARE_SCALAR])
{
    size_t x = place + 1;

    memset(out, 0, SHARE_SCALAR);
    for (size_t i = 0; x > 0; i++, x >>= 8)
        out[i] = (unsigned char)(x & 0xff);
}

void share_scalar(unsigned char out[SHARE_SCALAR])
{
    do
        crypto_core_ristretto255_scalar_random(out);
    while (sodium_is_zero(out, SHARE_SCALAR));
}

/* Horner's rule. */
static void value_at(const unsigned char x[SHARE_SCALAR], const unsigned char secret[SHARE_SCALAR],
                     const unsigned char *random, size_t needed, unsigned char out[SHARE_SCALAR])
{
    memset(out, 0, SHARE_SCALAR);
    for (size_t degree = needed - 1; degree > 0; degree--) {
        crypto_core_ristretto255_scalar_add(out, out, random + (degree - 1) * SHARE_SCALAR);
        crypto_core_ristretto255_scalar_mul(out, out, x);
    }
    crypto_core_ristretto255_scalar_add(out, out, secret);
}

void share_split(const unsigned char secret[SHARE_SCALAR], const unsigned char *random, size_t needed,
                 size_t n, unsigned char *out)
{
    unsigned char x[SHARE_SCALAR];

    for (size_t i = 0; i < n; i++) {
        point_of(i, x);
        value_at(x, secret, random, needed, out + i * SHARE_SCALAR);
    }
}

/* The product over the others of x_j / (x_j - x_k): one division, by the product of the differences. */
static void weight_of(const size_t *place, size_t n, size_t k, unsigned char out[SHARE_SCALAR])
{
    unsigned char own[SHARE_SCALAR];
    unsigned char x[SHARE_SCALAR];
    unsigned char difference[SHARE_SCALAR];
    unsigned char below[SHARE_SCALAR] = {1};

    point_of(place[k], own);
    memset(out, 0, SHARE_SCALAR);
    out[0] = 1;
    for (size_t j = 0; j < n; j++) {
        if (j == k)
            continue;
        point_of(place[j], x);
        crypto_core_ristretto255_scalar_sub(difference, x, own);
        crypto_core_ristretto255_scalar_mul(below, below, difference);
        crypto_core_ristretto255_scalar_mul(out, out, x);
    }
    (void)crypto_core_ristretto255_scalar_invert(below, below); /* never zero: all places are different */
    crypto_core_ristretto255_scalar_mul(out, out, below);
}

void share_weights(const size_t *place, size_t n, unsigned char *weight)
{
    for (size_t k = 0; k < n; k++)
        weight_of(place, n, k, weight + k * SHARE_SCALAR);
}

void share_join(const unsigned char *share, const unsigned char *weight, size_t n,
                unsigned char out[SHARE_SCALAR])
{
    unsigned char term[SHARE_SCALAR];

    memset(out, 0, SHARE_SCALAR);
    for (size_t k = 0; k < n; k++) {
        crypto_core_ristretto255_scalar_mul(term, share + k * SHARE_SCALAR, weight + k * SHARE_SCALAR);
        crypto_core_ristretto255_scalar_add(out, out, term);
    }
    sodium_memzero(term, sizeof term);
}
