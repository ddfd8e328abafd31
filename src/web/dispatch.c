/* From a request that has been read to its answer. */
#include "web/dispatch.h"

#include "base/arena.h"
#include "base/number.h"
#include "web/asset.h"
#include "web/error.h"
#include "web/exchange.h"
#include "web/gate.h"
#include "web/request.h"
#include "web/site.h"
#include "web/worker.h"

#include "pages.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

/* What is found under the hash of its bytes is never anything else. */
static const char immutable[] = "public, max-age=31536000, immutable";
static const char kept_a_day[] = "public, max-age=86400";

static struct answer answer_asset(struct exchange *x);
static struct answer answer_error(struct exchange *x, int http_status);
static struct answer answer_later(struct exchange *x);
static struct answer answer_route(struct exchange *x);

/* Does the route itself tell that what was sent is more than it takes? */
static bool shows_beyond(const struct exchange *x, int refused)
{
    return refused == 413 && x->match.route && x->match.route->show_beyond;
}

struct answer dispatch(struct exchange *x)
{
    if (x->refused == 429)
        return answer_later(x);
    if (x->refused != 0 && !shows_beyond(x, x->refused))
        return answer_error(x, x->refused);
    return x->asset ? answer_asset(x) : answer_route(x);
}

/* Copies what the answer says of itself to where it lives until it has been sent. */
static void add_header(struct exchange *x, struct answer *out, const char *name, struct str value)
{
    struct response_header *headers = arena_new(x->arena, out->n_headers + 1, struct response_header);

    for (size_t i = 0; i < out->n_headers; i++)
        headers[i] = out->headers[i];
    headers[out->n_headers++] = (struct response_header){name, str_copy(value, x->arena)};
    out->headers = headers;
}

static bool takes_gzip(const struct exchange *x)
{
    struct str rest = exchange_header(x->connection, "Accept-Encoding");
    struct str coding;

    while (rest.n > 0) {
        str_cut(rest, ',', &coding, &rest);
        if (str_is(str_trim(coding), "gzip"))
            return true;
    }
    return false;
}

static struct answer answer_asset(struct exchange *x)
{
    bool is_short = x->asset->gzip.n > 0 && takes_gzip(x);
    struct answer out = {
        .http_status = 200,
        .type = x->asset->type,
        .bytes = is_short ? x->asset->gzip : x->asset->bytes,
        .fd = -1,
        .caching = immutable,
    };

    add_header(x, &out, "Vary", S("Accept-Encoding"));
    if (is_short)
        add_header(x, &out, "Content-Encoding", S("gzip"));
    return out;
}

static struct answer answer_error(struct exchange *x, int http_status)
{
    const struct site *site = x->service->site;
    struct html page = html_open(x->arena, catalogue_of(x->language));
    struct error_view view = error_view_of(http_status, x->language, str_of(x->number));

    if (site->error_page)
        site->error_page(site->context, &page, &view);
    else
        page_web_error(&page, &view);
    struct answer out = {
        .http_status = http_status,
        .type = "text/html; charset=utf-8",
        .bytes = html_str(&page),
        .fd = -1,
        .caching = "no-store",
    };
    if (http_status == 405 && x->match.takes_get)
        add_header(x, &out, "Allow", x->match.takes_post ? S("GET, HEAD, POST") : S("GET, HEAD"));
    else if (http_status == 405)
        add_header(x, &out, "Allow", S("POST"));
    return out;
}

static struct request request_of(struct exchange *x)
{
    const struct site *site = x->service->site;
    struct request r = {
        .match = x->match,
        .method = x->method,
        .path = x->path,
        .language = x->language,
        .context = site->context,
        .now_at = site->now_at ? site->now_at(site->context) : (int64_t)time(NULL),
        .number = str_of(x->number),
        .log = site->log,
        .header = exchange_header,
        .headers = x->connection,
        .peer = exchange_peer,
        .source_key = x->service->source_key,
    };

