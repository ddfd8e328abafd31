/* From a request to a public page. */
#include "public/public_pages.h"

#include "article/article_version.h"
#include "base/arena.h"
#include "base/number.h"
#include "pages.h"
#include "portal/portal.h"
#include "public/accessibility_pages.h"
#include "public/open_data.h"
#include "public/public_feed.h"
#include "public/public_releases.h"
#include "public/public_reports.h"
#include "public/public_view.h"
#include "store/city.h"
#include "web/request.h"
#include "web/response.h"

enum { LATEST_ARTICLES = 3 };

/* The page `key` as a view without its surroundings; *is_found is false when there is none of that kind. */
static enum status find(const struct request *r, struct str key, enum article_kind kind,
                        struct public_view *out, struct err *e)
{
    struct public_page *page = arena_new(r->arena, 1, struct public_page);
    struct portal_view site = portal_view_of(r);

    TRY(public_page_find(portal_db(r), key, r->language, r->now_at, r->arena, page, e));
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
    enum status s = find(r, str_part(r->path, 1, r->path.n), ARTICLE_KIND_PAGE, &v, e);

    if (s != OK)
        return not_found(s, out);
    page_public_page(response_page(out), &v);
    return OK;
}

/* The city's own text stands in a statement that is made of test results. */
static enum status statement_show(const struct request *r, struct response *out, struct err *e)
{
    struct public_view v;
    enum status s = find(r, S("tillganglighet"), ARTICLE_KIND_PAGE, &v, e);

    return s == OK ? accessibility_show(r, out, &v, e) : not_found(s, out);
}

/* An article that had the address once is shown to where it stands now, if it is shown at all. */
static enum status moved_or_not_found(const struct request *r, struct str key, struct response *out,
                                      struct err *e)
{
    struct public_page page;
    struct str now = S("");
    enum status s = article_moved(portal_db(r), key, r->arena, &now, e);

    if (s == OK && !str_equal(now, key))
        s = public_page_find(portal_db(r), now, r->language, r->now_at, r->arena, &page, e);
    if (s != OK || str_equal(now, key))
        return s == OK ? response_error(out, 404) : not_found(s, out);
    const char *path = arena_printf(r->arena, "/artiklar/%.*s", STR(now));
    return response_moved(out, request_address(str_of(path), r->language, r->arena));
}

static enum status article_show(const struct request *r, struct response *out, struct err *e)
{
    struct public_view v;
    struct str key = request_param(r, "key");
    enum status s = find(r, key, ARTICLE_KIND_ARTICLE, &v, e);

    if (s == REFUSED)
        return moved_or_not_found(r, key, out, e);
    TRY(s);
    page_public_article(response_page(out), &v);
    return OK;
}

/* What the start page has around its text. */
static enum status add_start(const struct request *r, const struct public_pages *articles,
                             struct public_view *v, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    size_t mappings = 0;

    TRY(helplines_all(portal_db(r), language_code(r->language), r->arena, &v->helplines, e));
    v->article = public_cards(&site, articles, LATEST_ARTICLES, r->arena, &v->articles);
    TRY(public_mapping_cards(&site, portal_db(r), r->arena, &v->mapping, &mappings, e));
    if (mappings == 0)
        v->mapping = NULL;
    return OK;
}

static enum status add_help(const struct request *r, struct public_view *v, struct err *e)
{
    return helplines_all(portal_db(r), language_code(r->language), r->arena, &v->helplines, e);
}

static enum status help_show(const struct request *r, struct response *out, struct err *e)
{
    struct public_view v;
    enum status s = find(r, S("hjalp"), ARTICLE_KIND_PAGE, &v, e);

    if (s != OK)
        return not_found(s, out);
    TRY(add_help(r, &v, e));
    page_public_help(response_page(out), &v);
    return OK;
}

static enum status start_show(const struct request *r, struct response *out, struct err *e)
{
    struct public_page *page = arena_new(r->arena, 1, struct public_page);
    struct portal_view site = portal_view_of(r);
    struct public_pages articles = {0, NULL};
    enum status s = public_start_find(portal_db(r), r->language, r->now_at, r->arena, page, &articles, e);

    if (s != OK)
        return not_found(s, out);
    struct public_view v = public_view_of(&site, page, r->path, r->arena);
    TRY(add_start(r, &articles, &v, e));
    page_public_start(response_page(out), &v);
    return OK;
}

static enum status draw_preview(const struct request *r, struct response *out, struct public_view *v,
                                struct err *e)
{
    bool is_start = str_is(v->page->key, "start");
    bool is_help = str_is(v->page->key, "hjalp");

    struct public_pages articles = {0, NULL};

    if (is_start) {
        TRY(public_articles(portal_db(r), r->language, PUBLIC_ON_START, r->now_at, r->arena, &articles, e));
        TRY(add_start(r, &articles, v, e));
    }
    if (is_help)
        TRY(add_help(r, v, e));
    if (v->page->kind == ARTICLE_KIND_ARTICLE)
        page_public_article(response_page(out), v);
    else if (is_start)
        page_public_start(response_page(out), v);
    else if (is_help)
        page_public_help(response_page(out), v);
    else
        page_public_page(response_page(out), v);
    return OK;
}

/* Where readers find the page. */
static struct str reader_path(const struct public_page *page, struct arena *a)
{
    if (page->kind == ARTICLE_KIND_ARTICLE)
        return str_of(arena_printf(a, "/artiklar/%.*s", STR(page->key)));
    return str_is(page->key, "start") ? S("/") : str_of(arena_printf(a, "/%.*s", STR(page->key)));
}

