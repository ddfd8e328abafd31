/* Sealing. */
#include "seal/sealed.h"

#include "base/arena.h"
#include "base/text.h"
#include "seal/secret.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <sodium.h>

enum {
    VERSION = 1,
    LENGTH_BYTES = 4,
    NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    HEAD_BYTES = 1 + NONCE_BYTES,
    PLACE_BYTES = 16
};

_Static_assert(SEAL_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "the cipher's key");
_Static_assert(SEAL_KEY_BYTES == crypto_box_SECRETKEYBYTES, "the box's key");
_Static_assert(SEAL_COPY_BYTES == 1 + crypto_box_SEALBYTES + SEAL_KEY_BYTES + PLACE_BYTES, "a copy's size");

void seal_key_make(struct seal_key *out)
{
    randombytes_buf(out->bytes, sizeof out->bytes);
}

void seal_id_make(struct seal_id *out)
{
    randombytes_buf(out->bytes, sizeof out->bytes);
}

void seal_pair_make(struct seal_public *public_key, struct seal_key *secret)
{
    crypto_box_keypair(public_key->bytes, secret->bytes);
}

void seal_public_of(const struct seal_key *secret, struct seal_public *out)
{
    crypto_scalarmult_base(out->bytes, secret->bytes);
}

/* The place in canonical bytes: version, then each part after its length, so that no two places are alike. */
static struct str place_of(const struct seal_context *where, struct str field, struct arena *a)
{
    const struct str parts[] = {where->city, {(const char *)where->id.bytes, SEAL_ID_BYTES}, field};
    struct text out = text_open(a);

    text_byte(&out, VERSION);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        for (int shift = 0; shift < 32; shift += 8)
            text_byte(&out, (char)(uint8_t)(parts[i].n >> shift));
        text_add(&out, parts[i]);
    }
    return text_str(&out);
}

static size_t padded_bytes(size_t n)
{
    return (LENGTH_BYTES + n + SEAL_STEP_BYTES - 1) / SEAL_STEP_BYTES * SEAL_STEP_BYTES;
}

enum status seal_text(const struct seal_key *key, const struct seal_context *where, struct str text,
                      struct arena *a, struct str *box, struct err *e)
{
    if (text.n > SEAL_TEXT_MOST_BYTES)
        return err_set(e, BAD_INPUT, "the text is longer than the %d KiB that can be sealed at once",
                       (int)SEAL_TEXT_MOST_BYTES / 1024);
    struct str place = place_of(where, where->field, a);
    size_t padded = padded_bytes(text.n);
    unsigned char *clear = arena_new(a, padded, unsigned char);
    unsigned char *out = arena_new(a, HEAD_BYTES + padded + TAG_BYTES, unsigned char);

    for (size_t i = 0; i < LENGTH_BYTES; i++)
        clear[i] = (unsigned char)(text.n >> (8 * i));
    if (text.n)
        memcpy(clear + LENGTH_BYTES, text.p, text.n);
    out[0] = VERSION;
    randombytes_buf(out + 1, NONCE_BYTES);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out + HEAD_BYTES, NULL, clear, padded,
                                               (const unsigned char *)place.p, place.n, NULL, out + 1,
                                               key->bytes);
    secret_wipe(clear, padded);
    *box = (struct str){(const char *)out, HEAD_BYTES + padded + TAG_BYTES};
    return OK;
}

static enum status does_not_open(struct err *e)
{
    return err_set(e, REFUSED, "what is sealed does not open with this key");
}

/* The text within its padding; false when the length it tells cannot be. */
static bool take_text(const unsigned char *clear, size_t padded, struct str *text)
{
    size_t n = 0;

    for (size_t i = 0; i < LENGTH_BYTES; i++)
        n |= (size_t)clear[i] << (8 * i);
    if (n > SEAL_TEXT_MOST_BYTES || padded_bytes(n) != padded)
        return false;
    *text = (struct str){(const char *)clear + LENGTH_BYTES, n};
    return true;
}

enum status seal_text_open(const struct seal_key *key, const struct seal_context *where, struct str box,
                           struct arena *a, struct str *text, struct err *e)
{
    if (box.n < HEAD_BYTES + SEAL_STEP_BYTES + TAG_BYTES ||
        box.n > HEAD_BYTES + padded_bytes(SEAL_TEXT_MOST_BYTES) + TAG_BYTES || box.p[0] != VERSION)
        return does_not_open(e);
    const unsigned char *bytes = (const unsigned char *)box.p;
    struct str place = place_of(where, where->field, a);
    size_t padded = box.n - HEAD_BYTES - TAG_BYTES;
    unsigned char *clear = arena_new(a, padded, unsigned char);

    if (crypto_aead_xchacha20poly1305_ietf_decrypt(clear, NULL, NULL, bytes + HEAD_BYTES, box.n - HEAD_BYTES,
                                                   (const unsigned char *)place.p, place.n, bytes + 1,
                                                   key->bytes) != 0 ||
        !take_text(clear, padded, text))
        return does_not_open(e);
    return OK;
}

/* What a copy holds: the key, and a hash of the place, since sealed boxes bind no data of their own. */
static void place_hash(const struct seal_context *where, unsigned char out[PLACE_BYTES])
{
    struct arena *a = arena_open();
    struct str place = place_of(where, S("key"), a);

    crypto_generichash(out, PLACE_BYTES, (const unsigned char *)place.p, place.n, NULL, 0);
    arena_close(a);
}

void seal_key_copy(const struct seal_key *key, const struct seal_context *where, const struct seal_public *to,
                   unsigned char copy[SEAL_COPY_BYTES])
{
    unsigned char clear[SEAL_KEY_BYTES + PLACE_BYTES];

    memcpy(clear, key->bytes, SEAL_KEY_BYTES);
    place_hash(where, clear + SEAL_KEY_BYTES);
    copy[0] = VERSION;
    /* It fails for a public key of small order alone, which no pair of ours has: what it would have sealed is
     * then not written at all. */
    if (crypto_box_seal(copy + 1, clear, sizeof clear, to->bytes) != 0)
        give_up("a public key in the key file is not a key: restore the file from its backup");
    secret_wipe(clear, sizeof clear);
}

enum status seal_key_open(const struct seal_key *secret, const struct seal_context *where, struct str copy,
                          struct seal_key *key, struct err *e)
{
    unsigned char clear[SEAL_KEY_BYTES + PLACE_BYTES];
    unsigned char expected[PLACE_BYTES];
    struct seal_public mine;
    enum status s = OK;

    if (copy.n != SEAL_COPY_BYTES || copy.p[0] != VERSION)
        return does_not_open(e);
    seal_public_of(secret, &mine);
    place_hash(where, expected);
    if (crypto_box_seal_open(clear, (const unsigned char *)copy.p + 1, copy.n - 1, mine.bytes,
                             secret->bytes) != 0 ||
        sodium_memcmp(clear + SEAL_KEY_BYTES, expected, PLACE_BYTES) != 0)
        s = does_not_open(e);
    else
        memcpy(key->bytes, clear, SEAL_KEY_BYTES);
    secret_wipe(clear, sizeof clear);
    return s;
}