    memcpy(r.seal.key, x->service->form_key, sizeof r.seal.key);
    r.seal.now_at = r.now_at;
    return r;
}

static int read_multipart(struct exchange *x, struct request *r, struct str type, struct err *e)
{
    const size_t most = x->match.route->files_most;

    switch (form_parse_multipart(type, (struct str){x->body, x->body_n}, most ? most : ROUTE_FILES, x->arena,
                                 &r->form, e)) {
    case OK:
        return 0;
    case REFUSED:
        r->beyond = REQUEST_TOO_MANY_FILES;
        return 413;
    case BAD_INPUT:
    case USAGE:
    case SYSTEM:
        break;
    }
    return 400;
}

/* Query and form into the connection's arena: 0, or the HTTP status to refuse with. */
static int read_fields(struct exchange *x, struct request *r, struct err *e)
{
    static const struct str encoding = {"application/x-www-form-urlencoded", 33};

    if (form_parse(x->query, x->arena, &r->query, e) != OK)
        return 400;
    if (!str_is(x->method, "POST"))
        return 0;
    if (x->match.route->posted_from == ROUTE_FORM && !request_is_from_own_page(r))
        return 403;
    if (x->refused != 0) {
        r->beyond = REQUEST_TOO_LARGE;
        return x->refused;
    }
    struct str type = request_header(r, "Content-Type");
    struct str body = {x->body, x->body_n};
    if (form_is_multipart(type))
        return read_multipart(x, r, type, e);
    if (body.n > 0 && !str_starts(type, encoding))
        return 415;
    return form_parse(body, x->arena, &r->form, e) == OK ? 0 : 400;
}

/* Who is not signed in, or not wholly, is shown where that is done, and comes back to this page after it. */
static int send_to_sign_in(const struct request *r, struct response *out)
{
    struct html address = html_open(r->arena, catalogue_of(r->language));

    if (!r->sign_in || str_is(r->method, "POST"))
        return 403;
    html_raw(&address, request_address(str_of(r->sign_in), r->language, r->arena));
    html_lit(&address, "?till=");
    html_put_url_part(&address, request_address(r->path, r->language, r->arena));
    return response_redirect(out, html_str(&address)) == OK ? 303 : 500;
}

/* Is the form that was sent one of ours, made for who sends it? */
static bool is_own_form(struct request *r)
{
    return r->match.route->posted_from == ROUTE_FROM_ANYWHERE ||
           form_token_read(&r->seal, form_value(&r->form, FORM_TOKEN_FIELD), &r->stamp);
}

static enum status handle(const struct site *site, const struct request *r, struct response *out,
                          struct err *e)
{
    const struct route *route = r->match.route;
    bool is_answered = false;

    if (!str_is(r->method, "POST") || route->posted == ROUTE_EACH || route->posted_from != ROUTE_FORM ||
        !site->change_begin)
        return route->handle(r, out, e);
    TRY(site->change_begin(r, out, &is_answered, e));
    return is_answered ? OK : site->change_end(r, route->handle(r, out, e), out, e);
}

/* Who asks, may they, and what is the answer? The HTTP status, of `out` where that is below 400. */
static int ask(struct exchange *x, struct request *r, struct response *out, struct err *e)
{
    const struct site *site = x->service->site;
    const struct route *route = x->match.route;
    enum status s = site->who_asks ? site->who_asks(r, e) : OK;

    if (s == OK && r->is_shut)
        return 503;
    if (s == OK && !route_may(site->permissions, site->n_permissions, route->permission, r->roles))
        return send_to_sign_in(r, out);
    if (s == OK && r->beyond != REQUEST_WHOLE)
        s = route->show_beyond(r, out, e);
    else if (s == OK && str_is(r->method, "POST") && !is_own_form(r))
        return 403;
    else if (s == OK)
        s = handle(site, r, out, e);
    switch (s) {
    case OK:
        return out->http_status;
    case REFUSED:
        return 422;
    case BAD_INPUT:
        return 400;
    case USAGE:
    case SYSTEM:
        break;
    }
    request_log(r, "fault", e);
    return 500;
}

