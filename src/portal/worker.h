/* For struct site: what a worker of the portal holds (portal/portal.h). */
#ifndef LYKTA_PORTAL_WORKER_H
#define LYKTA_PORTAL_WORKER_H

#include "base/err.h"

/* `context` is a struct portal, *worker a struct portal_worker. Opens both connections and what each room
 * keeps. */
enum status portal_worker_open(void *context, void **worker, struct err *e) MUST_USE;
void portal_worker_close(void *worker);

#endif
