/* A city's signature of bytes, as text of four lines (docs/release-format.md): its public key, the SHA-256 of
 * the bytes, and an Ed25519 signature of them (RFC 8032). There is one way to write it. */
#ifndef LYKTA_RELEASE_RELEASE_SIGNATURE_H
#define LYKTA_RELEASE_RELEASE_SIGNATURE_H

#include "base/str.h"

#include <stdbool.h>

struct arena;
struct key;

enum { RELEASE_SIGNATURE_TEXT_BYTES = 18 + 76 + 81 + 139 };

/* Small hexadecimal digits. */
struct release_signature {
    struct str public_key; /* 64 */
    struct str hash;       /* 64 */
    struct str signature;  /* 128 */
};

/* Of `bytes`, made with the release key of a city (KEY_RELEASE); in `a`. */
struct release_signature release_signature_make(struct str bytes, const struct key *key, struct arena *a);

/* The four lines, RELEASE_SIGNATURE_TEXT_BYTES long; in `a`. */
struct str release_signature_text(const struct release_signature *sig, struct arena *a);

/* Takes the text apart; false when it is not in that form, to the byte. *out points into `text`. */
bool release_signature_read(struct str text, struct arena *a, struct release_signature *out);

enum release_signature_fault {
    RELEASE_SIGNATURE_FITS,
    RELEASE_SIGNATURE_BYTES_CHANGED, /* the bytes are not those that were signed */
    RELEASE_SIGNATURE_CHANGED        /* the bytes are those that the hash names, and the signature is wrong */
};

/* Is it the signature of `bytes`, by the key that it names? */
enum release_signature_fault release_signature_check(const struct release_signature *sig, struct str bytes,
                                                     struct arena *a);

/* The SHA-256 of `bytes`, 64 small hexadecimal digits; in `a`. */
struct str release_hash(struct str bytes, struct arena *a);

#endif
