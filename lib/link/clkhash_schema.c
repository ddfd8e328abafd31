/* Linkage schemas of clkhash, version 3. */
#include "link/clkhash.h"

#include "base/arena.h"

#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { MAX_TEXT = 200, MAX_BUDGET = 4096, MAX_RESOLUTION = 200, MAX_FOLDS = 4 };

struct reading {
    const char *name;
    struct arena *arena;
    struct err *e;
    char where[60];
};

static enum status read_config(struct clkhash_schema *s, const json_t *config, struct reading *r);
static enum status read_feature(struct clkhash_feature *f, const json_t *feature, struct reading *r);

static enum status fault(const struct reading *r, const char *expected)
{
    return err_set(r->e, BAD_INPUT, "%s: %s: expected %s", r->name, r->where, expected);
}

static enum status read_all(struct clkhash_schema *s, const json_t *root, struct reading *r)
{
    const json_t *features = json_object_get(root, "features");

    snprintf(r->where, sizeof r->where, "version");
    if (json_integer_value(json_object_get(root, "version")) != 3)
        return fault(r, "3, the version of the linkage schema");
    TRY(read_config(s, json_object_get(root, "clkConfig"), r));
    s->features = json_array_size(features);
    snprintf(r->where, sizeof r->where, "features");
    if (s->features == 0 || s->features > CLKHASH_MAX_FEATURES)
        return fault(r, "a list of 1 to 48 features");
    for (size_t i = 0; i < s->features; i++) {
        snprintf(r->where, sizeof r->where, "features[%zu]", i);
        TRY(read_feature(&s->feature[i], json_array_get(features, i), r));
    }
    return OK;
}

enum status clkhash_schema_read(struct clkhash_schema *out, const char *name, struct str bytes,
                                struct arena *a, struct err *e)
{
    struct reading r = {.name = name, .arena = a, .e = e};
    struct clkhash_schema *s = arena_new(a, 1, struct clkhash_schema);
    json_error_t json_fault;
    json_t *root = json_loadb(bytes.n ? bytes.p : "", bytes.n, 0, &json_fault);

    if (!root)
        return err_set(e, BAD_INPUT, "%s:%d:%d: not a linkage schema in JSON: %.160s", name, json_fault.line,
                       json_fault.column, json_fault.text);
    enum status status = read_all(s, root, &r);
    json_decref(root);
    if (status == OK)
        *out = *s;
    return status;
}

/* An integer in lo..hi, or `otherwise` when there is none. */
static enum status take_int(const json_t *value, int lo, int hi, int otherwise, int *out,
                            const struct reading *r)
{
    json_int_t i = json_integer_value(value);

    *out = otherwise;
    if (!value)
        return OK;
    if (!json_is_integer(value) || i < lo || i > hi)
        return fault(r, "whole numbers within what is supported");
    *out = (int)i;
    return OK;
}

static enum status take_text(const json_t *value, struct str *out, const struct reading *r)
{
    struct str s = {json_string_value(value), json_string_length(value)};

    if (!json_is_string(value) || s.n > MAX_TEXT)
        return fault(r, "a text of at most 200 bytes");
    *out = str_copy(s, r->arena);
    return OK;
}

static enum status take_base64(const json_t *value, struct str *out, const struct reading *r)
{
    struct str text = {"", 0};
    size_t n = 0;

    *out = text;
    if (!value)
        return OK;
    TRY(take_text(value, &text, r));
    unsigned char *bytes = arena_new(r->arena, text.n + 1, unsigned char);
    if (sodium_base642bin(bytes, text.n + 1, text.p, text.n, NULL, &n, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0)
        return fault(r, "salt and info in base64");
    *out = (struct str){(const char *)bytes, n};
    return OK;
}

static bool is_word(const json_t *value, const char *word)
{
    const char *found = json_string_value(value);

    return found && strcmp(found, word) == 0;
}

/* The published schema names "xorFolds", the program itself reads "xor_folds" alone: both are taken. */
static enum status read_config(struct clkhash_schema *s, const json_t *config, struct reading *r)
{
    const json_t *kdf = json_object_get(config, "kdf");
    const json_t *hash = json_object_get(kdf, "hash");
    const json_t *folds = json_object_get(config, "xor_folds");
    int bits = 0;
    int key_size = 0;

