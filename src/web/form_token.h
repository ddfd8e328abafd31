/* The token in every form: it shows that the form is one of ours, made for the person who sends it, and not
 * too long ago; and it tells one sending of it from the next, so that a second click changes nothing twice.
 *
 * A token is a moment, a random number and a keyed BLAKE2b over both. The key belongs to the session of who
 * is signed in, or else to the city, so that nobody can use the token of another's session; nothing is
 * stored. (OWASP ASVS 5.0, 3.5; the HMAC form of the synchroniser token.) */
#ifndef LYKTA_WEB_FORM_TOKEN_H
#define LYKTA_WEB_FORM_TOKEN_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct html;

enum { FORM_KEY_BYTES = 32, FORM_ONCE_BYTES = 16, FORM_TOKEN_SECONDS = 24 * 3600 };

#define FORM_TOKEN_FIELD "token"

/* What the tokens of one person are made with, now. */
struct form_seal {
    unsigned char key[FORM_KEY_BYTES];
    int64_t now_at;
};

/* What a token says. */
struct form_stamp {
    int64_t made_at;
    unsigned char once[FORM_ONCE_BYTES]; /* another in each form that is shown */
};

/* Writes the hidden field of a form: {% call form_token(h, v->layout.seal) %}. */
void form_token(struct html *h, const struct form_seal *seal);

/* Reads the token of a form that was sent; false when it was not made with `seal`'s key in the last
 * FORM_TOKEN_SECONDS. */
bool form_token_read(const struct form_seal *seal, struct str token, struct form_stamp *out);

#endif
