/* What helps: which signs carry information.
 *
 * For each sign, how many of the reports with it had an ordinary explanation, were referred, or were
 * confirmed. The counts are made when a recipient decides and hold no way back to the report: a month, a
 * sign, an outcome. The table of all signs by outcome, of the months that are over, goes through the house's
 * protection (lib/protect): it changes once a month, and who looks every day sees no single decision.
 * Everything that is said of a sign, its interval too, is worked out from the rounded figures alone. */
#ifndef LYKTA_OBSERVATION_SIGN_EVIDENCE_H
#define LYKTA_OBSERVATION_SIGN_EVIDENCE_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "observation/overview.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct report;

enum outcome { OUTCOME_ORDINARY, OUTCOME_REFERRED, OUTCOME_CONFIRMED, OUTCOMES };

/* Counts the outcome of each of the report's signs. Inside the caller's change. */
enum status sign_outcome(struct db *db, const struct report *r, enum outcome outcome, struct date decided_on,
                         struct err *e) MUST_USE;

struct sign_evidence {
    struct str sign;
    int64_t reports; /* rounded: a multiple of the base */
    int64_t lo, hi;  /* between which the true number lies */
    double
        share_lo; /* of the share that led on (referred or confirmed): Wilson's 95 % interval, widened by */
    double share_hi; /* the rounding, and to whole steps of 0.05 */
    enum {
        SIGN_UNSURE,
        SIGN_HELPS,
        SIGN_ORDINARY
    } says; /* against the share of all reports: see sign_evidence.c */
};
struct sign_evidences {
    size_t n;
    struct sign_evidence *sign;
};

/* The signs with a figure that is not rounded to nothing, in the catalogue's order; in `a`. REFUSED when
 * protection finds a figure that would tell too much. */
enum status sign_evidence_read(const struct overview_source *source, struct arena *a,
                               struct sign_evidences *out, struct err *e) MUST_USE;

/* Wilson's interval for `k` of `n` at 95 %: Wilson (1927), JASA 22, 209-212. n = 0 gives 0..1. */
void wilson(int64_t k, int64_t n, double *lo, double *hi);

#endif
