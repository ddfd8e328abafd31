/* Signing in and out. */
#include "account/sign_in.h"

#include "account/account_view.h"
#include "account/password.h"
#include "base/arena.h"
#include "pages.h"
#include "portal/portal.h"
#include "store/db.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

enum { EMAIL_LETTERS = 254 };

struct str sign_in_target(const struct request *r)
{
    struct str wanted = form_value(str_is(r->method, "POST") ? &r->form : &r->query, "till");

    return str_starts(wanted, S("/")) && html_is_safe_url(wanted) ? wanted : (struct str){NULL, 0};
}

static struct sign_in_view *view_of(const struct request *r, struct field_set *f)
{
    struct sign_in_view *v = arena_new(r->arena, 1, struct sign_in_view);

    v->fields = f;
    v->email = field_add(f, FIELD_EMAIL, "email", TEXT_ACCOUNT_EMAIL);
    v->email->autocomplete = "username";
    v->password = field_add(f, FIELD_PASSWORD, "password", TEXT_ACCOUNT_PASSWORD);
    v->password->autocomplete = "current-password";
    v->target = sign_in_target(r);
    v->action = request_address(S("/logga-in"), r->language, r->arena);
    return v;
}

static void show(const struct request *r, struct response *out, struct sign_in_view *v)
{
    struct portal_view around = portal_view_of(r);

    v->layout = portal_form_layout(&around, catalogue_text(catalogue_of(r->language), TEXT_ACCOUNT_SIGN_IN),
                                   r->path, v->fields->errors, r->arena);
    page_account_sign_in(response_page(out), v);
}

enum status sign_in_show(const struct request *r, struct response *out, struct err *e)
{
    (void)e;
    show(r, out, view_of(r, field_set_open(NULL, catalogue_of(r->language), r->arena)));
    return OK;
}

/* Ends the session of the browser's cookie, if it has one: a new one takes its place. */
static enum status end_former(const struct request *r, struct db *db, struct err *e)
{
    const struct visitor *v = portal_visitor(r);

    return v ? session_end(db, v->person.id, v->session.id, e) : OK;
}

static enum status note_signed_in(struct db *db, const struct person *person, int64_t now_at, struct err *e)
{
    static const char sql[] = "update person set signed_in_at = $1 where id = $2";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, now_at);
    bind_int(&q, 2, person->id);
    return query_run(&q, e);
}

enum status sign_in_begin(const struct request *r, struct response *out, const struct person *person,
                          enum session_stage stage, const char *method, struct err *e)
{
    const struct audit_line line = {.who = {.name = person_in_log(person->id, r->arena), .now_at = r->now_at},
                                    .action =
                                        stage == SESSION_WHOLE ? "account.sign_in" : "account.sign_in_half",
                                    .subject = person->id,
                                    .detail = str_of(method)};
    struct session session = {.person = person->id,
                              .stage = stage,
                              .method = str_of(method),
                              .device = session_device(request_header(r, "User-Agent"), r->arena)};
    unsigned char secret[SESSION_SECRET_BYTES];
    struct db *db = portal_db(r);

    TRY(db_change(db, e));
    enum status s = end_former(r, db, e);
    if (s == OK)
        s = sessions_forget(db, r->now_at, e);
    if (s == OK)
        s = session_begin(db, portal_of(r)->outside, &session, secret, e);
    if (s == OK)
        s = note_signed_in(db, person, r->now_at, e);
    TRY(db_change_end(db, s, &line, e));
    session_set_cookie(out, secret);
    return OK;
}

/* The log tells which account was tried, and nothing of who tried. */
static enum status note_failure(const struct request *r, int64_t person, struct err *e)
{
    const struct audit_line line = {.who = {.name = "reader", .now_at = r->now_at},
                                    .action = "account.sign_in_failed",
                                    .subject = person,
                                    .detail = S("password")};

    return audit_note(portal_db(r), &line, e);
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

enum status sign_in_take(const struct request *r, struct response *out, struct err *e)
{
    struct field_set *f = field_set_open(&r->form, catalogue_of(r->language), r->arena);
    struct sign_in_view *v = view_of(r, f);
    struct person person = {0};
    struct str email = {NULL, 0};
    bool is_right = false;

    field_email(f, v->email, &email);
    if (v->password->value.n == 0)
        field_wrong(f, v->password, TEXT_WEB_FIELD_EMPTY);
    if (f->errors == 0) {
        TRY(find_account(r, email, &person, e));
        TRY(password_check(portal_db(r), person.id, form_raw(&r->form, "password"), &is_right, e));
        if (!is_right) {
            TRY(note_failure(r, person.id, e));
            field_wrong(f, v->password, TEXT_ACCOUNT_SIGN_IN_WRONG);
        }
    }
    if (f->errors > 0) {
        show(r, out, v);
        return response_correct(out);
    }
    TRY(sign_in_begin(r, out, &person, SESSION_WHOLE, "password", e));
    return v->target.n > 0 ? response_redirect(out, v->target) : portal_redirect(r, out, S("/konto"));
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
