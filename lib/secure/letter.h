/* The files of a secure sum: who wrote it, what it is, for which round, and a signature over all of it.
 *
 * A first line that says the kind ("lykta-sum 1 join"), 32 bytes of the round, 4 of the sender's place, the
 * body, and an Ed25519 signature (RFC 8032). Numbers are little-endian. docs/methods/secure-sum.md.  */
#ifndef LYKTA_SECURE_LETTER_H
#define LYKTA_SECURE_LETTER_H

#include "base/err.h"
#include "base/str.h"
#include "base/text.h"

#include <stddef.h>

struct key_pair;
struct public_key;

enum { LETTER_ROUND_BYTES = 32, LETTER_MAX_BYTES = 32 * 1024 * 1024 };

/* The place of whoever adds: no city's. */
#define LETTER_COUNTY ((size_t)UINT32_MAX)

enum letter_kind {
    LETTER_ROUND,   /* county: who takes part, and the cells that are added */
    LETTER_JOIN,    /* city: its elements, and shares sealed to every city */
    LETTER_ROSTER,  /* county, to one city: who has joined, and that city's sealed shares */
    LETTER_FIGURES, /* city: its figures under masks */
    LETTER_ASKING,  /* county: whose figures have come */
    LETTER_REVEAL,  /* city: the shares that take away the masks of the sum */
    LETTER_KINDS
};

struct letter {
    const char *name; /* of the file, for messages */
    enum letter_kind kind;
    const unsigned char *round;
    size_t from; /* a city's place, or LETTER_COUNTY */
    struct str body;
    struct str signed_part;
    const unsigned char *signature;
};

/* The letter, signed by `by`. */
void letter_write(struct text *out, enum letter_kind kind, const unsigned char round[LETTER_ROUND_BYTES],
                  size_t from, struct str body, const struct key_pair *by);

/* Takes a letter apart; it points into `bytes`. The signature is not looked at yet: who should have signed
 * is told by the round. BAD_INPUT when it is none. */
enum status letter_read(struct letter *out, const char *name, struct str bytes, struct err *e) MUST_USE;

/* BAD_INPUT when the letter is of another kind, of another round, or not signed by the holder of `key`. */
enum status letter_check(const struct letter *l, enum letter_kind kind,
                         const unsigned char round[LETTER_ROUND_BYTES], const struct public_key *key,
                         struct err *e) MUST_USE;

/* SHA-256 of the whole letter. */
void letter_hash(const struct letter *l, unsigned char out[LETTER_ROUND_BYTES]);

/* A body that is read from its beginning on; every fault is BAD_INPUT with the file's name. */
struct letter_cut {
    const char *name;
    struct str rest;
};

enum status cut_bytes(struct letter_cut *c, size_t n, const unsigned char **out, struct err *e) MUST_USE;
enum status cut_copy(struct letter_cut *c, unsigned char *out, size_t n, struct err *e) MUST_USE;
enum status cut_number(struct letter_cut *c, size_t lo, size_t hi, size_t *out, struct err *e) MUST_USE;
/* A text of 1..100 bytes of UTF-8 without control characters. */
enum status cut_text(struct letter_cut *c, struct str *out, struct err *e) MUST_USE;
enum status cut_end(const struct letter_cut *c, struct err *e) MUST_USE;

/* What they read. */
void put_bytes(struct text *out, const unsigned char *bytes, size_t n);
void put_number(struct text *out, size_t number);
void put_text(struct text *out, struct str s);

/* Can `s` be written as such a text? */
bool letter_text_fits(struct str s);

#endif
