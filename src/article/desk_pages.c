/* The coordinator's articles and pages: all of them, and one. */
#include "article/article_reminder.h"
#include "article/article_show.h"
#include "article/article_view.h"
#include "article/handlers.h"
#include "base/arena.h"
#include "calendar/stockholm.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/request.h"
#include "web/response.h"

static enum text_key state_text(const struct article *x)
{
    switch (article_state(x)) {
    case ARTICLE_PLANNED:
        return TEXT_ARTICLE_STATE_PLANNED;
    case ARTICLE_PUBLISHED:
        return TEXT_ARTICLE_STATE_PUBLISHED;
    case ARTICLE_DRAFT:
        break;
    }
    return TEXT_ARTICLE_STATE_DRAFT;
}

static struct desk_row row_of(const struct request *r, const struct article *x)
{
    return (struct desk_row){.href = article_href(r, "/arbete/artiklar/%lld", (long long)x->id),
                             .x = x,
                             .state = state_text(x),
                             .planned = x->planned ? article_moment(r, x->planned_at) : S(""),
                             .is_unpublished = x->shown != 0 && x->shown != x->version,
                             .is_due = article_is_due(x, stockholm_day(r->now_at, NULL))};
}

enum status articles_list(const struct request *r, struct response *out, struct err *e)
{
    struct desk_view v = {.layout = article_layout(r, portal_text(r, TEXT_ARTICLE_MENU), 0),
                          .new_href = article_href(r, "/arbete/artiklar/ny")};
    struct articles all = {0, NULL};

    TRY(article_list(portal_db(r), r->now_at, r->arena, &all, e));
    struct desk_row *articles = arena_new(r->arena, all.n + 1, struct desk_row);
    struct desk_row *pages = arena_new(r->arena, all.n + 1, struct desk_row);
    for (size_t i = 0; i < all.n; i++)
        if (all.article[i].kind == ARTICLE_KIND_ARTICLE)
            articles[v.articles++] = row_of(r, &all.article[i]);
        else
            pages[v.pages++] = row_of(r, &all.article[i]);
    v.article = articles;
    v.page = pages;
    page_article_desk(response_page(out), &v);
    return OK;
}

static enum status add_versions(const struct request *r, struct article_view *v, struct err *e)
{
    struct article_versions all = {0, NULL};

    TRY(article_version_list(portal_db(r), v->x->id, r->arena, &all, e));
    struct version_row *rows = arena_new(r->arena, all.n + 1, struct version_row);
    for (size_t i = 0; i < all.n; i++)
        rows[i] =
            (struct version_row){.v = &all.version[i],
                                 .href = article_href(r, "/arbete/artiklar/%lld/version/%lld",
                                                      (long long)v->x->id, (long long)all.version[i].number),
                                 .when = all.version[i].at > 1 ? article_moment(r, all.version[i].at) : S(""),
                                 .is_shown = all.version[i].number == v->x->shown,
                                 .is_planned = all.version[i].number == v->x->planned};
    v->versions = all.n;
    v->version = rows;
    return OK;
}

/* What the redirect to this page says was done. */
static void add_said(const struct request *r, struct article_view *v)
{
    static const struct {
        const char *name;
        enum text_key text;
    } said[] = {{"sparat", TEXT_ARTICLE_SAID_SAVED},        {"publicerad", TEXT_ARTICLE_SAID_PUBLISHED},
                {"planerad", TEXT_ARTICLE_SAID_PLANNED},    {"avbruten", TEXT_ARTICLE_SAID_CANCELLED},
                {"tillbaka", TEXT_ARTICLE_SAID_BACK},       {"granskad", TEXT_ARTICLE_SAID_REVIEWED},
                {"aterstalld", TEXT_ARTICLE_SAID_RESTORED}, {"hann", TEXT_ARTICLE_SAID_OVERTAKEN},
                {"bild", TEXT_ARTICLE_SAID_PICTURE}};

    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        if (form_has(&r->query, said[i].name)) {
            v->is_said = true;
            v->said = said[i].text;
        }
}

static void add_links(const struct request *r, struct article_view *v)
{
    long long id = (long long)v->x->id;
    const char *preview =
        arena_printf(r->arena, "/arbete/artiklar/%lld/visa/%lld", id, (long long)v->x->version);

    v->list_href = article_href(r, "/arbete/artiklar");
    v->preview_href = str_of(preview);
    if (article_is_in(&v->x->text, LANGUAGE_EN))
        v->preview_english_href = request_address(str_of(preview), LANGUAGE_EN, r->arena);
    v->change_href = article_href(r, "/arbete/artiklar/%lld/andra", id);
    v->picture_href = article_href(r, "/arbete/artiklar/%lld/bild", id);
    v->publish_href = article_href(r, "/arbete/artiklar/%lld/publicera", id);
    v->cancel_href = article_href(r, "/arbete/artiklar/%lld/avbryt", id);
    v->back_href = article_href(r, "/arbete/artiklar/%lld/ta-tillbaka", id);
    v->reviewed_href = article_href(r, "/arbete/artiklar/%lld/granskad", id);
    v->public_href = v->x->kind == ARTICLE_KIND_ARTICLE
                         ? article_href(r, "/artiklar/%.*s", STR(v->x->key))
                         : article_href(r, "/%.*s", STR(str_is(v->x->key, "start") ? S("") : v->x->key));
}

enum status article_page(const struct request *r, struct response *out, struct err *e)
{
    struct article x = {0};
    struct article_view v = {.x = &x};
    enum status found = article_of_route(r, &x, e);

    if (found != OK)
        return article_missing(found, out);
    const struct desk_row row = row_of(r, &x);
    v.layout = article_layout(r, x.text.in[LANGUAGE_SV].title, 0);
    v.state = row.state;
    v.planned = row.planned;
    v.is_unpublished = row.is_unpublished;
    v.is_due = row.is_due;
    v.is_article = x.kind == ARTICLE_KIND_ARTICLE;
    v.may_take_back = x.shown != 0 && x.kind == ARTICLE_KIND_ARTICLE;
    add_said(r, &v);
    add_links(r, &v);
    TRY(add_versions(r, &v, e));
    page_article_one(response_page(out), &v);
    return OK;
}

enum status article_plan_cancel_take(const struct request *r, struct response *out, struct err *e)
{
    const struct article_author by = article_author_of(r);

    TRY(article_cancel_plan(portal_db(r), &by, request_id(r), e));
    return article_back_to(r, out, request_id(r), "avbruten");
}

enum status article_back_take(const struct request *r, struct response *out, struct err *e)
{
    const struct article_author by = article_author_of(r);
    enum status s = article_take_back(portal_db(r), &by, request_id(r), e);

    return s == OK ? article_back_to(r, out, request_id(r), "tillbaka") : article_missing(s, out);
}

enum status article_reviewed_take(const struct request *r, struct response *out, struct err *e)
{
    const struct article_author by = article_author_of(r);

    TRY(article_reviewed(portal_db(r), &by, request_id(r), e));
    return article_back_to(r, out, request_id(r), "granskad");
}
