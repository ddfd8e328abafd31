/* A town with something of every class that a rule deletes, all from one moment. */
#ifndef LYKTA_TESTS_RETENTION_HOUSE_H
#define LYKTA_TESTS_RETENTION_HOUSE_H

#include "../observation/arrivals.h"

enum { HOUSE_NOON = 1795521600, HOUSE_DAY = 86400 }; /* 2026-11-24 12:00 UTC */

/* What people gave stands in it with this word. */
#define HOUSE_MARKER "spårlöst"

enum { HOUSE_CLOSED = 1, HOUSE_ACTED, HOUSE_HELD, HOUSE_NEVER_CLOSED }; /* numbers of its reports */

/* Fills the town with `n` rows of each class, and the four reports. */
void house_fill(struct town *t, int64_t n);

int64_t house_count(struct town *t, const char *sql);

#endif
