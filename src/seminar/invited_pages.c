/* An answer to an invitation, and the end of mailings, by the links in the letter. */
#include "base/arena.h"
#include "pages.h"
#include "portal/portal.h"
#include "seminar/guest_link.h"
#include "seminar/seminar_letter.h"
#include "seminar/seminar_pages.h"
#include "seminar/seminar_room.h"
#include "seminar/seminar_view.h"
#include "seminar/signup_form.h"
#include "web/request.h"
#include "web/response.h"

/* The guest that came of the invitation and still comes; an empty address: none. */
static enum status guest_href(const struct request *r, const struct invited_link *l, struct str *out,
                              struct err *e)
{
    const struct seminar_office o = seminar_office_for(r);
    struct signups all = {0};

    TRY(signup_list(o.db, l->seminar.id, r->arena, &all, e));
    for (size_t i = 0; i < all.n; i++) {
        const struct signup *g = &all.signup[i];

        if (g->invitation == l->invitation.id && str_equal(g->address, l->invitation.address) &&
            (g->state == SIGNUP_CONFIRMED || g->state == SIGNUP_UNCONFIRMED))
            *out = seminar_href(r, "/seminarier/anmalan/%.*s",
                                STR(seminar_link_part(&o, SEMINAR_LINK_GUEST, g->id, g->nonce, r->arena)));
    }
    return OK;
}

enum status invited_page_show(const struct request *r, struct response *out, struct err *e)
{
    struct invited_link l = {0};
    struct invited_view v = {.s = &l.seminar};
    enum status found = invited_link_read(r, SEMINAR_LINK_INVITATION, &l, e);

    if (found != OK)
        return seminar_missing(found, out);
    v.layout = seminar_layout(r, l.seminar.title, SEMINAR_PAGE_FORM, 0);
    v.when = seminar_when(&l.seminar, r->language, r->arena);
    v.name = l.invitation.name;
    v.takes = seminar_takes(&l.seminar, r->now_at);
    v.has_said_no = l.invitation.answer == INVITATION_NO;
    v.yes = invited_link_href(r, "/ja");
    v.no = invited_link_href(r, "/nej");
    v.other = invited_link_href(r, "/annan");
    TRY(guest_href(r, &l, &v.guest, e));
    page_seminar_invited(response_page(out), &v);
    return OK;
}

/* Which of the two forms: the invited one comes, or somebody else does. */
enum who_comes { SELF, OTHER };

static struct signup_view *form_of(const struct request *r, const struct invited_link *l,
                                   enum who_comes comes)
{
    return signup_form(r, &l->seminar, &l->invitation, comes == OTHER,
                       invited_link_href(r, comes == OTHER ? "/annan" : "/ja"));
}

static enum status form_show(const struct request *r, struct response *out, enum who_comes comes,
                             struct err *e)
{
    struct invited_link l = {0};
    enum status found = invited_link_read(r, SEMINAR_LINK_INVITATION, &l, e);

    if (found != OK)
        return seminar_missing(found, out);
    if (!seminar_takes(&l.seminar, r->now_at))
        return response_redirect(out, invited_link_href(r, ""));
    return signup_form_show(r, form_of(r, &l, comes), out);
}

enum status invited_yes_show(const struct request *r, struct response *out, struct err *e)
{
    return form_show(r, out, SELF, e);
}

enum status invited_other_show(const struct request *r, struct response *out, struct err *e)
{
    return form_show(r, out, OTHER, e);
}

/* Signs up who comes. The invited one has shown by the link that the address is theirs; the other confirms by
 * a letter of their own. */
static enum status sign_up(const struct request *r, const struct invited_link *l, struct signup *ask,
                           enum who_comes comes, struct err *e)
{
    const struct seminar_office o = seminar_office_for(r);
    const struct who who = portal_who(r);
    int64_t id = 0;

    ask->invitation = l->invitation.id;
    ask->organisation = l->invitation.organisation;
    ask->actor = l->invitation.actor;
    ask->wants_letters = l->invitation.unsubscribed_at == 0;
    if (comes == SELF)
        ask->address = l->invitation.address;
    TRY(signup_add(&o, ask, comes == SELF ? SIGNUP_BY_LETTER : SIGNUP_TYPED, &who, &id, e));
    return comes == OTHER ? invitation_answer(&o, l->invitation.id, INVITATION_OTHER, &who, e) : OK;
}

static enum status form_take(const struct request *r, struct response *out, enum who_comes comes,
                             struct err *e)
{
    struct invited_link l = {0};
    struct signup ask = {0};
    enum status found = invited_link_read(r, SEMINAR_LINK_INVITATION, &l, e);

    if (found != OK)
        return seminar_missing(found, out);
    struct signup_view *v = form_of(r, &l, comes);
    if (comes == SELF)
        ask.address = l.invitation.address;
    if (!signup_form_read(r, v, &ask))
        return signup_form_show(r, v, out);
    enum status done = sign_up(r, &l, &ask, comes, e);
    if (done != OK && done != REFUSED)
        return done;
    return response_redirect(out, comes == SELF
                                      ? invited_link_href(r, "")
                                      : seminar_href(r, "/seminarier/%lld/anmald", (long long)l.seminar.id));
}

enum status invited_yes_take(const struct request *r, struct response *out, struct err *e)
{
    return form_take(r, out, SELF, e);
}

enum status invited_other_take(const struct request *r, struct response *out, struct err *e)
{
    return form_take(r, out, OTHER, e);
}

enum status invited_no_take(const struct request *r, struct response *out, struct err *e)
{
    const struct seminar_office o = seminar_office_for(r);
    const struct who who = portal_who(r);
    struct invited_link l = {0};
    enum status found = invited_link_read(r, SEMINAR_LINK_INVITATION, &l, e);

    if (found != OK)
        return seminar_missing(found, out);
    TRY(invitation_answer(&o, l.invitation.id, INVITATION_NO, &who, e));
    return response_redirect(out, invited_link_href(r, ""));
}

enum status stop_page_show(const struct request *r, struct response *out, struct err *e)
{
    struct invited_link l = {0};
    struct said_view v = {.title = portal_text(r, TEXT_SEMINAR_STOP_TITLE),
                          .text = portal_text(r, TEXT_SEMINAR_STOP_TEXT)};
    enum status found = invited_link_read(r, SEMINAR_LINK_STOP, &l, e);

    if (found != OK)
        return seminar_missing(found, out);
    v.layout = seminar_layout(r, v.title, SEMINAR_PAGE_FORM, 0);
    v.href = seminar_href(r, "/utskick/avsluta/%.*s", STR(request_param(r, "link")));
    page_seminar_stop(response_page(out), &v);
    return OK;
}

/* From the page's button, or from a mail program's (RFC 8058, 3.1), which sends no token: the link is the
 * proof. */
enum status stop_page_take(const struct request *r, struct response *out, struct err *e)
{
    const struct seminar_office o = seminar_office_for(r);
    const struct who who = portal_who(r);
    struct invited_link l = {0};
    enum status found = invited_link_read(r, SEMINAR_LINK_STOP, &l, e);

    if (found != OK)
        return seminar_missing(found, out);
    TRY(invitation_stop(&o, l.invitation.id, &who, e));
    return response_redirect(out, seminar_href(r, "/utskick/avslutat"));
}

enum status stop_page_done(const struct request *r, struct response *out, struct err *e)
{
    (void)e;
    return seminar_say(r, out, TEXT_SEMINAR_STOPPED_TITLE, TEXT_SEMINAR_STOPPED_TEXT,
                       seminar_href(r, "/seminarier"), TEXT_SEMINAR_TO_LIST);
}
