/* The room of the programme. */
#include "programme/programme_pages.h"

#include "base/arena.h"
#include "base/text.h"
#include "pages.h"
#include "portal/portal.h"
#include "programme/front_page.h"
#include "programme/handed_release.h"
#include "programme/last_look.h"
#include "programme/last_look_pages.h"
#include "programme/lead_text_pages.h"
#include "programme/pooled_cells.h"
#include "programme/pooled_files.h"
#include "programme/pooled_map.h"
#include "programme/programme_reading.h"
#include "programme/programme_view.h"
#include "programme/publication.h"
#include "programme/publication_pages.h"
#include "programme/sum_box.h"
#include "programme/sum_box_pages.h"
#include "programme/trust.h"
#include "store/audit.h"
#include "store/city.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

static enum status city_show(const struct request *r, struct response *out, struct err *e);
static enum status city_withdraw(const struct request *r, struct response *out, struct err *e);
static enum status pooled_show(const struct request *r, struct response *out, struct err *e);
static enum status pooled_file(const struct request *r, struct response *out, struct err *e);
static enum status pooled_publish(const struct request *r, struct response *out, struct err *e);

static const struct route routes[] = {
    {"GET", "/programmet", PERMISSION_PROGRAMME_READ, programme_show, .caching = ROUTE_NOT_STORED,
     .cost = ROUTE_COSTLY},
    {"POST", "/programmet", PERMISSION_PROGRAMME_CHANGE, programme_take_release,
     .body_limit_bytes = HANDED_MOST_BYTES + ROUTE_BODY_LIMIT_BYTES, .files_most = HANDED_MOST_FILES,
     .show_beyond = programme_refuse_files, .posted = ROUTE_ONCE, .cost = ROUTE_COSTLY},
    {"GET", "/programmet/ort/:id", PERMISSION_PROGRAMME_READ, city_show, .caching = ROUTE_NOT_STORED,
     .cost = ROUTE_COSTLY},
    {"POST", "/programmet/ort/:id/tas-ur", PERMISSION_PROGRAMME_CHANGE, city_withdraw, .posted = ROUTE_ONCE},
    {"GET", "/programmet/tillsammans", PERMISSION_PROGRAMME_READ, pooled_show, .caching = ROUTE_NOT_STORED,
     .cost = ROUTE_COSTLY},
    {"GET", "/programmet/text", PERMISSION_PROGRAMME_CHANGE, lead_text_show, .caching = ROUTE_NOT_STORED,
     .cost = ROUTE_COSTLY},
    {"POST", "/programmet/text", PERMISSION_PROGRAMME_CHANGE, lead_text_take,
     .body_limit_bytes = LEAD_TEXT_FORM_BYTES, .posted = ROUTE_ONCE, .cost = ROUTE_COSTLY},
    {"POST", "/programmet/text/prov", PERMISSION_PROGRAMME_CHANGE, lead_text_try,
     .body_limit_bytes = LEAD_TEXT_FORM_BYTES, .posted = ROUTE_EACH, .cost = ROUTE_COSTLY},
    {"GET", "/programmet/fil/:file", PERMISSION_PROGRAMME_READ, pooled_file, .cost = ROUTE_COSTLY},
    {"POST", "/programmet/publicera", PERMISSION_PROGRAMME_CHANGE, pooled_publish, .posted = ROUTE_ONCE},
    {"GET", "/programmet/granskning", PERMISSION_PROGRAMME_READ, last_look_show, .caching = ROUTE_NOT_STORED,
     .cost = ROUTE_COSTLY},
    {"POST", "/programmet/granskning", PERMISSION_PROGRAMME_CHANGE, last_look_open_take, .posted = ROUTE_ONCE,
     .cost = ROUTE_COSTLY},
    {"POST", "/programmet/granskning/avbryt", PERMISSION_PROGRAMME_CHANGE, last_look_stop_take,
     .posted = ROUTE_ONCE},
    {"GET", "/granskning/:token", PERMISSION_ANYONE, last_look_city_show, .caching = ROUTE_NOT_STORED,
     .cost = ROUTE_COSTLY},
    {"POST", "/granskning/:token", PERMISSION_ANYONE, last_look_city_take, .posted = ROUTE_ONCE,
     .cost = ROUTE_COSTLY},
    {"GET", "/granskning/:token/:file", PERMISSION_ANYONE, last_look_city_file, .cost = ROUTE_COSTLY},
    {"GET", "/programmet/summor", PERMISSION_PROGRAMME_READ, sum_boxes_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/summor/:link", PERMISSION_ANYONE, sum_box_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/summor/:link", PERMISSION_ANYONE, sum_box_take,
     .body_limit_bytes = SUM_BOX_LETTER_BYTES + ROUTE_BODY_LIMIT_BYTES, .posted_from = ROUTE_FROM_ANYWHERE,
     .posted = ROUTE_EACH, .cost = ROUTE_COSTLY},
    {"GET", "/summor/:link/:file", PERMISSION_ANYONE, sum_box_file, .caching = ROUTE_NOT_STORED},
    {"GET", "/tillsammans", PERMISSION_ANYONE, publications_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/tillsammans/katalog.rdf", PERMISSION_ANYONE, publications_catalogue,
     .caching = ROUTE_REVALIDATED},
    {"GET", "/tillsammans/:id", PERMISSION_ANYONE, publication_show, .cost = ROUTE_COSTLY},
    {"GET", "/tillsammans/:id/:file", PERMISSION_ANYONE, publication_file, .cost = ROUTE_COSTLY},
    {.method = NULL},
};

