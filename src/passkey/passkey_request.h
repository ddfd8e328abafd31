/* What both pages of passkeys read from a request. */
#ifndef LYKTA_PASSKEY_PASSKEY_REQUEST_H
#define LYKTA_PASSKEY_PASSKEY_REQUEST_H

#include "passkey/webauthn.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct request;

enum { PASSKEY_CHALLENGE_SECONDS = 5 * 60 };

/* Where passkeys are used: the city's address in lykta.conf, which must be https; without one, this machine
 * alone, as http://localhost. False when browsers keep no passkeys for where the city is served. */
bool passkey_site(const struct request *r, struct webauthn_site *out);

/* The form's field, base64url, decoded in the request's arena; empty when it is not that. */
struct str passkey_field(const struct request *r, const char *name);

/* Bytes as the browser's script reads them: base64url, in `a`. */
struct str passkey_text(struct str bytes, struct arena *a);

/* The challenge of the form that was sent: its token, which is random, ours, and good for one form; empty
 * when it is too old. */
struct str passkey_challenge(const struct request *r);

/* What the browser sent, with the key's id. */
struct webauthn_sent passkey_sent(const struct request *r);

#endif
