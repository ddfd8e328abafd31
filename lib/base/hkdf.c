/* Keys from a secret: HKDF with HMAC-SHA-256. */
#include "base/hkdf.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

static void hmac(const unsigned char *key, size_t key_bytes, const struct str *part, size_t parts,
                 unsigned char out[crypto_auth_hmacsha256_BYTES])
{
    crypto_auth_hmacsha256_state state;

    crypto_auth_hmacsha256_init(&state, key, key_bytes);
    for (size_t i = 0; i < parts; i++)
        crypto_auth_hmacsha256_update(&state, (const unsigned char *)part[i].p, part[i].n);
    crypto_auth_hmacsha256_final(&state, out);
    sodium_memzero(&state, sizeof state);
}

void hkdf_sha256(struct str key, struct str salt, struct str info, unsigned char *out, size_t n)
{
    static const unsigned char zeros[crypto_auth_hmacsha256_BYTES] = {0};
    unsigned char master[crypto_auth_hmacsha256_BYTES];
    unsigned char block[crypto_auth_hmacsha256_BYTES];
    size_t block_bytes = 0; /* the first block follows nothing */

    assert(n <= HKDF_MAX_BYTES);
    if (salt.n == 0)
        salt = (struct str){(const char *)zeros, sizeof zeros};
    hmac((const unsigned char *)salt.p, salt.n, &key, 1, master);
    for (unsigned char i = 1; n > 0; i++) {
        struct str part[] = {{(const char *)block, block_bytes}, info, {(const char *)&i, 1}};

        hmac(master, sizeof master, part, 3, block);
        block_bytes = n < sizeof block ? n : sizeof block;
        memcpy(out, block, block_bytes);
        out += block_bytes;
        n -= block_bytes;
    }
    sodium_memzero(master, sizeof master);
    sodium_memzero(block, sizeof block);
}