/* A version as readers would see it if it were published today: drawn as theirs is, for a reader without an
 * account, with a line above it. */
static enum status preview_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct article x = {0};
    struct article_version version = {0};
    int64_t number = 0;
    enum status s = article_find(portal_db(r), request_id(r), r->now_at, r->arena, &x, e);

    if (s == OK && i64_from_str(request_param(r, "number"), 1, INT64_MAX, &number))
        s = article_version_find(portal_db(r), x.id, number, r->arena, &version, e);
    if (s != OK || number == 0)
        return not_found(number == 0 ? REFUSED : s, out);
    if (x.published_on.year == 0)
        x.published_on = x.updated_on = x.reviewed_on = site.today;
    site.visitor = NULL;
    site.roles = ROLE_BIT(ROLE_READER);
    struct public_page page = public_page_of(&x, &version.text, r->language);
    TRY(public_page_measure(portal_db(r), &page, e));
    struct public_view v = public_view_of(&site, &page, reader_path(&page, r->arena), r->arena);
    v.layout = portal_layout(&site, page.title, r->path, r->arena); /* its other language is a preview too */
    v.preview_back = str_of(arena_printf(r->arena, "/arbete/artiklar/%lld", (long long)x.id));
    v.preview_back = request_address(v.preview_back, r->language, r->arena);
    return draw_preview(r, out, &v, e);
}

/* The list's surroundings: its title is a text of the catalogue. */
static struct public_list_view list_of(const struct request *r, enum text_key title)
{
    struct portal_view site = portal_view_of(r);

    return (struct public_list_view){
        .layout = portal_layout(&site, catalogue_text(catalogue_of(r->language), title), r->path, r->arena),
        .feed_href = portal_address(&site, S("/artiklar/nytt.atom"), r->arena),
        .figures_href = portal_address(&site, S("/siffrorna"), r->arena),
        .catalogue_href = S("/oppnadata/katalog.rdf")};
}

static enum status articles_show(const struct request *r, struct response *out, struct err *e)
{
    struct public_list_view v = list_of(r, TEXT_PUBLIC_ARTICLES_TITLE);
    struct portal_view site = portal_view_of(r);
    struct public_pages articles;

    TRY(public_articles(portal_db(r), r->language, PUBLIC_EVERYWHERE, r->now_at, r->arena, &articles, e));
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
    {"GET", "/hjalp", ROUTE_ANYONE, help_show, .caching = ROUTE_REVALIDATED, .shut = ROUTE_NEVER_SHUT},
    {"GET", "/begrepp", ROUTE_ANYONE, page_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/grupper", ROUTE_ANYONE, page_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/arbetet", ROUTE_ANYONE, page_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/siffrorna", ROUTE_ANYONE, page_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/personuppgifter", ROUTE_ANYONE, page_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/tillganglighet", ROUTE_ANYONE, statement_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/kontakt", ROUTE_ANYONE, page_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/lattlast", ROUTE_ANYONE, page_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/artiklar", ROUTE_ANYONE, articles_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/artiklar/nytt.atom", ROUTE_ANYONE, public_feed_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/artiklar/:key", ROUTE_ANYONE, article_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/arbete/artiklar/:id/visa/:number", PERMISSION_SITE_WRITE, preview_show,
     .caching = ROUTE_NOT_STORED},
    {"GET", "/kartlaggning", ROUTE_ANYONE, mappings_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/kartlaggning/:name", ROUTE_ANYONE, public_report_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/kartlaggning/:name/sammanfattning", ROUTE_ANYONE, public_summary_show,
     .caching = ROUTE_REVALIDATED},
    {"GET", "/kartlaggning/:name/lagesbild", ROUTE_ANYONE, public_annex_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/kartlaggning/:name/rapport.pdf", ROUTE_ANYONE, public_report_pdf, .caching = ROUTE_REVALIDATED,
     .cost = ROUTE_COSTLY},
    {"GET", "/kartlaggning/:name/sammanfattning.pdf", ROUTE_ANYONE, public_report_pdf,
     .caching = ROUTE_REVALIDATED, .cost = ROUTE_COSTLY},
    {"GET", "/kartlaggning/:name/summary.pdf", ROUTE_ANYONE, public_report_pdf, .caching = ROUTE_REVALIDATED,
     .cost = ROUTE_COSTLY},
    {"GET", "/kartlaggning/:name/lagesbild.pdf", ROUTE_ANYONE, public_report_pdf,
     .caching = ROUTE_REVALIDATED, .cost = ROUTE_COSTLY},
    {"GET", "/kartlaggning/:name/situation.pdf", ROUTE_ANYONE, public_report_pdf,
     .caching = ROUTE_REVALIDATED, .cost = ROUTE_COSTLY},
    {"GET", "/oppnadata/katalog.rdf", ROUTE_ANYONE, open_data_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/kartlaggning/:name/bild/:file", ROUTE_ANYONE, public_report_image,
     .caching = ROUTE_REVALIDATED},
    {"GET", "/kartlaggning/:name/:file", ROUTE_ANYONE, public_report_file, .caching = ROUTE_REVALIDATED},
    {"GET", "/lamna", ROUTE_ANYONE, leave, .logging = ROUTE_UNLOGGED, .shut = ROUTE_NEVER_SHUT},
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
