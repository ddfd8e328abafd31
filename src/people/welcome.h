/* Links that let a person choose a password: the invitation to an account, and the way back in after a reset.
 * A link is random, is good once and for a time, and only its hash is kept. A new one ends the one before. */
#ifndef LYKTA_PEOPLE_WELCOME_H
#define LYKTA_PEOPLE_WELCOME_H

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;
struct db;
struct outside;

enum { WELCOME_INVITATION_SECONDS = 7 * 86400, WELCOME_RESET_SECONDS = 86400 };

enum welcome_reason { WELCOME_INVITATION, WELCOME_RESET };

struct welcome {
    int64_t person; /* 0: the link is unknown, used or out of time */
    enum welcome_reason reason;
    int64_t ends_at;
};

/* A new link for `person`: its token, 43 letters, in `a`. Inside the caller's change. */
enum status welcome_make(struct db *db, const struct outside *outside, int64_t person,
                         enum welcome_reason reason, struct arena *a, struct str *token,
                         struct err *e) MUST_USE;

/* What the token is good for at `now_at`. */
enum status welcome_find(struct db *db, struct str token, int64_t now_at, struct welcome *out,
                         struct err *e) MUST_USE;

/* The link `person` has, whether its time is out or not; person 0: none. */
enum status welcome_of(struct db *db, int64_t person, struct welcome *out, struct err *e) MUST_USE;

/* Ends the link of `person`. */
enum status welcome_end(struct db *db, int64_t person, struct err *e) MUST_USE;

/* Forgets the links that have been out of time for as long as invitations are kept (`kept_seconds`), and
 * tells how many. */
enum status welcome_forget(struct db *db, int64_t now_at, int64_t kept_seconds, int64_t *n,
                           struct err *e) MUST_USE;

#endif
