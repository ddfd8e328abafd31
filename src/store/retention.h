/* What is deleted when. Each room that keeps people's data lists its rules beside its tables; here they are
 * counted and carried out, all in one change.
 *
 * A rule is a row of data: what it is about, how long that is kept, why, and the SQL that counts and erases
 * it. A city may decide another time for a rule (retention_propose); the rule in the program is what holds
 * until then. What has no rule is kept (Arkivlagen (1990:782) 10 §: disposal needs a decision). */
#ifndef LYKTA_STORE_RETENTION_H
#define LYKTA_STORE_RETENTION_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct keyring; /* src/keyring: only handed on to rules about what is sealed */
struct retention_class;

/* Calendar months and days, counted from the moment the rule's SQL compares with. */
struct retention_period {
    int months;
    int days;
};

enum { RETENTION_MAX_STATEMENTS = 4, RETENTION_MAX_MONTHS = 1200, RETENTION_MAX_DAYS = 3660 };

/* What a rule's SQL compares with. */
enum retention_clock {
    RETENTION_MOMENT, /* $1 is the moment (seconds UTC) before which the time has run out */
    RETENTION_DAY     /* $1 is the last day (UTC) for which it has: for columns that hold days */
};

/* One row: a class of what is kept. A rule with neither `erase` nor `dispose` is told and counted, but
 * nothing of it is deleted: `stays` says why. */
struct retention_rule {
    const char *class;  /* "network.contact": names it in the log, and its texts on the page; NULL ends a
                           table */
    const char *what;   /* for the command line: "contact people who have left" */
    const char *ground; /* the law or the purpose */
    const char *stays;  /* what is kept afterwards; NULL: nothing */
    struct retention_period kept;
    enum retention_clock clock;
    const char *count;                           /* how many rows are due */
    const char *erase[RETENTION_MAX_STATEMENTS]; /* in this order; ends with NULL unless full */

    /* In place of `erase`, for what stands in the key file too: deletes what the count counts, inside the
     * change under way. */
    enum status (*dispose)(struct keyring *keyring, const struct retention_class *class,
                           const struct who *who, struct err *e);
};

/* The tables of rules, NULL-ended, and the key file for those that need it (NULL: there is none). */
struct retention_rules {
    const struct retention_rule *const *tables;
    struct keyring *keyring;
};

/* A rule as it holds in a city, and what it meets. */
struct retention_class {
    const struct retention_rule *rule;
    struct retention_period kept;
    struct date decided_on; /* no date: the program's own time holds */
    struct str decision;    /* the number of the city's decision */
    int64_t n;              /* rows that are due, or that were deleted */
};

struct retention_classes {
    size_t n;
    struct retention_class *class;
};

/* The moment before which, or the last day for which, what is kept for `kept` has run out at `now_at`. */
int64_t retention_cutoff(struct retention_period kept, int64_t now_at);
struct date retention_last_day(struct retention_period kept, int64_t now_at);

/* Does the rule delete, or is it only told? */
bool retention_deletes(const struct retention_rule *rule);

/* Counts what is due at `now_at` for the rules of `tables` (NULL-ended), in their order, in `a`: deletes
 * nothing. What two rules meet is counted under both. */
enum status retention_due(struct db *db, const struct retention_rule *const *tables, int64_t now_at,
                          struct arena *a, struct retention_classes *out, struct err *e) MUST_USE;

/* Deletes what is due at who->now_at, in one change with its audit line, and says in `out` how much of each
 * class. REFUSED while disposal is frozen; BAD_INPUT when something sealed is due and there is no key file.
 * The caller clears the files afterwards (db_scrub): until then they still hold what was deleted. */
enum status retention_run(struct db *db, const struct retention_rules *rules, const struct who *who,
                          struct arena *a, struct retention_classes *out, struct err *e) MUST_USE;

/* A run that has been: how many of `class` it deleted, at what moment. */
struct retention_deleted {
    int64_t at;
    struct str class;
    int64_t n;
};

/* The latest deletions, newest first, at most `most`, in `a`. */
enum status retention_history(struct db *db, size_t most, struct arena *a, struct retention_deleted **out,
                              size_t *n, struct err *e) MUST_USE;

/* When the last run was, 0 when there has been none. */
enum status retention_last_run(struct db *db, int64_t *at, struct err *e) MUST_USE;

/* A proposed time for a rule, which takes two people. */
struct retention_proposal {
    int64_t id;
    struct str class;
    struct retention_period kept;
    struct date decided_on; /* of the city's decision */
    struct str decision;    /* its number */
    struct str proposed_by;
    int64_t proposed_at;
};

/* Proposes; gives the proposal's id. BAD_INPUT when the period is empty or too long, or the decision has no
 * day or number. */
enum status retention_propose(struct db *db, const struct retention_proposal *proposal, const struct who *who,
                              int64_t *id, struct err *e) MUST_USE;

/* Lets the proposal hold from now on, in place of what held for its class. REFUSED when `who` proposed it, or
 * it is gone. */
enum status retention_confirm(struct db *db, int64_t id, const struct who *who, struct err *e) MUST_USE;

/* The proposals that wait, oldest first, in `a`. */
enum status retention_proposals(struct db *db, struct arena *a, struct retention_proposal **out, size_t *n,
                                struct err *e) MUST_USE;

/* Stops all disposal, with a reason, until retention_thaw: during an incident, what may be evidence stays.
 * REFUSED when it is frozen already, BAD_INPUT without a reason. */
enum status retention_freeze(struct db *db, struct str reason, const struct who *who, struct err *e) MUST_USE;
enum status retention_thaw(struct db *db, const struct who *who, struct err *e) MUST_USE;

/* Why disposal is frozen, and since when; *since_at is 0 when it is not. */
enum status retention_frozen(struct db *db, struct arena *a, struct str *reason, int64_t *since_at,
                             struct err *e) MUST_USE;

#endif
