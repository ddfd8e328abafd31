/* Links that are good for whoever holds them: a random token, of which only the hash is kept, so that nobody
 * makes a link from the database. */
#ifndef LYKTA_PORTAL_LINK_TOKEN_H
#define LYKTA_PORTAL_LINK_TOKEN_H

#include "base/str.h"

struct arena;
struct outside;

enum { LINK_TOKEN_HASH_BYTES = 32 };

/* 256 random bits as 43 letters, digits, - and _, in `a`. */
struct str link_token_make(const struct outside *outside, struct arena *a);

/* What is kept of `token` and looked up: BLAKE2b-256, written to `hash`, which the result points to. */
struct str link_token_hash(struct str token, unsigned char hash[LINK_TOKEN_HASH_BYTES]);

#endif
