/* Days and moments: the proleptic Gregorian calendar, ISO 8601, no time zones beyond UTC. */
#ifndef LYKTA_BASE_DATE_H
#define LYKTA_BASE_DATE_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct date {
    int year;  /* 1-9999; 0 means "no date" */
    int month; /* 1-12 */
    int day;   /* 1-31 */
};

/* Reads "2026-11-24"; false, and *out untouched, when `s` is not a real day. */
bool date_from_str(struct str s, struct date *out);

/* Writes "2026-11-24" and a NUL. */
void date_to_text(struct date d, char out[11]);

/* Days since 1970-01-01, negative before it. */
int64_t date_days(struct date d);
struct date date_from_days(int64_t days);

/* The UTC day of a moment given as seconds since 1970. */
struct date date_of(int64_t at);

/* The same day `months` later, or earlier when negative: 31 January and one month is the last of February. */
struct date date_add_months(struct date d, int months);

/* Writes the moment as "2026-11-24T05:06:07Z" and a NUL. */
void moment_to_text(int64_t at, char out[21]);

bool date_equal(struct date a, struct date b);

#endif
