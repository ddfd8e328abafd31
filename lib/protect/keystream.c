/* Random numbers from a secret key. */
#include "protect/keystream.h"

#include "base/err.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

static uint64_t keystream_u64(struct keystream *k);

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

void keystream_open(struct keystream *k, const unsigned char *key, struct str purpose, uint64_t draw)
{
    if (sodium_init() < 0)
        die("the cryptographic library cannot start: is there a source of randomness?");
    *k = (struct keystream){.draw = draw, .used = KEYSTREAM_BUFFER_BYTES};
    hkdf_sha256((struct str){(const char *)key, KEYSTREAM_KEY_BYTES}, S(""), purpose, k->key, sizeof k->key);
}

void keystream_close(struct keystream *k)
{
    sodium_memzero(k, sizeof *k);
}

uint64_t keystream_below(struct keystream *k, uint64_t n)
{
    assert(n > 0);
    /* What is left above the largest multiple of n would favour the small numbers: draw again. */
    uint64_t uneven = (UINT64_MAX % n + 1) % n;
    uint64_t x = keystream_u64(k);

    while (x > UINT64_MAX - uneven)
        x = keystream_u64(k);
    return x % n;
}

static uint64_t keystream_u64(struct keystream *k)
{
    static const unsigned char zeros[KEYSTREAM_BUFFER_BYTES] = {0};
    uint64_t x = 0;

    if (k->used == sizeof k->buffer) {
        unsigned char nonce[crypto_stream_chacha20_NONCEBYTES];

        for (size_t i = 0; i < sizeof nonce; i++)
            nonce[i] = (unsigned char)(k->draw >> 8 * i);
        crypto_stream_chacha20_xor_ic(k->buffer, zeros, sizeof zeros, nonce, k->block, k->key);
        k->block += sizeof k->buffer / 64;
        k->used = 0;
    }
    for (size_t i = 0; i < sizeof x; i++)
        x |= (uint64_t)k->buffer[k->used + i] << 8 * i;
    k->used += sizeof x;
    return x;
}
