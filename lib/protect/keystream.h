/* Random numbers from a secret key: who does not hold the key cannot repeat a draw, and so cannot test
 * guesses of the exact table. The same key, purpose and draw give the same numbers on every machine. */
#ifndef LYKTA_PROTECT_KEYSTREAM_H
#define LYKTA_PROTECT_KEYSTREAM_H

#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

enum { KEYSTREAM_KEY_BYTES = 32, KEYSTREAM_BUFFER_BYTES = 512, HKDF_MAX_BYTES = 255 * 32 };

/* Derives `n` bytes, at most HKDF_MAX_BYTES, from the secret `key`: HKDF with HMAC-SHA-256 (RFC 5869). An
 * empty `salt` is the RFC's 32 zero bytes; `info` says what the bytes are for. */
void hkdf_sha256(struct str key, struct str salt, struct str info, unsigned char *out, size_t n);

/* A ChaCha20 stream. Holds a secret: keystream_close wipes it, and nothing copies it. */
struct keystream {
    unsigned char key[KEYSTREAM_KEY_BYTES];
    uint64_t draw;
    uint64_t block; /* the next block of 64 bytes */
    size_t used;
    unsigned char buffer[KEYSTREAM_BUFFER_BYTES];
};

/* The stream of draw number `draw`, keyed by HKDF(`key` of KEYSTREAM_KEY_BYTES bytes, info `purpose`). */
void keystream_open(struct keystream *k, const unsigned char *key, struct str purpose, uint64_t draw);
void keystream_close(struct keystream *k);

/* Uniform on 0..n-1, without bias; n at least 1. */
uint64_t keystream_below(struct keystream *k, uint64_t n);

#endif
