/* One organisation, for the coordinator: to see it, and to let it leave. */
#include "network/handlers.h"

#include "base/arena.h"
#include "network/leave.h"
#include "network/organisation_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

static void add_links(const struct request *r, struct organisation_view *v)
{
    long long id = (long long)v->row.is->id;

    v->back = network_href(r, "/natverket");
    v->paper = network_href(r, "/natverket/organisation/%lld/paskrift", id);
    if (v->row.is->state == ORGANISATION_LEFT)
        return;
    v->change = network_href(r, "/natverket/organisation/%lld/andra", id);
    v->add_contact = network_href(r, "/natverket/organisation/%lld/kontakt", id);
    v->leave = network_href(r, "/natverket/organisation/%lld/lamna", id);
}

/* Its contact people are shown: reading them is noted. */
enum status organisation_show(const struct request *r, struct response *out, struct err *e)
{
    struct organisation_view v;
    enum status s = organisation_view_of(r, request_id(r), &v, e);

    if (s != OK)
        return network_missing(s, out);
    TRY(portal_note_read(r, "network.organisation_read", v.row.is->id, S(""), e));
    v.layout = network_layout(r, v.row.is->name, 0);
    add_links(r, &v);
    page_network_organisation(response_page(out), &v);
    return OK;
}

enum status organisation_leave_show(const struct request *r, struct response *out, struct err *e)
{
    struct organisation o;
    struct leave_view v = {
        .action = network_href(r, "/natverket/organisation/%lld/lamna", (long long)request_id(r)),
        .back = network_href(r, "/natverket/organisation/%lld", (long long)request_id(r))};
    enum status s = organisation_find(portal_db(r), request_id(r), r->arena, &o, e);

    if (s != OK)
        return network_missing(s, out);
    v.name = o.name;
    return leave_draw(r, &v, out, e);
}

/* Twice is once: who left already has left. */
enum status organisation_leave_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    enum status s = organisation_leave(portal_db(r), request_id(r), &who, e);

    if (s != OK && s != REFUSED)
        return s;
    return portal_redirect(r, out, S("/natverket?lamnade"));
}