/* Is one of the tags of If-None-Match ours? A front server may have made it weak: W/"…" (RFC 9110, 13.1.2).
 */
static bool has_already(const struct exchange *x, const char *etag)
{
    struct str known = exchange_header(x->connection, "If-None-Match");

    return str_is(known, "*") || (known.n > 0 && memmem(known.p, known.n, etag, strlen(etag)) != NULL);
}

static void revalidate(struct exchange *x, struct answer *out)
{
    char etag[19];

    answer_etag(out->bytes, etag);
    out->caching = "no-cache";
    add_header(x, out, "ETag", str_of(etag));
    if (has_already(x, etag)) {
        out->http_status = 304;
        out->type = NULL;
        out->bytes = (struct str){"", 0};
    }
}

/* Takes what the handler made out of the worker's memory. What was made for one person is kept nowhere. */
static struct answer take_over(struct exchange *x, const struct response *made, bool is_personal)
{
    struct str bytes = made->bytes.n > 0 ? made->bytes : html_str(&made->page);
    struct answer out = {
        .http_status = made->http_status,
        .type = bytes.n > 0 || made->fd >= 0 ? made->type : NULL,
        .bytes = str_copy(bytes, x->arena),
        .fd = made->fd,
        .file_bytes = made->file_bytes,
        .caching = "no-store",
    };

    if (x->match.route->caching == ROUTE_REVALIDATED && !is_personal && out.http_status == 200 && out.fd < 0)
        revalidate(x, &out);
    if (x->match.route->caching == ROUTE_KEPT_A_DAY && out.http_status == 200)
        out.caching = kept_a_day;
    if (x->match.route->caching == ROUTE_IMMUTABLE && out.http_status == 200)
        out.caching = immutable;
    return out;
}

/* The answer of the handler, or the page about an error: with the headers that the handler set. */
static struct answer answer_made(struct exchange *x, const struct request *r, const struct response *made,
                                 int http_status)
{
    bool is_page = http_status < 400 || made->is_corrected;
    struct answer out = is_page ? take_over(x, made, r->who != NULL) : answer_error(x, http_status);

    if (!is_page && made->fd >= 0)
        close(made->fd);
    for (size_t i = 0; i < made->n_headers; i++)
        add_header(x, &out, made->headers[i].name, made->headers[i].value);
    return out;
}

static struct answer answer_by_worker(struct exchange *x, struct request *r, struct err *e)
{
    struct worker *w = worker_take(x->service->workers);
    struct response made = response_open(w->page, catalogue_of(x->language), w->arena);
    r->arena = w->arena;
    r->worker = w->context;
    int http_status = ask(x, r, &made, e);
    struct answer out = answer_made(x, r, &made, http_status);
    w->page = made.page.out;
    worker_give(x->service->workers, w);
    return out;
}

/* Too much is asked for at once. */
static struct answer answer_later(struct exchange *x)
{
    struct answer later = answer_error(x, 429);
    char seconds[I64_TEXT_BYTES];

    add_header(x, &later, "Retry-After", i64_to_text(GATE_RETRY_SECONDS, seconds));
    return later;
}

static struct answer answer_route(struct exchange *x)
{
    struct err e = {OK, ""};
    struct request r = request_of(x);
    int refused = read_fields(x, &r, &e);
    bool is_costly = x->match.route->cost == ROUTE_COSTLY;

    if (refused != 0 && !shows_beyond(x, refused))
        return answer_error(x, refused);
    if (is_costly && !gate_enter(&x->service->gate))
        return answer_later(x);
    struct answer out = answer_by_worker(x, &r, &e);
    if (is_costly)
        gate_leave(&x->service->gate);
    return out;
}
