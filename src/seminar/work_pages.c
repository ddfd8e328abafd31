/* The coordinator's seminars: the list, and one of them with its answers and guests. */
#include "base/arena.h"
#include "pages.h"
#include "portal/portal.h"
#include "seminar/actor_words.h"
#include "seminar/seminar_letter.h"
#include "seminar/seminar_pages.h"
#include "seminar/seminar_room.h"
#include "seminar/seminar_work.h"
#include "seminar/work_view.h"
#include "web/request.h"
#include "web/response.h"

static enum text_key state_text(enum seminar_state state)
{
    switch (state) {
    case SEMINAR_DRAFT:
        return TEXT_SEMINAR_WORK_STATE_DRAFT;
    case SEMINAR_OPEN:
        return TEXT_SEMINAR_WORK_STATE_OPEN;
    case SEMINAR_CANCELLED:
        break;
    }
    return TEXT_SEMINAR_WORK_STATE_CANCELLED;
}

static enum text_key answer_text(enum invitation_answer answer)
{
    switch (answer) {
    case INVITATION_YES:
        return TEXT_SEMINAR_WORK_ANSWER_YES;
    case INVITATION_NO:
        return TEXT_SEMINAR_WORK_ANSWER_NO;
    case INVITATION_OTHER:
        return TEXT_SEMINAR_WORK_ANSWER_OTHER;
    case INVITATION_NO_ANSWER:
        break;
    }
    return TEXT_SEMINAR_WORK_ANSWER_NONE;
}

static enum text_key guest_text(const struct signup *g)
{
    switch (g->state) {
    case SIGNUP_UNCONFIRMED:
        return TEXT_SEMINAR_WORK_GUEST_UNCONFIRMED;
    case SIGNUP_CANCELLED:
        return TEXT_SEMINAR_WORK_GUEST_CANCELLED;
    case SIGNUP_EXPIRED:
        return TEXT_SEMINAR_WORK_GUEST_EXPIRED;
    case SIGNUP_CONFIRMED:
        break;
    }
    if (g->came_at > 0)
        return TEXT_SEMINAR_WORK_GUEST_CAME;
    return g->is_seated ? TEXT_SEMINAR_WORK_GUEST_SEATED : TEXT_SEMINAR_WORK_GUEST_WAITING;
}

enum status work_list_show(const struct request *r, struct response *out, struct err *e)
{
    struct work_list_view v = {
        .layout = seminar_layout(r, portal_text(r, TEXT_SEMINAR_WORK_TITLE), SEMINAR_PAGE_FORM, 0),
        .new_href = seminar_href(r, "/arbete/seminarier/ny"),
        .statistics_href = seminar_href(r, "/arbete/seminarier/statistik")};
    struct seminars found = {0};

    TRY(seminar_list(portal_db(r), SEMINAR_ALL, date_of(r->now_at), r->arena, &found, e));
    struct work_row *rows = arena_new(r->arena, found.n + 1, struct work_row);
    for (size_t i = 0; i < found.n; i++)
        rows[i] = (struct work_row){
            .href = seminar_href(r, "/arbete/seminarier/%lld", (long long)found.seminar[i].id),
            .s = &found.seminar[i],
            .when = seminar_when(&found.seminar[i], r->language, r->arena),
            .state = state_text(found.seminar[i].state)};
    v.n = found.n;
    v.row = rows;
    page_work_list(response_page(out), &v);
    return OK;
}

/* No date when the address works, as far as is known. */
static struct date failed_on(int64_t failed_at)
{
    return failed_at > 0 ? date_of(failed_at) : (struct date){0};
}

static enum status add_invitations(const struct request *r, struct work_show_view *v, struct err *e)
{
    struct invitations found = {0};

    TRY(invitation_list(portal_db(r), v->s->id, r->arena, &found, e));
    struct work_invited *rows = arena_new(r->arena, found.n + 1, struct work_invited);
    for (size_t i = 0; i < found.n; i++) {
        const struct invitation *x = &found.invitation[i];

        rows[i] = (struct work_invited){.v = x,
                                        .actor = actor_words(x->actor, r->language),
                                        .answer = answer_text(x->answer),
                                        .failed_on = failed_on(x->failed_at)};
        v->yes += x->answer == INVITATION_YES;
        v->no += x->answer == INVITATION_NO;
        v->other += x->answer == INVITATION_OTHER;
        v->unanswered += x->answer == INVITATION_NO_ANSWER;
    }
    v->invitations = found.n;
    v->invitation = rows;
    return OK;
}

static enum status add_guests(const struct request *r, struct work_show_view *v, struct err *e)
{
    struct signups found = {0};

