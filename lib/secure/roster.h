/* Who has joined a round: made by whoever adds from the cities' joins, and read by every city before it
 * gives its figures away.
 *
 * A city's row is what the city itself has signed: its element for the masks it shares with others, and that
 * of its own mask. To a city the roster brings the shares that the others have sealed to it as well; the
 * roster that whoever adds keeps has none. */
#ifndef LYKTA_SECURE_ROSTER_H
#define LYKTA_SECURE_ROSTER_H

#include "secure/round.h"

enum {
    ROSTER_ELEMENT = 32,
    ROSTER_SIGNATURE = 64,
    ROSTER_SHARES = 64,                /* one of each scalar */
    ROSTER_SEALED = ROSTER_SHARES + 16 /* crypto_box adds an authenticator */
};

struct roster_row {
    size_t place;
    unsigned char pair[ROSTER_ELEMENT]; /* the base raised to the scalar of the masks between cities */
    unsigned char own[ROSTER_ELEMENT];  /* to that of its own mask */
    unsigned char signature[ROSTER_SIGNATURE];
    unsigned char sealed[ROSTER_SEALED]; /* to the city that the roster is for */
};

struct roster {
    size_t to; /* a city's place, or LETTER_COUNTY */
    size_t n;
    struct roster_row *row;                /* by place */
    unsigned char set[LETTER_ROUND_BYTES]; /* the hash of who has joined with which elements */
};

/* The city's signature over its place and elements in the round. */
void roster_sign(struct roster_row *row, const struct sum_round *r, const struct key_pair *city);

/* A join: the city's row, and sealed[r->n * ROSTER_SEALED], the shares for every city of the round. */
void join_write(struct text *out, const struct sum_round *r, const struct roster_row *row,
                const unsigned char *sealed, const struct key_pair *city);

/* Reads one. BAD_INPUT when it is none of this round, or not signed by a city of it. *sealed points into the
 * letter. */
enum status join_read(struct roster_row *out, const unsigned char **sealed, const struct sum_round *r,
                      const struct letter *l, struct err *e) MUST_USE;

/* Writes a roster, its rows by place; the set's hash is worked out here. */
void roster_write(struct text *out, const struct sum_round *r, struct roster *x,
                  const struct key_pair *county, struct arena *a);

/* Reads one that is for `to`. BAD_INPUT when it is another's or of another round, a row is not signed by its
 * city, or an element is none of the group; REFUSED when fewer have joined than round_needed. */
enum status roster_read(struct roster *out, const struct sum_round *r, const struct letter *l, size_t to,
                        struct arena *a, struct err *e) MUST_USE;

/* Whom a roster is for: a city's place, or LETTER_COUNTY. BAD_INPUT when it is nobody of the round. */
enum status roster_addressee(size_t *to, const struct sum_round *r, const struct letter *l,
                             struct err *e) MUST_USE;

/* The row of the city at `place`, or NULL. */
const struct roster_row *roster_find(const struct roster *x, size_t place);

#endif
