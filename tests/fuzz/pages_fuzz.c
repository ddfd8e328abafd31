/* Any bytes as a request of a served city: any page or form, asked by any role with any fields. No answer is
 * a fault of the server's own, and every page is UTF-8.
 *
 * The city is the example city, made once. A change is undone when it has been answered, so that the same
 * bytes always meet the same city. Left out are requests that hash a password, start another program or end a
 * session. */
#include "account/attempts.h"
#include "base/arena.h"
#include "base/file.h"
#include "command/rooms.h"
#include "observation/desk.h"
#include "portal/portal.h"
#include "store/city.h"
#include "store/db.h"
#include "web/request.h"
#include "web/response.h"

#include <sodium.h>

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEAD_BYTES = 4, MOST_ROUTES = 1024, COOKIE_BYTES = 64 };

static struct {
    char folder[40];
    struct arena *arena;
    struct city *city;
    struct portal portal;
    struct site *site;
    void *worker;
    const char *cookie[ROLES + 1]; /* NULL: none */
    const struct route *route[MOST_ROUTES];
    size_t routes;
    uint64_t sent;
} served;

static void must(enum status s, const struct err *e)
{
    if (s == OK)
        return;
    fprintf(stderr, "%s\n", e->what);
    abort();
}

static void make_city(const char *path)
{
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        if (!freopen("/dev/null", "w", stdout))
            _exit(1);
        execl(TEST_PROGRAM, TEST_PROGRAM, "demo", path, (char *)NULL);
        _exit(1);
    }
    if (waitpid(child, &status, 0) != child || status != 0)
        abort();
}

