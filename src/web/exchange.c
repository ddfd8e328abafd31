/* One request and its answer. */
#include "web/exchange.h"

#include "base/arena.h"
#include "base/number.h"
#include "log/log.h"
#include "web/answer.h"
#include "web/asset.h"
#include "web/dispatch.h"
#include "web/request.h"
#include "web/site.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const int64_t most_drained_bytes = INT64_C(2) << 30;

static bool is_worth_draining(const struct exchange *x, int64_t body_bytes);
static int check_head(struct exchange *x, int64_t *body_bytes);
static int find_route(struct exchange *x, int64_t body_bytes);
static bool hold_large(struct exchange *x, int64_t body_bytes);
static void note_answer(struct exchange *x, int http_status);

struct exchange *exchange_open(struct service *service, struct arena *connection_arena, struct str target,
                               struct MHD_Connection *c)
{
    arena_reset(connection_arena);
    struct exchange *x = arena_new(connection_arena, 1, struct exchange);
    uint64_t number = service->first_number + atomic_fetch_add(&service->requests, 1);

    x->service = service;
    x->arena = connection_arena;
    x->connection = c;
    x->target = str_copy(target, connection_arena);
    snprintf(x->number, sizeof x->number, "%016" PRIx64, number);
    return x;
}

enum MHD_Result exchange_begin(struct exchange *x, struct str method)
{
    int64_t body_bytes = 0;

    x->has_begun = true;
    atomic_fetch_add(&x->service->in_flight, 1);
    clock_gettime(CLOCK_MONOTONIC, &x->began);
    x->method = str_copy(method, x->arena);
    x->refused = check_head(x, &body_bytes);
    if (x->refused == 0)
        x->refused = find_route(x, body_bytes);
    if (x->refused != 0 && !is_worth_draining(x, body_bytes))
        return exchange_answer(x); /* now: what is refused is not read, and the connection closes after it */
    x->body_room = (size_t)body_bytes;
    return MHD_YES;
}

struct str exchange_header(const void *connection, const char *name)
{
    /* libmicrohttpd takes the connection without const, and does not change it. */
    struct MHD_Connection *c = (struct MHD_Connection *)connection;

    return str_of(MHD_lookup_connection_value(c, MHD_HEADER_KIND, name));
}

const struct sockaddr *exchange_peer(const void *connection)
{
    /* The library takes no constant connection, and changes nothing in it. */
    struct MHD_Connection *c = (struct MHD_Connection *)(uintptr_t)connection;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);

    return info ? info->client_addr : NULL;
}

/* A browser sends a form's whole body before it looks for an answer, and shows a broken connection when that
 * is cut off. So a refused body is read, and forgotten piece by piece, unless its sender waits to be told, or
 * it never ends. */
static bool is_worth_draining(const struct exchange *x, int64_t body_bytes)
{
    return body_bytes >= 0 && body_bytes <= most_drained_bytes &&
           exchange_header(x->connection, "Expect").n == 0;
}

/* -1 when the length is not told, or not a number. */
static int64_t announced_body(const struct exchange *x)
{
    struct str length = exchange_header(x->connection, "Content-Length");
    int64_t bytes = 0;

    if (exchange_header(x->connection, "Transfer-Encoding").n > 0)
        return -1;
    if (length.n > 0 && !i64_from_str(length, 0, INT64_MAX, &bytes))
        return -1;
    return bytes;
}

/* 0, or the status to refuse with. */
static int check_head(struct exchange *x, int64_t *body_bytes)
{
    const union MHD_ConnectionInfo *head =
        MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);

    *body_bytes = announced_body(x);
    if (!request_target(x->target, x->arena, &x->path, &x->query))
        return 400;
    x->language = request_language(x->path, &x->path);
    if (!head || head->header_size > EXCHANGE_HEAD_LIMIT_BYTES)
        return 431;
    if (exchange_header(x->connection, "Host").n == 0)
        return 400; /* RFC 9112, section 3.2 */
    return *body_bytes < 0 ? 411 : 0;
}

