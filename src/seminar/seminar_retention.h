/* What is deleted when: access and food needs 7 days after the seminar; invitations without an answer 3
 * months after it; lists of who signed up and came 12 months after it, of which only counts by kind of actor
 * stay. */
#ifndef LYKTA_SEMINAR_SEMINAR_RETENTION_H
#define LYKTA_SEMINAR_SEMINAR_RETENTION_H

#include "base/err.h"
#include "store/audit.h"

#include <stdint.h>

struct db;

enum { SEMINAR_NEEDS_DAYS = 7, SEMINAR_UNANSWERED_DAYS = 92, SEMINAR_LIST_DAYS = 366 };

struct seminar_retained {
    int64_t needs, invitations, signups, letters; /* deleted */
};

/* Deletes what is due on the day `who` acts, in one change whose line in the log says how much. Without
 * anything to delete no line is written. */
enum status seminar_retention(struct db *db, const struct who *who, struct seminar_retained *out,
                              struct err *e) MUST_USE;

#endif
