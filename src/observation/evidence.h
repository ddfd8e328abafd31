/* What reports have taught: situations for the mapping, and which signs carry information.
 *
 * Counts are made when a recipient decides, and hold no way back to the report: a month, a kind of work, a
 * form, a part of the city. They are their own kind of evidence, and are never added to people on lists. */
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

enum outcome { OUTCOME_ORDINARY, OUTCOME_REFERRED, OUTCOME_CONFIRMED, OUTCOMES };

/* What a situation is counted as: a form of exploitation, in the order of its words ("labour"). */
enum { SITUATION_FORMS = 5 };
extern const char *const situation_form_name[SITUATION_FORMS];

/* Which form has the word `name`; false when none has. */
bool situation_form_named(struct str name, size_t *form);

/* Figures below this are not told, and the others in steps of it. */
enum { EVIDENCE_FEW = 5 };

/* Adds one situation, or the outcome of each of the report's signs. Inside the caller's change. A situation
 * stands in two tallies: for the mapping in the month its report came in, and for the picture (overview.h) in
 * the month it was counted, so that a month that is over never changes. */
enum status evidence_count(struct db *db, const struct report *r, struct str form, struct date received_on,
                           struct date counted_on, struct err *e) MUST_USE;
enum status evidence_outcome(struct db *db, const struct report *r, enum outcome outcome,
                             struct err *e) MUST_USE;

/* The situations of a period, for the mapping: months as "2026-11". Exact: they go through protection
 * (lib/protect) before anyone but the analyst sees them. */
struct situation_counts {
    size_t n;
    struct situation_count {
        struct str month;
        struct str actor;
        struct str form;
        struct str area;
        struct str place;
        int64_t n;
    } * count;
};
enum status evidence_situations(struct db *db, struct str first_month, struct str last_month, struct arena *a,
                                struct situation_counts *out, struct err *e) MUST_USE;

/* The situations counted in `month`, exact, as form and part of the city: for the picture alone. `out` is
 * added to. */
enum status evidence_told(struct db *db, struct str month, int64_t out[SITUATION_FORMS][AREAS],
                          struct err *e) MUST_USE;

/* What helps: of the reports with a sign, how many led on (referred or confirmed). */
struct sign_evidence {
    struct str sign;
    int64_t reports; /* rounded to a multiple of EVIDENCE_FEW; 0 and is_few when there are fewer */
    bool is_few;
    double share_lo; /* Wilson's 95 % interval of the share that led on, computed from the exact counts and */
    double share_hi; /* widened to whole steps of 0.05 */
    enum {
        SIGN_UNSURE,
        SIGN_HELPS,
        SIGN_ORDINARY
    } says; /* against the share of all reports: see evidence.c */
};
struct sign_evidences {
    size_t n;
    struct sign_evidence *sign;
};
enum status evidence_signs(struct db *db, struct arena *a, struct sign_evidences *out,
                           struct err *e) MUST_USE;

/* Wilson's interval for `k` of `n` at 95 %: Wilson (1927), JASA 22, 209-212. n = 0 gives 0..1. */
void wilson(int64_t k, int64_t n, double *lo, double *hi);

#endif
