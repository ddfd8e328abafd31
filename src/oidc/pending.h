/* What the browser carries between leaving for the provider and coming back: sealed in a cookie of ten
 * minutes, so that nothing is stored for visitors without an account, and nobody can make or read one. The
 * cookie is SameSite=Lax, since coming back is a navigation from another site; the session's cookie stays
 * Strict. */
#ifndef LYKTA_OIDC_PENDING_H
#define LYKTA_OIDC_PENDING_H

#include "base/str.h"
#include "web/language.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct outside;
struct response;

#define PENDING_COOKIE "__Host-lykta-kommun"

enum {
    PENDING_SECONDS = 10 * 60,
    PENDING_KEY_BYTES = 32,
    PENDING_RANDOM_BYTES = 32,
    PENDING_MARK_BYTES = 16,
    PENDING_TARGET_BYTES = 500 /* a longer one is left out */
};

enum pending_step {
    PENDING_SIGN_IN, /* on the way to the provider, to sign in */
    PENDING_LINK,    /* on the way there, to link the account */
    PENDING_PROVEN   /* back, and who it is there is known: the person is to confirm */
};

struct pending {
    enum pending_step step;
    enum language language;
    int64_t begun_at;
    unsigned char state[PENDING_RANDOM_BYTES];
    unsigned char nonce[PENDING_RANDOM_BYTES];
    unsigned char verifier[PENDING_RANDOM_BYTES];
    unsigned char session[PENDING_MARK_BYTES]; /* of who links: pending_session of their session */
    struct str target;                         /* SIGN_IN: the page asked for; may be empty */
    struct str subject, acr;                   /* PROVEN */
};

/* A new one, with fresh random numbers. */
struct pending pending_new(enum pending_step step, enum language language, const struct outside *outside);

/* Sets the cookie, or takes it back. */
void pending_set(struct response *out, const unsigned char key[PENDING_KEY_BYTES], const struct pending *p,
                 const struct outside *outside);
void pending_clear(struct response *out);

/* Reads a cookie's value; texts in `a`. False when it was not sealed with `key` in the last ten minutes. */
bool pending_read(struct str cookie, const unsigned char key[PENDING_KEY_BYTES], int64_t now_at,
                  struct arena *a, struct pending *out);

/* The random bytes as they go to the provider (base64url), and the challenge of a verifier: base64url of the
 * SHA-256 of that text (RFC 7636, 4.2); in `a`. */
struct str pending_text(const unsigned char random[PENDING_RANDOM_BYTES], struct arena *a);
struct str pending_challenge(const unsigned char verifier[PENDING_RANDOM_BYTES], struct arena *a);

/* The mark of the session with the cookie `cookie`. */
void pending_session(struct str cookie, unsigned char out[PENDING_MARK_BYTES]);

#endif
