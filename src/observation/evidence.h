/* What reports have taught: situations for the mapping. Which signs carry information: sign_evidence.h; which
 * are told together: sign_pairs.h.
 *
 * Counts are made when a recipient decides, and hold no way back to the report: a month, a form, a
 * part of the city; a year, a form, a kind of place; and a year, a form, two signs. They are their own kind
 * of evidence, and are never added to people on lists. */
#ifndef LYKTA_OBSERVATION_EVIDENCE_H
#define LYKTA_OBSERVATION_EVIDENCE_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "observation/report.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

/* What a situation is counted as: a form of exploitation, in the order of its words ("labour"). */
enum { SITUATION_FORMS = 5 };
extern const char *const situation_form_name[SITUATION_FORMS];

/* Which form has the word `name`; false when none has. */
bool situation_form_named(struct str name, size_t *form);

/* Adds one situation, in the month it is counted in: a month that is over never changes. Inside the caller's
 * change. */
enum status evidence_count(struct db *db, const struct report *r, struct str form, struct date counted_on,
                           struct err *e) MUST_USE;

/* The situations counted in `year`, exact, as form and kind of place: for year_situations.h alone, which
 * rounds them. `out` is added to. */
enum status evidence_of_year(struct db *db, int year, int64_t out[SITUATION_FORMS][PLACES],
                             struct err *e) MUST_USE;

/* The situations counted in `month`, exact, as form and part of the city: for overview.h alone, which rounds
 * them. `out` is added to. */
enum status evidence_told(struct db *db, struct str month, int64_t out[SITUATION_FORMS][AREAS],
                          struct err *e) MUST_USE;

#endif
