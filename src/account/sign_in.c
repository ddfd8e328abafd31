/* Signing in and out. */
#include "account/sign_in.h"

#include "account/account_view.h"
#include "account/entrance.h"
#include "account/password.h"
#include "base/arena.h"
#include "pages.h"
#include "portal/portal.h"
#include "store/db.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

enum { EMAIL_LETTERS = 254 };

static struct sign_in_view *view_of(const struct request *r, struct field_set *f)
{
    struct sign_in_view *v = arena_new(r->arena, 1, struct sign_in_view);

    v->fields = f;
    v->email = field_add(f, FIELD_EMAIL, "email", TEXT_ACCOUNT_EMAIL);
    v->email->autocomplete = "username";
    v->password = field_add(f, FIELD_PASSWORD, "password", TEXT_ACCOUNT_PASSWORD);
    v->password->autocomplete = "current-password";
    v->target = entrance_target(r);
    v->provider = entrance_provider(r);
    v->provider_href = entrance_step(r, "/logga-in/kommun");
    v->action = request_address(S("/logga-in"), r->language, r->arena);
    v->passkey_href = entrance_step(r, "/logga-in/passkey");
    return v;
}

static enum status show(const struct request *r, struct response *out, struct sign_in_view *v, struct err *e)
{
    struct portal_view around = portal_view_of(r);

    TRY(entrance_shut(r, &v->is_shut, e));
    v->layout = portal_form_layout(&around, catalogue_text(catalogue_of(r->language), TEXT_ACCOUNT_SIGN_IN),
                                   r->path, v->fields->errors, r->arena);
    page_account_sign_in(response_page(out), v);
    return OK;
}

enum status sign_in_show(const struct request *r, struct response *out, struct err *e)
{
    return show(r, out, view_of(r, field_set_open(NULL, catalogue_of(r->language), r->arena)), e);
}

/* The account with the address, if it may be signed in to; id 0 else. */
static enum status find_account(const struct request *r, struct str email, struct person *out, struct err *e)
{
    struct err none;
    enum status s = person_by_email(portal_db(r), email, r->arena, out, &none);

    if (s == REFUSED || (s == OK && (out->is_closed || out->roles == 0))) {
        *out = (struct person){0};
        return OK;
    }
    if (s != OK)
        *e = none;
    return s;
}

/* Whose password was typed; id 0 and the fault at its field when it is nobody's. */
static enum status find_who(const struct request *r, struct sign_in_view *v, struct str email,
                            struct person *person, struct err *e)
{
    bool is_right = false;

    if (!entrance_may_try(r, v->fields, v->password, email))
        return OK;
    TRY(find_account(r, email, person, e));
    TRY(password_check(portal_db(r), person->id, form_raw(&r->form, "password"), &is_right, e));
    if (is_right) {
        entrance_was_right(r, email);
        return OK;
    }
    field_wrong(v->fields, v->password, TEXT_ACCOUNT_SIGN_IN_WRONG);
    return entrance_note_failure(r, person->id, "password", e);
}

enum status sign_in_take(const struct request *r, struct response *out, struct err *e)
{
    struct field_set *f = field_set_open(&r->form, catalogue_of(r->language), r->arena);
    struct sign_in_view *v = view_of(r, f);
    struct person person = {0};
    struct str email = {NULL, 0};

    field_email(f, v->email, &email);
    if (v->password->value.n == 0)
        field_wrong(f, v->password, TEXT_WEB_FIELD_EMPTY);
    if (f->errors == 0)
        TRY(find_who(r, v, email, &person, e));
    if (f->errors > 0) {
        TRY(show(r, out, v, e));
        return response_correct(out);
    }
    TRY(entrance_open(r, out, &person, SESSION_HALF, "password", e));
    return response_redirect(out, entrance_step(r, "/logga-in/kod"));
}

enum status sign_out_take(const struct request *r, struct response *out, struct err *e)
{
    const struct visitor *v = portal_visitor(r);

    if (v) {
        const struct audit_line line = {
            .who = portal_who(r), .action = "account.sign_out", .subject = v->person.id};
        TRY(db_change(portal_db(r), e));
        TRY(db_change_end(portal_db(r), session_end(portal_db(r), v->person.id, v->session.id, e), &line, e));
    }
    session_clear_cookie(out);
    response_header(out, "Clear-Site-Data", S("\"cache\", \"storage\""));
    return portal_redirect(r, out, S("/"));
}
