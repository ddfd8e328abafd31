/* The passkeys of people, as they are kept: public keys and what they are called. */
#ifndef LYKTA_PASSKEY_PASSKEY_H
#define LYKTA_PASSKEY_PASSKEY_H

#include "base/err.h"
#include "base/str.h"
#include "passkey/webauthn.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

enum { PASSKEYS_MOST = 20, PASSKEY_NAME_LETTERS = 60 };

struct passkey {
    int64_t id;
    int64_t person;
    struct webauthn_key key;
    struct str name; /* "Chrome, Windows" to begin with */
    int64_t made_at;
    int64_t used_at; /* 0: never */
};

struct passkeys {
    size_t n;
    struct passkey *passkey;
};

/* All of a person's, the oldest first; in `a`. */
enum status passkeys_of(struct db *db, int64_t person, struct arena *a, struct passkeys *out,
                        struct err *e) MUST_USE;

/* The one with the device's id; id 0 when there is none. */
enum status passkey_find(struct db *db, struct str credential, struct arena *a, struct passkey *out,
                         struct err *e) MUST_USE;

/* Keeps a new one; REFUSED when its id is taken or the person has PASSKEYS_MOST. Inside the caller's change.
 */
enum status passkey_add(struct db *db, const struct passkey *passkey, struct err *e) MUST_USE;

/* Notes a use, with the device's counter. */
enum status passkey_used(struct db *db, const struct passkey *passkey, int64_t now_at,
                         struct err *e) MUST_USE;

/* Forgets one of `person`'s; *was_there is false when they have none with this id. */
enum status passkey_remove(struct db *db, int64_t person, int64_t id, bool *was_there,
                           struct err *e) MUST_USE;

/* Forgets all: for who has lost their devices. */
enum status passkeys_remove(struct db *db, int64_t person, struct err *e) MUST_USE;

#endif
