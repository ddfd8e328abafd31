/* Takes connections in, as many as there is room for. */
#include "web/door.h"

#include <errno.h>
#include <microhttpd.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

enum { WAIT_FOR_FILES_MS = 100 };

/* A place inside, when there is one; false when the door closes. */
static bool wait_for_room(struct door *d)
{
    pthread_mutex_lock(&d->lock);
    while (d->inside >= d->room && !d->is_closing)
        pthread_cond_wait(&d->left, &d->lock);
    bool is_open = !d->is_closing;
    if (is_open)
        d->inside++;
    pthread_mutex_unlock(&d->lock);
    return is_open;
}

void door_leave(struct door *d)
{
    pthread_mutex_lock(&d->lock);
    d->inside--;
    pthread_mutex_unlock(&d->lock);
    pthread_cond_signal(&d->left);
}

/* The next who comes; -1 when there is nobody after all. */
static int take_one(const struct door *d, struct sockaddr_storage *from, socklen_t *n)
{
    *n = sizeof *from;
    int s = accept4(d->fd, (struct sockaddr *)from, n, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (s < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM))
        poll(NULL, 0, WAIT_FOR_FILES_MS); /* until somebody has left */
    return s;
}

static void *let_in(void *context)
{
    struct door *d = context;
    struct sockaddr_storage from;
    socklen_t n;

    while (wait_for_room(d)) {
        int s = take_one(d, &from, &n);

        if (s < 0 || MHD_add_connection(d->daemon, s, (struct sockaddr *)&from, n) != MHD_YES)
            door_leave(d);
    }
    return NULL;
}

enum status door_open(struct door *d, int fd, struct MHD_Daemon *daemon, int room, struct err *e)
{
    sigset_t all;
    sigset_t before;

    *d = (struct door){.daemon = daemon, .fd = fd, .room = room};
    if (pthread_mutex_init(&d->lock, NULL) != 0 || pthread_cond_init(&d->left, NULL) != 0)
        die("a lock cannot be made");
    /* Signals are for the thread that called. */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    d->is_running = pthread_create(&d->thread, NULL, let_in, d) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return d->is_running ? OK : err_set(e, SYSTEM, "the server cannot start: no threads left");
}

void door_close(struct door *d)
{
    if (!d->is_running)
        return;
    pthread_mutex_lock(&d->lock);
    d->is_closing = true;
    pthread_mutex_unlock(&d->lock);
    pthread_cond_broadcast(&d->left);
    shutdown(d->fd, SHUT_RD); /* wakes who waits for somebody to come */
    pthread_join(d->thread, NULL);
    d->is_running = false;
}
