/* From a request to a public page. */
#include "public/public_pages.h"

#include "base/arena.h"
#include "pages.h"
#include "public/public_reports.h"
#include "public/public_view.h"
#include "public/public_worker.h"
#include "store/city.h"
#include "web/error.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

enum { LATEST_ARTICLES = 3 };

struct public_site public_site_of(const struct public_context *context, enum language language)
{
    return (struct public_site){.language = language,
                                .city = context->city->name,
                                .is_example = context->city->is_example,
                                .address = context->city->config.address,
                                .today = date_of(context->now_at())};
}

static struct public_site site_of(const struct request *r)
{
    return public_site_of(r->context, r->language);
}

static struct db *db_of(const struct request *r)
{
    const struct public_worker *w = r->worker;

    return w->db;
}

/* The page `key` as a view without its surroundings; *is_found is false when there is none of that kind. */
static enum status find(const struct request *r, struct str key, enum public_kind kind,
                        struct public_view *out, struct err *e)
{
    struct public_page *page = arena_new(r->arena, 1, struct public_page);
    struct public_site site = site_of(r);

    TRY(public_page_find(db_of(r), key, language_code(r->language), r->arena, page, e));
    if (page->kind != kind)
        return err_set(e, REFUSED, "\"%.*s\" is not at this address", STR(key));
    *out = public_view_of(&site, page, r->path, r->arena);
    return OK;
}

/* A page that is not there is answered as such; other failures are the server's to tell. */
static enum status not_found(enum status s, struct response *out)
{
    return s == REFUSED ? response_error(out, 404) : s;
}

/* Every page has its key as its path: "/begrepp". */
static enum status page_show(const struct request *r, struct response *out, struct err *e)
{
    struct public_view v;
    enum status s = find(r, str_part(r->path, 1, r->path.n), PUBLIC_PAGE, &v, e);

    if (s != OK)
        return not_found(s, out);
    page_public_page(response_page(out), &v);
    return OK;
}

static enum status article_show(const struct request *r, struct response *out, struct err *e)
{
    struct public_view v;
    enum status s = find(r, request_param(r, "key"), PUBLIC_ARTICLE, &v, e);

    if (s != OK)
        return not_found(s, out);
    page_public_article(response_page(out), &v);
    return OK;
}

static enum status help_show(const struct request *r, struct response *out, struct err *e)
{
    struct public_view v;
    enum status s = find(r, S("hjalp"), PUBLIC_PAGE, &v, e);

    if (s != OK)
        return not_found(s, out);
    TRY(public_helplines(db_of(r), language_code(r->language), r->arena, &v.helplines, e));
    page_public_help(response_page(out), &v);
    return OK;
}

static enum status start_show(const struct request *r, struct response *out, struct err *e)
{
    struct public_site site = site_of(r);
    struct public_view v;
    struct public_pages articles;
    size_t mappings = 0;
    enum status s = find(r, S("start"), PUBLIC_PAGE, &v, e);

    if (s != OK)
        return not_found(s, out);
    TRY(public_helplines(db_of(r), language_code(r->language), r->arena, &v.helplines, e));
    TRY(public_articles(db_of(r), language_code(r->language), r->arena, &articles, e));
    v.article = public_cards(&site, &articles, LATEST_ARTICLES, r->arena, &v.articles);
    TRY(public_mapping_cards(&site, db_of(r), r->arena, &v.mapping, &mappings, e));
    if (mappings == 0)
        v.mapping = NULL;
    page_public_start(response_page(out), &v);
    return OK;
}

/* The list's surroundings: its title is a text of the catalogue. */
static struct public_list_view list_of(const struct request *r, enum text_key title)
{
    struct public_site site = site_of(r);

    return (struct public_list_view){
        .layout = public_layout(&site, catalogue_text(catalogue_of(r->language), title), r->path, r->arena),
        .figures_href = public_address(&site, S("/siffrorna"), r->arena)};
}

