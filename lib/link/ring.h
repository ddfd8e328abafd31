/* Lists compared without any holder of a key: each agency raises everybody's elements to an exponent of its
 * own, in turn. When all have, equal persons are equal elements, and to guess who they are all agencies must
 * come together.
 *
 * An element is a person's match key hashed to ristretto255 (RFC 9496; hash_to_ristretto255 of RFC 9380 with
 * SHA-512), 32 bytes; 32 zeros, which are the identity and nobody's element, stand for a key that is missing.
 * A person has a row of elements, one for each kind of key. The group's order is prime: there is no small
 * subgroup to test for. Diffie-Hellman as private set intersection: Huberman, Franklin & Hogg 1999; keys of
 * several kinds: Buddhavarapu et al. 2020 (Private-ID). Hides nothing of a list's size.   */
#ifndef LYKTA_LINK_RING_H
#define LYKTA_LINK_RING_H

#include "base/err.h"
#include "base/str.h"
#include "base/stream.h"
#include "link/person.h"
#include "link/schema.h"

#include <stddef.h>

struct arena;
struct progress;
struct text;

enum {
    RING_POINT = 32,
    RING_MAX_AGENCIES = 16,
    RING_MAX_PEOPLE = 1000000,
    RING_PROOF = 96 /* challenge, response, and the hash of what it is about */
};

/* Kinds of match keys, in the order in which they are matched. */
enum ring_key { RING_PERSONNUMMER, RING_NAMES_DATE, RING_SOUNDS_DATE, RING_NAMES_YEAR, RING_KEYS };

/* The word for a kind: "personnummer", "names+date", "sounds+date", "names+year". */
const char *ring_key_name(enum ring_key key);

/* A list on its way round. */
struct ring_list {
    struct str project;
    struct str round;
    struct str list;
    unsigned char schema_hash[SCHEMA_HASH_BYTES];
    unsigned kinds; /* bit k is set when the rows have an element for kind k */
    size_t width;   /* elements in a row */
    size_t n;       /* rows */
    size_t passed;  /* agencies that have raised it */
    unsigned char by[RING_MAX_AGENCIES][RING_POINT]; /* their public keys */
    unsigned char *point;                            /* n * width * RING_POINT */
};

/* An agency's exponent, and the base raised to it. Secret: wipe it. */
struct ring_secret {
    unsigned char scalar[RING_POINT];
    unsigned char open[RING_POINT];
};

/* A new exponent. */
void ring_secret_new(struct ring_secret *out);
void ring_secret_write(struct text *out, const struct ring_secret *secret, const struct schema *schema);

/* Reads an agency's exponent, which is good for one round: BAD_INPUT when it is none, or of another project,
 * round or schema. */
enum status ring_secret_read(struct ring_secret *out, const struct schema *schema, const char *name,
                             struct str bytes, struct err *e) MUST_USE;

/* `n` <= 64 bytes from `message` and `purpose`: expand_message_xmd of RFC 9380, section 5.3.1, SHA-512. */
void ring_expand(struct str message, struct str purpose, unsigned char *out, size_t n);

/* The elements of `p`, not yet raised, for the kinds of `out`, into row `i`. */
void ring_hash(struct ring_list *out, size_t i, const struct schema *schema, const struct person *p,
               struct arena *scratch);

/* Room for `n` rows of a list of `schema` with `kinds`; in `a`. */
void ring_list_new(struct ring_list *out, const struct schema *schema, struct str list, unsigned kinds,
                   size_t n, struct arena *a);

/* Leaves out the rows whose personnummer or names and date are those of an earlier row: one person twice in
 * the agency's list. Before the list is raised. Returns how many were left out. */
size_t ring_dedupe(struct ring_list *x, struct arena *a);

/* A random order of the rows. */
void ring_shuffle(struct ring_list *x, struct arena *a);

/* Raises every element of `x` to the exponent, on threads, and notes who did. BAD_INPUT when an element is
 * none of the group, REFUSED when this agency has raised the list before; SYSTEM when `p` was asked to stop.
 */
enum status ring_raise(struct ring_list *x, const struct ring_secret *secret, struct arena *a,
                       struct progress *p, struct err *e) MUST_USE;

/* A proof that `after` is `before` (the same rows in the same order), each raised to the exponent of
 * secret->open: Chaum & Pedersen 1992, for all elements at once with coefficients from a hash of them (RFC
 * 9497, section 2.2). */
void ring_prove(unsigned char proof[RING_PROOF], const struct ring_list *before,
                const struct ring_list *after, const struct ring_secret *secret);

/* REFUSED when the proof does not hold, or `after` has other rows than `before`. */
enum status ring_verify(const unsigned char proof[RING_PROOF], const struct ring_list *before,
                        const struct ring_list *after, struct err *e) MUST_USE;

/* REFUSED when `a` and `b` do not hold the same rows, in whatever order. */
enum status ring_same_rows(const struct ring_list *a, const struct ring_list *b, struct arena *scratch,
                           struct err *e) MUST_USE;

/* A list as a file: lines of a word and a value, an empty line, the rows, and SHA-256 of everything before.
 */
enum status ring_write(const struct ring_list *x, const struct sink *to, struct arena *a,
                       struct err *e) MUST_USE;

/* Reads one; `name` stands for the file in messages. All is in `a`. BAD_INPUT when it is cut short or
 * changed, anything is out of bounds, or an element is none of the group. */
enum status ring_read(struct ring_list *out, const char *name, struct str bytes, struct arena *a,
                      struct err *e) MUST_USE;

#endif
