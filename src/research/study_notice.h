/* Notices that an access ends: 60, 30 and 7 days before, and when it is over. The end itself needs none of
 * this: a link is held against the clock each time it is used. */
#ifndef LYKTA_RESEARCH_STUDY_NOTICE_H
#define LYKTA_RESEARCH_STUDY_NOTICE_H

#include "base/err.h"
#include "store/audit.h"

#include <stdbool.h>
#include <stdint.h>

struct city;
struct db;

/* The notice that counts as given when an access until `ends_at` is granted: the letter that grants it says
 * how long it lasts. 0: none. */
int64_t study_notice_begin(int64_t ends_at, int64_t now_at);

/* Writes about the next access of which a notice is due, in one change with the note that it is given.
 * *has_told is false when there is none. */
enum status study_notice_next(const struct city *city, struct db *db, const struct who *who, bool *has_told,
                              struct err *e) MUST_USE;

#endif
