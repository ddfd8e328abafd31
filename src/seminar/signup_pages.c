/* Signing up by the public page. */
#include "base/arena.h"
#include "portal/portal.h"
#include "seminar/seminar_pages.h"
#include "seminar/seminar_room.h"
#include "seminar/seminar_view.h"
#include "seminar/signup_form.h"
#include "web/request.h"
#include "web/response.h"

static struct signup_view *form_of(const struct request *r, const struct seminar *s)
{
    return signup_form(r, s, NULL, false, seminar_href(r, "/seminarier/%lld/anmal", (long long)s->id));
}

/* A seminar that takes nobody says so itself. */
static enum status to_seminar(const struct request *r, struct response *out, const struct seminar *s)
{
    return response_redirect(out, seminar_href(r, "/seminarier/%lld", (long long)s->id));
}

enum status signup_page_show(const struct request *r, struct response *out, struct err *e)
{
    struct seminar s = {0};
    enum status found = seminar_of_route(r, &s, e);

    if (found != OK)
        return seminar_missing(found, out);
    if (!seminar_takes(&s, r->now_at))
        return to_seminar(r, out, &s);
    return signup_form_show(r, form_of(r, &s), out);
}

enum status signup_page_take(const struct request *r, struct response *out, struct err *e)
{
    const struct seminar_office o = seminar_office_for(r);
    const struct who who = portal_who(r);
    struct seminar s = {0};
    struct signup ask = {0};
    int64_t id = 0;
    enum status found = seminar_of_route(r, &s, e);

    if (found != OK)
        return seminar_missing(found, out);
    struct str done = seminar_href(r, "/seminarier/%lld/anmald", (long long)s.id);
    if (signup_form_is_trapped(r))
        return response_redirect(out, done);
    struct signup_view *v = form_of(r, &s);
    if (!signup_form_read(r, v, &ask))
        return signup_form_show(r, v, out);
    enum status added = signup_add(&o, &ask, SIGNUP_TYPED, &who, &id, e);
    if (added == REFUSED)
        return to_seminar(r, out, &s);
    TRY(added);
    return response_redirect(out, done);
}

enum status signup_page_done(const struct request *r, struct response *out, struct err *e)
{
    (void)e;
    return seminar_say(r, out, TEXT_SEMINAR_SIGNED_UP_TITLE, TEXT_SEMINAR_SIGNED_UP_TEXT,
                       seminar_href(r, "/seminarier/%lld", (long long)request_id(r)),
                       TEXT_SEMINAR_SIGNED_UP_BACK);
}
