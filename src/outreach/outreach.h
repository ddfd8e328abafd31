/* Outreach: an evening's counts, kept by the organisation that made them, and given to the mapping only when
 * it says so. There is nothing about any person to hand out: the columns are days, forms and numbers. */
#ifndef LYKTA_OUTREACH_OUTREACH_H
#define LYKTA_OUTREACH_OUTREACH_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

enum { OUTREACH_MOST = 10000 }; /* of each number */

struct outreach {
    int64_t id;
    int64_t organisation;
    struct date held_on;
    struct str form; /* as people said themselves: "sexual", "labour" … */
    int64_t contacts;
    int64_t new_contacts; /* of them; who was met before is known from the worker's own paper code */
    int64_t offered;
    int64_t accepted; /* of what was offered */
};

/* BAD_INPUT when a number is negative, above OUTREACH_MOST or larger than what it is part of. */
enum status outreach_add(struct db *db, const struct outreach *evening, const struct who *who,
                         struct err *e) MUST_USE;

/* Takes away one of the organisation's own evenings. REFUSED when it is another's, or was given away. */
enum status outreach_remove(struct db *db, int64_t organisation, int64_t id, const struct who *who,
                            struct err *e) MUST_USE;

/* The organisation's evenings that have not been given away, the latest first. */
struct outreaches {
    size_t n;
    struct outreach *evening;
};
enum status outreach_list(struct db *db, int64_t organisation, struct arena *a, struct outreaches *out,
                          struct err *e) MUST_USE;

/* The organisation's own months: its curve. */
struct outreach_months {
    size_t n;
    struct outreach_month {
        struct str month; /* "2026-11" */
        int64_t evenings;
        int64_t contacts;
        int64_t new_contacts;
        int64_t offered;
        int64_t accepted;
        int64_t shared; /* evenings given to the mapping */
    } * month;
};
enum status outreach_own(struct db *db, int64_t organisation, struct arena *a, struct outreach_months *out,
                         struct err *e) MUST_USE;

/* Gives a month to the mapping. REFUSED when a sum in it is below `smallest`, the organisation's own rule. */
enum status outreach_share(struct db *db, int64_t organisation, struct str month, int64_t smallest,
                           const struct who *who, struct err *e) MUST_USE;

/* What was given: sums over organisations, by month; nobody's own figure. */
enum status outreach_shared(struct db *db, struct arena *a, struct outreach_months *out,
                            struct err *e) MUST_USE;

#endif
