/* The ground of every room with pages. */
#include "portal/portal.h"

#include "base/arena.h"
#include "pages.h"
#include "portal/change.h"
#include "portal/doors.h"
#include "portal/worker.h"
#include "store/city.h"
#include "store/db.h"
#include "web/error.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

#include <string.h>

#include <sodium.h>

static enum status read_key(struct db *db, unsigned char key[FORM_KEY_BYTES], bool *is_there, struct err *e)
{
    static const char sql[] = "select key from portal_key where id = 1";
    struct arena *a = arena_open();
    struct query q = db_query(db, sql);
    struct str stored = query_next(&q) ? query_blob(&q, 0, a) : S("");

    *is_there = stored.n == FORM_KEY_BYTES;
    if (*is_there)
        memcpy(key, stored.p, FORM_KEY_BYTES);
    arena_close(a);
    return query_end(&q, e);
}

/* Kept in the database, so that a form that somebody is filling in outlives a restart. */
static enum status make_key(struct portal *p, struct err *e)
{
    static const char sql[] = "insert into portal_key (id, key) values (1, $1)";
    struct db *db = p->city->db;

    p->outside->random(p->outside, p->form_key, sizeof p->form_key);
    TRY(db_begin(db, e));
    struct query q = db_query(db, sql);
    bind_blob(&q, 1, (struct str){(const char *)p->form_key, sizeof p->form_key});
    return db_end(db, query_run(&q, e), e);
}

enum status portal_open(struct portal *p, const struct city *city, const struct outside *outside,
                        const struct portal_room *const *rooms, struct err *e)
{
    bool is_there = false;

    *p = (struct portal){.city = city, .outside = outside, .rooms = rooms};
    TRY(read_key(city->db, p->form_key, &is_there, e));
    if (!is_there)
        TRY(make_key(p, e));
    return OK;
}

void portal_close(struct portal *p)
{
    sodium_memzero(p->form_key, sizeof p->form_key);
}

static int64_t now_at(void *context)
{
    const struct portal *p = context;

    return p->outside->now_at(p->outside);
}

/* Who has given only a password so far is no role yet. */
static uint32_t roles_of(const struct visitor *v)
{
    return v->session.stage == SESSION_WHOLE ? v->person.roles : ROLE_BIT(ROLE_HALF_SIGNED_IN);
}

/* Who comes without a session and only looks needs no question of their own. */
static enum status find_session(struct request *r, struct str cookie, struct session_found *found,
                                struct err *e)
{
    struct portal_worker *w = r->worker;

    if (cookie.n > 0 || !str_is(r->method, "GET"))
        return session_find(w->read, cookie, r->now_at, r->arena, found, e);
    TRY(doors_watch(w->read, r->now_at, &w->doors, e));
    found->doors = w->doors.doors;
    return OK;
}

/* Whoever is not let in while the doors are shut is a reader, whatever session they have. Tokens of who is
 * signed in are made with the session's secret, which only the browser holds. */
static enum status who_asks(struct request *r, struct err *e)
{
    struct portal_worker *w = r->worker;
    struct visitor *v = arena_new(r->arena, 1, struct visitor);
    struct str cookie = request_cookie(r, SESSION_COOKIE);
    struct session_found found = {.is_live = false};

    r->roles = ROLE_BIT(ROLE_READER);
    r->sign_in = "/logga-in";
    memcpy(r->seal.key, w->portal->form_key, sizeof r->seal.key);
    if (cookie.n == 0 && r->match.route->shut == ROUTE_NEVER_SHUT)
        return OK; /* help waits for nothing that cannot change the answer */
    TRY(find_session(r, cookie, &found, e));
    r->is_shut = !doors_answer(found.doors.state, r->match.route);
    if (!found.is_live || !doors_let_in(found.doors.state, found.person.roles))
        return OK;
    v->session = found.session;
    v->person = found.person;
    r->is_shut = false;
    session_form_key(cookie, r->seal.key);
    if (r->now_at - v->session.seen_at >= SESSION_SEEN_STEP_SECONDS)
        TRY(session_seen(w->write, v->session.id, r->now_at, e));
    r->roles = roles_of(v);
    r->sign_in = v->session.stage == SESSION_HALF ? "/logga-in/kod" : NULL;
    r->who = v;
    return OK;
}

