/* When a person was born, as far as it is known: a day, a month, a year, or an age somebody guessed. */
#ifndef LYKTA_LINK_BIRTH_H
#define LYKTA_LINK_BIRTH_H

#include "base/date.h"
#include "base/str.h"

#include <stdbool.h>

/* 0 in a part means that it is not known. `is_estimate`: the year comes from an age, and may be off by some.
 */
struct birth {
    int year;
    int month;
    int day;
    bool is_estimate;
};

enum birth_order { BIRTH_YEAR_FIRST, BIRTH_DAY_FIRST };

enum birth_reading {
    BIRTH_MISSING, /* an empty field, or one that says nothing ("-", "0000-00-00") */
    BIRTH_ODD,     /* something that is no date: nothing is taken from it */
    BIRTH_WEAK,    /* the year alone, or 1 January, which registers put where they know the year alone */
    BIRTH_GOOD
};

/* Reads YYYY-MM-DD, YYYYMMDD, YYYY-MM, YYYY, and YYMMDD with an optional - or + after it; 00 and "??", "XX"
 * stand for a month or day that is not known. With BIRTH_DAY_FIRST also DD/MM/YYYY, DD.MM.YYYY and
 * DD-MM-YYYY. Two-digit years are the latest that is not after `today`; + means a hundred years before that
 * (SKV 704: from the year a person turns 100). A date after `today` or more than 130 years before it is odd.
 * `out` is all 0 unless the reading is weak or good. */
enum birth_reading birth_read(struct str field, enum birth_order order, struct date today, struct birth *out);

/* The birth year of someone who is, or is thought to be, `field` years old on `today` (0-130). BIRTH_WEAK
 * with is_estimate set, or BIRTH_MISSING, BIRTH_ODD. */
enum birth_reading birth_of_age(struct str field, struct date today, struct birth *out);

/* The latest year ending in `two_digits` in which one could be born on month-day and not after `today`. */
int birth_century(int two_digits, int month, int day, struct date today);

#endif
