/* What the server is told of the city it serves: the command `serve` fills it in. */
#ifndef LYKTA_WEB_SITE_H
#define LYKTA_WEB_SITE_H

#include "base/err.h"
#include "web/route.h"

struct error_view;
struct html;
struct request;

/* Outlives the server. Only `routes` must be given. The functions are called by several threads at once, each
 * worker by one at a time.                                                                                */
struct site {
    const struct route *const *routes; /* one table per room; ends with NULL */
    void *context;

    /* What a worker needs for as long as it lives, such as a database connection; server_open passes its
     * failure on. */
    enum status (*worker_open)(void *context, void **worker, struct err *e);
    void (*worker_close)(void *worker);

    /* Finds out who asks: adds to r->roles and sets r->who. Without it everyone is ROUTE_ANYONE. */
    enum status (*who_asks)(struct request *r, struct err *e);

    /* Writes a page for an error; without it a plain one is shown. It gets no worker: errors come from there.
     */
    void (*error_page)(void *context, struct html *h, const struct error_view *v);
};

#endif
