/* What a city does in a secure sum: it joins, gives its figures away under masks, and helps to take away the
 * masks of the sum.
 *
 * Between the steps it keeps a small secret, its part. Each step is done once: figures under the same masks
 * twice would show how they differ, and shares given twice could take away both masks of one city. The caller
 * keeps the changed part safely on disk before anything of the step goes out. Bonawitz et al. (2017), CCS,
 * section 4. */
#ifndef LYKTA_SECURE_CITY_H
#define LYKTA_SECURE_CITY_H

#include "secure/roster.h"

enum { PART_SCALAR = 32, PART_MAX_BYTES = 4096 };

enum part_step { PART_JOINED, PART_FIGURES_GIVEN, PART_REVEALED, PART_STEPS };

/* A city's part in a round. Secret: wipe it. */
struct sum_part {
    unsigned char round[LETTER_ROUND_BYTES];
    size_t place;
    enum part_step step;
    unsigned char pair[PART_SCALAR];       /* of the masks between cities */
    unsigned char own[PART_SCALAR];        /* of its own mask; both are zeros when it has revealed */
    unsigned char set[LETTER_ROUND_BYTES]; /* the roster that its figures were masked for, from then on */
};

/* The file of a part, and back. BAD_INPUT when it is none or of another round. */
void part_write(struct text *out, const struct sum_part *part);
enum status part_read(struct sum_part *out, const struct sum_round *r, const char *name, struct str bytes,
                      struct err *e) MUST_USE;

/* What a city has before it in a step. */
struct city_desk {
    const struct sum_round *round;
    const struct key_pair *key;  /* its own */
    const struct roster *roster; /* the one for it; city_join needs none */
    struct arena *secret;        /* for shares and figures */
};

/* Joins: a new part, and the join's file. REFUSED when the key is none of the round's; BAD_INPUT when a
 * city's key is none that can be sealed to. */
enum status city_join(struct sum_part *part, struct text *out, const struct city_desk *desk,
                      struct err *e) MUST_USE;

/* The city's figure for each cell of the round, 0..ROUND_MOST_FIGURE, with the round's noise, or without
 * noise also whether it has anybody in each cell, under masks. Every share in the roster is opened first, so
 * that a city which sent damaged ones is found before figures are given. REFUSED when the city has given its
 * figures or has revealed, or is not in the roster. */
enum status city_give(struct sum_part *part, struct text *out, const struct city_desk *desk,
                      const int64_t *figure, struct err *e) MUST_USE;

/* The shares that are asked for: of the own mask of each city whose figures have come, of the masks between
 * cities of each whose have not, never both. REFUSED when fewer cities' figures have come than round_needed,
 * the asking is about another roster, or the city has revealed before. The part's scalars are wiped. */
enum status city_reveal(struct sum_part *part, struct text *out, const struct city_desk *desk,
                        const struct letter *asking, struct err *e) MUST_USE;

#endif
