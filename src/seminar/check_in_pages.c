/* Checking in with the code in the room, without a link of one's own at hand. No list of names is shown to
 * tap: whoever stands in the room would see who comes. */
#include "base/arena.h"
#include "pages.h"
#include "portal/portal.h"
#include "seminar/attendance.h"
#include "seminar/seminar_pages.h"
#include "seminar/seminar_room.h"
#include "seminar/seminar_view.h"
#include "web/request.h"
#include "web/response.h"

enum { CODE_DIGITS = 6 };

/* The code that the QR code on the screen brings along; empty when the address was typed. */
static struct str scanned_code(const struct request *r)
{
    struct str code = form_value(&r->query, "kod");

    for (size_t i = 0; i < code.n; i++)
        if (code.p[i] < '0' || code.p[i] > '9')
            return S("");
    return code.n == CODE_DIGITS ? code : S("");
}

static struct check_in_view *view_of(const struct request *r, const struct seminar *s)
{
    struct check_in_view *v = arena_new(r->arena, 1, struct check_in_view);
    bool is_sent = str_is(r->method, "POST");

    v->fields = field_set_open(is_sent ? &r->form : NULL, catalogue_of(r->language), r->arena);
    v->code = field_add(v->fields, FIELD_CODE, "code", TEXT_SEMINAR_CHECK_IN_CODE);
    v->code->width = "n8";
    v->is_scanned = scanned_code(r).n > 0;
    field_start(v->fields, v->code, scanned_code(r));
    v->email = field_add(v->fields, FIELD_EMAIL, "email", TEXT_SEMINAR_SIGNUP_EMAIL);
    v->email->autocomplete = "email";
    v->s = s;
    v->action = seminar_href(r, "/seminarier/%lld/incheckning", (long long)s->id);
    v->is_done = form_has(&r->query, "klart");
    return v;
}

static enum status show(const struct request *r, struct response *out, struct check_in_view *v)
{
    v->layout =
        seminar_layout(r, portal_text(r, TEXT_SEMINAR_CHECK_IN), SEMINAR_PAGE_FORM, v->fields->errors);
    page_seminar_check_in(response_page(out), v);
    return v->fields->errors > 0 ? response_correct(out) : OK;
}

enum status check_in_page_show(const struct request *r, struct response *out, struct err *e)
{
    struct seminar s = {0};
    enum status found = seminar_of_route(r, &s, e);

    return found == OK ? show(r, out, view_of(r, &s)) : seminar_missing(found, out);
}

enum status check_in_page_take(const struct request *r, struct response *out, struct err *e)
{
    const struct seminar_office o = seminar_office_for(r);
    const struct who who = portal_who(r);
    struct seminar s = {0};
    struct str code;
    struct str address;
    enum status found = seminar_of_route(r, &s, e);

    if (found != OK)
        return seminar_missing(found, out);
    struct check_in_view *v = view_of(r, &s);
    bool has_code = field_str(v->fields, v->code, 20, &code);
    if (!field_email(v->fields, v->email, &address) || !has_code)
        return show(r, out, v);
    enum status done = attendance_by_address(&o, s.id, code, address, &who, e);
    if (done == REFUSED) {
        field_wrong(v->fields, v->code, TEXT_SEMINAR_CHECK_IN_WRONG);
        return show(r, out, v);
    }
    TRY(done);
    return response_redirect(out, seminar_href(r, "/seminarier/%lld/incheckning?klart=1", (long long)s.id));
}
