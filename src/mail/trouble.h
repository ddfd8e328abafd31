/* Letters that did not arrive, or may not have: what a person can do about each. */
#ifndef LYKTA_MAIL_TROUBLE_H
#define LYKTA_MAIL_TROUBLE_H

#include "mail/mail.h"

/* What helps, by what the server said: its enhanced code (RFC 3463: "550 5.1.1 no such user") or, without
 * one, its reply code (RFC 5321, 4.2.3). */
enum mail_remedy {
    MAIL_REMEDY_ADDRESS, /* there is no such reader: ask for the right address */
    MAIL_REMEDY_FULL,    /* the mailbox is full: another way, or later */
    MAIL_REMEDY_REFUSED, /* the server does not want the letter: their IT, or another way */
    MAIL_REMEDY_WAITED,  /* it asked us to wait for days: another way, or once more */
    MAIL_REMEDY_ASK      /* nobody knows whether it arrived: ask, or send it again */
};

/* Of a letter that is MAIL_FAILED or MAIL_UNSURE. */
enum mail_remedy mail_remedy(enum mail_state state, struct str reason);

struct mail_trouble {
    int64_t id;
    struct str address, name, subject, reason;
    enum mail_state state;
    int64_t state_at;
};

struct mail_troubles {
    size_t n;
    struct mail_trouble *trouble;
};

enum { MAIL_TROUBLES_MOST = 500 };

/* The latest MAIL_TROUBLES_MOST letters that failed or are unsure, the latest first, in `a`. */
enum status mail_troubles(struct db *db, struct arena *a, struct mail_troubles *out, struct err *e) MUST_USE;

#endif
