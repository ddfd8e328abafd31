/* What a provider says of itself at its address + /.well-known/openid-configuration.
 * OpenID Connect Discovery 1.0, sections 3 and 4.3; RFC 9207 for the issuer in answers. */
#ifndef LYKTA_OIDC_DESCRIPTION_H
#define LYKTA_OIDC_DESCRIPTION_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>

struct arena;
struct oidc_settings;

struct description {
    struct str authorize_at; /* where browsers go */
    struct str token_at;     /* where a code becomes a token */
    struct str keys_at;
    bool takes_head;   /* our secret in the head of a request (RFC 7617), */
    bool takes_form;   /* or in its form */
    bool names_issuer; /* answers by the browser say who they come from */
};

/* Reads `bytes` into `a`. REFUSED when the provider calls itself other than the configured issuer, when the
 * addresses for tokens and keys are not on the issuer's own host, or when it cannot do what we ask of it: the
 * code flow, PKCE by S256, the configured algorithm (lists that a provider leaves out are not held against
 * it). */
enum status description_read(struct str bytes, const struct oidc_settings *s, struct arena *a,
                             struct description *out, struct err *e) MUST_USE;

#endif