static const struct portal_link work[] = {
    {"/programmet", TEXT_PROGRAMME_TITLE, PERMISSION_PROGRAMME_READ},
    {.path = NULL},
};

const struct portal_room programme_room = {.routes = routes, .work = work};

/* The row of the city that the address names by its code; NULL when there is none. */
static const struct programme_row *row_of(const struct request *r, const struct programme_reading *x)
{
    const int64_t code = request_id(r);
    const struct programme_row *rows =
        programme_rows(&x->cities, &x->arrivals, x->has_pooled ? &x->pooled : NULL, r->language, r->arena);
    const struct str wanted = str_of(arena_printf(r->arena, "%04d", (int)(code % 10000)));

    for (size_t i = 0; code < 10000 && i < x->cities.n; i++)
        if (str_equal(rows[i].city->municipality, wanted))
            return &rows[i];
    return NULL;
}

static enum status city_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct programme_reading *x = arena_new(r->arena, 1, struct programme_reading);

    TRY(programme_reading_of(r, x, e));
    const struct programme_row *row = row_of(r, x);
    if (!row)
        return response_error(out, 404);
    const struct city_release **release = arena_new(r->arena, x->arrivals.n, const struct city_release *);
    struct programme_city_view v = {
        .layout = portal_form_layout(&around, row->city->name, r->path, 0, r->arena),
        .row = *row,
        .fingerprint = key_fingerprint(row->city->public_key, r->arena),
        .release = release,
        .may_change = portal_may(r, PERMISSION_PROGRAMME_CHANGE) && row->city->withdrawn_at == 0,
        .withdraw_href = portal_href(
            r, arena_printf(r->arena, "/programmet/ort/%.*s/tas-ur", STR(row->city->municipality))),
        .back_href = portal_href(r, "/programmet")};
    for (size_t i = 0; i < x->arrivals.n; i++)
        if (x->arrivals.arrival[i].state != ARRIVAL_REFUSED &&
            str_equal(x->arrivals.arrival[i].release.municipality, row->city->municipality))
            release[v.releases++] = &x->arrivals.arrival[i].release;
    page_programme_city(response_page(out), &v);
    return OK;
}

static enum status city_withdraw(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    const int64_t code = request_id(r);
    bool is_programme = false;

    TRY(programme_is(portal_db(r), &is_programme, e));
    if (!is_programme || code > 9999)
        return response_error(out, 404);
    enum status s =
        programme_withdraw(portal_db(r), &who, str_of(arena_printf(r->arena, "%04d", (int)code)), e);
    if (s == BAD_INPUT)
        return response_error(out, 404);
    TRY(s);
    return portal_redirect(r, out, S("/programmet"));
}

