/* Random numbers from a secret key. */
#include "protect/keystream.h"

#include "base/err.h"

#include <assert.h>
#include <sodium.h>

static uint64_t keystream_u64(struct keystream *k);

void keystream_open(struct keystream *k, const unsigned char *key, struct str purpose, uint64_t draw)
{
    if (sodium_init() < 0)
        give_up("the cryptographic library cannot start: is there a source of randomness?");
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
