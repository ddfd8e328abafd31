/* Triage: what a recipient does with a report. The list holds what stands in the clear; what was told opens
 * with the recipient's own key, in one request, and every opening is a line in the audit log.
 *
 * No step here follows from a count or a sign: each decision is a person's, with a line of reason that is
 * sealed like the report (GDPR article 22). */
#ifndef LYKTA_OBSERVATION_TRIAGE_H
#define LYKTA_OBSERVATION_TRIAGE_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "observation/report.h"
#include "store/audit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct keyring;
struct opener;
struct receipt_code;

enum observation_state { STATE_NEW, STATE_ASSESSED, STATE_WAITING, STATE_REFERRED, STATE_CLOSED };

struct observation {
    int64_t id;
    int64_t year; /* and number: as in the register */
    int64_t number;
    struct date received_on;
    struct date due_on; /* the next working day after it came */
    enum observation_state state;
    bool is_parked;
    bool is_withdrawn;
    bool is_counted;
    bool has_new_message; /* the reporter wrote last */
    struct str channel;
};

struct observations {
    size_t n;
    struct observation *observation;
    size_t open;    /* of all, also those that are not in the list */
    size_t waiting; /* of them nobody has assessed */
};

struct message {
    bool is_from_city;
    struct date sent_on;
    struct str text;
};

/* One report as its recipient, or its reporter, reads it; clear text in the arena, which the caller wipes. */
struct case_file {
    struct observation observation;
    struct report report;
    size_t n_messages;
    struct message *message;
    size_t n_reasons;
    struct str *reason; /* of the decisions, oldest first; for recipients alone */
};

/* `most` open ones from the one numbered `from` (0: the first) on, by their due day, parked ones last; closed
 * ones are not among them. */
enum status triage_list(struct db *db, size_t from, size_t most, struct arena *a, struct observations *out,
                        struct err *e) MUST_USE;

/* Opens report `id` as a recipient. The audit line is written before anything is opened. REFUSED when the
 * recipient has no key to it, BAD_INPUT when there is none. */
enum status triage_open(struct keyring *k, const struct opener *opener, int64_t id, const struct who *who,
                        struct arena *a, struct case_file *out, struct err *e) MUST_USE;

/* Opens the report of a receipt code, for its reporter; *is_there is false for a code that leads nowhere or
 * to a report that has been disposed of. Reasons are left out. */
enum status followup_open(struct keyring *k, const struct receipt_code *code, struct arena *a, bool *is_there,
                          struct case_file *out, struct err *e) MUST_USE;

/* What is decided. */
enum triage_decision {
    DECISION_ASK,   /* a question to the reporter: waits for the answer */
    DECISION_CLOSE, /* an ordinary explanation, or nothing to be done */
    DECISION_REFER, /* to the police, social services or another authority: needs a ground */
    DECISION_COUNT  /* counted in the mapping as a situation; goes on */
};

struct triage_step {
    enum triage_decision decision;
    struct str reason;   /* one line; sealed */
    struct str message;  /* to the reporter; needed for a question, else it may be empty */
    struct str receiver; /* of a referral: "police", "social_services", "work_environment", "other" */
    struct str ground;   /* of a referral: a code of grounds.csv */
    struct str form;     /* of a count: "labour"; as in the catalogue of signs */
    bool is_confirmed;   /* of a referral: the signs are known to have been right */
};

/* Takes the step. BAD_INPUT when something it needs is missing; REFUSED when the report is closed, or was
 * counted already. */
enum status triage_decide(struct keyring *k, const struct opener *opener, int64_t id,
                          const struct triage_step *step, const struct who *who, struct err *e) MUST_USE;

/* The reporter writes more. BAD_INPUT when the text is empty, too long, or points at a person; the caller has
 * scanned it to show where. *is_there as above. */
enum status followup_write(struct keyring *k, const struct receipt_code *code, struct str text,
                           int64_t now_at, bool *is_there, struct err *e) MUST_USE;

/* The reporter takes the report back: nobody acts on it any more. It stays in the register, as the law says,
 * and is disposed of with the rest. Within 72 hours: by days, since no time is kept, day + 3. */
enum { WITHDRAW_DAYS = 3 };
enum status followup_withdraw(struct keyring *k, const struct receipt_code *code, int64_t now_at,
                              bool *is_there, struct err *e) MUST_USE;

/* Moves a parked report among the others. */
enum status triage_unpark(struct db *db, int64_t id, const struct who *who, struct err *e) MUST_USE;

#endif
