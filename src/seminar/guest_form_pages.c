/* Two forms of a guest: one's own details, and who comes instead. */
#include "base/arena.h"
#include "pages.h"
#include "portal/portal.h"
#include "seminar/guest_link.h"
#include "seminar/seminar_letter.h"
#include "seminar/seminar_pages.h"
#include "seminar/seminar_room.h"
#include "seminar/seminar_view.h"
#include "web/request.h"
#include "web/response.h"

enum { NAME_LETTERS = 100, NEEDS_LETTERS = 500 };

static struct guest_form_view *form_of(const struct request *r, const struct guest_link *l, const char *rest)
{
    struct guest_form_view *v = arena_new(r->arena, 1, struct guest_form_view);
    bool is_sent = str_is(r->method, "POST");

    v->fields = field_set_open(is_sent ? &r->form : NULL, catalogue_of(r->language), r->arena);
    v->s = &l->seminar;
    v->when = seminar_when(&l->seminar, r->language, r->arena);
    v->action = guest_link_href(r, rest);
    v->back = guest_link_href(r, "");
    return v;
}

static enum status show(const struct request *r, struct response *out, struct guest_form_view *v,
                        enum text_key title)
{
    v->layout = seminar_layout(r, portal_text(r, title), SEMINAR_PAGE_FORM, v->fields->errors);
    page_seminar_guest_form(response_page(out), v);
    return v->fields->errors > 0 ? response_correct(out) : OK;
}

static struct guest_form_view *change_form(const struct request *r, const struct guest_link *l)
{
    struct guest_form_view *v = form_of(r, l, "/andra");
    struct field_set *f = v->fields;

    v->name = field_add(f, FIELD_TEXT, "name", TEXT_SEMINAR_SIGNUP_NAME);
    field_start(f, v->name, l->guest.name);
    v->organisation = field_add(f, FIELD_TEXT, "organisation", TEXT_SEMINAR_SIGNUP_ORGANISATION);
    field_start(f, v->organisation, l->guest.organisation_name);
    v->needs = field_add(f, FIELD_AREA, "needs", TEXT_SEMINAR_SIGNUP_NEEDS);
    v->needs->is_optional = true;
    field_hint(f, v->needs, TEXT_SEMINAR_SIGNUP_NEEDS_HINT);
    field_start(f, v->needs, l->guest.needs);
    return v;
}

enum status guest_change_show(const struct request *r, struct response *out, struct err *e)
{
    struct guest_link l = {0};
    enum status found = guest_link_read(r, &l, e);

    if (found != OK)
        return seminar_missing(found, out);
    return show(r, out, change_form(r, &l), TEXT_SEMINAR_GUEST_CHANGE);
}

enum status guest_change_take(const struct request *r, struct response *out, struct err *e)
{
    const struct seminar_office o = seminar_office_for(r);
    const struct who who = portal_who(r);
    struct guest_link l = {0};
    enum status found = guest_link_read(r, &l, e);

    if (found != OK)
        return seminar_missing(found, out);
    struct guest_form_view *v = change_form(r, &l);
    field_str(v->fields, v->name, NAME_LETTERS, &l.guest.name);
    field_str(v->fields, v->organisation, NAME_LETTERS, &l.guest.organisation_name);
    field_str(v->fields, v->needs, NEEDS_LETTERS, &l.guest.needs);
    if (v->fields->errors > 0)
        return show(r, out, v, TEXT_SEMINAR_GUEST_CHANGE);
    TRY(signup_change(&o, &l.guest, &who, e));
    return response_redirect(out, v->back);
}

static struct guest_form_view *replace_form(const struct request *r, const struct guest_link *l)
{
    struct guest_form_view *v = form_of(r, l, "/byt");

    v->name = field_add(v->fields, FIELD_TEXT, "name", TEXT_SEMINAR_GUEST_REPLACE_NAME);
    v->email = field_add(v->fields, FIELD_EMAIL, "email", TEXT_SEMINAR_GUEST_REPLACE_EMAIL);
    return v;
}

enum status guest_replace_show(const struct request *r, struct response *out, struct err *e)
{
    struct guest_link l = {0};
    enum status found = guest_link_read(r, &l, e);

    if (found != OK)
        return seminar_missing(found, out);
    return show(r, out, replace_form(r, &l), TEXT_SEMINAR_GUEST_REPLACE);
}

/* The link is the other's from now on: the page it led to is not theirs to see. */
enum status guest_replace_take(const struct request *r, struct response *out, struct err *e)
{
    const struct seminar_office o = seminar_office_for(r);
    const struct who who = portal_who(r);
    struct guest_link l = {0};
    struct str name;
    struct str address;
    enum status found = guest_link_read(r, &l, e);

    if (found != OK)
        return seminar_missing(found, out);
    struct guest_form_view *v = replace_form(r, &l);
    bool has_name = field_str(v->fields, v->name, NAME_LETTERS, &name);
    bool has_address = field_email(v->fields, v->email, &address);
    if (!has_name || !has_address)
        return show(r, out, v, TEXT_SEMINAR_GUEST_REPLACE);
    enum status done = signup_replace(&o, l.guest.id, name, address, &who, e);
    if (done == REFUSED) {
        field_wrong(v->fields, v->email, TEXT_SEMINAR_GUEST_REPLACE_TAKEN);
        return show(r, out, v, TEXT_SEMINAR_GUEST_REPLACE);
    }
    TRY(done);
    return response_redirect(out, seminar_href(r, "/seminarier/%lld", (long long)l.seminar.id));
}
