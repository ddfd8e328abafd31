/* Where monitoring asks how a served city is: a socket in this machine's files, never the network.
 *
 *     /health    200 "ok": the program answers, and the worker beside it is up; 503 while that is started
 * anew /ready     200 "ready": its database can be read and written; 503 says what is in the way /metrics
 * counts in the text format of Prometheus (docs/operate.md names each)
 *
 * Nothing here is about a person: counts of answers by what kind of page, how the outbox, the backups and the
 * disk are. What is not logged is not counted either. */
#ifndef LYKTA_WATCH_WATCH_H
#define LYKTA_WATCH_WATCH_H

#include "base/err.h"
#include "base/str.h"

struct city;
struct keeper;
struct log;
struct server;
struct watch;

/* What is watched. All of it outlives the watch. */
struct watched {
    const struct city *city;
    struct server *server;
    const struct log *log;
    const struct keeper *keeper;
};

/* May monitoring ask at `socket`? BAD_INPUT when it is no whole path, or longer than the path of a socket. */
enum status watch_check(struct str socket, struct err *e) MUST_USE;

/* Answers on [watch] socket of lykta.conf, on threads of its own. *out is NULL when none is named. BAD_INPUT
 * as watch_check, SYSTEM when it cannot be made. */
enum status watch_open(const struct watched *watched, struct watch **out, struct err *e) MUST_USE;

/* NULL is harmless. */
void watch_close(struct watch *w);

#endif
