/* A round of a secure sum: which cities take part with which keys, who adds, and which cells are added.
 *
 * Whoever adds writes it once and signs it. Its hash stands in every other file of the round, so that a file
 * of one round says nothing in another; its thirty digits are compared by telephone, so that nobody can have
 * put keys of his own in the cities' places.  */
#ifndef LYKTA_SECURE_ROUND_H
#define LYKTA_SECURE_ROUND_H

#include "link/agreement.h"
#include "secure/letter.h"
#include "secure/noise.h"

enum {
    ROUND_LEAST_CITIES = 5, /* that figures are added of */
    ROUND_MOST_CITIES = 400,
    ROUND_MOST_CELLS = 50000,
    ROUND_MOST_FIGURE = 100000000 /* in a cell of a city */
};

struct sum_round {
    struct str name;
    struct public_key county; /* who adds */
    size_t n;
    struct public_key *city;
    size_t cells;
    struct str *cell;   /* what each is called */
    struct noise noise; /* what every city adds to its figures */
    unsigned char hash[LETTER_ROUND_BYTES];
};

/* How many cities' shares give a scalar back: more than two thirds of the cities. Of two groups of so many
 * more than a third of all are in both: docs/methods/secure-sum.md says why that is needed. */
size_t round_shares_needed(const struct sum_round *r);

/* The number of cities without whose figures nothing is added: the same, and never fewer than
 * ROUND_LEAST_CITIES. */
size_t round_needed(const struct sum_round *r);

/* Writes the round of r->name, r->city, r->cell, r->noise, signed by `county`, whose name and keys are
 * r->county; the hash is not read. REFUSED when there are fewer cities than ROUND_LEAST_CITIES; USAGE when a
 * name or key stands twice, is the county's, or there is too much of anything. */
enum status round_write(struct text *out, const struct sum_round *r, const struct key_pair *county,
                        struct arena *a, struct err *e) MUST_USE;

/* Reads one; it points into `bytes` and `a`. BAD_INPUT when it is none, changed, or breaks a rule above. */
enum status round_read(struct sum_round *out, const char *name, struct str bytes, struct arena *a,
                       struct err *e) MUST_USE;

/* Its thirty digits. */
void round_digits(const struct sum_round *r, char out[VOICE_DIGITS + 1]);

/* The place of the city with this key, or r->n. */
size_t round_place(const struct sum_round *r, const struct public_key *key);

/* letter_check for a letter of one of the round's cities, whose place is l->from. */
enum status round_check_city(const struct sum_round *r, const struct letter *l, enum letter_kind kind,
                             struct err *e) MUST_USE;

/* The same for a letter of whoever adds. */
enum status round_check_county(const struct sum_round *r, const struct letter *l, enum letter_kind kind,
                               struct err *e) MUST_USE;

#endif
