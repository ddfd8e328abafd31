/* What a browser says of a passkey, checked (W3C Web Authentication Level 2, sections 7.1 and 7.2). Computes
 * only: no database, no clock.
 *
 * A new passkey's public key comes as SubjectPublicKeyInfo, as the browser's getPublicKey() gives it, so that
 * libcrypto reads it and verifies with it; what devices attest of themselves is not asked for. Accepted are
 * ES256 (P-256), EdDSA (Ed25519) and RS256 (2048 bits or more), from a device that has verified its user. */
#ifndef LYKTA_PASSKEY_WEBAUTHN_H
#define LYKTA_PASSKEY_WEBAUTHN_H

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

enum webauthn_algorithm {
    WEBAUTHN_ES256 = -7,
    WEBAUTHN_EDDSA = -8,
    WEBAUTHN_RS256 = -257
}; /* RFC 8152, 8812 */

enum { WEBAUTHN_MOST_BYTES = 4096, WEBAUTHN_CREDENTIAL_MOST_BYTES = 1023 };

/* Where passkeys of this city are used. */
struct webauthn_site {
    struct str origin; /* "https://natverk.exempel.example" */
    struct str host;   /* "natverk.exempel.example": the relying party's id */
};

/* What was sent, decoded; all of it hostile. */
struct webauthn_sent {
    struct str client_data;        /* JSON */
    struct str authenticator_data; /* section 6.1 */
    struct str signature;          /* empty for a new passkey */
};

struct webauthn_key {
    struct str credential; /* the id that the device gave it */
    struct str spki;       /* DER */
    int64_t algorithm;     /* enum webauthn_algorithm */
    int64_t counter;       /* of the device; 0: it does not count */
};

/* Is it a new passkey, made here in answer to `challenge` (base64url, as the browser repeats it)? Sets
 * key->counter. REFUSED says in *e what is wrong. */
enum status webauthn_check_new(const struct webauthn_site *site, struct str challenge,
                               const struct webauthn_sent *sent, struct webauthn_key *key,
                               struct err *e) MUST_USE;

/* Has the passkey `key` signed `challenge` here, now? Sets key->counter to the device's; REFUSED, also when a
 * counter has fallen, which a copied device would show. */
enum status webauthn_check_use(const struct webauthn_site *site, struct str challenge,
                               const struct webauthn_sent *sent, struct webauthn_key *key,
                               struct err *e) MUST_USE;

#endif
