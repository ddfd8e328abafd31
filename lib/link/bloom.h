/* Tokens as bits of a filter, by a secret key: who does not hold the key cannot tell which token set a bit.
 *
 * A token's positions are the successive 16-bit little-endian words of BLAKE2b-512 (RFC 7693) keyed with the
 * group's key over the token, modulo the filter's length; the salt is "0" for the first 32 words, "1" for the
 * next, and so on. No double hashing: its l * l patterns can be told apart (Kroll & Steinmetzer 2015, CCIS
 * 574). A filter of Bloom (1970) with a record's tokens is the cryptographic long-term key of Schnell,
 * Bachteler & Reiher (2009), BMC Med. Inform. Decis. Mak. 9:41. Bit i of a filter is bit i % 64, from the
 * least, of word i / 64.                       */
#ifndef LYKTA_LINK_BLOOM_H
#define LYKTA_LINK_BLOOM_H

#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

enum { BLOOM_KEY_BYTES = 64, BLOOM_MAX_BITS = 8192, BLOOM_MAX_TOKENS = 1024 };

struct bloom;

/* A filter maker for filters of `bits` bits, a power of two of 64..BLOOM_MAX_BITS, under `key` of
 * BLOOM_KEY_BYTES bytes, which is copied. `order` of `bits` numbers says where each bit goes instead of its
 * own place; it is copied, NULL leaves them. The maker lives in `a`, remembers the positions of short tokens,
 * and so holds secrets: wipe the arena after use. */
struct bloom *bloom_open(struct arena *a, size_t bits, const unsigned char *key, const uint16_t *order);

/* Sets the first `k` positions of `token` in `filter` (bits / 64 words). */
void bloom_add(struct bloom *b, uint64_t *filter, struct str token, size_t k);

/* Sets the positions of each of the `n` tokens so that `budget` positions are spent in all: token i gets
 * budget / n, and one more for the first budget % n, so that a filter's weight does not tell the length of
 * what is in it. The tokens are sorted and doubles left out before: their order says nothing. At most
 * BLOOM_MAX_TOKENS. */
void bloom_spend(struct bloom *b, uint64_t *filter, struct str *tokens, size_t n, size_t budget);

#endif
