/* Invitations to a seminar: who is asked, what they answer, and one reminder. */
#ifndef LYKTA_SEMINAR_INVITATION_H
#define LYKTA_SEMINAR_INVITATION_H

#include "base/err.h"
#include "base/str.h"
#include "seminar/seminar.h"
#include "web/language.h"

#include <stddef.h>
#include <stdint.h>

enum { INVITATION_REMINDER_DAYS = 3, INVITATION_WORDS_MAX_BYTES = 4000 };

enum invitation_answer { INVITATION_NO_ANSWER, INVITATION_YES, INVITATION_NO, INVITATION_OTHER };

struct invitation {
    int64_t id;
    int64_t seminar;
    int64_t organisation; /* in the network; 0: not known there */
    struct str actor;     /* the code of its kind */
    struct str organisation_name;
    struct str name;
    struct str address; /* address_normal */
    enum language language;
    struct str nonce;
    enum invitation_answer answer;
    int64_t invited_at, answered_at, reminded_at;
    int64_t failed_at;       /* the address does not work, as the mail server has said; 0: no such word */
    struct str reason;       /* what it said */
    int64_t unsubscribed_at; /* the address takes no mailings; 0: it does */
};

struct invitations {
    size_t n;
    struct invitation *invitation;
};

/* Invites each of `asked` (organisation, actor, names, address, language) to an open seminar, with `words`
 * (Markdown) as the coordinator wrote them. Who is invited already, and who takes no mailings, is passed
 * over; *n is how many letters went. REFUSED when the seminar is not open, BAD_INPUT when the words are too
 * long. */
enum status invitation_send(const struct seminar_office *o, int64_t seminar, const struct invitations *asked,
                            struct str words, const struct who *who, int64_t *n, struct err *e) MUST_USE;

/* The reader's answer, by the link in the letter; the last one counts. Yes comes with a sign-up (signup_add).
 * A no takes the seat back if there was one, and the entry out of the calendar. */
enum status invitation_answer(const struct seminar_office *o, int64_t id, enum invitation_answer answer,
                              const struct who *who, struct err *e) MUST_USE;

/* The reader takes no more mailings, by the link in any of them (RFC 8058). Harmless when repeated. */
enum status invitation_stop(const struct seminar_office *o, int64_t id, const struct who *who,
                            struct err *e) MUST_USE;

/* In `a`; REFUSED when there is none. */
enum status invitation_find(struct db *db, int64_t id, struct arena *a, struct invitation *out,
                            struct err *e) MUST_USE;
enum status invitation_list(struct db *db, int64_t seminar, struct arena *a, struct invitations *out,
                            struct err *e) MUST_USE;

/* Reminds those who have not answered, once, of seminars that are three days away or less and whose reminding
 * is not stopped; tells those who come the day before. *n is how many letters went; without any, no line is
 * written to the log. */
enum status invitation_remind(const struct seminar_office *o, const struct who *who, int64_t *n,
                              struct err *e) MUST_USE;

#endif