    snprintf(r->where, sizeof r->where, "clkConfig");
    TRY(take_int(json_object_get(config, "l"), 64, CLKHASH_MAX_BITS, 0, &bits, r));
    if (!folds && json_object_get(config, "xorFolds")) {
        folds = json_object_get(config, "xorFolds");
        s->warning = "the schema says xorFolds, which clkhash itself does not read: write xor_folds";
    }
    TRY(take_int(folds, 0, MAX_FOLDS, 0, &s->folds, r));
    TRY(take_int(json_object_get(kdf, "keySize"), 1, 1024, CLKHASH_KEY_BYTES, &key_size, r));
    s->bits = (size_t)bits;
    if (bits == 0 || (s->bits & (s->bits - 1)) != 0 || s->bits << s->folds > CLKHASH_MAX_BITS)
        return fault(r, "\"l\": a power of two from 64 to 8192, before folding too");
    if (!is_word(json_object_get(kdf, "type"), "HKDF") || (hash && !is_word(hash, "SHA256")) ||
        key_size != CLKHASH_KEY_BYTES)
        return fault(r, "\"kdf\": HKDF with SHA256 and keys of 64 bytes");
    TRY(take_base64(json_object_get(kdf, "salt"), &s->salt, r));
    return take_base64(json_object_get(kdf, "info"), &s->info, r);
}

static enum status read_comparison(struct clkhash_feature *f, const json_t *c, const struct reading *r)
{
    const json_t *type = json_object_get(c, "type");
    const json_t *distance = json_object_get(c, "thresholdDistance");

    if (is_word(type, "exact")) {
        f->comparison = CLKHASH_EXACT;
        return OK;
    }
    if (is_word(type, "ngram")) {
        f->comparison = CLKHASH_NGRAM;
        f->is_positional = json_is_true(json_object_get(c, "positional"));
        return take_int(json_object_get(c, "n"), 1, 2, 2, &f->n, r);
    }
    if (!is_word(type, "numeric") || !(json_number_value(distance) > 0.0) ||
        json_number_value(distance) > 1e9)
        return fault(r, "\"comparison\": ngram, exact, or numeric with a thresholdDistance above 0");
    f->comparison = CLKHASH_NUMERIC;
    f->threshold_distance = json_number_value(distance);
    TRY(take_int(json_object_get(c, "resolution"), 1, MAX_RESOLUTION, 1, &f->resolution, r));
    return take_int(json_object_get(c, "fractionalPrecision"), 0, 6, 0, &f->fractional_precision, r);
}

static enum status read_hashing(struct clkhash_feature *f, const json_t *hashing, const struct reading *r)
{
    const json_t *hash = json_object_get(hashing, "hash");
    const json_t *strategy = json_object_get(hashing, "strategy");
    const json_t *missing = json_object_get(hashing, "missingValue");
    const json_t *type = json_object_get(hash, "type");

    TRY(read_comparison(f, json_object_get(hashing, "comparison"), r));
    TRY(take_int(json_object_get(strategy, "bitsPerToken"), 1, MAX_BUDGET, 0, &f->bits_per_token, r));
    TRY(take_int(json_object_get(strategy, "bitsPerFeature"), 1, MAX_BUDGET, 0, &f->bits_per_feature, r));
    if ((f->bits_per_token > 0) == (f->bits_per_feature > 0))
        return fault(r, "\"strategy\": either bitsPerToken or bitsPerFeature");
    if (hash && !is_word(type, "blakeHash") && !is_word(type, "doubleHash"))
        return fault(r, "\"hash\": blakeHash or doubleHash");
    if (hash && is_word(type, "doubleHash"))
        f->hash = json_is_true(json_object_get(hash, "prevent_singularity")) ? CLKHASH_DOUBLE_NON_SINGULAR
                                                                             : CLKHASH_DOUBLE;
    if (!missing)
        return OK;
    f->has_sentinel = true;
    TRY(take_text(json_object_get(missing, "sentinel"), &f->sentinel, r));
    f->replacement = S("");
    return json_object_get(missing, "replaceWith")
               ? take_text(json_object_get(missing, "replaceWith"), &f->replacement, r)
               : OK;
}

static enum status read_feature(struct clkhash_feature *f, const json_t *feature, struct reading *r)
{
    TRY(take_text(json_object_get(feature, "identifier"), &f->identifier, r));
    f->is_ignored = json_is_true(json_object_get(feature, "ignored"));
    return f->is_ignored ? OK : read_hashing(f, json_object_get(feature, "hashing"), r);
}
