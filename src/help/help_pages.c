/* From a request to help in a language. */
#include "help/help_pages.h"

#include "help/help_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/request.h"
#include "web/response.h"

static enum status language_show(const struct request *r, struct response *out, struct err *e)
{
    const struct help_language *language = help_language_find(request_param(r, "language"));
    struct portal_view site = portal_view_of(r);
    struct helplines swedish;
    struct helplines english;

    if (!language)
        return response_error(out, 404);
    TRY(helplines_all(portal_db(r), S("sv"), r->arena, &swedish, e));
    TRY(helplines_all(portal_db(r), S("en"), r->arena, &english, e));
    struct help_view v = help_view_of(&site, language, &swedish, &english, r->arena);
    page_help_in_language(response_page(out), &v);
    return OK;
}

static const struct route routes[] = {
    {"GET", "/hjalp/:language", ROUTE_ANYONE, language_show, .caching = ROUTE_KEPT_A_DAY,
     .shut = ROUTE_NEVER_SHUT},
    {.method = NULL},
};

const struct portal_room help_room = {.routes = routes};
