/* The HTTP server. */
#include "web/server.h"

#include "base/arena.h"
#include "log/log.h"
#include "web/door.h"
#include "web/exchange.h"
#include "web/site.h"
#include "web/worker.h"

#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    STACK_BYTES = 256 * 1024,
    READ_STEP_BYTES = 4 * 1024, /* the connection's memory is used in such steps */
    IDLE_SECONDS = 15,
    LAST_REQUESTS_MS = 10000,
    LEAVING = 8 /* connections that have ended, and that libmicrohttpd still counts */
};

struct server {
    struct arena *arena;
    struct service service;
    struct MHD_Daemon *daemon;
    struct door door;
    int connections; /* at once */
    int fd;
    bool is_given; /* another's, who keeps it */
};

static struct MHD_Daemon *start_daemon(struct server *s);

/* A connection is a file; many systems give a program fewer than it may have. */
static void make_room_for_files(const struct log *log)
{
    struct rlimit files;

    if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= (rlim_t)SERVER_FILES)
        return;
    files.rlim_cur = files.rlim_max < (rlim_t)SERVER_FILES ? files.rlim_max : (rlim_t)SERVER_FILES;
    if (setrlimit(RLIMIT_NOFILE, &files) == 0)
        return;
    struct log_line l = log_begin(log, LOG_LEVEL_WARNING, "files");
    log_str(&l, "what", S("fewer connections at once than there could be"));
    log_end(&l);
}

static enum status find_socket(struct server *s, const struct server_options *options, struct err *e)
{
    s->is_given = options->given > 0;
    if (!s->is_given)
        return listen_open(options->listen, options->reach, &s->fd, e);
    s->fd = options->given;
    return OK;
}

static void leave_socket(const struct server *s)
{
    if (s->is_given)
        close(s->fd);
    else
        listen_close(s->fd);
}

enum status server_open(const struct site *site, const struct server_options *options, struct server **out,
                        struct err *e)
{
    struct arena *a = arena_open();
    struct server *s = arena_new(a, 1, struct server);
    size_t workers = options->workers > 0 ? (size_t)options->workers : SERVER_WORKERS;

    s->arena = a;
    s->fd = -1;
    s->connections = options->connections > 0 ? options->connections : SERVER_CONNECTIONS;
    s->service.site = site;
    randombytes_buf(&s->service.first_number, sizeof s->service.first_number);
    randombytes_buf(s->service.form_key, sizeof s->service.form_key);
    randombytes_buf(s->service.source_key, sizeof s->service.source_key);
    gate_open(&s->service.gate);
    make_room_for_files(site->log);
    enum status status = routes_check(site->routes, site->permissions, site->n_permissions, e);
    if (status == OK)
        status = find_socket(s, options, e);
    if (status == OK)
        status = workers_open(site, workers, &s->service.workers, e);
    if (status == OK && !(s->daemon = start_daemon(s)))
        status =
            err_set(e, SYSTEM, "%s: the server cannot start: no memory or no threads left", options->listen);
    if (status == OK)
        status = door_open(&s->door, s->fd, s->daemon, s->connections, a, e);
    if (status != OK) {
        server_close(s);
        return status;
    }
    *out = s;
    return OK;
}

int server_port(const struct server *s)
{
    return listen_port(s->fd);
}

const struct tally *server_tally(const struct server *s)
{
    return &s->service.tally;
}

struct door_load server_load(struct server *s)
{
    return door_load(&s->door);
}

void server_close(struct server *s)
{
    if (!s)
        return;
    if (s->daemon) {
        door_close(&s->door);
        if (!s->is_given)
            shutdown(s->fd, SHUT_RD); /* who comes now is refused, and need not wait for nobody */
        for (int ms = 0; ms < LAST_REQUESTS_MS && atomic_load(&s->service.in_flight) > 0; ms += 10)
            poll(NULL, 0, 10);
        MHD_stop_daemon(s->daemon);
    }
    leave_socket(s);
    workers_close(s->service.workers);
    gate_close(&s->service.gate);
    arena_close(s->arena);
}

/* Each connection has an arena from its first byte to its last. */
static void on_connection(void *server, struct MHD_Connection *c, void **visit,
                          enum MHD_ConnectionNotificationCode code)
{
    struct server *s = server;
    struct visit *v = *visit;

    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        v = door_come(&s->door, MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd);
        v->arena = arena_open();
        *visit = v;
        return;
    }
    arena_close(v->arena);
    door_leave(&s->door, v);
}

static struct visit *visit_of(struct MHD_Connection *c)
{
    return MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

static void *on_request_line(void *server, const char *target, struct MHD_Connection *c)
{
    struct server *s = server;

    return exchange_open(&s->service, visit_of(c)->arena, str_of(target), c);
}

/* NOLINTNEXTLINE(readability-function-size): the parameters are those of MHD_AccessHandlerCallback */
static enum MHD_Result on_request(void *server, struct MHD_Connection *c, const char *url, const char *method,
                                  const char *version, const char *body, size_t *body_bytes, void **exchange)
{
    struct server *s = server;
    struct exchange *x = *exchange;

    (void)url;
    (void)version;
    if (!x)
        return MHD_NO;
    if (!x->has_begun)
        return exchange_begin(x, str_of(method));
    if (*body_bytes > 0) {
        exchange_receive(x, body, *body_bytes);
        *body_bytes = 0;
        return MHD_YES;
    }
    door_serve(&s->door, visit_of(c));
    enum MHD_Result is_queued = exchange_answer(x);
    door_served(&s->door, visit_of(c));
    return is_queued;
}

static void on_completed(void *server, struct MHD_Connection *c, void **exchange,
                         enum MHD_RequestTerminationCode code)
{
    (void)server;
    (void)c;
    (void)code;
    exchange_close(*exchange);
    *exchange = NULL;
}

/* Paths and queries are decoded in request.c and form.c, which see the bytes as they were sent. */
static size_t leave_encoded(void *server, struct MHD_Connection *c, char *s)
{
    (void)server;
    (void)c;
    return strlen(s);
}

static struct MHD_Daemon *start_daemon(struct server *s)
{
    unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL |
                     MHD_USE_ITC | MHD_USE_NO_LISTEN_SOCKET;
    sigset_t all;
    sigset_t before;

    /* Signals are for the thread that called: those of the server are made with all of them blocked. */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    /* clang-format off */
    struct MHD_Daemon *daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, on_request, s,
        MHD_OPTION_THREAD_STACK_SIZE, (size_t)STACK_BYTES,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)(s->connections + LEAVING),
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)EXCHANGE_CONNECTION_BYTES,
        MHD_OPTION_CONNECTION_MEMORY_INCREMENT, (size_t)READ_STEP_BYTES,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, s,
        MHD_OPTION_URI_LOG_CALLBACK, on_request_line, s,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, s,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, s,
        MHD_OPTION_END);
    /* clang-format on */
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return daemon;
}
