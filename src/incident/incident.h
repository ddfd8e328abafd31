/* Something has gone wrong with what the city keeps of people: a personal data breach (GDPR 4.12), from the
 * moment it was noticed until what was learned of it.
 *
 * Articles 33 and 34 say what must be done: judge the risk, report to the supervisory authority within 72
 * hours of becoming aware of it unless a risk is unlikely, tell those whom the data are about when the risk
 * is high, and keep a record of all of it, also of what is not reported. */
#ifndef LYKTA_INCIDENT_INCIDENT_H
#define LYKTA_INCIDENT_INCIDENT_H

#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

enum { INCIDENT_REPORT_SECONDS = 72 * 3600, INCIDENT_NOT_KNOWN = -1 };

/* What happened to the data: a set of bits. */
enum incident_nature {
    INCIDENT_SEEN = 1, /* somebody without a right to has read them, or may have */
    INCIDENT_ALTERED = 2,
    INCIDENT_LOST = 4 /* or cannot be reached */
};

enum incident_risk { INCIDENT_NOT_JUDGED, INCIDENT_NO_RISK, INCIDENT_RISK, INCIDENT_HIGH_RISK };

/* Article 34: how those whom the data are about were told, or why they are not. */
enum incident_telling {
    INCIDENT_TELLING_NOT_DECIDED,
    INCIDENT_TOLD,              /* each of them */
    INCIDENT_TOLD_PUBLICLY,     /* 34.3 c: to reach each would take more than is reasonable */
    INCIDENT_UNREADABLE,        /* 34.3 a: the data cannot be read by who has them */
    INCIDENT_PREVENTED,         /* 34.3 b: the high risk is no longer likely */
    INCIDENT_TELLING_NOT_NEEDED /* 34.1: the risk is not high */
};

struct incident {
    int64_t id;
    int64_t version;    /* counts its changes: what a form was filled in from */
    int64_t noticed_at; /* when the city became aware of it: the 72 hours count from here */
    int64_t opened_at;
    struct str what;
    int natures;      /* of enum incident_nature */
    struct str kinds; /* ids of activities in the register of processing, with a space between */
    bool is_going_on;
    int64_t persons, records; /* about how many; INCIDENT_NOT_KNOWN */

    enum incident_risk risk;
    struct str risk_why, consequences, measures;

    int64_t reported_at; /* to the authority; 0: it has not been */
    struct str reported_number;
    struct str late_why; /* of a report after the 72 hours */

    enum incident_telling telling;
    int64_t told_at; /* 0: they have not been */
    struct str told_note;

    int64_t closed_at; /* 0: it is open */
    struct str learned;
};

struct incidents {
    size_t n;
    struct incident *incident;
};

/* What was done. */
enum incident_step_kind {
    INCIDENT_STEP_OPENED,
    INCIDENT_STEP_CHANGED,
    INCIDENT_STEP_JUDGED,
    INCIDENT_STEP_REPORTED,
    INCIDENT_STEP_TOLD,
    INCIDENT_STEP_NOTED, /* in somebody's own words */
    INCIDENT_STEP_SHUT,
    INCIDENT_STEP_OPENED_DOORS,
    INCIDENT_STEP_CLOSED,
    INCIDENT_STEPS
};

struct incident_step {
    int64_t at;
    struct str who; /* as the log names them: "person 7" */
    enum incident_step_kind kind;
    struct str words; /* empty: none */
};

struct incident_steps {
    size_t n;
    struct incident_step *step;
};

/* Opens `x`; sets its id, version and opened_at. All disposal is frozen until the last open incident is
 * closed: what is about to be deleted may be evidence. */
enum status incident_open(struct db *db, const struct who *who, struct incident *x, struct err *e) MUST_USE;

/* Incident `id`, texts in `a`. REFUSED when there is none. */
enum status incident_find(struct db *db, int64_t id, struct arena *a, struct incident *out,
                          struct err *e) MUST_USE;

/* All of them: open ones first, then the latest. */
enum status incidents_list(struct db *db, struct arena *a, struct incidents *out, struct err *e) MUST_USE;

/* Saves all of `x` but when it was opened and closed, with a step and the line `action` in the log. REFUSED
 * when it is closed, or has been changed since x->version. */
enum status incident_save(struct db *db, const struct who *who, const struct incident *x, const char *action,
                          const struct incident_step *step, struct err *e) MUST_USE;

/* Adds what somebody did, in their own words, and a line in the log; the incident is otherwise as it was.
 * REFUSED when it is closed. */
enum status incident_note(struct db *db, const struct who *who, int64_t id, struct str words,
                          struct err *e) MUST_USE;

/* Adds a step, inside the caller's change. */
enum status incident_step_add(struct db *db, int64_t id, const struct who *who,
                              const struct incident_step *step, struct err *e) MUST_USE;

/* What was done, in its order, in `a`. */
enum status incident_steps_read(struct db *db, int64_t id, struct arena *a, struct incident_steps *out,
                                struct err *e) MUST_USE;

/* The moment until which it must have been reported. */
int64_t incident_report_until(const struct incident *x);

/* What is missing before it may be closed: bits. */
enum incident_missing {
    INCIDENT_MISSING_RISK = 1,
    INCIDENT_MISSING_REPORT = 2, /* there is a risk, and it has not been reported */
    INCIDENT_MISSING_TELLING = 4 /* the risk is high, and it is neither told nor decided why not */
};
int incident_missing(const struct incident *x);

/* Closes it with what was learned. When no other is open, disposal goes on. REFUSED when something is
 * missing, it is closed already, or has been changed since x->version. */
enum status incident_close(struct db *db, const struct who *who, const struct incident *x, struct str learned,
                           struct err *e) MUST_USE;

#endif
