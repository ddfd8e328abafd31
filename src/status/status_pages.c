/* The page of how the system is. */
#include "status/status_pages.h"

#include "calendar/stockholm.h"
#include "pages.h"
#include "portal/portal.h"
#include "status/status.h"
#include "status/status_view.h"
#include "web/request.h"
#include "web/response.h"

static enum status status_show(const struct request *r, struct response *out, struct err *e)
{
    const struct portal *portal = portal_of(r);
    const struct portal_view around = portal_view_of(r);
    struct status_facts facts;
    struct status_view v = {.at = stockholm_moment(r->now_at, r->arena),
                            .settings = portal_href(r, "/arbete/installningar"),
                            .letters = portal_href(r, "/arbete/brev")};

    TRY(status_read(portal->city, portal_db(r), portal->running, r->now_at, r->arena, &facts, e));
    status_judge(&facts, r->language, r->arena, v.thing);
    status_view_count(&v);
    v.layout = portal_layout(&around, portal_text(r, TEXT_STATUS_TITLE), r->path, r->arena);
    page_status(response_page(out), &v);
    return OK;
}

static const struct route routes[] = {
    {"GET", "/arbete/status", PERMISSION_SETTINGS, status_show, .caching = ROUTE_NOT_STORED},
    {.method = NULL},
};

const struct portal_room status_room = {.routes = routes};
