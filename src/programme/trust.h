/* The cities of a programme and their public keys: whose releases are taken, and whose signature must be on
 * them.
 *
 * A key is exchanged outside the program: read out in person by its fingerprint, or handed over with
 * keys/release.pub. A key belongs to one municipality, so that no city can sign for another.               */
#ifndef LYKTA_PROGRAMME_TRUST_H
#define LYKTA_PROGRAMME_TRUST_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum { TRUST_MAX_CITIES = 1000, TRUST_MAX_BYTES = 1 << 20, FINGERPRINT_TEXT = 39 };

struct trusted_city {
    struct str municipality; /* four digits */
    struct str key;          /* 64 hexadecimal digits, or the fingerprint's 32 */
    bool is_withdrawn;       /* takes no part any longer */
};

struct trust {
    size_t n;
    struct trusted_city *city; /* one for each municipality */
};

/* Reads `whole`, CSV with the columns municipality and key (a public key, or its fingerprint with or without
 * blanks), and withdrawn if there is one: anything in it says that the city has withdrawn. In `a`. BAD_INPUT
 * with line and column for a code or key in another form, and for a municipality that is there twice. */
enum status trust_read(const char *name, struct str whole, struct arena *a, struct trust *out,
                       struct err *e) MUST_USE;

/* The city, or NULL. */
const struct trusted_city *trust_find(const struct trust *t, struct str municipality);

/* The fingerprint of a public key of 64 hexadecimal digits: the first half of the SHA-256 of its bytes in
 * groups of four, to be read out: "1f3a 09bc ...". In `a`. */
struct str key_fingerprint(struct str public_key, struct arena *a);

/* Is `key` (64 or 32 hexadecimal digits) the public key, or its fingerprint? */
bool key_is(struct str key, struct str public_key, struct arena *a);

/* `text` without blanks, when that is 64 or 32 hexadecimal digits; small letters, in `a`. */
bool key_parse(struct str text, struct arena *a, struct str *out);

/* Four digits? */
bool is_municipality(struct str code);

#endif
