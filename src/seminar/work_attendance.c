/* On the day: names to tap, a code to show, a list and badges to print. */
#include "base/arena.h"
#include "pages.h"
#include "portal/portal.h"
#include "seminar/attendance.h"
#include "seminar/seminar_letter.h"
#include "seminar/seminar_pages.h"
#include "seminar/seminar_room.h"
#include "seminar/seminar_work.h"
#include "seminar/work_view.h"
#include "web/request.h"
#include "web/response.h"

/* The seminar, and those who have confirmed a seat, in the order of arrival. */
static enum status read(const struct request *r, struct seminar *s, struct signups *out, struct err *e)
{
    struct signups all = {0};

    TRY(seminar_find(portal_db(r), request_id(r), r->arena, s, e));
    TRY(signup_list(portal_db(r), s->id, r->arena, &all, e));
    out->signup = all.signup;
    for (size_t i = 0; i < all.n; i++)
        if (all.signup[i].state == SIGNUP_CONFIRMED && (all.signup[i].is_seated || all.signup[i].came_at > 0))
            out->signup[out->n++] = all.signup[i];
    return portal_note_read(r, "seminar.guests", s->id, S(""), e);
}

enum status work_attendance_show(const struct request *r, struct response *out, struct err *e)
{
    struct seminar s = {0};
    struct signups guests = {0};
    struct work_attendance_view v = {.s = &s};
    enum status found = read(r, &s, &guests, e);

    if (found != OK)
        return seminar_missing(found, out);
    v.layout = seminar_layout(r, portal_text(r, TEXT_SEMINAR_WORK_ATTENDANCE), SEMINAR_PAGE_FORM, 0);
    v.when = seminar_when(&s, r->language, r->arena);
    v.n = guests.n;
    v.guest = guests.signup;
    for (size_t i = 0; i < guests.n; i++)
        v.came += guests.signup[i].came_at > 0;
    v.action = seminar_href(r, "/arbete/seminarier/%lld/narvaro", (long long)s.id);
    v.code = seminar_href(r, "/arbete/seminarier/%lld/kod", (long long)s.id);
    v.print = seminar_href(r, "/arbete/seminarier/%lld/lista", (long long)s.id);
    v.back = seminar_href(r, "/arbete/seminarier/%lld", (long long)s.id);
    page_work_attendance(response_page(out), &v);
    return OK;
}

enum status work_attendance_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    bool has_come = str_is(form_value(&r->form, "came"), "yes");
    int64_t guest = 0;

    if (!form_i64(&r->form, "guest", 1, INT64_MAX, &guest))
        return err_set(e, BAD_INPUT, "expected a guest's number");
    enum status s = attendance_set(portal_db(r), guest, has_come ? ATTENDANCE_CAME : ATTENDANCE_NO, &who, e);
    if (s != OK && s != REFUSED)
        return s;
    return response_redirect(out, seminar_href(r, "/arbete/seminarier/%lld/narvaro#g%lld",
                                               (long long)request_id(r), (long long)guest));
}

enum status work_code_show(const struct request *r, struct response *out, struct err *e)
{
    const struct seminar_office o = seminar_office_for(r);
    struct seminar s = {0};
    struct work_code_view v = {.s = &s};
    enum status found = seminar_find(portal_db(r), request_id(r), r->arena, &s, e);

    if (found != OK)
        return seminar_missing(found, out);
    v.layout = seminar_layout(r, portal_text(r, TEXT_SEMINAR_WORK_CODE), SEMINAR_PAGE_FORM, 0);
    v.address =
        str_of(arena_printf(r->arena, "%.*s/seminarier/%lld/incheckning", STR(o.address), (long long)s.id));
    v.scanned = str_of(arena_printf(r->arena, "%.*s?kod=%.*s", STR(v.address), STR(s.code)));
    v.action = seminar_href(r, "/arbete/seminarier/%lld/kod", (long long)s.id);
    v.back = seminar_href(r, "/arbete/seminarier/%lld/narvaro", (long long)s.id);
    page_work_code(response_page(out), &v);
    return OK;
}

enum status work_code_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct seminar s = {0};
    enum status found = seminar_find(portal_db(r), request_id(r), r->arena, &s, e);

    if (found != OK)
        return seminar_missing(found, out);
    TRY(attendance_code_set(portal_db(r), s.id, s.code.n > 0 ? ATTENDANCE_CODE_OFF : ATTENDANCE_CODE_ON, &who,
                            e));
    return response_redirect(out, seminar_href(r, "/arbete/seminarier/%lld/kod", (long long)s.id));
}

/* On paper: the list or the badges. */
static enum status paper(const struct request *r, struct response *out, enum text_key title,
                         void (*page)(struct html *, const struct work_paper_view *), struct err *e)
{
    struct seminar s = {0};
    struct signups guests = {0};
    struct work_paper_view v = {.s = &s};
    enum status found = read(r, &s, &guests, e);

    if (found != OK)
        return seminar_missing(found, out);
    v.layout = seminar_layout(r, portal_text(r, title), SEMINAR_PAGE_FORM, 0);
    v.when = seminar_when(&s, r->language, r->arena);
    v.n = guests.n;
    v.guest = guests.signup;
    page(response_page(out), &v);
    return OK;
}

enum status work_print_show(const struct request *r, struct response *out, struct err *e)
{
    return paper(r, out, TEXT_SEMINAR_WORK_PRINT, page_work_print, e);
}

enum status work_badges_show(const struct request *r, struct response *out, struct err *e)
{
    return paper(r, out, TEXT_SEMINAR_WORK_BADGES, page_work_badges, e);
}
