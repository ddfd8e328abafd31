/* How an application is decided: the data protection officer advises, another person grants or refuses, and a
 * granted access can be ended before its time. Each with words, which the researcher gets in a letter.
 * Whoever advised does not decide.
 *
 * `version` is that of the study as it was read: REFUSED when it has been changed meanwhile. */
#ifndef LYKTA_RESEARCH_STUDY_DECIDE_H
#define LYKTA_RESEARCH_STUDY_DECIDE_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "research/study_access.h"
#include "store/audit.h"

#include <stdbool.h>
#include <stdint.h>

struct city;
struct db;
struct outside;

struct study_advice {
    int64_t study, version;
    int64_t by; /* the person */
    bool is_to_grant;
    struct str words;
};

/* Advises, and writes to those who decide. Advice can be given anew until the decision. REFUSED when it has
 * been decided, BAD_INPUT without words. */
enum status study_advise(const struct city *city, struct db *db, const struct study_advice *advice,
                         const struct who *who, struct err *e) MUST_USE;

struct study_decision {
    int64_t study, version;
    int64_t by;
    struct str words;
    struct date until;           /* to grant: the last day; no later than the ethics decision's */
    struct study_grants granted; /* to grant: at least one release */
};

/* Grants, and queues the letter with the link that the figures are read by: it stands there alone. REFUSED
 * when the advice is missing, says no or is by the same person, or the ethics decision ends before. */
enum status study_grant(const struct city *city, struct db *db, const struct outside *outside,
                        const struct study_decision *decision, const struct who *who, struct err *e) MUST_USE;

/* Refuses, with the reasons. It needs no advice. */
enum status study_refuse(const struct city *city, struct db *db, const struct study_decision *decision,
                         const struct who *who, struct err *e) MUST_USE;

/* Ends a granted access at once. REFUSED when it is not open. */
enum status study_end(const struct city *city, struct db *db, const struct study_decision *decision,
                      const struct who *who, struct err *e) MUST_USE;

#endif
