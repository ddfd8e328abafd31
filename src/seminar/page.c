/* What the pages of seminars share. */
#include "base/arena.h"
#include "pages.h"
#include "portal/portal.h"
#include "seminar/seminar.h"
#include "seminar/seminar_pages.h"
#include "seminar/seminar_view.h"
#include "web/request.h"
#include "web/response.h"

#include <stdarg.h>
#include <stdio.h>

struct layout seminar_layout(const struct request *r, struct str title, enum seminar_page page, size_t errors)
{
    struct portal_view *around = arena_new(r->arena, 1, struct portal_view);

    *around = portal_view_of(r);
    return page == SEMINAR_PAGE_FORM ? portal_form_layout(around, title, r->path, errors, r->arena)
                                     : portal_layout(around, title, r->path, r->arena);
}

struct str seminar_href(const struct request *r, const char *format, ...)
{
    char path[256];
    va_list args;

    va_start(args, format);
    vsnprintf(path, sizeof path, format, args);
    va_end(args);
    return request_address(str_copy(str_of(path), r->arena), r->language, r->arena);
}

enum status seminar_missing(enum status s, struct response *out)
{
    return s == REFUSED ? response_error(out, 404) : s;
}

enum status seminar_say(const struct request *r, struct response *out, enum text_key title,
                        enum text_key text, struct str href, enum text_key link)
{
    const struct said_view v = {.layout = seminar_layout(r, portal_text(r, title), SEMINAR_PAGE_PLAIN, 0),
                                .title = portal_text(r, title),
                                .text = portal_text(r, text),
                                .href = href,
                                .link = portal_text(r, link)};

    page_seminar_said(response_page(out), &v);
    return OK;
}

enum status seminar_of_route(const struct request *r, struct seminar *out, struct err *e)
{
    TRY(seminar_find(portal_db(r), request_id(r), r->arena, out, e));
    return out->state == SEMINAR_DRAFT ? err_set(e, REFUSED, "there is no such seminar") : OK;
}
