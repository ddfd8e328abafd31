/* The room of circulars: its routes, the list, and one of them as it will arrive. */
#include "circular/circular_pages.h"

#include "base/arena.h"
#include "base/text.h"
#include "calendar/stockholm.h"
#include "circular/circular_view.h"
#include "circular/handlers.h"
#include "network/actor.h"
#include "pages.h"
#include "portal/portal.h"
#include "seminar/actor_words.h"
#include "store/city.h"
#include "store/keys.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

/* Warnings, and what the page of any circular needs; circular_of_route and circulars_show keep who may write
 * warnings alone from all others. */
#define CHANGE PERMISSION_CIRCULAR_WRITE

/* What a worker keeps: the key for links, read once. */
struct kept {
    struct arena *arena;
    struct key key;
};

static enum status open_kept(struct portal_worker *w, void **kept, struct err *e)
{
    struct arena *a = arena_open();
    struct kept *k = arena_new(a, 1, struct kept);

    k->arena = a;
    enum status s = key_read(w->portal->city->path, KEY_LINK, &k->key, e);
    if (s != OK) {
        arena_close(a);
        return s;
    }
    *kept = k;
    return OK;
}

static void close_kept(void *kept)
{
    struct kept *k = kept;

    if (!k)
        return;
    key_wipe(&k->key);
    arena_close(k->arena);
}

static const struct route routes[] = {
    {"GET", "/arbete/utskick", CHANGE, circulars_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/arbete/utskick/ny", PERMISSION_MAIL_CHANGE, circular_new_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/arbete/utskick/ny", PERMISSION_MAIL_CHANGE, circular_new_take, .posted = ROUTE_ONCE},
    {"GET", "/arbete/utskick/varning", CHANGE, circular_warning_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/arbete/utskick/varning", CHANGE, circular_warning_take, .posted = ROUTE_ONCE},
    {"GET", "/arbete/utskick/:id", CHANGE, circular_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/arbete/utskick/:id/andra", CHANGE, circular_change_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/arbete/utskick/:id/andra", CHANGE, circular_change_take, .posted = ROUTE_ONCE},
    {"POST", "/arbete/utskick/:id/skicka", CHANGE, circular_send_take, .posted = ROUTE_ONCE},
    {"POST", "/arbete/utskick/:id/prov", CHANGE, circular_try_take, .posted = ROUTE_ONCE},
    {"POST", "/arbete/utskick/:id/ta-bort", CHANGE, circular_remove_take, .posted = ROUTE_ONCE},
    {"GET", "/utskick/sluta/:link", PERMISSION_ANYONE, circular_stop_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/utskick/sluta/:link", PERMISSION_ANYONE, circular_stop_take,
     .posted_from = ROUTE_FROM_ANYWHERE, .posted = ROUTE_EACH},
    {"POST", "/utskick/sluta/:link/igen", PERMISSION_ANYONE, circular_resume_take,
     .caching = ROUTE_NOT_STORED},
    {.method = NULL},
};

static const struct portal_link work[] = {
    {"/arbete/utskick", TEXT_CIRCULAR_TITLE, CHANGE},
    {.path = NULL},
};

const struct portal_room circular_room = {
    .routes = routes, .work = work, .keep_open = open_kept, .keep_close = close_kept};

struct circular_office circular_office_for(const struct request *r)
{
    const struct kept *k = portal_kept(r, &circular_room);
    const struct city *city = portal_of(r)->city;

    return (struct circular_office){.db = portal_db(r),
                                    .city = city_settings(city)->name,
                                    .links = {.address = city_site(city, r->arena), .key = k->key.bytes}};
}

static bool may_see(const struct request *r, const struct circular *c)
{
    return c->is_warning || portal_may(r, PERMISSION_MAIL_CHANGE);
}

enum status circular_of_route(const struct request *r, struct circular *out, struct err *e)
{
    TRY(circular_find(portal_db(r), request_id(r), r->arena, out, e));
    return may_see(r, out) ? OK : err_set(e, REFUSED, "circular %lld is no warning", (long long)out->id);
}

enum status circular_missing(enum status s, struct response *out)
{
    return s == REFUSED ? response_error(out, 404) : s;
}

static enum status row_of(const struct request *r, const struct circular *c, struct circular_row *out,
                          struct err *e)
{
    const char *path = arena_printf(r->arena, "/arbete/utskick/%lld", (long long)c->id);

    *out = (struct circular_row){.circular = c, .href = portal_href(r, path)};
    if (c->sent_at == 0)
        return OK;
    out->sent_on = stockholm_day(c->sent_at, NULL);
    return circular_fate(portal_db(r), c->id, &out->fate, e);
}

enum status circulars_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct circulars all = {0};
    struct circulars_view v = {
        .layout = portal_form_layout(&site, portal_text(r, TEXT_CIRCULAR_TITLE), r->path, 0, r->arena),
        .write = portal_may(r, PERMISSION_MAIL_CHANGE) ? portal_href(r, "/arbete/utskick/ny") : S(""),
        .warn = portal_href(r, "/arbete/utskick/varning"),
        .is_removed = form_has(&r->query, "kastat")};

    TRY(circular_list(portal_db(r), r->arena, &all, e));
    struct circular_row *row = arena_new(r->arena, all.n + 1, struct circular_row);
    for (size_t i = 0; i < all.n; i++)
        if (may_see(r, &all.circular[i]))
            TRY(row_of(r, &all.circular[i], &row[v.n++], e));
    v.row = row;
    page_circulars(response_page(out), &v);
    return OK;
}

