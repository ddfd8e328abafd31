/* The room where articles are written: its routes, and what its pages share. */
#include "article/article_pages.h"

#include "article/article_picture.h"
#include "article/handlers.h"
#include "base/arena.h"
#include "base/text.h"
#include "calendar/stockholm.h"
#include "portal/portal.h"
#include "web/request.h"
#include "web/response.h"

#include <stdarg.h>
#include <stdio.h>

#define WRITE PERMISSION_SITE_WRITE

static const struct route routes[] = {
    {"GET", "/arbete/artiklar", WRITE, articles_list, .caching = ROUTE_NOT_STORED},
    {"GET", "/arbete/artiklar/ny", WRITE, article_new_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/arbete/artiklar/ny", WRITE, article_new_take, .body_limit_bytes = ARTICLE_FORM_BYTES},
    {"GET", "/arbete/artiklar/:id", WRITE, article_page, .caching = ROUTE_NOT_STORED},
    {"GET", "/arbete/artiklar/:id/andra", WRITE, article_change_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/arbete/artiklar/:id/andra", WRITE, article_change_take,
     .body_limit_bytes = ARTICLE_FORM_BYTES},
    {"GET", "/arbete/artiklar/:id/publicera", WRITE, article_publish_form, .caching = ROUTE_NOT_STORED},
    {"POST", "/arbete/artiklar/:id/publicera", WRITE, article_publish_take, .posted = ROUTE_ONCE},
    {"POST", "/arbete/artiklar/:id/avbryt", WRITE, article_plan_cancel_take, .posted = ROUTE_ONCE},
    {"POST", "/arbete/artiklar/:id/ta-tillbaka", WRITE, article_back_take, .posted = ROUTE_ONCE},
    {"POST", "/arbete/artiklar/:id/granskad", WRITE, article_reviewed_take, .posted = ROUTE_ONCE},
    {"GET", "/arbete/artiklar/:id/version/:number", WRITE, article_version_page, .caching = ROUTE_NOT_STORED},
    {"POST", "/arbete/artiklar/:id/version/:number", WRITE, article_restore_take, .posted = ROUTE_ONCE},
    {"GET", "/arbete/artiklar/:id/bild", WRITE, article_picture_page, .caching = ROUTE_NOT_STORED},
    {"POST", "/arbete/artiklar/:id/bild", WRITE, article_picture_take,
     .body_limit_bytes = PICTURE_MOST_BYTES + ARTICLE_FORM_BYTES, .posted = ROUTE_EACH, .cost = ROUTE_COSTLY},
    {"POST", "/arbete/artiklar/:id/bild/ta-bort", WRITE, article_picture_remove_take, .posted = ROUTE_ONCE},
    {"GET", "/bilder/:file", PERMISSION_ANYONE, article_picture_file, .caching = ROUTE_IMMUTABLE},
    {.method = NULL},
};

static const struct portal_link work[] = {
    {"/arbete/artiklar", TEXT_ARTICLE_MENU, WRITE},
    {.path = NULL},
};

const struct portal_room article_room = {.routes = routes, .work = work};

struct str article_href(const struct request *r, const char *format, ...)
{
    char path[256];
    va_list args;

    va_start(args, format);
    vsnprintf(path, sizeof path, format, args);
    va_end(args);
    return request_address(str_copy(str_of(path), r->arena), r->language, r->arena);
}

struct article_author article_author_of(const struct request *r)
{
    return (struct article_author){.who = portal_who(r), .person = portal_visitor(r)->person.id};
}

struct layout article_layout(const struct request *r, struct str title, size_t errors)
{
    struct portal_view *around = arena_new(r->arena, 1, struct portal_view);

    *around = portal_view_of(r);
    return portal_form_layout(around, title, r->path, errors, r->arena);
}

enum status article_of_route(const struct request *r, struct article *out, struct err *e)
{
    return article_find(portal_db(r), request_id(r), r->now_at, r->arena, out, e);
}

enum status article_missing(enum status s, struct response *out)
{
    return s == REFUSED ? response_error(out, 404) : s;
}

enum status article_back_to(const struct request *r, struct response *out, int64_t id, const char *what)
{
    return response_redirect(out, article_href(r, "/arbete/artiklar/%lld?%s=1", (long long)id, what));
}

struct str article_moment(const struct request *r, int64_t at)
{
    struct text out = text_open(r->arena);
    int minute = 0;
    struct date day = stockholm_day(at, &minute);

    language_write_date(&out, r->language, day);
    if (r->language == LANGUAGE_SV)
        text_format(&out, " kl. %d.%02d", minute / 60, minute % 60);
    else
        text_format(&out, ", %02d:%02d", minute / 60, minute % 60);
    return text_str(&out);
}
