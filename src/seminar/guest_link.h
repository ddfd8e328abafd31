/* The guest or invitation that a request's ":link" proves. */
#ifndef LYKTA_SEMINAR_GUEST_LINK_H
#define LYKTA_SEMINAR_GUEST_LINK_H

#include "base/err.h"
#include "seminar/invitation.h"
#include "seminar/seminar.h"
#include "seminar/seminar_link.h"
#include "seminar/signup.h"

struct request;

struct guest_link {
    struct seminar seminar;
    struct signup guest;
};

struct invited_link {
    struct seminar seminar;
    struct invitation invitation;
};

/* REFUSED when the link proves nothing. */
enum status guest_link_read(const struct request *r, struct guest_link *out, struct err *e) MUST_USE;
enum status invited_link_read(const struct request *r, enum seminar_link kind, struct invited_link *out,
                              struct err *e) MUST_USE;

/* The address of the page `rest` ("/andra", "") under the request's own link, in its language. */
struct str guest_link_href(const struct request *r, const char *rest);
struct str invited_link_href(const struct request *r, const char *rest);

#endif
