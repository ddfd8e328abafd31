/* Takes connections in, as many as there is room for. */
#include "web/door.h"

#include "base/arena.h"

#include <errno.h>
#include <microhttpd.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    WAIT_FOR_FILES_MS = 100,
    LEAST_STAY_MS = 1000, /* nobody is sent away before */
    LOOK_AGAIN_MS = 50
};

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

/* Puts `v` last among those who could be sent away. */
static void line_up(struct door *d, struct visit *v)
{
    v->since_ms = now_ms();
    v->before = d->last;
    v->after = NULL;
    *(d->last ? &d->last->after : &d->first) = v;
    d->last = v;
}

static void step_out(struct door *d, struct visit *v)
{
    *(v->before ? &v->before->after : &d->first) = v->after;
    *(v->after ? &v->after->before : &d->last) = v->before;
}

struct visit *door_come(struct door *d, int fd)
{
    pthread_mutex_lock(&d->lock);
    struct visit *v = d->free;
    d->free = v->after;
    *v = (struct visit){.fd = fd};
    line_up(d, v);
    pthread_mutex_unlock(&d->lock);
    return v;
}

void door_leave(struct door *d, struct visit *v)
{
    pthread_mutex_lock(&d->lock);
    if (v->is_sent_away)
        d->sent_away--;
    else
        step_out(d, v);
    v->after = d->free;
    d->free = v;
    d->inside--;
    pthread_mutex_unlock(&d->lock);
    pthread_cond_signal(&d->left);
}

void door_serve(struct door *d, struct visit *v)
{
    pthread_mutex_lock(&d->lock);
    if (!v->is_sent_away)
        step_out(d, v);
    pthread_mutex_unlock(&d->lock);
}

void door_served(struct door *d, struct visit *v)
{
    pthread_mutex_lock(&d->lock);
    if (!v->is_sent_away)
        line_up(d, v);
    pthread_mutex_unlock(&d->lock);
}

/* One at a time: who is told to leave takes a moment for it. The socket is ours until door_leave. */
static void send_longest_away(struct door *d)
{
    struct visit *v = d->first;

    if (d->sent_away > 0 || !v || now_ms() - v->since_ms < LEAST_STAY_MS)
        return;
    step_out(d, v);
    v->is_sent_away = true;
    d->sent_away++;
    d->sent_away_ever++;
    shutdown(v->fd, SHUT_RDWR);
}

/* Until somebody has left, or it is time to look again who may be sent away. */
static void wait_for_leaving(struct door *d)
{
    struct timespec until;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += LOOK_AGAIN_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_cond_timedwait(&d->left, &d->lock, &until);
}

/* Does anybody wait to be let in? */
static bool is_asked_for(const struct door *d)
{
    struct pollfd who = {.fd = d->fd, .events = POLLIN};

    return poll(&who, 1, 0) > 0;
}

/* A place inside, when there is one; false when the door closes. */
static bool wait_for_room(struct door *d)
{
    pthread_mutex_lock(&d->lock);
    while (d->inside >= d->room && !d->is_closing) {
        if (is_asked_for(d))
            send_longest_away(d);
        wait_for_leaving(d);
    }
    bool is_open = !d->is_closing;
    if (is_open)
        d->inside++;
    d->is_expecting = is_open;
    pthread_mutex_unlock(&d->lock);
    return is_open;
}

/* The place that was held for the next is somebody's, or is about to be given back. */
static void expect_nobody(struct door *d)
{
    pthread_mutex_lock(&d->lock);
    d->is_expecting = false;
    pthread_mutex_unlock(&d->lock);
}

/* Who was let in did not come after all. */
static void give_room_back(struct door *d)
{
    pthread_mutex_lock(&d->lock);
    d->inside--;
    pthread_mutex_unlock(&d->lock);
}

/* The next who comes; -1 when there is nobody after all, or the door closes. */
static int take_one(const struct door *d, struct sockaddr_storage *from, socklen_t *n)
{
    struct pollfd who[] = {{.fd = d->fd, .events = POLLIN}, {.fd = d->wake, .events = POLLIN}};

    *n = sizeof *from;
    if (poll(who, 2, -1) < 0 || who[1].revents != 0)
        return -1;
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

        expect_nobody(d);
        if (s < 0 || MHD_add_connection(d->daemon, s, (struct sockaddr *)&from, n) != MHD_YES)
            give_room_back(d);
    }
    return NULL;
}

/* A visit for each who may be inside. */
static void make_visits(struct door *d, struct arena *a)
{
    struct visit *all = arena_new(a, (size_t)d->room, struct visit);

    for (int i = 0; i < d->room; i++) {
        all[i].after = d->free;
        d->free = &all[i];
    }
}

enum status door_open(struct door *d, int fd, struct MHD_Daemon *daemon, int room, struct arena *a,
                      struct err *e)
{
    pthread_condattr_t monotonic;
    sigset_t all;
    sigset_t before;

    *d = (struct door){.daemon = daemon, .fd = fd, .wake = eventfd(0, EFD_CLOEXEC), .room = room};
    if (d->wake < 0)
        return err_set(e, SYSTEM, "the server cannot start: no files left");
    make_visits(d, a);
    if (pthread_condattr_init(&monotonic) != 0 ||
        pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC) != 0 ||
        pthread_mutex_init(&d->lock, NULL) != 0 || pthread_cond_init(&d->left, &monotonic) != 0)
        give_up("a lock cannot be made");
    pthread_condattr_destroy(&monotonic);
    /* Signals are for the thread that called. */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    d->is_running = pthread_create(&d->thread, NULL, let_in, d) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (d->is_running)
        return OK;
    close(d->wake);
    return err_set(e, SYSTEM, "the server cannot start: no threads left");
}

struct door_load door_load(struct door *d)
{
    pthread_mutex_lock(&d->lock);
    struct door_load load = {d->inside - d->is_expecting, d->room, d->sent_away_ever};
    pthread_mutex_unlock(&d->lock);
    return load;
}

void door_close(struct door *d)
{
    if (!d->is_running)
        return;
    pthread_mutex_lock(&d->lock);
    d->is_closing = true;
    pthread_mutex_unlock(&d->lock);
    pthread_cond_broadcast(&d->left);
    /* Not by shutting the listening socket down: it may be another's too. */
    if (eventfd_write(d->wake, 1) != 0)
        die("the door cannot be closed");
    pthread_join(d->thread, NULL);
    close(d->wake);
    d->is_running = false;
}
