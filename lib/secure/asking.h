/* Whose figures have come, told to all cities by whoever adds, and asked of them: the shares that take away
 * the masks. */
#ifndef LYKTA_SECURE_ASKING_H
#define LYKTA_SECURE_ASKING_H

#include "secure/roster.h"

struct asking {
    const unsigned char *has_come; /* a byte of 0 or 1 for each row of the roster */
    size_t came;
    unsigned char hash[LETTER_ROUND_BYTES];
};

void asking_write(struct text *out, const struct sum_round *r, const struct roster *roster,
                  const unsigned char *has_come, const struct key_pair *county);

/* Reads one; it points into the letter. BAD_INPUT when it is none of this round or about another roster,
 * REFUSED when fewer have come than round_needed. */
enum status asking_read(struct asking *out, const struct sum_round *r, const struct roster *roster,
                        const struct letter *l, struct err *e) MUST_USE;

#endif