    TRY(signup_list(portal_db(r), v->s->id, r->arena, &found, e));
    struct work_guest *rows = arena_new(r->arena, found.n + 1, struct work_guest);
    for (size_t i = 0; i < found.n; i++) {
        const struct signup *g = &found.signup[i];
        struct mail_address known = {0};

        TRY(mail_address_find(portal_db(r), g->address, r->arena, &known, e));
        rows[i] = (struct work_guest){.g = g,
                                      .actor = actor_words(g->actor, r->language),
                                      .state = guest_text(g),
                                      .failed_on = failed_on(known.failed_at)};
    }
    v->guests = found.n;
    v->guest = rows;
    return OK;
}

static void add_links(const struct request *r, struct work_show_view *v)
{
    long long id = (long long)v->s->id;

    v->letters = request_address(S("/arbete/brev"), r->language, r->arena);
    v->public_href = seminar_href(r, "/seminarier/%lld", id);
    v->change = seminar_href(r, "/arbete/seminarier/%lld/andra", id);
    v->open = seminar_href(r, "/arbete/seminarier/%lld/oppna", id);
    v->cancel = seminar_href(r, "/arbete/seminarier/%lld/stall-in", id);
    v->invite = seminar_href(r, "/arbete/seminarier/%lld/bjud-in", id);
    v->reminding = seminar_href(r, "/arbete/seminarier/%lld/paminnelse", id);
    v->attendance = seminar_href(r, "/arbete/seminarier/%lld/narvaro", id);
    v->print = seminar_href(r, "/arbete/seminarier/%lld/lista", id);
    v->badges = seminar_href(r, "/arbete/seminarier/%lld/namnskyltar", id);
    v->after = seminar_href(r, "/arbete/seminarier/%lld/efterat", id);
}

enum status work_show(const struct request *r, struct response *out, struct err *e)
{
    struct seminar s = {0};
    struct work_show_view v = {.s = &s, .sent = -1, .is_saved = form_has(&r->query, "sparat")};
    enum status found = seminar_find(portal_db(r), request_id(r), r->arena, &s, e);

    if (found != OK)
        return seminar_missing(found, out);
    v.layout = seminar_layout(r, s.title, SEMINAR_PAGE_FORM, 0);
    v.when = seminar_when(&s, r->language, r->arena);
    v.state = state_text(s.state);
    form_i64(&r->query, "skickade", 0, 1000000, &v.sent);
    TRY(add_invitations(r, &v, e));
    TRY(add_guests(r, &v, e));
    TRY(mail_standing(portal_db(r), r->arena, &v.mail, e));
    v.down_on = date_of(v.mail.down_since);
    add_links(r, &v);
    TRY(portal_note_read(r, "seminar.guests", s.id, S(""), e));
    page_work_show(response_page(out), &v);
    return OK;
}

static enum status back_to(const struct request *r, struct response *out, enum status s)
{
    if (s != OK && s != REFUSED)
        return s;
    return response_redirect(out,
                             seminar_href(r, "/arbete/seminarier/%lld?sparat=1", (long long)request_id(r)));
}

enum status work_open_take(const struct request *r, struct response *out, struct err *e)
{
    const struct seminar_office o = seminar_office_for(r);
    const struct who who = portal_who(r);

    return back_to(r, out, seminar_open(&o, request_id(r), &who, e));
}

enum status work_cancel_show(const struct request *r, struct response *out, struct err *e)
{
    struct seminar s = {0};
    struct work_cancel_view v = {.s = &s};
    enum status found = seminar_find(portal_db(r), request_id(r), r->arena, &s, e);

    if (found != OK)
        return seminar_missing(found, out);
    v.layout = seminar_layout(r, portal_text(r, TEXT_SEMINAR_WORK_CANCEL), SEMINAR_PAGE_FORM, 0);
    v.when = seminar_when(&s, r->language, r->arena);
    v.action = seminar_href(r, "/arbete/seminarier/%lld/stall-in", (long long)s.id);
    v.back = seminar_href(r, "/arbete/seminarier/%lld", (long long)s.id);
    page_work_cancel(response_page(out), &v);
    return OK;
}

enum status work_cancel_take(const struct request *r, struct response *out, struct err *e)
{
    const struct seminar_office o = seminar_office_for(r);
    const struct who who = portal_who(r);

    return back_to(r, out, seminar_cancel(&o, request_id(r), &who, e));
}

enum status work_reminding_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct seminar s = {0};
    enum status found = seminar_find(portal_db(r), request_id(r), r->arena, &s, e);

    if (found != OK)
        return seminar_missing(found, out);
    return back_to(
        r, out,
        seminar_remind_set(portal_db(r), s.id, s.is_reminding ? SEMINAR_SILENT : SEMINAR_REMINDING, &who, e));
}
