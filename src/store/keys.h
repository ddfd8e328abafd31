/* A city's secret keys: files of 32 bytes in keys/, readable by their owner alone, wiped from memory after
 * use. */
#ifndef LYKTA_STORE_KEYS_H
#define LYKTA_STORE_KEYS_H

#include "base/err.h"
#include "base/str.h"

struct arena;

enum { KEY_BYTES = 32 };

enum key_kind {
    KEY_RELEASE, /* keys/release.key: the seed of the Ed25519 pair that signs releases */
    KEY_CUBE,    /* keys/cube.key: what the rounding of published tables is drawn with; never changed, never
                  * shown
                  */
    KEY_LOOKUP,  /* keys/lookup.key: without it the names of sealed reports' rows cannot be guessed at */
    KEY_LINK,    /* keys/link.key: what links in letters, which act for their reader, are proved with */
    KEY_ACCOUNT, /* keys/account.key: what people sign in with beside their passwords is sealed with it */
    KEY_KINDS
};

/* A key in memory that is not swapped to disk, where the system allows that. */
struct key {
    unsigned char bytes[KEY_BYTES];
};

/* Makes the keys at random in the new folder `folder`/keys (0700), and release.pub: the public key in
 * hexadecimal. */
enum status keys_make(const char *folder, struct err *e) MUST_USE;

/* Makes the key `kind` of the city at `folder` if it has none: of a city made by an older program. */
enum status key_make_missing(const char *folder, enum key_kind kind, struct err *e) MUST_USE;

/* Reads a key of the city at `folder`. SYSTEM when it cannot be read, BAD_INPUT when it is not a key or
 * others than its owner may read it. Whoever reads it calls key_wipe. */
enum status key_read(const char *folder, enum key_kind kind, struct key *out, struct err *e) MUST_USE;

/* Overwrites the key. Harmless twice. */
void key_wipe(struct key *key);

/* The public half of the release key, 64 hexadecimal digits in `a`: reads no secret. */
enum status key_public(const char *folder, struct arena *a, struct str *hex, struct err *e) MUST_USE;

#endif
