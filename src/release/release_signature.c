/* A city's signature of bytes, as text. */
#include "release/release_signature.h"

#include "base/arena.h"
#include "base/text.h"
#include "store/keys.h"

#include <sodium.h>

enum { KEY_HEX = 2 * crypto_sign_PUBLICKEYBYTES, HASH_HEX = 64, SIGNATURE_HEX = 2 * crypto_sign_BYTES };

static struct str hex_of(const unsigned char *bytes, size_t n, struct arena *a)
{
    char *hex = arena_new(a, 2 * n + 1, char);

    sodium_bin2hex(hex, 2 * n + 1, bytes, n);
    return (struct str){hex, 2 * n};
}

struct str release_hash(struct str bytes, struct arena *a)
{
    unsigned char hash[crypto_hash_sha256_BYTES];

    crypto_hash_sha256(hash, (const unsigned char *)bytes.p, bytes.n);
    return hex_of(hash, sizeof hash, a);
}

struct release_signature release_signature_make(struct str bytes, const struct key *key, struct arena *a)
{
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES];
    unsigned char secret[crypto_sign_SECRETKEYBYTES];
    unsigned char signature[crypto_sign_BYTES];

    crypto_sign_seed_keypair(public_key, secret, key->bytes);
    crypto_sign_detached(signature, NULL, (const unsigned char *)bytes.p, bytes.n, secret);
    sodium_memzero(secret, sizeof secret);
    return (struct release_signature){hex_of(public_key, sizeof public_key, a), release_hash(bytes, a),
                                      hex_of(signature, sizeof signature, a)};
}

struct str release_signature_text(const struct release_signature *sig, struct arena *a)
{
    struct text out = text_open(a);

    text_format(&out, "lykta-signature 1\npublic-key %.*s\nmanifest-sha256 %.*s\nsignature %.*s\n",
                STR(sig->public_key), STR(sig->hash), STR(sig->signature));
    return text_str(&out);
}

/* The `n` hexadecimal digits that follow `word` (with the line end before it) in `text`; empty when there are
 * none. */
static struct str digits_after(struct str text, struct str word, size_t n)
{
    size_t at = 0;

    while (at + word.n + n <= text.n && !str_starts(str_part(text, at, text.n), word))
        at++;
    struct str found = str_part(text, at + word.n, n);
    for (size_t i = 0; i < found.n; i++)
        if (!((found.p[i] >= '0' && found.p[i] <= '9') || (found.p[i] >= 'a' && found.p[i] <= 'f')))
            return S("");
    return found.n == n ? found : S("");
}

bool release_signature_read(struct str text, struct arena *a, struct release_signature *out)
{
    *out = (struct release_signature){.public_key = digits_after(text, S("\npublic-key "), KEY_HEX),
                                      .hash = digits_after(text, S("\nmanifest-sha256 "), HASH_HEX),
                                      .signature = digits_after(text, S("\nsignature "), SIGNATURE_HEX)};
    return out->public_key.n > 0 && out->hash.n > 0 && out->signature.n > 0 &&
           str_equal(text, release_signature_text(out, a));
}

static bool fits(const struct release_signature *sig, struct str bytes)
{
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES];
    unsigned char signature[crypto_sign_BYTES];

    return sodium_hex2bin(public_key, sizeof public_key, sig->public_key.p, sig->public_key.n, NULL, NULL,
                          NULL) == 0 &&
           sodium_hex2bin(signature, sizeof signature, sig->signature.p, sig->signature.n, NULL, NULL,
                          NULL) == 0 &&
           crypto_sign_verify_detached(signature, (const unsigned char *)bytes.p, bytes.n, public_key) == 0;
}

/* The hash beside the signature tells which of the two was changed. */
enum release_signature_fault release_signature_check(const struct release_signature *sig, struct str bytes,
                                                     struct arena *a)
{
    const bool hash_fits = str_equal(release_hash(bytes, a), sig->hash);
    const bool is_signed = fits(sig, bytes);

    if (is_signed && hash_fits)
        return RELEASE_SIGNATURE_FITS;
    return is_signed || hash_fits ? RELEASE_SIGNATURE_CHANGED : RELEASE_SIGNATURE_BYTES_CHANGED;
}
