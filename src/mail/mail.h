/* Letters on their way: an outbox in the city's database. A letter is queued in the same change as what it
 * tells of, so that both are there or neither, and waits for as long as no mail server takes it.
 *
 *     queued ──► handing ──► sent          the server has taken it
 *       ▲           ├──────► queued        the server asked to try later
 *       │           ├──────► failed        the server will never take it: the address does not work
 *       │           └──────► unsure        the connection or this program ended before the answer came
 *       └── nothing was handed over: the server did not answer, or the program ended before that
 *
 * "handing" is on disk before the first byte of a letter's text goes out, so no letter is sent twice by
 * itself. What is unsure waits for a person (mail_send_again); it keeps its Message-ID, so that a copy can be
 * recognised. The text of a letter is forgotten when it has been sent, since it holds links that act for
 * their reader. */
#ifndef LYKTA_MAIL_MAIL_H
#define LYKTA_MAIL_MAIL_H

#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"
#include "web/language.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

enum { MAIL_GIVE_UP_SECONDS = 5 * 86400 }; /* RFC 5321, 4.5.4.1: at least four to five days */

enum mail_state { MAIL_QUEUED, MAIL_HANDING, MAIL_SENT, MAIL_FAILED, MAIL_UNSURE };

/* A letter to one reader. Texts are UTF-8 with LF. */
struct mail_letter {
    int64_t id;
    struct str message; /* random: becomes the Message-ID */
    struct str address; /* address_normal */
    struct str name;    /* of the reader; may be empty */
    enum language language;
    struct str subject;
    struct str plain;
    struct str html;
    struct str calendar;        /* an iCalendar object with CRLF; empty: none */
    struct str calendar_method; /* "REQUEST", "CANCEL", "PUBLISH" */
    struct str unsubscribe;     /* "https://…"; empty: a letter about the reader's own matter */
    enum mail_state state;
    int64_t tries;
    int64_t queued_at;
    int64_t next_at;   /* not before this */
    int64_t state_at;  /* of the last step */
    struct str reason; /* what the server said last; empty: nothing */
};

/* Queues `letter` (address to unsubscribe) inside the change under way; *id is its number. BAD_INPUT when the
 * address is not one. A letter that can be unsubscribed from is not queued to an address that has: *id is 0.
 */
enum status mail_queue(struct db *db, const struct mail_letter *letter, int64_t now_at, int64_t *id,
                       struct err *e) MUST_USE;

/* The next letter that is due at `now_at`, in `a`; *has_one is false when there is none. A letter that came
 * to wait at a moment that is still to come was written by a clock that has been set back since, and is due.
 */
enum status mail_next(struct db *db, int64_t now_at, struct arena *a, struct mail_letter *out, bool *has_one,
                      struct err *e) MUST_USE;

/* The letter `id`, in any state, in `a`, without its texts: they may have been forgotten. REFUSED when there
 * is none. */
enum status mail_find(struct db *db, int64_t id, struct arena *a, struct mail_letter *out,
                      struct err *e) MUST_USE;

/* The steps of a letter, each on disk when the function returns. `reason` holds no text of the letter. */
enum status mail_is_handing(struct db *db, int64_t id, int64_t now_at, struct err *e) MUST_USE;
enum status mail_is_sent(struct db *db, int64_t id, int64_t now_at, struct err *e) MUST_USE;
/* The server asked to wait: longer each time, and failed when MAIL_GIVE_UP_SECONDS have passed. */
enum status mail_waits(struct db *db, const struct mail_letter *letter, struct str reason, int64_t now_at,
                       struct err *e) MUST_USE;
/* The address is remembered as one that does not work. */
enum status mail_has_failed(struct db *db, const struct mail_letter *letter, struct str reason,
                            int64_t now_at, struct err *e) MUST_USE;
enum status mail_is_unsure(struct db *db, int64_t id, struct str reason, int64_t now_at,
                           struct err *e) MUST_USE;

/* When the program starts, or the database is back: what was being handed over when it ended is unsure. *n is
 * how many letters. */
enum status mail_recover(struct db *db, int64_t now_at, int64_t *n, struct err *e) MUST_USE;

/* A person's decision to send an unsure or failed letter again, with the same Message-ID. REFUSED when it is
 * in no such state. */
enum status mail_send_again(struct db *db, int64_t id, const struct who *who, struct err *e) MUST_USE;

/* How the outbox stands. */
struct mail_standing {
    int64_t queued, unsure, failed;
    int64_t down_since; /* the server has not answered since; 0: it has, or has not been tried */
    struct str reason;
};

enum status mail_standing(struct db *db, struct arena *a, struct mail_standing *out, struct err *e) MUST_USE;

/* Notes that the server does not answer, or, with an empty reason, that it does. */
enum status mail_server_answers(struct db *db, struct str reason, int64_t now_at, struct err *e) MUST_USE;

/* What is known of an address. */
struct mail_address {
    int64_t unsubscribed_at; /* 0: it has not */
    int64_t failed_at;       /* 0: it works, as far as is known */
    struct str reason;
};

enum status mail_address_find(struct db *db, struct str address, struct arena *a, struct mail_address *out,
                              struct err *e) MUST_USE;

/* Inside the change under way: `address` takes no more letters that can be unsubscribed from, or takes them
 * again. */
enum status mail_unsubscribe(struct db *db, struct str address, int64_t now_at, struct err *e) MUST_USE;
enum status mail_subscribe(struct db *db, struct str address, struct err *e) MUST_USE;

#endif