static void error_page(void *context, struct html *h, const struct error_view *v)
{
    const struct portal *p = context;
    struct portal_view view = {.language = h->texts->language,
                               .city = city_settings(p->city)->name,
                               .is_example = p->city->is_example,
                               .today = date_of(now_at(context)),
                               .rooms = p->rooms,
                               .roles = ROLE_BIT(ROLE_READER)};
    struct layout layout = portal_layout(&view, catalogue_text(h->texts, v->title), S("/"), h->out.arena);

    /* Where the site is shut, the start page is too: what is left is help. */
    page_portal_error(h, &layout, v,
                      v->http_status == 503 ? portal_address(&view, S("/hjalp"), h->out.arena) : S(""));
}

struct site *portal_site(struct portal *p, struct arena *a)
{
    struct site *site = arena_new(a, 1, struct site);
    const struct route **tables = arena_new(a, PORTAL_MOST_ROOMS + 1, const struct route *);
    size_t n = 0;

    for (const struct portal_room *const *room = p->rooms; *room; room++) {
        if (n == PORTAL_MOST_ROOMS)
            die("more than %d rooms", (int)PORTAL_MOST_ROOMS);
        tables[n++] = (*room)->routes;
    }
    *site = (struct site){.routes = tables,
                          .context = p,
                          .log = p->log,
                          .permissions = permissions,
                          .n_permissions = PERMISSIONS,
                          .now_at = now_at,
                          .worker_open = portal_worker_open,
                          .worker_close = portal_worker_close,
                          .who_asks = who_asks,
                          .change_begin = change_begin,
                          .change_end = change_end,
                          .error_page = error_page};
    return site;
}

const struct portal *portal_of(const struct request *r)
{
    return r->context;
}

struct portal_worker *portal_worker_of(const struct request *r)
{
    return r->worker;
}

struct db *portal_db(const struct request *r)
{
    const struct portal_worker *w = r->worker;

    return str_is(r->method, "POST") ? w->write : w->read;
}

const struct visitor *portal_visitor(const struct request *r)
{
    return r->who;
}

struct who portal_who(const struct request *r)
{
    const struct visitor *v = r->who;
    enum permission permission = (enum permission)r->match.route->permission;

    return (struct who){.name = v ? person_in_log(v->person.id, r->arena) : "reader",
                        .now_at = r->now_at,
                        .role = permission_ground(permission, r->roles, r->arena)};
}

bool portal_may(const struct request *r, enum permission permission)
{
    return permission_has(permission, r->roles);
}

struct portal_view portal_view_of(const struct request *r)
{
    const struct portal *p = r->context;
    const struct settings *s = city_settings(p->city);

    return (struct portal_view){.language = r->language,
                                .city = s->name,
                                .contact = s->config.contact,
                                .email = s->config.email,
                                .is_example = p->city->is_example,
                                .address = s->config.address,
                                .today = date_of(r->now_at),
                                .rooms = p->rooms,
                                .visitor = r->roles == ROLE_BIT(ROLE_HALF_SIGNED_IN) ? NULL : r->who,
                                .roles = r->roles,
                                .seal = r->seal};
}

void *portal_kept(const struct request *r, const struct portal_room *room)
{
    const struct portal_worker *w = r->worker;

    for (size_t i = 0; w->portal->rooms[i]; i++)
        if (w->portal->rooms[i] == room)
            return w->kept[i];
    die("a room that is not served asks for what its worker keeps");
}

enum status portal_note_read(const struct request *r, const char *action, int64_t subject, struct str detail,
                             struct err *e)
{
    const struct audit_line line = {
        .who = portal_who(r), .action = action, .subject = subject, .detail = detail};
    struct portal_worker *w = r->worker;

    return audit_note(w->write, &line, e);
}

enum status portal_redirect(const struct request *r, struct response *out, struct str path)
{
    return response_redirect(out, request_address(path, r->language, r->arena));
}

struct str portal_text(const struct request *r, enum text_key key)
{
    return catalogue_text(catalogue_of(r->language), key);
}

struct str portal_href(const struct request *r, const char *path)
{
    return request_address(str_of(path), r->language, r->arena);
}
