/* Takes connections in, as many as there is room for. Who comes when it is full waits in the system's queue
 * for somebody to leave; libmicrohttpd alone would break the connection, and a visitor would see that. */
#ifndef LYKTA_WEB_DOOR_H
#define LYKTA_WEB_DOOR_H

#include "base/err.h"

#include <pthread.h>
#include <stdbool.h>

struct MHD_Daemon;

struct door {
    pthread_mutex_t lock;
    pthread_cond_t left;
    pthread_t thread;
    struct MHD_Daemon *daemon;
    int fd;
    int room;
    int inside;
    bool is_closing;
    bool is_running; /* the thread has been started */
};

/* Lets connections to the listening socket `fd` in to `daemon`, `room` at once, on a thread of its own. The
 * daemon tells of each that ended by door_leave; both outlive the door. SYSTEM when there is no thread left.
 */
enum status door_open(struct door *d, int fd, struct MHD_Daemon *daemon, int room, struct err *e) MUST_USE;
void door_leave(struct door *d);

/* Lets nobody more in. Harmless when it has not been opened, or twice. */
void door_close(struct door *d);

#endif
