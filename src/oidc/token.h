/* The token in which a provider says who has signed in: a signed JWT (RFC 7519), checked as OpenID Connect
 * Core 1.0, 3.1.3.7 and RFC 8725 ask. The signature itself is verified in tools.h. */
#ifndef LYKTA_OIDC_TOKEN_H
#define LYKTA_OIDC_TOKEN_H

#include "base/err.h"
#include "base/str.h"
#include "oidc/oidc_settings.h"

#include <stdint.h>

struct arena;

enum {
    TOKEN_MOST_BYTES = 16 * 1024,
    TOKEN_SUBJECT_BYTES = 255, /* Core 1.0, 2: at most 255 ASCII characters */
    TOKEN_ACR_BYTES = 200,
    TOKEN_SKEW_SECONDS = 60 /* how far the provider's clock may be from ours */
};

/* The key that the head of `token` names, in `a`; empty when it names none. REFUSED when it is not three
 * parts of base64url, its algorithm is another than the configured one (also "none", also a shared secret),
 * or its head brings a key of its own, an address of one, or asks for what we do not know (crit). */
enum status token_head(struct str token, enum oidc_algorithm algorithm, struct arena *a, struct str *kid,
                       struct err *e) MUST_USE;

/* What the claims must fit. */
struct token_wanted {
    struct str issuer;
    struct str client_id;
    struct str nonce;
    int64_t begun_at; /* when the browser was sent off: a token is not older */
    int64_t now_at;
};

struct token_told {
    struct str subject; /* who it is, at the issuer */
    struct str acr;     /* how sure the provider is; empty: it does not say */
};

/* Checks the claims `payload`, whose signature has been verified; texts in `a`. REFUSED names the first claim
 * that does not fit, and no value of it. */
enum status token_claims(struct str payload, const struct token_wanted *wanted, struct arena *a,
                         struct token_told *out, struct err *e) MUST_USE;

#endif
