/* Where monitoring asks how a served city is. */
#include "watch/watch.h"

#include "base/arena.h"
#include "base/text.h"
#include "process/keeper.h"
#include "store/city.h"
#include "watch/metrics.h"
#include "web/request.h"
#include "web/response.h"
#include "web/server.h"
#include "web/site.h"

#include <sys/un.h>

enum { WATCHERS = 1, CONNECTIONS = 8 };

struct watch {
    struct arena *arena;
    struct watched watched;
    struct site site;
    struct server *server;
};

static const char plain[] = "text/plain; charset=utf-8";

static enum status show_health(const struct request *r, struct response *out, struct err *e)
{
    const struct watch *w = r->context;

    (void)e;
    if (keeper_state(w->watched.keeper).is_up) {
        response_bytes(out, plain, S("ok\n"));
        return OK;
    }
    response_bytes(
        out, plain,
        S("the worker has ended and is started again: letters, reminders and the nightly work wait\n"));
    return response_told(out, 503);
}

/* A write that changes nothing waits for the database's one writer as every change does. */
static enum status try_database(struct db *db, struct err *e)
{
    TRY(db_begin(db, e));
    return db_end(db, OK, e);
}

static enum status show_ready(const struct request *r, struct response *out, struct err *e)
{
    if (try_database(r->worker, e) == OK) {
        response_bytes(out, plain, S("ready\n"));
        return OK;
    }
    request_log(r, "not_ready", e);
    response_bytes(out, plain, str_of(arena_printf(r->arena, "not ready: %s\n", e->what)));
    return response_told(out, 503);
}

static enum status show_metrics(const struct request *r, struct response *out, struct err *e)
{
    struct text text = text_open(r->arena);
    const struct watch *w = r->context;

    TRY(metrics_write(&w->watched, r->worker, r->now_at, &text, e));
    response_bytes(out, "text/plain; version=0.0.4; charset=utf-8", text_str(&text));
    return OK;
}

/* Asked for every few seconds, for years: the log is not for that. */
static const struct route routes[] = {
    {"GET", "/health", ROUTE_ANYONE, show_health, .logging = ROUTE_UNLOGGED},
    {"GET", "/ready", ROUTE_ANYONE, show_ready, .logging = ROUTE_UNLOGGED},
    {"GET", "/metrics", ROUTE_ANYONE, show_metrics, .logging = ROUTE_UNLOGGED},
    {.method = NULL},
};
static const struct route *const tables[] = {routes, NULL};

static enum status open_worker(void *context, void **worker, struct err *e)
{
    const struct watch *w = context;
    struct db *db = NULL;

    TRY(city_connect(w->watched.city, DB_WRITE, &db, e));
    *worker = db;
    return OK;
}

static void close_worker(void *worker)
{
    db_close(worker);
}

enum status watch_check(struct str socket, struct err *e)
{
    if (!str_starts(socket, S("/")) || socket.n >= sizeof((struct sockaddr_un){0}).sun_path)
        return err_set(
            e, BAD_INPUT,
            "lykta.conf: socket in [watch]: expected a whole path that begins with /, of at most %zu "
            "letters",
            sizeof((struct sockaddr_un){0}).sun_path - 1);
    return OK;
}

enum status watch_open(const struct watched *watched, struct watch **out, struct err *e)
{
    struct str socket = watched->city->file.watch_socket;

    *out = NULL;
    if (socket.n == 0)
        return OK;
    TRY(watch_check(socket, e));
    struct arena *a = arena_open();
    struct watch *w = arena_new(a, 1, struct watch);
    *w = (struct watch){.arena = a,
                        .watched = *watched,
                        .site = {.routes = tables,
                                 .context = w,
                                 .log = watched->log,
                                 .worker_open = open_worker,
                                 .worker_close = close_worker}};
    const struct server_options options = {
        .listen = arena_printf(a, "unix:%.*s", STR(socket)), .workers = WATCHERS, .connections = CONNECTIONS};
    enum status s = server_open(&w->site, &options, &w->server, e);
    if (s != OK) {
        arena_close(a);
        return s;
    }
    *out = w;
    return OK;
}

void watch_close(struct watch *w)
{
    if (!w)
        return;
    server_close(w->server);
    arena_close(w->arena);
}
