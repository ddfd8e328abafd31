/* Takes connections in, as many as there is room for. Who comes when it is full waits in the system's queue;
 * libmicrohttpd alone would break the connection, and a visitor would see that.
 *
 * Anyone can hold connections open and say nothing, or a byte now and then, until there is room for nobody.
 * So when others wait, the one who has been inside longest without a request for us to answer is sent away,
 * once they have had a second for it. */
#ifndef LYKTA_WEB_DOOR_H
#define LYKTA_WEB_DOOR_H

#include "base/err.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct MHD_Daemon;
struct arena;

/* A connection from its first byte to its last. */
struct visit {
    int fd;
    struct arena *arena;          /* of whoever serves it */
    int64_t since_ms;             /* when it came, or was answered last */
    bool is_sent_away;            /* it is about to end */
    struct visit *before, *after; /* among those who have nothing for us to answer, the longest first */
};

struct door {
    pthread_mutex_t lock;
    pthread_cond_t left;
    pthread_t thread;
    struct MHD_Daemon *daemon;
    int fd;
    int wake; /* tells the thread that the door closes */
    int room;
    int inside;             /* with the place that is held for who comes next */
    bool is_expecting;      /* such a place is held */
    int sent_away;          /* of those inside */
    int64_t sent_away_ever; /* since the door was opened */
    struct visit *free;
    struct visit *first, *last; /* who could be sent away */
    bool is_closing;
    bool is_running; /* the thread has been started */
};

/* Lets connections to the listening socket `fd`, which does not block, in to `daemon`, `room` at once, on a
 * thread of its own. The daemon tells of each that began by door_come and of each that ended by door_leave;
 * `daemon` and `a` outlive the door. SYSTEM when there is no thread left. */
enum status door_open(struct door *d, int fd, struct MHD_Daemon *daemon, int room, struct arena *a,
                      struct err *e) MUST_USE;

/* The connection with the socket `fd` has begun; it lives until door_leave, which comes before the socket is
 * closed. */
struct visit *door_come(struct door *d, int fd);
void door_leave(struct door *d, struct visit *v);

/* A request of it is being answered; it has been. Nobody is sent away between. */
void door_serve(struct door *d, struct visit *v);
void door_served(struct door *d, struct visit *v);

/* How full it is. */
struct door_load {
    int inside, room;
    int64_t sent_away; /* since the door was opened */
};

struct door_load door_load(struct door *d);

/* Lets nobody more in. Harmless when it has not been opened, or twice. */
void door_close(struct door *d);

#endif
