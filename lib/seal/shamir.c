/* A secret in shares. */
#include "seal/shamir.h"

#include <stdbool.h>
#include <string.h>

enum { POLYNOMIAL = 0x1b }; /* x^8 = x^4 + x^3 + x + 1 */

/* Masks instead of branches: the time does not depend on the values. */
uint8_t shamir_times(uint8_t a, uint8_t b)
{
    uint8_t product = 0;

    for (int bit = 0; bit < 8; bit++) {
        uint8_t is_set = (uint8_t) - (b & 1);
        uint8_t overflows = (uint8_t) - (a >> 7);

        product ^= (uint8_t)(a & is_set);
        a = (uint8_t)((a << 1) ^ (POLYNOMIAL & overflows));
        b >>= 1;
    }
    return product;
}

/* a^254: the multiplicative group has 255 elements. */
uint8_t shamir_inverse(uint8_t a)
{
    uint8_t power = a;
    uint8_t product = 1;

    for (int bit = 1; bit < 8; bit++) {
        power = shamir_times(power, power);
        product = shamir_times(product, power);
    }
    return product;
}

/* Horner's rule at x, for byte `i`. */
static uint8_t value_at(uint8_t x, uint8_t constant, const unsigned char *random, size_t needed, size_t i)
{
    uint8_t value = 0;

    for (size_t degree = needed - 1; degree > 0; degree--)
        value = (uint8_t)(shamir_times(value, x) ^ random[(degree - 1) * SHAMIR_BYTES + i]);
    return (uint8_t)(shamir_times(value, x) ^ constant);
}

enum status shamir_split(const unsigned char secret[SHAMIR_BYTES], size_t needed, size_t shares,
                         const unsigned char *random, struct shamir_share *out, struct err *e)
{
    if (needed < 2 || needed > shares || shares > SHAMIR_MOST)
        return err_set(e, USAGE,
                       "a secret is split so that 2 or more shares are needed, of at most %d; asked for "
                       "%zu of %zu",
                       (int)SHAMIR_MOST, needed, shares);
    for (size_t k = 0; k < shares; k++) {
        out[k].x = (uint8_t)(k + 1);
        for (size_t i = 0; i < SHAMIR_BYTES; i++)
            out[k].y[i] = value_at(out[k].x, secret[i], random, needed, i);
    }
    return OK;
}

static enum status check_points(const struct shamir_share *share, size_t n, struct err *e)
{
    bool is_taken[256] = {false};

    if (n < 1 || n > SHAMIR_MOST)
        return err_set(e, BAD_INPUT, "expected 1 to %d shares, found %zu", (int)SHAMIR_MOST, n);
    for (size_t k = 0; k < n; k++) {
        if (share[k].x == 0 || is_taken[share[k].x])
            return err_set(e, BAD_INPUT, "share number %d stands twice, or is not a share's number",
                           (int)share[k].x);
        is_taken[share[k].x] = true;
    }
    return OK;
}

/* The weight of share `k` in Lagrange's interpolation at 0; minus is plus in this field. */
static uint8_t weight_of(const struct shamir_share *share, size_t n, size_t k)
{
    uint8_t weight = 1;

    for (size_t j = 0; j < n; j++)
        if (j != k)
            weight = shamir_times(
                weight, shamir_times(share[j].x, shamir_inverse((uint8_t)(share[j].x ^ share[k].x))));
    return weight;
}

enum status shamir_join(const struct shamir_share *share, size_t n, unsigned char secret[SHAMIR_BYTES],
                        struct err *e)
{
    TRY(check_points(share, n, e));
    memset(secret, 0, SHAMIR_BYTES);
    for (size_t k = 0; k < n; k++) {
        uint8_t weight = weight_of(share, n, k);

        for (size_t i = 0; i < SHAMIR_BYTES; i++)
            secret[i] ^= shamir_times(share[k].y[i], weight);
    }
    return OK;
}
