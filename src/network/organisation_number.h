/* A Swedish organisation number: ten digits, the last of which checks the others. */
#ifndef LYKTA_NETWORK_ORGANISATION_NUMBER_H
#define LYKTA_NETWORK_ORGANISATION_NUMBER_H

#include "base/str.h"

struct arena;

/* Which of the number's rules a text breaks, in the order they are looked at. */
enum organisation_number_fault {
    ORGANISATION_NUMBER_RIGHT,
    ORGANISATION_NUMBER_EMPTY,
    ORGANISATION_NUMBER_LETTERS, /* something else than digits, a hyphen and blanks */
    ORGANISATION_NUMBER_LENGTH,  /* not ten digits (or twelve that begin with 16) */
    ORGANISATION_NUMBER_PERSON, /* the third digit is 0 or 1, as in a person's number: not to be given here */
    ORGANISATION_NUMBER_CHECK   /* the last digit does not fit the first nine */
};

/* Reads "212000-1132" as people write it: blanks and the hyphen are skipped, and so is a "16" before the
 * number, the century in registers. *number is "212000-1132" in `a` when it is right, and untouched
 * otherwise. *digits is how many digits were found. Lag (1974:174) om identitetsbeteckning för juridiska
 * personer m.fl.; the last digit by the modulus-10 method, which is Luhn's. */
enum organisation_number_fault organisation_number_read(struct str text, struct arena *a, struct str *number,
                                                        int *digits);

#endif
