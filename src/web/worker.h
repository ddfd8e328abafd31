/* Workers: what a request needs while it is handled. There are few of them, so that many connections never
 * mean many database connections or much memory; who comes when all are taken waits. */
#ifndef LYKTA_WEB_WORKER_H
#define LYKTA_WEB_WORKER_H

#include "base/err.h"
#include "base/text.h"

#include <stddef.h>

struct arena;
struct site;
struct workers; /* all of them */

struct worker {
    struct arena *arena; /* emptied when the worker is given back */
    struct text page;    /* keeps its room from request to request */
    void *context;       /* made by site->worker_open */
    struct arena *page_arena;
    struct arena *own_arena; /* holds the worker itself */
    struct worker *next;
};

/* At most `n` workers. One is opened now, and the failure of site->worker_open is passed on, with nothing
 * left open; the others when all that are open are taken, so that a site that few ask holds little. */
enum status workers_open(const struct site *site, size_t n, struct workers **out, struct err *e) MUST_USE;

/* Closes all; each must have been given back. NULL is harmless. */
void workers_close(struct workers *all);

/* A worker of one's own, until it is given back; waits while all are taken, also when one more was allowed
 * but could not be opened. What it held is wiped when it is given back. */
struct worker *worker_take(struct workers *all);
void worker_give(struct workers *all, struct worker *w);

#endif
