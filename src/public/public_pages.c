/* From a request to a public page. */
#include "public/public_pages.h"

#include "base/arena.h"
#include "pages.h"
#include "portal/portal.h"
#include "public/open_data.h"
#include "public/public_releases.h"
#include "public/public_reports.h"
#include "public/public_view.h"
#include "store/city.h"
#include "web/request.h"
#include "web/response.h"

enum { LATEST_ARTICLES = 3 };

/* The page `key` as a view without its surroundings; *is_found is false when there is none of that kind. */
static enum status find(const struct request *r, struct str key, enum public_kind kind,
                        struct public_view *out, struct err *e)
{
    struct public_page *page = arena_new(r->arena, 1, struct public_page);
    struct portal_view site = portal_view_of(r);

    TRY(public_page_find(portal_db(r), key, language_code(r->language), r->arena, page, e));
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
    TRY(public_helplines(portal_db(r), language_code(r->language), r->arena, &v.helplines, e));
    page_public_help(response_page(out), &v);
    return OK;
}

static enum status start_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct public_view v;
    struct public_pages articles;
    size_t mappings = 0;
    enum status s = find(r, S("start"), PUBLIC_PAGE, &v, e);

    if (s != OK)
        return not_found(s, out);
    TRY(public_helplines(portal_db(r), language_code(r->language), r->arena, &v.helplines, e));
    TRY(public_articles(portal_db(r), language_code(r->language), r->arena, &articles, e));
    v.article = public_cards(&site, &articles, LATEST_ARTICLES, r->arena, &v.articles);
    TRY(public_mapping_cards(&site, portal_db(r), r->arena, &v.mapping, &mappings, e));
    if (mappings == 0)
        v.mapping = NULL;
    page_public_start(response_page(out), &v);
    return OK;
}

/* The list's surroundings: its title is a text of the catalogue. */
static struct public_list_view list_of(const struct request *r, enum text_key title)
{
    struct portal_view site = portal_view_of(r);

    return (struct public_list_view){
        .layout = portal_layout(&site, catalogue_text(catalogue_of(r->language), title), r->path, r->arena),
        .figures_href = portal_address(&site, S("/siffrorna"), r->arena),
        .catalogue_href = S("/oppnadata/katalog.rdf")};
}

static enum status articles_show(const struct request *r, struct response *out, struct err *e)
{
    struct public_list_view v = list_of(r, TEXT_PUBLIC_ARTICLES_TITLE);
    struct portal_view site = portal_view_of(r);
    struct public_pages articles;

    TRY(public_articles(portal_db(r), language_code(r->language), r->arena, &articles, e));
    v.article = public_cards(&site, &articles, articles.n, r->arena, &v.articles);
    page_public_articles(response_page(out), &v);
    return OK;
}

static enum status mappings_show(const struct request *r, struct response *out, struct err *e)
{
    struct public_list_view v = list_of(r, TEXT_PUBLIC_MAPPING_TITLE);
    struct portal_view site = portal_view_of(r);

    TRY(public_mapping_cards(&site, portal_db(r), r->arena, &v.mapping, &v.mappings, e));
    page_public_mappings(response_page(out), &v);
    return OK;
}

/* The browser goes to an everyday site and forgets what this one left in it. */
static enum status leave(const struct request *r, struct response *out, struct err *e)
{
    const struct portal *p = portal_of(r);

    (void)e;
    out->http_status = 303;
    response_header(out, "Location", city_settings(p->city)->config.exit);
    response_header(out, "Clear-Site-Data", S("\"cache\", \"cookies\", \"storage\""));
    return OK;
}

static const struct route routes[] = {
    {"GET", "/", ROUTE_ANYONE, start_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/hjalp", ROUTE_ANYONE, help_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/begrepp", ROUTE_ANYONE, page_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/grupper", ROUTE_ANYONE, page_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/arbetet", ROUTE_ANYONE, page_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/siffrorna", ROUTE_ANYONE, page_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/personuppgifter", ROUTE_ANYONE, page_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/tillganglighet", ROUTE_ANYONE, page_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/kontakt", ROUTE_ANYONE, page_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/lattlast", ROUTE_ANYONE, page_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/artiklar", ROUTE_ANYONE, articles_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/artiklar/:key", ROUTE_ANYONE, article_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/kartlaggning", ROUTE_ANYONE, mappings_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/kartlaggning/:name", ROUTE_ANYONE, public_report_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/kartlaggning/:name/rapport.pdf", ROUTE_ANYONE, public_report_pdf, .caching = ROUTE_REVALIDATED,
     .cost = ROUTE_COSTLY},
    {"GET", "/oppnadata/katalog.rdf", ROUTE_ANYONE, open_data_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/kartlaggning/:name/:file", ROUTE_ANYONE, public_report_file, .caching = ROUTE_REVALIDATED},
    {"GET", "/lamna", ROUTE_ANYONE, leave, .logging = ROUTE_UNLOGGED},
    {.method = NULL},
};

static const struct portal_link menu[] = {
    {"/hjalp", TEXT_PUBLIC_MENU_HELP, PERMISSION_ANYONE},
    {"/begrepp", TEXT_PUBLIC_MENU_CONCEPTS, PERMISSION_ANYONE},
    {"/artiklar", TEXT_PUBLIC_MENU_ARTICLES, PERMISSION_ANYONE},
    {"/kartlaggning", TEXT_PUBLIC_MENU_MAPPING, PERMISSION_ANYONE},
    {.path = NULL},
};

static const struct portal_link foot[] = {
    {"/grupper", TEXT_PUBLIC_FOOT_GROUPS, PERMISSION_ANYONE},
    {"/arbetet", TEXT_PUBLIC_FOOT_WORK, PERMISSION_ANYONE},
    {"/siffrorna", TEXT_PUBLIC_FOOT_FIGURES, PERMISSION_ANYONE},
    {"/kontakt", TEXT_PUBLIC_FOOT_CONTACT, PERMISSION_ANYONE},
    {"/tillganglighet", TEXT_PUBLIC_FOOT_ACCESSIBILITY, PERMISSION_ANYONE},
    {"/personuppgifter", TEXT_PUBLIC_FOOT_PRIVACY, PERMISSION_ANYONE},
    {"/lattlast", TEXT_PUBLIC_FOOT_EASY, PERMISSION_ANYONE},
    {.path = NULL},
};

const struct portal_room public_room = {.routes = routes,
                                        .menu = menu,
                                        .foot = foot,
                                        .keep_open = public_releases_open,
                                        .keep_close = public_releases_close};
