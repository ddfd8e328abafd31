/* Pages that tell how a sign-in through the provider went, in words that say what to do next. */
#ifndef LYKTA_OIDC_TOLD_H
#define LYKTA_OIDC_TOLD_H

#include "base/err.h"
#include "base/str.h"

struct request;
struct response;

enum told {
    TOLD_DOWN,      /* the provider does not answer */
    TOLD_STALE,     /* not begun in this browser, or too long ago */
    TOLD_CANCELLED, /* by the person, at the provider */
    TOLD_REFUSED,   /* by the provider */
    TOLD_WRONG,     /* its answer does not hold */
    TOLD_UNLINKED,  /* nobody here has this sign-in */
    TOLD_LOW,       /* not sure enough for the person's roles */
    TOLD_TAKEN,     /* linked to somebody else */
    TOLD_WAIT,      /* too many wrong ones from there */
    TOLDS
};

/* Where the page leads: to sign-in, or to one's own account. */
enum told_who { TOLD_READER, TOLD_OWNER };

/* Shows the page. Returns OK, for the handler's return. */
enum status told(const struct request *r, struct response *out, enum told what, enum told_who who);

/* The page after a good answer of the provider: it leads on to `address`, one of our own, by itself (the
 * header Refresh) and by a link. A redirect would not do: the browser counts it as coming from the provider's
 * site, and sends no cookie that is SameSite=Strict. Returns OK. */
enum status told_onward(const struct request *r, struct response *out, struct str address);

#endif