static struct str actors_words(const struct request *r, uint32_t actors)
{
    struct text out = text_open(r->arena);

    for (int i = 0; i < ACTORS; i++)
        if (actors & ACTOR_BIT(i)) {
            if (out.n > 0)
                text_lit(&out, ", ");
            text_add(&out, actor_text((enum actor_kind)i, r->language));
        }
    return text_str(&out);
}

static void add_addresses(const struct request *r, struct circular_view *v)
{
    long long id = (long long)v->row.circular->id;

    v->back = portal_href(r, "/arbete/utskick");
    v->change = portal_href(r, arena_printf(r->arena, "/arbete/utskick/%lld/andra", id));
    v->send = portal_href(r, arena_printf(r->arena, "/arbete/utskick/%lld/skicka", id));
    v->try = portal_href(r, arena_printf(r->arena, "/arbete/utskick/%lld/prov", id));
    v->remove = portal_href(r, arena_printf(r->arena, "/arbete/utskick/%lld/ta-bort", id));
    v->troubles = portal_may(r, PERMISSION_MAIL_READ) ? portal_href(r, "/arbete/brev") : S("");
}

enum status circular_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    const struct circular_office o = circular_office_for(r);
    struct circular c = {0};
    enum status found = circular_of_route(r, &c, e);

    if (found != OK)
        return circular_missing(found, out);
    struct letter letter = circular_letter(&o, &c, portal_visitor(r)->person.name, o.links.address, r->arena);
    struct circular_view v = {.layout = portal_form_layout(&site, c.subject, r->path, 0, r->arena),
                              .actors = actors_words(r, c.actors),
                              .is_tried = form_has(&r->query, "prov"),
                              .is_overtaken = form_has(&r->query, "hann"),
                              .is_nobody = form_has(&r->query, "ingen"),
                              .letter = &letter,
                              .plain = letter_plain(&letter)};

    TRY(row_of(r, &c, &v.row, e));
    if (c.sent_at == 0)
        TRY(circular_readers_of(portal_db(r), c.actors, r->arena, &v.readers, e));
    add_addresses(r, &v);
    page_circular(response_page(out), &v);
    return OK;
}

static enum status back_to(const struct request *r, struct response *out, const char *said)
{
    const char *path = arena_printf(r->arena, "/arbete/utskick/%lld%s", (long long)request_id(r), said);

    return portal_redirect(r, out, str_of(path));
}

/* What is sent is what was seen: the page says which version it showed. */
enum status circular_send_take(const struct request *r, struct response *out, struct err *e)
{
    const struct circular_office o = circular_office_for(r);
    const struct who who = portal_who(r);
    struct circular c = {0};
    int64_t version = 0;
    int64_t n = 0;
    enum status s = circular_of_route(r, &c, e);

    if (s != OK)
        return circular_missing(s, out);
    form_i64(&r->form, "version", 1, INT64_MAX, &version);
    bool is_overtaken = c.version != version || c.sent_at != 0;
    s = circular_send(&o, c.id, version, &who, &n, e);
    if (s != OK && s != REFUSED)
        return s;
    return back_to(r, out, s == OK ? "" : is_overtaken ? "?hann" : "?ingen");
}

enum status circular_try_take(const struct request *r, struct response *out, struct err *e)
{
    const struct circular_office o = circular_office_for(r);
    const struct who who = portal_who(r);
    struct circular c = {0};
    enum status found = circular_of_route(r, &c, e);

    if (found != OK)
        return circular_missing(found, out);
    TRY(circular_try(&o, &c, &portal_visitor(r)->person, &who, e));
    return back_to(r, out, "?prov");
}

enum status circular_remove_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct circular c = {0};
    int64_t version = 0;
    enum status s = circular_of_route(r, &c, e);

    if (s == REFUSED) /* gone already, as was wanted */
        return portal_redirect(r, out, S("/arbete/utskick"));
    TRY(s);
    form_i64(&r->form, "version", 1, INT64_MAX, &version);
    s = circular_remove(portal_db(r), c.id, version, &who, e);
    if (s == REFUSED)
        return back_to(r, out, "?hann");
    TRY(s);
    return portal_redirect(r, out, S("/arbete/utskick?kastat"));
}
