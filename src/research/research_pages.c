/* The room of researchers. */
#include "research/research_pages.h"

#include "base/arena.h"
#include "pages.h"
#include "portal/portal.h"
#include "programme/programme.h"
#include "research/handlers.h"
#include "research/research_view.h"
#include "web/request.h"
#include "web/response.h"

static const struct route routes[] = {
    {"GET", "/forskning", PERMISSION_ANYONE, research_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/forskning/ansok", PERMISSION_ANYONE, apply_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/forskning/ansok", PERMISSION_ANYONE, apply_take, .posted = ROUTE_ONCE},
    {"GET", "/forskning/tack", PERMISSION_ANYONE, apply_thank, .caching = ROUTE_NOT_STORED},
    {"GET", "/forskning/bekrafta/:token", PERMISSION_ANYONE, study_confirm_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/forskning/bekrafta/:token", PERMISSION_ANYONE, study_confirm_take, .posted = ROUTE_ONCE},
    {"GET", "/forskning/atkomst/:token", PERMISSION_ANYONE, access_show, .cost = ROUTE_COSTLY},
    {"POST", "/forskning/atkomst/:token", PERMISSION_ANYONE, access_agree_take, .posted = ROUTE_ONCE},
    {"GET", "/forskning/atkomst/:token/publiceringar.zip", PERMISSION_ANYONE, access_package,
     .cost = ROUTE_COSTLY},
    {"GET", "/forskning/atkomst/:token/:file", PERMISSION_ANYONE, access_file, .cost = ROUTE_COSTLY},
    {"GET", "/programmet/forskning", PERMISSION_RESEARCH_READ, studies_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/programmet/forskning/:id", PERMISSION_RESEARCH_READ, study_show, .cost = ROUTE_COSTLY},
    {"POST", "/programmet/forskning/:id/yttrande", PERMISSION_RESEARCH_ADVISE, study_advise_take,
     .posted = ROUTE_ONCE},
    {"POST", "/programmet/forskning/:id/bevilja", PERMISSION_RESEARCH_DECIDE, study_grant_take,
     .cost = ROUTE_COSTLY, .posted = ROUTE_ONCE},
    {"POST", "/programmet/forskning/:id/avsla", PERMISSION_RESEARCH_DECIDE, study_refuse_take,
     .posted = ROUTE_ONCE},
    {"POST", "/programmet/forskning/:id/avsluta", PERMISSION_RESEARCH_DECIDE, study_end_take,
     .posted = ROUTE_ONCE},
    {.method = NULL},
};

const struct portal_room research_room = {.routes = routes};

enum status research_is_here(const struct request *r, bool *is_there, struct response *out, struct err *e)
{
    TRY(programme_is(portal_db(r), is_there, e));
    return *is_there ? OK : response_error(out, 404);
}

struct layout research_layout(const struct request *r, enum text_key title, size_t errors)
{
    struct portal_view *around = arena_new(r->arena, 1, struct portal_view);

    *around = portal_view_of(r);
    return portal_form_layout(around, portal_text(r, title), r->path, errors, r->arena);
}

void research_say(const struct request *r, struct response *out, enum text_key title, enum text_key text)
{
    const struct research_message_view v = {.layout = research_layout(r, title, 0),
                                            .title = title,
                                            .text = text,
                                            .href = portal_href(r, "/forskning")};

    page_research_message(response_page(out), &v);
}
