/* What is deleted when of reports: closed for 6 months, or 24 when they were referred or counted. Keys, texts
 * and messages go; the register keeps number, days and decision (Arkivlagen 1990:782, 10 §). Not what is held
 * (triage_hold). */
#ifndef LYKTA_OBSERVATION_OBSERVATION_RETENTION_H
#define LYKTA_OBSERVATION_OBSERVATION_RETENTION_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "store/retention.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

/* Ends with a row whose class is NULL. */
extern const struct retention_rule observation_retention[];

/* A report that is held: its number in the register, when it was closed (no date: it is not), why it is held.
 */
struct observation_held {
    int64_t year;
    int64_t number;
    struct date closed_on;
    struct str reason;
};

/* By number, in `a`. */
enum status observations_held(struct db *db, struct arena *a, struct observation_held **out, size_t *n,
                              struct err *e) MUST_USE;

#endif
