/* The HTTP server: a thread per connection (libmicrohttpd), few workers, an orderly end.
 * TLS, HTTP/2 and slow clients are the business of a front server before it.                              */
#ifndef LYKTA_WEB_SERVER_H
#define LYKTA_WEB_SERVER_H

#include "base/err.h"
#include "web/door.h"
#include "web/listen.h"

struct server;
struct site;
struct tally;

struct server_options {
    const char *listen; /* as listen_open takes it: "127.0.0.1:8080" */
    enum listen_reach reach;
    int given; /* a listening socket that another has opened, and keeps (listen_given); 0: `listen` is opened
                */
    int workers;     /* requests handled at once; 0: SERVER_WORKERS */
    int connections; /* at once; 0: SERVER_CONNECTIONS. Who comes when there are that many waits (web/door.h)
                      */
};

enum { SERVER_WORKERS = 8, SERVER_CONNECTIONS = 1024, SERVER_FILES = 4 * SERVER_CONNECTIONS };

/* Checks the routes of `site`, opens its workers and begins to answer on threads of its own. USAGE and SYSTEM
 * as routes_check, listen_open and site->worker_open say; nothing is left open then. `site` outlives *out. */
enum status server_open(const struct site *site, const struct server_options *options, struct server **out,
                        struct err *e) MUST_USE;

/* The port it listens on. */
int server_port(const struct server *s);

/* What it has answered, and how many are connected. */
const struct tally *server_tally(const struct server *s);
struct door_load server_load(struct server *s);

/* Takes no new connections, lets the requests that have begun end (10 seconds at most), closes all. NULL is
 * harmless.
 */
void server_close(struct server *s);

#endif