static struct pooled_file_link *file_links(const struct request *r)
{
    struct pooled_file_link *link = arena_new(r->arena, POOLED_FILES, struct pooled_file_link);

    for (size_t i = 0; i < POOLED_FILES; i++) {
        link[i].href = portal_href(r, arena_printf(r->arena, "/programmet/fil/%s", pooled_files[i].name));
        link[i].what = portal_text(r, pooled_files[i].what);
    }
    return link;
}

/* What the cities have said, and whether the figures may be published now. */
static enum status add_last_look(const struct request *r, const struct programme_reading *x,
                                 struct pooled_view *v, struct err *e)
{
    struct last_look look;
    struct err why = {OK, ""};
    enum status s = last_look_allows(portal_db(r), &x->pooled, r->now_at, r->arena, &why);

    if (s != OK && s != REFUSED)
        return err_set(e, s, "%s", why.what);
    TRY(last_look_latest(portal_db(r), r->arena, &look, e));
    v->has_programme = true;
    v->look = last_look_state(&look, r->now_at);
    v->objecting = look.objecting;
    v->look_answered = look.answered;
    v->look_cities = look.cities;
    v->is_look_void = v->look != LOOK_NONE && last_look_is_void(&look, &x->pooled, r->arena);
    v->look_href = portal_href(r, "/programmet/granskning");
    v->may_publish = s == OK && portal_may(r, PERMISSION_PROGRAMME_CHANGE);
    return OK;
}

/* What of the text has no figure any longer stops the publication, and who may write is led to the form. */
static void add_writing(const struct request *r, const struct pooled *pooled, struct pooled_view *v)
{
    const struct pooled_cells cells = pooled_cells_of(pooled, r->language, r->arena);

    for (int i = 0; i < LANGUAGES && v->unknown_code.n == 0; i++)
        v->unknown_code = pooled_cells_unknown(&cells, pooled->text.in[i]);
    v->may_publish &= v->unknown_code.n == 0;
    v->may_write = portal_may(r, PERMISSION_PROGRAMME_CHANGE);
    v->write_href = portal_href(r, "/programmet/text");
}

static enum status pooled_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct programme_reading *x = arena_new(r->arena, 1, struct programme_reading);

    TRY(programme_reading_of(r, x, e));
    if (!x->has_pooled)
        return response_error(out, 404);
    struct pooled_view v =
        pooled_view_of(&(struct pooled_edition){&x->pooled, x->map, r->language}, r->arena);
    v.layout = portal_form_layout(&around, portal_text(r, TEXT_PROGRAMME_POOLED_TITLE), r->path, 0, r->arena);
    v.files = POOLED_FILES;
    v.file = file_links(r);
    TRY(add_last_look(r, x, &v, e));
    add_writing(r, &x->pooled, &v);
    v.publish_href = portal_href(r, "/programmet/publicera");
    v.back_href = portal_href(r, "/programmet");
    for (size_t i = 0; i < x->cities.n; i++)
        v.withdrawn += x->cities.city[i].withdrawn_at > 0;
    page_pooled(response_page(out), &v);
    return OK;
}

static enum status pooled_file(const struct request *r, struct response *out, struct err *e)
{
    const struct pooled_file *file = pooled_file_named(request_param(r, "file"));
    struct programme_reading *x = arena_new(r->arena, 1, struct programme_reading);
    struct text bytes = text_open(r->arena);

    TRY(programme_reading_of(r, x, e));
    if (!x->has_pooled || !file)
        return response_error(out, 404);
    TRY(file->write(&bytes, &(struct pooled_edition){&x->pooled, x->map, r->language}, e));
    response_bytes(out, file->type, text_str(&bytes));
    response_download(out, str_of(file->name));
    return OK;
}

static enum status pooled_publish(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct programme_reading *x = arena_new(r->arena, 1, struct programme_reading);
    int64_t id = 0;

    TRY(programme_reading_of(r, x, e));
    if (!x->has_pooled)
        return response_error(out, 404);
    TRY(publication_add(portal_db(r), &who, &x->pooled, &id, e));
    return portal_redirect(r, out, str_of(arena_printf(r->arena, "/tillsammans/%lld", (long long)id)));
}
