/* The network's agreement: its texts, who has signed, until when it holds, and the yearly promise of
 * confidentiality.
 *
 * A published text is never changed: a new one gets the next number and says what is new. An organisation's
 * agreement holds for the months its text says, and is renewed by signing again. Members outside authorities
 * keep silence by this agreement alone, so somebody promises it anew every year. */
#ifndef LYKTA_NETWORK_AGREEMENT_H
#define LYKTA_NETWORK_AGREEMENT_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

enum {
    AGREEMENT_REMIND_DAYS = 60,      /* before an agreement ends */
    ATTESTATION_MONTHS = 12,         /* between two promises of confidentiality */
    AGREEMENT_REMIND_AGAIN_DAYS = 30 /* while nothing happens */
};

struct agreement_text {
    int64_t number;        /* 1, 2, 3 … */
    struct str title[2];   /* in Swedish and English (enum language) */
    struct str body[2];    /* Markdown */
    struct str changes[2]; /* what is new since the text before; empty in the first */
    int valid_months;
    int64_t published_at;
};

/* The latest text, in `a`. REFUSED when there is none yet. */
enum status agreement_text_latest(struct db *db, struct arena *a, struct agreement_text *out,
                                  struct err *e) MUST_USE;

/* The text `number`, in `a`. REFUSED when there is none. */
enum status agreement_text_find(struct db *db, int64_t number, struct arena *a, struct agreement_text *out,
                                struct err *e) MUST_USE;

/* Publishes `text` as the next one (its number and moment are given here); *number is its number. BAD_INPUT
 * when a title or body is empty or too long, or it does not hold for 1 to 120 months. */
enum status agreement_text_publish(struct db *db, const struct agreement_text *text, const struct who *who,
                                   int64_t *number, struct err *e) MUST_USE;

/* `organisation` has signed the text `number` now, by the hand of `signed_by`: what it signed before ends,
 * and if it was not a member, it is one from now on. */
enum status agreement_sign(struct db *db, int64_t organisation, int64_t number, struct str signed_by,
                           const struct who *who, struct err *e) MUST_USE;

/* The same inside a change of the caller, signed at `signed_at`. */
enum status agreement_insert(struct db *db, int64_t organisation, int64_t number, struct str signed_by,
                             int64_t signed_at, struct err *e) MUST_USE;

struct agreement {
    int64_t text;
    struct str signed_by; /* empty when the name has been deleted */
    int64_t signed_at;
    int64_t valid_until_at;
    int64_t ended_at; /* 0: it holds until valid_until_at */
};

/* What `organisation` has signed, the latest first, in `a`. */
enum status agreement_list(struct db *db, int64_t organisation, struct arena *a, struct agreement **out,
                           size_t *n, struct err *e) MUST_USE;

/* Somebody of `organisation` promises confidentiality for another year. */
enum status agreement_attest(struct db *db, int64_t organisation, struct str attested_by,
                             const struct who *who, struct err *e) MUST_USE;

/* A member that is to be reminded now. */
struct agreement_due {
    int64_t organisation;
    struct str name;
    struct str contact_name, contact_email, contact_language;
    int64_t valid_until_at; /* 0: it has signed nothing */
    int64_t attested_at;
    enum { AGREEMENT_DUE_SIGN, AGREEMENT_DUE_ATTEST } what;
};

/* Members whose agreement ends within AGREEMENT_REMIND_DAYS or has ended, or who promised silence over a year
 * ago, and who have not been reminded of it for AGREEMENT_REMIND_AGAIN_DAYS; in `a`. */
enum status agreement_reminders(struct db *db, int64_t now_at, struct arena *a, struct agreement_due **out,
                                size_t *n, struct err *e) MUST_USE;

/* Notes, inside a change of the caller, that a member has been reminded of `what`. */
enum status agreement_reminded(struct db *db, const struct agreement_due *due, int64_t now_at,
                               struct err *e) MUST_USE;

#endif
