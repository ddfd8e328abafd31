/* The public pages' requests: what `lykta serve` is told of them. */
#ifndef LYKTA_PUBLIC_PUBLIC_PAGES_H
#define LYKTA_PUBLIC_PUBLIC_PAGES_H

#include "base/err.h"
#include "web/route.h"

#include <stdint.h>

struct city;
struct error_view;
struct html;

/* The site's context: outlives the server. */
struct public_context {
    const struct city *city;
    int64_t (*now_at)(void); /* seconds UTC */
};

/*   /                             start: help first, then what it is about
 *   /hjalp /begrepp /grupper ...  pages
 *   /artiklar /artiklar/:key      articles
 *   /kartlaggning                 mappings that have been published
 *   /kartlaggning/:name           the report of one
 *   /kartlaggning/:name/:file     a file of its release
 *   /lamna                        away from here, to the address of lykta.conf, leaving nothing in the
 * browser All of them under /en too. */
extern const struct route public_routes[];

/* For struct site: what a worker of the public pages holds. Releases are verified when they are first asked
 * for and kept, with their pages, for as long as the worker lives: a release never changes. BAD_INPUT when
 * lykta.conf leads the quick exit to something else than https://…                                       */
enum status public_worker_open(void *context, void **worker, struct err *e) MUST_USE;
void public_worker_close(void *worker);

/* For struct site: a page about an error, with the city's name and menu around it. */
void public_error_page(void *context, struct html *h, const struct error_view *v);

#endif
