/* Encodings that are bit for bit those of clkhash. */
#include "link/clkhash.h"

#include "base/arena.h"
#include "base/hkdf.h"
#include "base/number.h"
#include "link/bloom.h"

#include <math.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { MAX_TOKENS = BLOOM_MAX_TOKENS, MAX_DIGEST = 64 };

struct clkhash {
    const struct clkhash_schema *schema;
    size_t bits; /* before folding */
    unsigned char key[CLKHASH_MAX_FEATURES][2][CLKHASH_KEY_BYTES];
    struct bloom *bloom[CLKHASH_MAX_FEATURES];
};

static void double_hash(const struct clkhash *x, size_t feature, uint64_t *filter, struct str token,
                        size_t k);
static void fold(uint64_t *filter, size_t bits, int folds);

struct clkhash *clkhash_open(const struct clkhash_schema *schema, struct str secret, struct arena *a)
{
    struct clkhash *x = arena_new(a, 1, struct clkhash);

    x->schema = schema;
    x->bits = schema->bits << schema->folds;
    hkdf_sha256(secret, schema->salt, schema->info, x->key[0][0], schema->features * 2 * CLKHASH_KEY_BYTES);
    for (size_t i = 0; i < schema->features; i++)
        if (!schema->feature[i].is_ignored && schema->feature[i].hash == CLKHASH_BLAKE)
            x->bloom[i] = bloom_open(a, x->bits, x->key[i][0], NULL);
    return x;
}

/* Sets what the tokens of one feature set. */
static void set_tokens(struct clkhash *x, size_t feature, const struct str *token, size_t n, uint64_t *filter)
{
    const struct clkhash_feature *f = &x->schema->feature[feature];
    size_t budget = (size_t)f->bits_per_feature;

    for (size_t i = 0; i < n; i++) {
        size_t k = f->bits_per_token ? (size_t)f->bits_per_token : budget / n + (i < budget % n);

        if (f->hash == CLKHASH_BLAKE)
            bloom_add(x->bloom[feature], filter, token[i], k);
        else
            double_hash(x, feature, filter, token[i], k);
    }
}

enum status clkhash_encode(struct clkhash *x, const struct str *cells, struct arena *scratch,
                           unsigned char *out, struct err *e)
{
    uint64_t filter[CLKHASH_MAX_BITS / 64] = {0};
    struct str token[MAX_TOKENS];

    for (size_t i = 0; i < x->schema->features; i++) {
        const struct clkhash_feature *f = &x->schema->feature[i];
        size_t n = f->is_ignored ? 0 : clkhash_tokens(f, cells[i], scratch, token, MAX_TOKENS);

        if (n > MAX_TOKENS)
            return err_set(e, BAD_INPUT, "the feature \"%.*s\" is numeric: expected a number",
                           STR(f->identifier));
        set_tokens(x, i, token, n, filter);
    }
    fold(filter, x->bits, x->schema->folds);
    memset(out, 0, x->schema->bits / 8);
    for (size_t i = 0; i < x->schema->bits; i++)
        if (filter[i / 64] >> i % 64 & 1U)
            out[i / 8] = (unsigned char)(out[i / 8] | 0x80U >> i % 8);
    return OK;
}

/* Bytes of the character at `p`, in valid UTF-8. */
static size_t character_bytes(const char *p)
{
    unsigned char c = (unsigned char)*p;

    return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

static size_t ngrams(const struct clkhash_feature *f, struct str cell, struct arena *a, struct str *token,
                     size_t most)
{
    char *padded = f->n > 1 ? arena_printf(a, " %.*s ", STR(cell)) : arena_cstr(a, cell.p, cell.n);
    struct str rest = str_of(padded);
    size_t n = 0;

    while (rest.n > 0 && n < most) {
        size_t first = character_bytes(rest.p);
        size_t length = first;

        if (f->n == 2 && first == rest.n)
            break;
        if (f->n == 2)
            length += character_bytes(rest.p + first);
        struct str gram = str_part(rest, 0, length);
        token[n] = f->is_positional ? str_of(arena_printf(a, "%zu %.*s", n + 1, STR(gram))) : gram;
        n++;
        rest = str_part(rest, first, rest.n);
    }
    return n;
}

/* The value on a grid of half the distance over the resolution, and `resolution` steps to both sides. */
static size_t numbers(const struct clkhash_feature *f, struct str cell, struct arena *a, struct str *token,
                      size_t most)
{
    double scale = pow(10.0, f->fractional_precision);
    int64_t interval = (int64_t)llround(f->threshold_distance * scale);
    double value = 0.0;

    if (interval < 1 || !f64_from_str(str_trim(cell), -1e9, 1e9, &value))
        return most + 1;
    int64_t v = (int64_t)llround(value * scale) * 2 * f->resolution;
    int64_t rest = (v % interval + interval) % interval;
    v += 2 * rest < interval ? -rest : interval - rest;
    size_t n = 0;
    for (int64_t i = -f->resolution; i <= f->resolution && n < most; i++)
        token[n++] = str_of(arena_printf(a, "%lld", (long long)(v + i * interval)));
    return n;
}

size_t clkhash_tokens(const struct clkhash_feature *f, struct str cell, struct arena *a, struct str *token,
                      size_t most)
{
    if (f->has_sentinel && str_equal(cell, f->sentinel))
        cell = f->replacement;
    if (cell.n == 0 || most == 0)
        return 0;
    switch (f->comparison) {
    case CLKHASH_NGRAM:
        return ngrams(f, cell, a, token, most);
    case CLKHASH_NUMERIC:
        return numbers(f, cell, a, token, most);
    case CLKHASH_EXACT:
        break;
    }
    token[0] = cell;
    return 1;
}

static unsigned keyed_digest(const EVP_MD *hash, const unsigned char *key, struct str text,
                             unsigned char *out)
{
    unsigned n = 0;

    HMAC(hash, key, CLKHASH_KEY_BYTES, (const unsigned char *)text.p, text.n, out, &n);
    return n;
}

/* Filters are powers of two long, so that the number's last bytes decide. */
static size_t modulo(const unsigned char *digest, unsigned n, size_t bits)
{
    return ((size_t)digest[n - 2] << 8 | digest[n - 1]) % bits;
}

static void double_hash(const struct clkhash *x, size_t feature, uint64_t *filter, struct str token, size_t k)
{
    unsigned char digest[MAX_DIGEST];
    unsigned n = keyed_digest(EVP_sha1(), x->key[feature][0], token, digest);
    size_t g = modulo(digest, n, x->bits);

    n = keyed_digest(EVP_md5(), x->key[feature][1], token, digest);
    while (x->schema->feature[feature].hash == CLKHASH_DOUBLE_NON_SINGULAR &&
           modulo(digest, n, x->bits) == 0) {
        unsigned char before[MAX_DIGEST];

        memcpy(before, digest, n);
        n = keyed_digest(EVP_md5(), x->key[feature][1], (struct str){(const char *)before, n}, digest);
    }
    size_t h = modulo(digest, n, x->bits);
    for (size_t i = 0; i < k; i++) {
        size_t position = (g + i * h) % x->bits;

        filter[position / 64] |= (uint64_t)1 << position % 64;
    }
}

static void fold(uint64_t *filter, size_t bits, int folds)
{
    for (size_t words = bits / 128; folds > 0 && words > 0; folds--, words /= 2)
        for (size_t i = 0; i < words; i++)
            filter[i] ^= filter[words + i];
}
