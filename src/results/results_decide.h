/* What the programme decides about results: publish them, send them back with words, or withdraw what is
 * published with words. The researcher gets a letter each time, and whoever decided is noted.
 *
 * `version` is that of the results as they were read: REFUSED when they have been handed in anew, or decided
 * about, meanwhile. */
#ifndef LYKTA_RESULTS_RESULTS_DECIDE_H
#define LYKTA_RESULTS_RESULTS_DECIDE_H

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct city;
struct db;
struct who;

enum results_act { RESULTS_PUBLISH, RESULTS_RETURN, RESULTS_WITHDRAW };

struct results_decision {
    enum results_act act;
    int64_t study, version;
    int64_t by;       /* the person */
    struct str words; /* why; not to publish */
};

/* BAD_INPUT without words where there must be some; REFUSED when what is decided about is not there. */
enum status results_decide(const struct city *city, struct db *db, const struct results_decision *decision,
                           const struct who *who, struct err *e) MUST_USE;

#endif