/* A whole session of somebody with `role`, as the cookie that a browser would send. */
static void sign_in(enum role role)
{
    static const char sql[] = "select min(person) from person_role where role = $1";
    struct query q = db_query(served.city->db, sql);
    unsigned char secret[SESSION_SECRET_BYTES];
    char shown[COOKIE_BYTES];
    struct err e = {0};

    bind_str(&q, 1, str_of(role_name(role)));
    int64_t person = query_next(&q) ? query_int(&q, 0) : 0;
    must(query_end(&q, &e), &e);
    if (person == 0)
        return;
    struct session session = {
        .person = person, .stage = SESSION_WHOLE, .method = S("password"), .device = S("Firefox, Linux")};
    must(session_begin(served.city->db, &outside_machine, &session, secret, &e), &e);
    sodium_bin2base64(shown, sizeof shown, secret, sizeof secret, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    served.cookie[role] = arena_printf(served.arena, "%s=%s", SESSION_COOKIE, shown);
}

static bool is_quick(const struct route *route)
{
    return route->cost != ROUTE_COSTLY && !strstr(route->pattern, "pdf") &&
           strcmp(route->pattern, "/logga-ut") != 0;
}

static void find_routes(void)
{
    for (size_t room = 0; rooms[room]; room++)
        for (const struct route *route = rooms[room]->routes; route->method; route++)
            if (is_quick(route)) {
                assert(served.routes < MOST_ROUTES);
                served.route[served.routes++] = route;
            }
}

static void forget_city(void)
{
    served.site->worker_close(served.worker);
    attempts_close(served.portal.attempts);
    desk_close(served.portal.desk);
    portal_close(&served.portal);
    city_close(served.city);
    folder_remove(served.folder);
    arena_close(served.arena);
}

static void serve_city(void)
{
    struct err e = {0};

    memcpy(served.folder, "/tmp/lykta-pages-XXXXXX", sizeof "/tmp/lykta-pages-XXXXXX");
    if (!mkdtemp(served.folder))
        abort();
    served.arena = arena_open();
    const char *path = arena_printf(served.arena, "%s/city", served.folder);
    make_city(path);
    must(city_open(path, DB_WRITE, &served.city, &e), &e);
    must(portal_open(&served.portal, served.city, &outside_machine, rooms, &e), &e);
    served.portal.desk = desk_open();
    served.portal.attempts = attempts_open();
    served.site = portal_site(&served.portal, served.arena);
    must(served.site->worker_open(served.site->context, &served.worker, &e), &e);
    for (int role = 0; role < ROLES; role++)
        sign_in((enum role)role);
    find_routes();
    atexit(forget_city);
}

/* The headers of a request are its cookie alone. */
static struct str header(const void *headers, const char *name)
{
    return headers && strcmp(name, "Cookie") == 0 ? str_of(headers) : S("");
}

/* A short whole number for ":id", a text of the input for any other parameter: as route_find takes them. */
static void fill_params(struct request *r, unsigned char id, struct str text)
{
    struct str rest = str_of(r->match.route->pattern);
    struct str segment;

    while (rest.n > 0) {
        str_cut(rest, '/', &segment, &rest);
        if (segment.n < 2 || segment.p[0] != ':')
            continue;
        struct route_param *p = &r->match.params[r->match.n++];
        p->name = str_part(segment, 1, segment.n);
        p->value = str_is(p->name, "id") ? str_of(arena_printf(r->arena, "%d", 1 + id % 40)) : text;
    }
}

/* Undoes what has been changed, and so keeps the city as it was for the next. */
static enum status change(const struct request *r, struct response *out, struct err *e)
{
    bool is_answered = false;

    TRY(served.site->change_begin(r, out, &is_answered, e));
    if (is_answered)
        return OK;
    enum status s = r->match.route->handle(r, out, e);
    struct err undone = {0};
    enum status end = served.site->change_end(r, s == OK ? REFUSED : s, out, &undone);
    assert(end != OK);
    return s;
}

static bool changes(const struct route *route)
{
    return strcmp(route->method, "POST") == 0;
}

static void answer(struct request *r)
{
    const struct route *route = r->match.route;
    struct response out = response_open(text_open(r->arena), catalogue_of(r->language), r->arena);
    struct err e = {OK, ""};

    must(served.site->who_asks(r, &e), &e);
    if (!route_may(served.site->permissions, served.site->n_permissions, route->permission, r->roles))
        return;
    bool is_undone = changes(route) && route->posted == ROUTE_ONCE && route->posted_from == ROUTE_FORM;
    enum status s = is_undone ? change(r, &out, &e) : route->handle(r, &out, &e);
    if (s == SYSTEM || s == USAGE)
        fprintf(stderr, "%s %s: %s\n", route->method, route->pattern, e.what);
    assert(s != SYSTEM && s != USAGE && out.http_status < 500);
    assert(strncmp(out.type, "text/html", 9) != 0 || str_is_utf8(html_str(&out.page)));
    if (out.fd >= 0)
        close(out.fd);
}

/* Who is signed in may end sessions and change keys by forms that undo nothing: those are left to readers. */
static bool is_asked(const struct request *r, const char *cookie)
{
    return !changes(r->match.route) || r->match.route->posted == ROUTE_ONCE || !cookie;
}

static void ask(const uint8_t *head, struct str parameter, struct str query, struct str form, struct arena *a)
{
    const char *cookie = served.cookie[head[0] % (ROLES + 1)];
    struct request r = {
        .match = {.route = served.route[(head[1] | (size_t)head[2] << 8) % served.routes]},
        .language = head[0] >= 128 ? LANGUAGE_EN : LANGUAGE_SV,
        .arena = a,
        .worker = served.worker,
        .context = served.site->context,
        .now_at = served.site->now_at(served.site->context),
        .number = S("1"),
        .header = header,
        .headers = cookie,
    };
    struct err e;

    r.method = str_of(r.match.route->method);
    r.path = str_of(r.match.route->pattern);
    r.seal.now_at = r.stamp.made_at = r.now_at;
    served.sent++;
    memcpy(r.stamp.once, &served.sent, sizeof served.sent);
    if (!is_asked(&r, cookie) || form_parse(query, a, &r.query, &e) != OK ||
        form_parse(form, a, &r.form, &e) != OK)
        return;
    fill_params(&r, head[3], parameter);
    answer(&r);
}

/* What route_find lets through as a parameter. */
static bool is_parameter(struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.", text.p[i]) ||
            text.p[i] == '\0')
            return false;
    return text.n > 0 && text.n <= 100 && text.p[0] != '.';
}

/* Before the time of a run is counted: the example city takes longer than that. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    serve_city();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str parameter;
    struct str query;
    struct str form;
    struct str rest;

    if (!served.worker)
        serve_city();
    if (size < HEAD_BYTES)
        return 0;
    str_cut((struct str){(const char *)data + HEAD_BYTES, size - HEAD_BYTES}, '\n', &parameter, &rest);
    str_cut(rest, '\n', &query, &form);
    struct arena *a = arena_open();
    ask(data, is_parameter(parameter) ? parameter : S("x"), query, form, a);
    arena_close(a);
    return 0;
}