static enum status articles_show(const struct request *r, struct response *out, struct err *e)
{
    struct public_list_view v = list_of(r, TEXT_PUBLIC_ARTICLES_TITLE);
    struct public_site site = site_of(r);
    struct public_pages articles;

    TRY(public_articles(db_of(r), language_code(r->language), r->arena, &articles, e));
    v.article = public_cards(&site, &articles, articles.n, r->arena, &v.articles);
    page_public_articles(response_page(out), &v);
    return OK;
}

static enum status mappings_show(const struct request *r, struct response *out, struct err *e)
{
    struct public_list_view v = list_of(r, TEXT_PUBLIC_MAPPING_TITLE);
    struct public_site site = site_of(r);

    TRY(public_mapping_cards(&site, db_of(r), r->arena, &v.mapping, &v.mappings, e));
    page_public_mappings(response_page(out), &v);
    return OK;
}

/* The browser goes to an everyday site and forgets what this one left in it. */
static enum status leave(const struct request *r, struct response *out, struct err *e)
{
    const struct public_context *context = r->context;

    (void)e;
    out->http_status = 303;
    response_header(out, "Location", context->city->config.exit);
    response_header(out, "Clear-Site-Data", S("\"cache\", \"cookies\", \"storage\""));
    return OK;
}

void public_error_page(void *context, struct html *h, const struct error_view *v)
{
    struct public_site site = public_site_of(context, h->texts->language);
    struct layout layout = public_layout(&site, catalogue_text(h->texts, v->title), S("/"), h->out.arena);

    page_public_error(h, &layout, v);
}

const struct route public_routes[] = {
    {"GET", "/", ROUTE_ANYONE, start_show, 0, ROUTE_REVALIDATED, ROUTE_LOGGED},
    {"GET", "/hjalp", ROUTE_ANYONE, help_show, 0, ROUTE_REVALIDATED, ROUTE_LOGGED},
    {"GET", "/begrepp", ROUTE_ANYONE, page_show, 0, ROUTE_REVALIDATED, ROUTE_LOGGED},
    {"GET", "/grupper", ROUTE_ANYONE, page_show, 0, ROUTE_REVALIDATED, ROUTE_LOGGED},
    {"GET", "/arbetet", ROUTE_ANYONE, page_show, 0, ROUTE_REVALIDATED, ROUTE_LOGGED},
    {"GET", "/siffrorna", ROUTE_ANYONE, page_show, 0, ROUTE_REVALIDATED, ROUTE_LOGGED},
    {"GET", "/personuppgifter", ROUTE_ANYONE, page_show, 0, ROUTE_REVALIDATED, ROUTE_LOGGED},
    {"GET", "/tillganglighet", ROUTE_ANYONE, page_show, 0, ROUTE_REVALIDATED, ROUTE_LOGGED},
    {"GET", "/kontakt", ROUTE_ANYONE, page_show, 0, ROUTE_REVALIDATED, ROUTE_LOGGED},
    {"GET", "/lattlast", ROUTE_ANYONE, page_show, 0, ROUTE_REVALIDATED, ROUTE_LOGGED},
    {"GET", "/artiklar", ROUTE_ANYONE, articles_show, 0, ROUTE_REVALIDATED, ROUTE_LOGGED},
    {"GET", "/artiklar/:key", ROUTE_ANYONE, article_show, 0, ROUTE_REVALIDATED, ROUTE_LOGGED},
    {"GET", "/kartlaggning", ROUTE_ANYONE, mappings_show, 0, ROUTE_REVALIDATED, ROUTE_LOGGED},
    {"GET", "/kartlaggning/:name", ROUTE_ANYONE, public_report_show, 0, ROUTE_REVALIDATED, ROUTE_LOGGED},
    {"GET", "/kartlaggning/:name/:file", ROUTE_ANYONE, public_report_file, 0, ROUTE_REVALIDATED,
     ROUTE_LOGGED},
    {"GET", "/lamna", ROUTE_ANYONE, leave, 0, ROUTE_NOT_STORED, ROUTE_UNLOGGED},
    {.method = NULL},
};
