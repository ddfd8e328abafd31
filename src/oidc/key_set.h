/* The public keys a provider signs with (RFC 7517): which of them is a token's. */
#ifndef LYKTA_OIDC_KEY_SET_H
#define LYKTA_OIDC_KEY_SET_H

#include "base/err.h"
#include "base/str.h"
#include "oidc/oidc_settings.h"

#include <stdbool.h>

struct arena;

enum { KEY_SET_MOST = 64, KEY_RSA_LEAST_BITS = 2048 };

/* The key in the set `bytes` that is named `kid`, can be used with `algorithm` and is for signatures: as JSON
 * of its public members alone, in `a`. With an empty `kid` (a token need not name its key) the set must hold
 * just one such key. *is_found is false when there is none: the set may be older than the key. REFUSED when
 * the set cannot be read, names a key twice, or the key is too short to be trusted. */
enum status key_set_find(struct str bytes, struct str kid, enum oidc_algorithm algorithm, struct arena *a,
                         bool *is_found, struct str *key, struct err *e) MUST_USE;

#endif
