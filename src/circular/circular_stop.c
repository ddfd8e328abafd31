/* A reader takes no more mailings: on a page, or by one click in a mail program (RFC 8058). */
#include "base/arena.h"
#include "circular/circular_view.h"
#include "circular/handlers.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/request.h"
#include "web/response.h"

enum status circular_stop_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    const struct circular_office o = circular_office_for(r);
    struct circular_stop_view v = {0};
    enum status s = circular_stop_holds(&o, request_param(r, "link"), &v.is_stopped, e);

    if (s != OK)
        return circular_missing(s, out);
    v.href = portal_href(r, arena_printf(r->arena, "/utskick/sluta/%.*s%s", STR(request_param(r, "link")),
                                         v.is_stopped ? "/igen" : ""));
    v.layout = portal_form_layout(
        &site, portal_text(r, v.is_stopped ? TEXT_CIRCULAR_RESUME_TITLE : TEXT_SEMINAR_STOP_TITLE), r->path,
        0, r->arena);
    page_circular_stop(response_page(out), &v);
    return OK;
}

/* A mail program sends no token (RFC 8058, 3.1): the link is the proof. */
enum status circular_stop_take(const struct request *r, struct response *out, struct err *e)
{
    const struct circular_office o = circular_office_for(r);
    const struct who who = portal_who(r);
    enum status s = circular_stop(&o, request_param(r, "link"), &who, e);

    if (s != OK)
        return circular_missing(s, out);
    return portal_redirect(r, out, S("/utskick/avslutat"));
}

enum status circular_resume_take(const struct request *r, struct response *out, struct err *e)
{
    const struct circular_office o = circular_office_for(r);
    const struct who who = portal_who(r);
    struct str link = request_param(r, "link");
    enum status s = circular_resume(&o, link, &who, e);

    if (s != OK)
        return circular_missing(s, out);
    return portal_redirect(r, out, str_of(arena_printf(r->arena, "/utskick/sluta/%.*s", STR(link))));
}
