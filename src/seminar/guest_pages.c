/* A guest's own page, by the link in the letter: where they stand, and what they can do about it. A link that
 * is followed shows; only a button changes, so that a mail program that follows links by itself changes
 * nothing. */
#include "base/arena.h"
#include "calendar/calendar.h"
#include "calendar/stockholm.h"
#include "network/network_pages.h"
#include "pages.h"
#include "portal/portal.h"
#include "seminar/attendance.h"
#include "seminar/guest_link.h"
#include "seminar/seat.h"
#include "seminar/seminar_letter.h"
#include "seminar/seminar_pages.h"
#include "seminar/seminar_room.h"
#include "seminar/seminar_view.h"
#include "web/request.h"
#include "web/response.h"

static bool is_on_the_day(const struct request *r, const struct seminar *s)
{
    return date_equal(s->held_on, stockholm_day(r->now_at, NULL));
}

static void add_links(const struct request *r, struct guest_view *v)
{
    v->confirm = guest_link_href(r, "/bekrafta");
    v->change = guest_link_href(r, "/andra");
    v->replace = guest_link_href(r, "/byt");
    v->cancel = guest_link_href(r, "/avboka");
    v->check_in = guest_link_href(r, "/incheckning");
    v->evaluate = guest_link_href(r, "/svar");
    v->calendar = guest_link_href(r, "/kalender.ics");
    if (seminar_takes(v->s, r->now_at))
        v->again = seminar_href(r, "/seminarier/%lld/anmal", (long long)v->s->id);
}

static enum status view_of(const struct request *r, const struct guest_link *l, struct guest_view *v,
                           struct err *e)
{
    const struct seminar_office o = seminar_office_for(r);
    const struct signup *g = &l->guest;
    bool is_sent = str_is(r->method, "POST");

    *v = (struct guest_view){.s = &l->seminar,
                             .guest = g,
                             .when = seminar_when(&l->seminar, r->language, r->arena),
                             .is_past = r->now_at >= stockholm_at(l->seminar.held_on, l->seminar.to_minute)};
    v->checks_in = g->state == SIGNUP_CONFIRMED && g->came_at == 0 && l->seminar.code.n > 0 &&
                   is_on_the_day(r, &l->seminar);
    v->evaluates = g->came_at > 0 && !g->is_evaluated && l->seminar.thanked_at > 0;
    if (g->came_at > 0 && l->seminar.thanked_at > 0)
        v->join = guest_link_href(r, "/ga-med");
    v->fields = field_set_open(is_sent ? &r->form : NULL, catalogue_of(r->language), r->arena);
    v->code = field_add(v->fields, FIELD_CODE, "code", TEXT_SEMINAR_CHECK_IN_CODE);
    v->code->width = "n8";
    add_links(r, v);
    if (g->state == SIGNUP_CONFIRMED && !g->is_seated)
        return seat_turn(&o, l->seminar.id, g->place, &v->turn, e);
    return OK;
}

static enum status show(const struct request *r, struct response *out, struct guest_view *v)
{
    v->layout = seminar_layout(r, v->s->title, SEMINAR_PAGE_FORM, v->fields->errors);
    page_seminar_guest(response_page(out), v);
    return v->fields->errors > 0 ? response_correct(out) : OK;
}

enum status guest_page_show(const struct request *r, struct response *out, struct err *e)
{
    struct guest_link l = {0};
    struct guest_view v;
    enum status found = guest_link_read(r, &l, e);

    if (found != OK)
        return seminar_missing(found, out);
    TRY(view_of(r, &l, &v, e));
    return show(r, out, &v);
}

enum status guest_page_calendar(const struct request *r, struct response *out, struct err *e)
{
    const struct seminar_office o = seminar_office_for(r);
    struct guest_link l = {0};
    struct str ics;
    enum status found = guest_link_read(r, &l, e);

    if (found != OK)
        return seminar_missing(found, out);
    struct calendar_event event = seminar_event(&o, &l.seminar, l.guest.sequence, r->arena);
    TRY(calendar_write(CALENDAR_PUBLISH, &event, 1, NULL, r->now_at, r->arena, &ics, e));
    response_bytes(out, "text/calendar; charset=utf-8", ics);
    return OK;
}

/* Takes one of the guest's steps and goes back to the page, which says how it stands now. */
static enum status take(const struct request *r, struct response *out,
                        enum status (*step)(const struct seminar_office *, int64_t, const struct who *,
                                            struct err *),
                        struct err *e)
{
    const struct seminar_office o = seminar_office_for(r);
    const struct who who = portal_who(r);
    struct guest_link l = {0};
    enum status found = guest_link_read(r, &l, e);

    if (found != OK)
        return seminar_missing(found, out);
    enum status taken = step(&o, l.guest.id, &who, e);
    if (taken != OK && taken != REFUSED)
        return taken;
    return response_redirect(out, guest_link_href(r, ""));
}

enum status guest_page_confirm(const struct request *r, struct response *out, struct err *e)
{
    return take(r, out, signup_confirm, e);
}

enum status guest_page_cancel(const struct request *r, struct response *out, struct err *e)
{
    return take(r, out, signup_cancel, e);
}

enum status guest_page_check_in(const struct request *r, struct response *out, struct err *e)
{
    const struct seminar_office o = seminar_office_for(r);
    const struct who who = portal_who(r);
    struct guest_link l = {0};
    struct guest_view v;
    struct str code;
    enum status found = guest_link_read(r, &l, e);

    if (found != OK)
        return seminar_missing(found, out);
    TRY(view_of(r, &l, &v, e));
    if (!field_str(v.fields, v.code, 20, &code))
        return show(r, out, &v);
    enum status done = attendance_by_guest(&o, l.guest.id, code, &who, e);
    if (done == REFUSED) {
        field_wrong(v.fields, v.code, TEXT_SEMINAR_CHECK_IN_WRONG);
        return show(r, out, &v);
    }
    TRY(done);
    return response_redirect(out, guest_link_href(r, ""));
}

/* Joining the network, with what the guest has said already filled in. */
enum status guest_page_join(const struct request *r, struct response *out, struct err *e)
{
    struct guest_link l = {0};
    enum status found = guest_link_read(r, &l, e);

    if (found != OK)
        return seminar_missing(found, out);
    struct join_known known = {.name = l.guest.organisation_name,
                               .contact_name = l.guest.name,
                               .contact_email = l.guest.address,
                               .actor = ACTORS};
    (void)actor_from_str(l.guest.actor, &known.actor);
    return network_join_page(r, &known, out, e);
}
