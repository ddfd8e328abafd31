/* The plan as it was decided: a copy that is never changed, and what has changed since.
 *
 * The measures (measure.h) are the draft. A decision takes a copy of them all with date, number and deciding
 * body: that is a public document of its own (Tryckfrihetsförordningen 2:10), without the internal notes. A
 * new decision makes a new version; the old ones stay readable. */
#ifndef LYKTA_PLAN_PLAN_H
#define LYKTA_PLAN_PLAN_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "plan/measure.h"
#include "store/audit.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

struct plan_decision {
    int64_t id; /* the version's number: 1, 2, … */
    struct date decided_on;
    struct str number; /* of the decision: "KS 2026/123" */
    struct str body;   /* who decided: "Kommunstyrelsen" */
    int64_t made_at;
};

/* Decides the plan as it stands. REFUSED, with the first measure that lacks it, when one has no owner;
 * REFUSED too when there are no measures. BAD_INPUT when date, number or body is missing. */
enum status plan_decide(struct db *db, const struct plan_decision *decision, const struct who *who,
                        int64_t *id, struct err *e) MUST_USE;

/* All decisions, the latest first; in `a`. */
enum status plan_decisions(struct db *db, struct arena *a, struct plan_decision **out, size_t *n,
                           struct err *e) MUST_USE;

/* Decision `id`; REFUSED when there is none. 0 is the latest. */
enum status plan_decision_find(struct db *db, int64_t id, struct arena *a, struct plan_decision *out,
                               struct err *e) MUST_USE;

/* The measures as decision `id` has them, in the order of measure_list; `state`, `owner` and `note` are not
 * part of it. In `a`. */
enum status plan_decided(struct db *db, int64_t id, struct arena *a, struct measures *out,
                         struct err *e) MUST_USE;

/* What has happened to a measure between a decided plan and now. */
enum plan_change { PLAN_SAME, PLAN_CHANGED, PLAN_NEW };

/* How `now` differs from `decided`, for each of now->measure; *removed is how many of the decided are gone.
 */
enum plan_change *plan_changes(const struct measures *decided, const struct measures *now, struct arena *a,
                               size_t *removed);

#endif
