/* An earlier version: what it says, how it differs from another, and taking it up again. */
#include "article/article_version.h"
#include "article/article_view.h"
#include "article/handlers.h"
#include "base/arena.h"
#include "base/number.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/request.h"
#include "web/response.h"

/* The article and the version of the route. REFUSED when one of them is not there. */
static enum status find(const struct request *r, struct article *x, struct article_version *v, struct err *e)
{
    int64_t number = 0;

    TRY(article_of_route(r, x, e));
    if (!i64_from_str(request_param(r, "number"), 1, INT64_MAX, &number))
        return err_set(e, REFUSED, "there is no such version");
    return article_version_find(portal_db(r), x->id, number, r->arena, v, e);
}

static void compare(const struct request *r, struct version_view *v, const struct article_text *before,
                    const struct article_text *after)
{
    const struct article_words *x = before->in;
    const struct article_words *y = after->in;
    const struct {
        enum text_key label;
        struct str before, after;
    } texts[VERSION_TEXTS] = {
        {TEXT_ARTICLE_FIELD_TITLE_SV, x[0].title, y[0].title},
        {TEXT_ARTICLE_FIELD_INGRESS_SV, x[0].ingress, y[0].ingress},
        {TEXT_ARTICLE_FIELD_BODY_SV, x[0].body, y[0].body},
        {TEXT_ARTICLE_FIELD_TITLE_EN, x[1].title, y[1].title},
        {TEXT_ARTICLE_FIELD_INGRESS_EN, x[1].ingress, y[1].ingress},
        {TEXT_ARTICLE_FIELD_BODY_EN, x[1].body, y[1].body},
        {TEXT_ARTICLE_FIELD_CONTACT, before->contact, after->contact},
        {TEXT_ARTICLE_PICTURE_TEXT_SV, x[0].picture_text, y[0].picture_text},
        {TEXT_ARTICLE_PICTURE_TEXT_EN, x[1].picture_text, y[1].picture_text},
    };

    for (size_t i = 0; i < VERSION_TEXTS; i++) {
        struct line_diff d = line_diff(texts[i].before, texts[i].after, r->arena);

        if (d.changes > 0)
            v->diff[v->diffs++] = (struct text_diff){.label = texts[i].label, .lines = d};
    }
}

/* With the version asked for (?mot=2), or else the one before it. */
static enum status add_comparison(const struct request *r, struct version_view *v, struct err *e)
{
    struct article_version other = {0};
    int64_t number = v->v->number - 1;

    form_i64(&r->query, "mot", 1, INT64_MAX, &number);
    if (number < 1 || number == v->v->number)
        return OK;
    enum status s = article_version_find(portal_db(r), v->x->id, number, r->arena, &other, e);
    if (s != OK)
        return s == REFUSED ? OK : s;
    v->against = number;
    compare(r, v, &other.text, &v->v->text);
    v->is_other_picture = !str_equal(other.text.picture, v->v->text.picture);
    return OK;
}

static enum status add_others(const struct request *r, struct version_view *v, struct err *e)
{
    struct article_versions all = {0, NULL};

    TRY(article_version_list(portal_db(r), v->x->id, r->arena, &all, e));
    struct version_row *rows = arena_new(r->arena, all.n + 1, struct version_row);
    for (size_t i = 0; i < all.n; i++)
        if (all.version[i].number != v->v->number)
            rows[v->others++] = (struct version_row){.v = &all.version[i],
                                                     .when = article_moment(r, all.version[i].at),
                                                     .is_shown = all.version[i].number == v->against};
    v->other = rows;
    return OK;
}

enum status article_version_page(const struct request *r, struct response *out, struct err *e)
{
    struct article x = {0};
    struct article_version version = {0};
    struct version_view v = {.x = &x, .v = &version};
    enum status found = find(r, &x, &version, e);
    long long id = (long long)x.id;
    long long number = (long long)version.number;

    if (found != OK)
        return article_missing(found, out);
    v.layout = article_layout(r, portal_text(r, TEXT_ARTICLE_VERSION), 0);
    v.when = version.at > 1 ? article_moment(r, version.at) : S("");
    v.is_latest = version.number == x.version;
    v.action = article_href(r, "/arbete/artiklar/%lld/version/%lld", id, number);
    v.back = article_href(r, "/arbete/artiklar/%lld", id);
    v.preview_href = article_href(r, "/arbete/artiklar/%lld/visa/%lld", id, number);
    TRY(add_comparison(r, &v, e));
    TRY(add_others(r, &v, e));
    page_article_version(response_page(out), &v);
    return OK;
}

/* Who restores what somebody has meanwhile saved anew is told, and looks first. */
enum status article_restore_take(const struct request *r, struct response *out, struct err *e)
{
    const struct article_author by = article_author_of(r);
    struct article x = {0};
    struct article_version version = {0};
    int64_t seen = 0;
    enum status found = find(r, &x, &version, e);

    if (found != OK)
        return article_missing(found, out);
    form_i64(&r->form, "version", 1, INT64_MAX, &seen);
    enum status s = article_restore(portal_db(r), &by, x.id, seen, version.number, r->arena, e);
    if (s == REFUSED)
        return article_back_to(r, out, x.id, "hann");
    TRY(s);
    return article_back_to(r, out, x.id, "aterstalld");
}
