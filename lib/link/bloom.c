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
    PROBES = 8,
    FEW = 64, /* tokens that are sorted by insertion, of at most this many bytes each: */
    FEW_BYTES = 6
};

/* A short token as two numbers that have the order of its bytes; length + 1 in the last byte, so that no
 * token is 0, 0. */
struct short_token {
    uint64_t head;
    uint64_t tail;
};

/* The first positions of a token that came before. */
struct slot {
    struct short_token token; /* 0, 0: free */
    uint16_t position[WORDS];
};

struct bloom {
    size_t bits;
    unsigned char key[BLOOM_KEY_BYTES];
    struct slot *slot;
    uint16_t *order;
};

struct bloom *bloom_open(struct arena *a, size_t bits, const unsigned char *key, const uint16_t *order)
{
    struct bloom *b = arena_new(a, 1, struct bloom);

    assert(bits >= 64 && bits <= BLOOM_MAX_BITS && (bits & (bits - 1)) == 0);
    if (sodium_init() < 0)
        give_up("the cryptographic library cannot start: is there a source of randomness?");
    b->bits = bits;
    memcpy(b->key, key, sizeof b->key);
    b->slot = arena_new(a, SLOTS, struct slot);
    b->order = arena_new(a, bits, uint16_t);
    for (size_t i = 0; i < bits; i++)
        b->order[i] = order ? order[i] : (uint16_t)i;
    return b;
}

/* The positions by digest number `round` of `token`. */
static void digest(const struct bloom *b, struct str token, size_t round, uint16_t position[WORDS])
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
        position[i] = b->order[(size_t)(out[2 * i] | out[2 * i + 1] << 8) & (b->bits - 1)];
}

static struct short_token shorten(struct str token)
{
    struct short_token out = {0, token.n + 1};

    for (size_t i = 0; i < token.n; i++) {
        uint64_t byte = (unsigned char)token.p[i];

        if (i < 8)
            out.head |= byte << (56 - 8 * i);
        else
            out.tail |= byte << (56 - 8 * (i - 8));
    }
    return out;
}

static bool is_same(struct short_token a, struct short_token b)
{
    return a.head == b.head && a.tail == b.tail;
}

/* The remembered first positions of `token`, computed if need be; NULL when it is too long or the slots are
 * taken. The multiplier spreads tokens over the slots; nothing rests on its strength. */
static const uint16_t *remembered(struct bloom *b, struct str token)
{
    if (token.n > SHORT_TOKEN)
        return NULL;
    struct short_token key = shorten(token);
    size_t start = (size_t)((key.head ^ key.tail * 0x100000001B3U) * 0x9E3779B97F4A7C15U >> 40);

    for (size_t i = 0; i < PROBES; i++) {
        struct slot *s = &b->slot[(start + i) % SLOTS];

        if (is_same(s->token, key))
            return s->position;
        if (s->token.tail == 0) {
            digest(b, token, 0, s->position);
            s->token = key;
            return s->position;
        }
    }
    return NULL;
}

void bloom_add(struct bloom *b, uint64_t *filter, struct str token, size_t k)
{
    const uint16_t *position = remembered(b, token);
    uint16_t computed[WORDS];

    for (size_t i = 0; i < k; i++) {
        if (i % WORDS == 0 && (i > 0 || !position)) {
            digest(b, token, i / WORDS, computed);
            position = computed;
        }
        size_t at = position[i % WORDS];
        filter[at / 64] |= (uint64_t)1 << at % 64;
    }
}

static int compare_tokens(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

/* A few pairs of letters, as nearly all tokens are: as numbers of six bytes, the length and the place, by
 * insertion. False when they are not. */
static bool sort_few(struct str *tokens, size_t n)
{
    uint64_t key[FEW];
    struct str before[FEW];

    if (n > FEW)
        return false;
    for (size_t i = 0; i < n; i++)
        if (tokens[i].n > FEW_BYTES)
            return false;
    for (size_t i = 0; i < n; i++) {
        uint64_t k = 0;
        size_t at = i;

        for (size_t b = 0; b < tokens[i].n; b++)
            k |= (uint64_t)(unsigned char)tokens[i].p[b] << (56 - 8 * b);
        k |= tokens[i].n << 8 | i;
        for (; at > 0 && key[at - 1] > k; at--)
            key[at] = key[at - 1];
        key[at] = k;
        before[i] = tokens[i];
    }
    for (size_t i = 0; i < n; i++)
        tokens[i] = before[key[i] & 0xFF];
    return true;
}

void bloom_spend(struct bloom *b, uint64_t *filter, struct str *tokens, size_t n, size_t budget)
{
    size_t kept = 0;

    if (n > BLOOM_MAX_TOKENS)
        n = BLOOM_MAX_TOKENS;
    if (n > 1 && !sort_few(tokens, n))
        qsort(tokens, n, sizeof *tokens, compare_tokens);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || !str_equal(tokens[i], tokens[kept - 1]))
            tokens[kept++] = tokens[i];
    for (size_t i = 0; i < kept; i++)
        bloom_add(b, filter, tokens[i], budget / kept + (i < budget % kept));
}
