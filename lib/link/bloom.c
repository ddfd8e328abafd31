/* Tokens as bits of a filter, by a secret key. */
#include "link/bloom.h"

#include "base/arena.h"
#include "base/err.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    WORDS = 32,       /* of 16 bits in a digest */
    SLOTS = 4096,     /* of the memory for short tokens: pairs of letters are some hundred */
    SHORT_TOKEN = 13, /* longest token that is remembered */
    PROBES = 8
};

/* The first digest of a token that came before. */
struct slot {
    char token[SHORT_TOKEN];
    unsigned char n; /* 0: free; else the token's length + 1 */
    uint16_t word[WORDS];
};

struct bloom {
    size_t bits;
    unsigned char key[BLOOM_KEY_BYTES];
    struct slot *slot;
};

struct bloom *bloom_open(struct arena *a, size_t bits, const unsigned char *key)
{
    struct bloom *b = arena_new(a, 1, struct bloom);

    assert(bits >= 64 && bits <= BLOOM_MAX_BITS && (bits & (bits - 1)) == 0);
    if (sodium_init() < 0)
        die("the cryptographic library cannot start: is there a source of randomness?");
    b->bits = bits;
    memcpy(b->key, key, sizeof b->key);
    b->slot = arena_new(a, SLOTS, struct slot);
    return b;
}

/* Digest number `round` of `token`, as words. */
static void digest(const struct bloom *b, struct str token, size_t round, uint16_t word[WORDS])
{
    static const unsigned char nobody[crypto_generichash_blake2b_PERSONALBYTES] = {0};
    unsigned char salt[crypto_generichash_blake2b_SALTBYTES] = {0};
    char number[24];
    unsigned char out[crypto_generichash_blake2b_BYTES_MAX];
    const unsigned char *bytes = (const unsigned char *)(token.n ? token.p : "");

    snprintf(number, sizeof number, "%zu", round);
    memcpy(salt, number, strnlen(number, sizeof salt));
    crypto_generichash_blake2b_salt_personal(out, sizeof out, bytes, token.n, b->key, sizeof b->key, salt,
                                             nobody);
    for (size_t i = 0; i < WORDS; i++)
        word[i] = (uint16_t)(out[2 * i] | out[2 * i + 1] << 8);
}

/* FNV-1a: spreads short tokens over the slots; nothing rests on its strength. */
static size_t slot_of(struct str token)
{
    uint64_t h = 0xCBF29CE484222325U;

    for (size_t i = 0; i < token.n; i++)
        h = (h ^ (unsigned char)token.p[i]) * 0x100000001B3U;
    return (size_t)(h >> 32) % SLOTS;
}

/* The remembered first digest of `token`, computed if need be; NULL when it is too long or the slots are
 * taken. */
static const uint16_t *remembered(struct bloom *b, struct str token)
{
    size_t start = slot_of(token);

    if (token.n > SHORT_TOKEN)
        return NULL;
    for (size_t i = 0; i < PROBES; i++) {
        struct slot *s = &b->slot[(start + i) % SLOTS];

        if (s->n == 0) {
            digest(b, token, 0, s->word);
            if (token.n)
                memcpy(s->token, token.p, token.n);
            s->n = (unsigned char)(token.n + 1);
            return s->word;
        }
        if (s->n == token.n + 1 && memcmp(s->token, token.p ? token.p : "", token.n) == 0)
            return s->word;
    }
    return NULL;
}

void bloom_add(struct bloom *b, uint64_t *filter, struct str token, size_t k)
{
    const uint16_t *first = remembered(b, token);
    uint16_t computed[WORDS];

    for (size_t i = 0; i < k; i++) {
        if (i % WORDS == 0 && (i > 0 || !first)) {
            digest(b, token, i / WORDS, computed);
            first = computed;
        }
        size_t position = first[i % WORDS] % b->bits;
        filter[position / 64] |= (uint64_t)1 << position % 64;
    }
}

static int compare_tokens(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

void bloom_spend(struct bloom *b, uint64_t *filter, struct str *tokens, size_t n, size_t budget)
{
    size_t kept = 0;

    if (n > BLOOM_MAX_TOKENS)
        n = BLOOM_MAX_TOKENS;
    if (n > 1)
        qsort(tokens, n, sizeof *tokens, compare_tokens);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || !str_equal(tokens[i], tokens[kept - 1]))
            tokens[kept++] = tokens[i];
    for (size_t i = 0; i < kept; i++)
        bloom_add(b, filter, tokens[i], budget / kept + (i < budget % kept));
}
