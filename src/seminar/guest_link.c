/* The guest or invitation that a request's ":link" proves. */
#include "seminar/guest_link.h"

#include "base/arena.h"
#include "portal/portal.h"
#include "seminar/seminar_pages.h"
#include "seminar/seminar_room.h"
#include "web/request.h"

static enum status refuse(struct err *e)
{
    return err_set(e, REFUSED, "the link is not one of ours, or has been replaced by a newer one");
}

enum status guest_link_read(const struct request *r, struct guest_link *out, struct err *e)
{
    const struct seminar_office o = seminar_office_for(r);
    struct str part = request_param(r, "link");
    int64_t id = seminar_link_id(part);

    if (id == 0)
        return refuse(e);
    TRY(signup_find(o.db, id, r->arena, &out->guest, e));
    if (!seminar_link_holds(&o, SEMINAR_LINK_GUEST, id, out->guest.nonce, part, r->arena))
        return refuse(e);
    return seminar_find(o.db, out->guest.seminar, r->arena, &out->seminar, e);
}

enum status invited_link_read(const struct request *r, enum seminar_link kind, struct invited_link *out,
                              struct err *e)
{
    const struct seminar_office o = seminar_office_for(r);
    struct str part = request_param(r, "link");
    int64_t id = seminar_link_id(part);

    if (id == 0)
        return refuse(e);
    TRY(invitation_find(o.db, id, r->arena, &out->invitation, e));
    if (!seminar_link_holds(&o, kind, id, out->invitation.nonce, part, r->arena))
        return refuse(e);
    return seminar_find(o.db, out->invitation.seminar, r->arena, &out->seminar, e);
}

struct str guest_link_href(const struct request *r, const char *rest)
{
    return seminar_href(r, "/seminarier/anmalan/%.*s%s", STR(request_param(r, "link")), rest);
}

struct str invited_link_href(const struct request *r, const char *rest)
{
    return seminar_href(r, "/seminarier/inbjudan/%.*s%s", STR(request_param(r, "link")), rest);
}