static int find_route(struct exchange *x, int64_t body_bytes)
{
    bool is_read = str_is(x->method, "GET") || str_is(x->method, "HEAD");

    x->asset = asset_find(x->path);
    if (x->asset) {
        x->match = (struct route_match){.is_path_known = true, .takes_get = true};
        if (!is_read)
            return 405;
    } else if (!route_find(x->service->site->routes, x->method, x->path, &x->match)) {
        return x->match.is_path_known ? 405 : 404;
    }
    if (is_read)
        return body_bytes > 0 ? 400 : 0;
    size_t limit = x->match.route->body_limit_bytes;
    if (body_bytes > (int64_t)(limit ? limit : ROUTE_BODY_LIMIT_BYTES))
        return 413;
    return hold_large(x, body_bytes) ? 0 : 429;
}

static void let_go_of_large(struct exchange *x)
{
    atomic_fetch_sub(&x->service->large_bytes, x->large_bytes);
    x->large_bytes = 0;
}

static bool hold_large(struct exchange *x, int64_t body_bytes)
{
    if (body_bytes <= ROUTE_BODY_LIMIT_BYTES)
        return true;
    x->large_bytes = body_bytes;
    long long before = atomic_fetch_add(&x->service->large_bytes, body_bytes);
    if (before == 0 || before + body_bytes <= EXCHANGE_LARGE_MOST_BYTES)
        return true;
    let_go_of_large(x);
    return false;
}

void exchange_receive(struct exchange *x, const char *bytes, size_t n)
{
    if (x->refused != 0)
        return;
    if (!x->body)
        x->body = arena_new(x->arena, x->body_room + 1, char);
    if (n > x->body_room - x->body_n)
        n = x->body_room - x->body_n; /* libmicrohttpd gives no more than was announced */
    if (n > 0)
        memcpy(x->body + x->body_n, bytes, n);
    x->body_n += n;
}

enum MHD_Result exchange_answer(struct exchange *x)
{
    struct answer answer = dispatch(x);

    note_answer(x, answer.http_status);
    return answer_send(x->connection, &answer);
}

/* What was sent, and the page that answered it, may be what nobody else may read: it does not wait in memory
 * for the next request to be written over it. */
void exchange_close(struct exchange *x)
{
    if (!x)
        return;
    if (x->has_begun)
        atomic_fetch_sub(&x->service->in_flight, 1);
    let_go_of_large(x);
    arena_wipe(x->arena);
}

static int64_t ms_since(const struct timespec *began)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (now.tv_sec - began->tv_sec) * 1000 + (now.tv_nsec - began->tv_nsec) / 1000000;
}

static void log_answer(const struct exchange *x, int http_status, int64_t ms)
{
    static const char *const methods[] = {"GET", "HEAD", "POST", NULL};
    const struct route *route = x->match.route;
    const struct log *log = x->service->site->log;
    size_t i = 0;

    bool is_slow = log && log->slow_ms > 0 && ms >= log->slow_ms;
    while (methods[i] && !str_is(x->method, methods[i]))
        i++;
    struct log_line l =
        log_begin(log, is_slow ? LOG_LEVEL_WARNING : LOG_LEVEL_INFO, is_slow ? "slow" : "request");
    log_str(&l, "method", str_of(methods[i] ? methods[i] : "other"));
    log_str(&l, "route", str_of(x->asset ? "/a" : route ? route->pattern : "-"));
    log_int(&l, "status", http_status);
    log_int(&l, "ms", ms);
    log_str(&l, "id", str_of(x->number));
    log_end(&l);
}

static void note_answer(struct exchange *x, int http_status)
{
    int64_t ms = ms_since(&x->began);

    if (x->match.route && x->match.route->logging == ROUTE_UNLOGGED)
        return;
    tally_add(&x->service->tally, x, http_status, ms);
    log_answer(x, http_status, ms);
}
