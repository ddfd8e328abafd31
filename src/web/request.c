/* A request as its handler sees it. */
#include "web/request.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/number.h"
#include "log/log.h"
#include "web/percent.h"

#include <string.h>

void request_log(const struct request *r, const char *event, const struct err *e)
{
    struct log_line l = log_begin(r->log, LOG_LEVEL_ERROR, event);

    log_str(&l, "route", str_of(r->match.route->pattern));
    log_str(&l, "id", r->number);
    log_str(&l, "what", str_of(e->what));
    log_end(&l);
}

struct str request_header(const struct request *r, const char *name)
{
    return r->header ? r->header(r->headers, name) : (struct str){NULL, 0};
}

void request_source(const struct request *r, unsigned char out[SOURCE_BYTES])
{
    memset(out, 0, SOURCE_BYTES);
    if (r->source_key && r->peer)
        source_hash(r->source_key, r->peer(r->headers), request_header(r, "X-Forwarded-For"), r->now_at, out);
}

struct str request_cookie(const struct request *r, const char *name)
{
    struct str rest = request_header(r, "Cookie");
    struct str pair;
    struct str key;
    struct str value;

    while (rest.n > 0) {
        str_cut(rest, ';', &pair, &rest);
        if (str_cut(str_trim(pair), '=', &key, &value) && str_is(key, name))
            return value;
    }
    return (struct str){NULL, 0};
}

struct str request_param(const struct request *r, const char *name)
{
    for (size_t i = 0; i < r->match.n; i++)
        if (str_is(r->match.params[i].name, name))
            return r->match.params[i].value;
    die("route %s has no parameter %s", r->match.route ? r->match.route->pattern : "?", name);
}

int64_t request_id(const struct request *r)
{
    int64_t id = 0;

    if (!i64_from_str(request_param(r, "id"), 1, INT64_MAX, &id))
        die("route %s matched what is no id", r->match.route->pattern);
    return id;
}

bool request_is_from_own_page(const struct request *r)
{
    struct str site = request_header(r, "Sec-Fetch-Site");
    struct str origin = request_header(r, "Origin");
    struct str host = request_header(r, "Host");

    if (site.n > 0)
        return str_is(site, "same-origin");
    if (host.n == 0)
        return false;
    return (str_starts(origin, S("https://")) && str_equal(str_part(origin, 8, origin.n), host)) ||
           (str_starts(origin, S("http://")) && str_equal(str_part(origin, 7, origin.n), host));
}

struct str request_address(struct str path, enum language language, struct arena *a)
{
    struct text address = text_open(a);

    if (language != LANGUAGE_SV) {
        text_byte(&address, '/');
        text_add(&address, language_code(language));
    }
    text_add(&address, path);
    return text_str(&address);
}

enum language request_language(struct str path, struct str *without)
{
    bool is_english = str_starts(path, S("/en")) && (path.n == 3 || path.p[3] == '/');

    if (!is_english) {
        *without = path;
        return LANGUAGE_SV;
    }
    *without = path.n <= 4 ? S("/") : str_part(path, 3, path.n);
    return LANGUAGE_EN;
}

static bool is_plain_path(struct str path)
{
    struct str rest = str_part(path, 1, path.n);
    struct str segment;
    bool has_more = rest.n > 0;

    if (!str_starts(path, S("/")))
        return false;
    for (size_t i = 0; i < path.n; i++)
        if ((unsigned char)path.p[i] < ' ' || path.p[i] == '\x7f' || path.p[i] == '\\')
            return false;
    while (has_more) {
        has_more = str_cut(rest, '/', &segment, &rest);
        bool is_closing_slash = segment.n == 0 && !has_more;
        if ((segment.n == 0 && !is_closing_slash) || str_is(segment, ".") || str_is(segment, ".."))
            return false;
    }
    return true;
}

bool request_target(struct str target, struct arena *a, struct str *path, struct str *query)
{
    struct str encoded;
    struct str decoded;

    str_cut(target, '?', &encoded, query);
    if (!percent_decode(encoded, a, &decoded) || !is_plain_path(decoded))
        return false;
    *path = decoded;
    return true;
}
