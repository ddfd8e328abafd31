/* What the server is told of the city it serves: the command `serve` fills it in. */
#ifndef LYKTA_WEB_SITE_H
#define LYKTA_WEB_SITE_H

#include "base/err.h"
#include "web/route.h"

#include <stdbool.h>
#include <stdint.h>

struct error_view;
struct html;
struct log;
struct request;
struct response;

/* Outlives the server. Only `routes` must be given. The functions are called by several threads at once, each
 * worker by one at a time.                                                                                */
struct site {
    const struct route *const *routes; /* one table per room; ends with NULL */
    void *context;
    const struct route_permission *permissions; /* NULL: ROUTE_ANYONE alone */
    size_t n_permissions;

    const struct log *log; /* how the log is written; NULL: in words */

    /* The clock, in seconds UTC; without it the system's. */
    int64_t (*now_at)(void *context);

    /* What a worker needs for as long as it lives, such as a database connection; server_open passes its
     * failure on. */
    enum status (*worker_open)(void *context, void **worker, struct err *e);
    void (*worker_close)(void *worker);

    /* Finds out who asks: sets r->roles, r->who, r->sign_in and the key of r->seal, and r->is_shut where the
     * route does not answer them now. Without it everyone is a reader, and the key is one the server makes
     * when it starts. */
    enum status (*who_asks)(struct request *r, struct err *e);

    /* Around the handler of a POST that is ROUTE_ONCE. change_begin may answer by itself (*is_answered) when
     * the form was sent before; else change_end follows with what the handler returned, and returns the
     * outcome. */
    enum status (*change_begin)(const struct request *r, struct response *out, bool *is_answered,
                                struct err *e);
    enum status (*change_end)(const struct request *r, enum status s, struct response *out, struct err *e);

    /* Writes a page for an error; without it a plain one is shown. It gets no worker: errors come from there.
     */
    void (*error_page)(void *context, struct html *h, const struct error_view *v);
};

#endif
