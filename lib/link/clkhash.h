/* Encodings that are bit for bit those of clkhash (data61), by its linkage schemas of version 3: for agencies
 * whose partners use that program, and to show that the construction is the same.
 *
 * Keys: HKDF-SHA-256 of the secret, two of keySize bytes for each feature. Tokens: ngram (plain or
 * positional), exact or numeric. Bits: bitsPerToken or bitsPerFeature, by blakeHash (bloom.h) or doubleHash
 * (HMAC-SHA-1 and HMAC-MD5, g + i * h mod l), optionally folded by xor. Bit 0 is the most significant of byte
 * 0.                             */
#ifndef LYKTA_LINK_CLKHASH_H
#define LYKTA_LINK_CLKHASH_H

#include "base/csv.h"
#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum { CLKHASH_MAX_FEATURES = 48, CLKHASH_KEY_BYTES = 64, CLKHASH_MAX_BITS = 8192 };

enum clkhash_comparison { CLKHASH_NGRAM, CLKHASH_EXACT, CLKHASH_NUMERIC };
enum clkhash_hash { CLKHASH_BLAKE, CLKHASH_DOUBLE, CLKHASH_DOUBLE_NON_SINGULAR };

struct clkhash_feature {
    struct str identifier; /* the column of the CSV */
    bool is_ignored;
    enum clkhash_comparison comparison;
    int n; /* of an ngram, 1 or 2 */
    bool is_positional;
    double threshold_distance;
    int resolution;
    int fractional_precision;
    enum clkhash_hash hash;
    int bits_per_token;   /* or 0 */
    int bits_per_feature; /* or 0 */
    bool has_sentinel;
    struct str sentinel; /* a cell that says this is missing, and is read as `replacement` */
    struct str replacement;
};

struct clkhash_schema {
    size_t bits; /* of a finished filter, a power of two */
    int folds;
    struct str salt;
    struct str info;
    size_t features;
    struct clkhash_feature feature[CLKHASH_MAX_FEATURES];
    const char *warning; /* a sentence, or NULL */
};

/* Reads a linkage schema; `name` stands for the file in messages. Texts are in `a`. BAD_INPUT when it is not
 * JSON, not of version 3, or asks for something that is not supported: another key derivation than HKDF with
 * SHA256, keys of another size than 64 bytes, ngrams longer than 2, or a length that is not a power of two.
 */
enum status clkhash_schema_read(struct clkhash_schema *out, const char *name, struct str bytes,
                                struct arena *a, struct err *e) MUST_USE;

struct clkhash;

/* An encoder under `secret`, any bytes. It lives in `a`, which holds secrets from then on. */
struct clkhash *clkhash_open(const struct clkhash_schema *schema, struct str secret, struct arena *a);

/* The encoding of a row of `cells`, one for each feature in order, into `out` (schema->bits / 8 bytes).
 * Tokens are made in `scratch`, which the caller resets. BAD_INPUT, naming the feature and nothing of the
 * cell, when a numeric cell is not a number. */
enum status clkhash_encode(struct clkhash *x, const struct str *cells, struct arena *scratch,
                           unsigned char *out, struct err *e) MUST_USE;

/* The tokens of `cell` under `f`; at most `most`, in `token`. Their bytes are in `a`. Returns how many, or
 * `most` + 1 when a numeric cell is not a number. */
size_t clkhash_tokens(const struct clkhash_feature *f, struct str cell, struct arena *a, struct str *token,
                      size_t most);

#endif
