/* Afterwards: thanks, answers, and the step into the network. */
#include "base/arena.h"
#include "calendar/stockholm.h"
#include "network/organisation.h"
#include "pages.h"
#include "people/invite.h"
#include "portal/portal.h"
#include "seminar/actor_words.h"
#include "seminar/attendance.h"
#include "seminar/into_network.h"
#include "seminar/seminar_letter.h"
#include "seminar/seminar_pages.h"
#include "seminar/seminar_room.h"
#include "seminar/seminar_work.h"
#include "seminar/work_view.h"
#include "web/request.h"
#include "web/response.h"

static enum status add_present(const struct request *r, struct work_after_view *v, struct err *e)
{
    struct signups all = {0};

    TRY(signup_list(portal_db(r), v->s->id, r->arena, &all, e));
    struct work_after_guest *rows = arena_new(r->arena, all.n + 1, struct work_after_guest);
    for (size_t i = 0; i < all.n; i++)
        if (all.signup[i].came_at > 0)
            rows[v->came++] =
                (struct work_after_guest){.g = &all.signup[i],
                                          .actor = actor_words(all.signup[i].actor, r->language),
                                          .is_known = all.signup[i].organisation > 0};
    v->guest = rows;
    return OK;
}

enum status work_after_show(const struct request *r, struct response *out, struct err *e)
{
    struct seminar s = {0};
    struct work_after_view v = {.s = &s, .sent = -1};
    enum status found = seminar_find(portal_db(r), request_id(r), r->arena, &s, e);

    if (found != OK)
        return seminar_missing(found, out);
    v.layout = seminar_layout(r, portal_text(r, TEXT_SEMINAR_WORK_AFTER), SEMINAR_PAGE_FORM, 0);
    v.when = seminar_when(&s, r->language, r->arena);
    form_i64(&r->query, "skickade", 0, 1000000, &v.sent);
    TRY(add_present(r, &v, e));
    v.may_thank = v.came > 0 && s.thanked_at == 0 && r->now_at >= stockholm_at(s.held_on, s.from_minute);
    TRY(evaluation_read(portal_db(r), s.id, r->arena, &v.evaluation, e));
    v.thank = seminar_href(r, "/arbete/seminarier/%lld/tacka", (long long)s.id);
    v.network = seminar_href(r, "/arbete/seminarier/%lld/natverk", (long long)s.id);
    v.back = seminar_href(r, "/arbete/seminarier/%lld", (long long)s.id);
    TRY(portal_note_read(r, "seminar.guests", s.id, S(""), e));
    page_work_after(response_page(out), &v);
    return OK;
}

enum status work_thank_take(const struct request *r, struct response *out, struct err *e)
{
    const struct seminar_office o = seminar_office_for(r);
    const struct who who = portal_who(r);
    int64_t n = 0;
    enum status s = attendance_thank(&o, request_id(r), &who, &n, e);

    if (s == OK)
        s = into_network_note(o.db, request_id(r), &who, e);
    if (s != OK && s != REFUSED)
        return s;
    return response_redirect(out, seminar_href(r, "/arbete/seminarier/%lld/efterat?skickade=%lld",
                                               (long long)request_id(r), (long long)n));
}

/* The guest gets an account when it is they who are the contact person, and they have none yet. */
static enum status invite(const struct request *r, int64_t guest, struct err *e)
{
    struct signup g = {0};
    int64_t organisation = 0;
    bool is_invited = false;

    TRY(signup_find(portal_db(r), guest, r->arena, &g, e));
    TRY(contact_organisation(portal_db(r), g.address, &organisation, e));
    if (organisation != g.organisation)
        return OK;
    return people_invite_member(r, g.name, g.address, g.language, &is_invited, e);
}

enum status work_network_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    int64_t guest = 0;

    if (!form_i64(&r->form, "guest", 1, INT64_MAX, &guest))
        return err_set(e, BAD_INPUT, "expected a guest's number");
    enum status s = into_network(portal_db(r), guest, &who, e);
    if (s == OK && form_has(&r->form, "invite"))
        s = invite(r, guest, e);
    if (s != OK && s != REFUSED)
        return s;
    return response_redirect(out,
                             seminar_href(r, "/arbete/seminarier/%lld/efterat", (long long)request_id(r)));
}

enum status work_statistics_show(const struct request *r, struct response *out, struct err *e)
{
    struct work_statistics_view v = {
        .layout = seminar_layout(r, portal_text(r, TEXT_SEMINAR_WORK_STATISTICS), SEMINAR_PAGE_FORM, 0),
        .back = seminar_href(r, "/arbete/seminarier")};
    struct seminar_share *shares = NULL;

    TRY(seminar_statistics(portal_db(r), r->arena, &shares, &v.n, &v.all, e));
    struct work_share *rows = arena_new(r->arena, v.n + 1, struct work_share);
    for (size_t i = 0; i < v.n; i++)
        rows[i] = (struct work_share){.actor = actor_words(shares[i].actor, r->language),
                                      .invited = shares[i].invited,
                                      .signed_up = shares[i].signed_up,
                                      .came = shares[i].came};
    v.share = rows;
    page_work_statistics(response_page(out), &v);
    return OK;
}
