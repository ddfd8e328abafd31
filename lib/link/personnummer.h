/* Swedish personnummer and samordningsnummer.
 * YYYYMMDDNNNC or YYMMDD-NNNC, + instead of - from the year the person turns 100; a samordningsnummer has 60
 * added to the day. The last digit makes the Luhn sum of the ten digits YYMMDDNNNC a multiple of ten; the
 * last but one is odd for men (folkbokforingslagen 1991:481, 18 and 18 a §§; SKV 704, SKV 707). */
#ifndef LYKTA_LINK_PERSONNUMMER_H
#define LYKTA_LINK_PERSONNUMMER_H

#include "base/date.h"
#include "base/str.h"

#include <stdbool.h>

struct personnummer {
    char digits[13]; /* YYYYMMDDNNNC and a NUL; the day as written, with 60 added or not */
    struct date birth;
    char sex; /* 'K' or 'M' */
    bool is_coordination;
};

enum personnummer_reading {
    PERSONNUMMER_MISSING, /* an empty field */
    PERSONNUMMER_ODD,     /* not ten or twelve digits, not a date, or a wrong check digit: taken as missing */
    PERSONNUMMER_GOOD
};

/* `today` decides the century of ten digits: the latest that is not after it. `out` is untouched unless good.
 */
enum personnummer_reading personnummer_read(struct str field, struct date today, struct personnummer *out);

#endif
