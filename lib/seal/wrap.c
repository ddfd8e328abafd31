/* A secret key wrapped by something a person knows. */
#include "seal/wrap.h"

#include "seal/secret.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <sodium.h>

enum {
    VERSION = 1,
    PASSES_AT = 1,
    MEMORY_AT = 2,
    SALT_AT = 6,
    NONCE_AT = 22,
    SEALED_AT = 46,
    SALT_BYTES = crypto_pwhash_SALTBYTES,
    NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    PASSPHRASE_PASSES = 3,
    PASSPHRASE_KIB = 64 * 1024,
    MOST_PASSES = 8,
    MOST_KIB = 256 * 1024
};

_Static_assert(SALT_AT + SALT_BYTES == NONCE_AT && NONCE_AT + NONCE_BYTES == SEALED_AT, "the record's parts");
_Static_assert(SEALED_AT + SEAL_KEY_BYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES == WRAP_BYTES,
               "the record's size");

static size_t memory_kib(const unsigned char *record)
{
    size_t kib = 0;

    for (size_t i = 0; i < 4; i++)
        kib |= (size_t)record[MEMORY_AT + i] << (8 * i);
    return kib;
}

/* The key that seals the secret, as the record's head says; memory 0 is a key that needs no stretching. */
static enum status stretch(struct str known, const unsigned char *record, struct seal_key *out, struct err *e)
{
    size_t kib = memory_kib(record);

    if (kib == 0) {
        if (known.n != SEAL_KEY_BYTES)
            return err_set(e, REFUSED, "the key does not open with this");
        crypto_generichash(out->bytes, SEAL_KEY_BYTES, record + SALT_AT, SALT_BYTES,
                           (const unsigned char *)known.p, known.n);
        return OK;
    }
    if (crypto_pwhash(out->bytes, SEAL_KEY_BYTES, known.p, known.n, record + SALT_AT, record[PASSES_AT],
                      kib * 1024, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return err_set(e, SYSTEM, "there is not enough memory to open a key (%zu MiB are needed)",
                       kib / 1024);
    return OK;
}

/* What is bound: the record's head up to its nonce, and whose it is. */
static void bound_data(const unsigned char *record, const struct seal_public *public_key,
                       unsigned char out[NONCE_AT + SEAL_KEY_BYTES])
{
    memcpy(out, record, NONCE_AT);
    memcpy(out + NONCE_AT, public_key->bytes, SEAL_KEY_BYTES);
}

static void write_head(enum wrap_cost cost, unsigned char *record)
{
    uint32_t kib = cost == WRAP_PASSPHRASE ? PASSPHRASE_KIB : 0;

    record[0] = VERSION;
    record[PASSES_AT] = cost == WRAP_PASSPHRASE ? PASSPHRASE_PASSES : 0;
    for (size_t i = 0; i < 4; i++)
        record[MEMORY_AT + i] = (unsigned char)(kib >> (8 * i));
    randombytes_buf(record + SALT_AT, SALT_BYTES + NONCE_BYTES);
}

enum status wrap_secret(enum wrap_cost cost, struct str known, const struct seal_key *secret,
                        struct wrap *out, struct err *e)
{
    struct seal_key *key = secret_open(sizeof *key);
    unsigned char bound[NONCE_AT + SEAL_KEY_BYTES];
    struct seal_public public_key;

    write_head(cost, out->bytes);
    enum status s = stretch(known, out->bytes, key, e);
    if (s == OK) {
        seal_public_of(secret, &public_key);
        bound_data(out->bytes, &public_key, bound);
        crypto_aead_xchacha20poly1305_ietf_encrypt(out->bytes + SEALED_AT, NULL, secret->bytes,
                                                   SEAL_KEY_BYTES, bound, sizeof bound, NULL,
                                                   out->bytes + NONCE_AT, key->bytes);
    }
    secret_close(key);
    return s;
}

static bool is_record(struct str record)
{
    const unsigned char *bytes = (const unsigned char *)record.p;

    if (record.n != WRAP_BYTES || bytes[0] != VERSION)
        return false;
    size_t kib = memory_kib(bytes);
    bool is_stretched =
        kib >= 8 && kib <= MOST_KIB && bytes[PASSES_AT] >= 1 && bytes[PASSES_AT] <= MOST_PASSES;

    return is_stretched || (kib == 0 && bytes[PASSES_AT] == 0);
}

enum status wrap_open(struct str known, const struct seal_public *public_key, struct str record,
                      struct seal_key *secret, struct err *e)
{
    unsigned char bound[NONCE_AT + SEAL_KEY_BYTES];

    if (!is_record(record))
        return err_set(e, REFUSED, "the key does not open with this");
    const unsigned char *bytes = (const unsigned char *)record.p;
    struct seal_key *key = secret_open(sizeof *key);
    enum status s = stretch(known, bytes, key, e);

    bound_data(bytes, public_key, bound);
    if (s == OK && crypto_aead_xchacha20poly1305_ietf_decrypt(secret->bytes, NULL, NULL, bytes + SEALED_AT,
                                                              WRAP_BYTES - SEALED_AT, bound, sizeof bound,
                                                              bytes + NONCE_AT, key->bytes) != 0)
        s = err_set(e, REFUSED, "the key does not open with this");
    secret_close(key);
    return s;
}
