/* Signing up for a seminar without an account.
 *
 *     unconfirmed ──► confirmed ──► cancelled          each by a link in a letter to the guest's own address
 *         └─────────► expired                          after 48 hours without an answer
 *
 * Who signs up takes a seat, or a place in the waiting list, at once: in the order of arrival. A seat that is
 * given back, or whose guest never confirms, goes to the next in turn. Guests who came by a link that was
 * sent to their address have confirmed by that. Whether an address is known here is told to nobody but its
 * owner: the answer to a form is the same, the letter is not. */
#ifndef LYKTA_SEMINAR_SIGNUP_H
#define LYKTA_SEMINAR_SIGNUP_H

#include "base/err.h"
#include "base/str.h"
#include "seminar/seminar.h"
#include "web/language.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SIGNUP_HOURS = 48,          /* to confirm */
    SIGNUP_QUIET_SECONDS = 600, /* no second letter to the same guest's form within it */
    SIGNUP_NAME_MAX_BYTES = 200,
    SIGNUP_NEEDS_MAX_BYTES = 1000
};

enum signup_state { SIGNUP_UNCONFIRMED, SIGNUP_CONFIRMED, SIGNUP_CANCELLED, SIGNUP_EXPIRED };

/* A guest. */
struct signup {
    int64_t id;
    int64_t seminar;
    int64_t invitation;   /* 0: came by the public page */
    int64_t organisation; /* in the network; 0: not known there */
    struct str actor;     /* the code of its kind */
    struct str organisation_name;
    struct str name;
    struct str address; /* address_normal */
    enum language language;
    struct str needs; /* access and food: deleted 7 days after the seminar */
    bool wants_letters;
    enum signup_state state;
    bool is_seated;
    int64_t place; /* in the order of arrival */
    struct str nonce;
    int64_t sequence; /* what this guest's calendar entry is ahead of the seminar's */
    int64_t arrived_at, lettered_at, expires_at, confirmed_at;
    int64_t came_at; /* 0: has not been checked in */
    bool is_evaluated;
};

struct signups {
    size_t n;
    struct signup *signup;
};

enum signup_fault {
    SIGNUP_RIGHT,
    SIGNUP_NO_NAME,
    SIGNUP_NO_ORGANISATION,
    SIGNUP_WRONG_ADDRESS,
    SIGNUP_LONG_NEEDS
};

enum signup_fault signup_check(const struct signup *s);

/* How sure it is that the address is the guest's. */
enum signup_proof { SIGNUP_TYPED, SIGNUP_BY_LETTER };

/* Signs `ask` up (seminar, invitation, organisation, actor, names, address, language, needs, wants_letters)
 * and writes to them; *id is the guest's number. Somebody who is signed up already gets the letter again.
 * BAD_INPUT when signup_check finds a fault, REFUSED when the seminar takes nobody any more. */
enum status signup_add(const struct seminar_office *o, const struct signup *ask, enum signup_proof proof,
                       const struct who *who, int64_t *id, struct err *e) MUST_USE;

/* By the guest's own link: `id` has been proved by it. Each is harmless when repeated. */
enum status signup_confirm(const struct seminar_office *o, int64_t id, const struct who *who,
                           struct err *e) MUST_USE;
enum status signup_cancel(const struct seminar_office *o, int64_t id, const struct who *who,
                          struct err *e) MUST_USE;

/* Changes name, organisation_name and needs. */
enum status signup_change(const struct seminar_office *o, const struct signup *s, const struct who *who,
                          struct err *e) MUST_USE;

/* Somebody comes instead: the seat is theirs, the old guest's link and calendar entry end. REFUSED when the
 * guest has not confirmed, or the other is signed up already. */
enum status signup_replace(const struct seminar_office *o, int64_t id, struct str name, struct str address,
                           const struct who *who, struct err *e) MUST_USE;

/* In `a`; REFUSED when there is none. */
enum status signup_find(struct db *db, int64_t id, struct arena *a, struct signup *out,
                        struct err *e) MUST_USE;

/* Everyone of a seminar, in the order of arrival, in `a`. */
enum status signup_list(struct db *db, int64_t seminar, struct arena *a, struct signups *out,
                        struct err *e) MUST_USE;

/* Lets sign-ups that nobody confirmed in time go, and the waiting lists move on; *n is how many. Does
 * nothing, and writes no line to the log, when there are none. */
enum status signup_expire(const struct seminar_office *o, const struct who *who, int64_t *n,
                          struct err *e) MUST_USE;

#endif
