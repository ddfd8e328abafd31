/* The ground of every room with pages: the city, the clock, the worker's connections, who asks, and a change
 * that happens once. A handler gets all of it from its request:
 *
 *     portal_of(r)->city                the city
 *     portal_db(r)                      the connection: to read in a GET, the one of the change in a POST
 *     portal_who(r)                     for the audit line: who, in which role, when
 *     portal_visitor(r)                 the person and session; NULL for a reader without an account
 *     portal_may(r, PERMISSION_X)       for links and parts of a page; the route's own permission is checked
 *                                       before the handler is called
 *     portal_view_of(r)                 the city as its pages see it, for portal_layout
 *
 * A POST (unless its route says ROUTE_EACH) is one change of the database together with its answer: what the
 * handler changes is kept when it redirects, and undone when it fails or shows its form again. The same form
 * sent twice is answered the second time with the first one's redirect. */
#ifndef LYKTA_PORTAL_PORTAL_H
#define LYKTA_PORTAL_PORTAL_H

#include "base/err.h"
#include "portal/layout.h"
#include "portal/outside.h"
#include "portal/permission.h"
#include "portal/person.h"
#include "portal/room.h"
#include "portal/session.h"
#include "web/form_token.h"
#include "web/site.h"

#include <stdbool.h>

struct attempts;
struct city;
struct db;
struct desk;
struct log;
struct oidc;
struct request;
struct running;

/* Outlives the server. */
struct portal {
    const struct city *city; /* open for writing */
    const struct outside *outside;
    const struct portal_room *const *rooms; /* ends with NULL */
    struct attempts *attempts;              /* what src/account holds while the city is served */
    struct oidc *oidc;                      /* what src/oidc holds; NULL: no provider is named */
    const struct log *log;                  /* how the log is written; NULL: in words */
    struct desk *desk;                      /* what src/observation holds while the city is served */
    const struct running *running;          /* what src/status is told of who serves; NULL: nothing */
    unsigned char form_key[FORM_KEY_BYTES]; /* for the forms of readers without an account */
};

/* What a worker holds. `kept` is a room's own, as portal_room.keep_open made it, in the order of the rooms.
 */
struct portal_worker {
    const struct portal *portal;
    struct arena *arena;
    struct db *read;
    struct db *write;
    struct doors_watch doors; /* through `read` */
    void *kept[PORTAL_MOST_ROOMS];
};

struct visitor {
    struct person person;
    struct session session;
};

/* Fills *p for serving `city`. The key for readers' forms is read from the database, or made. */
enum status portal_open(struct portal *p, const struct city *city, const struct outside *outside,
                        const struct portal_room *const *rooms, struct err *e) MUST_USE;
void portal_close(struct portal *p);

/* What the server is told; in `a`, as long as it serves. */
struct site *portal_site(struct portal *p, struct arena *a);

const struct portal *portal_of(const struct request *r);
struct portal_worker *portal_worker_of(const struct request *r);
struct db *portal_db(const struct request *r);
const struct visitor *portal_visitor(const struct request *r);
struct who portal_who(const struct request *r);
bool portal_may(const struct request *r, enum permission permission);
struct portal_view portal_view_of(const struct request *r);

/* What the worker keeps for `room`. */
void *portal_kept(const struct request *r, const struct portal_room *room);

/* Notes in the audit log that who asks has read something sensitive; call it before the thing is shown. */
enum status portal_note_read(const struct request *r, const char *action, int64_t subject, struct str detail,
                             struct err *e) MUST_USE;

/* A text of the catalogue, and the address of the page at `path` ("/plan"), in the visitor's language. */
struct str portal_text(const struct request *r, enum text_key key);
struct str portal_href(const struct request *r, const char *path);

/* A redirect to the page `path` in the visitor's language. */
enum status portal_redirect(const struct request *r, struct response *out, struct str path);

#endif
