/* What the steps of signing in share. */
#include "account/entrance.h"

#include "account/attempts.h"
#include "account/password.h"
#include "base/arena.h"
#include "portal/doors.h"
#include "portal/portal.h"
#include "store/city.h"
#include "store/db.h"
#include "web/field.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

struct str entrance_target(const struct request *r)
{
    struct str wanted = form_value(str_is(r->method, "POST") ? &r->form : &r->query, "till");

    return str_starts(wanted, S("/")) && html_is_safe_url(wanted) ? wanted : (struct str){NULL, 0};
}

struct str entrance_step(const struct request *r, const char *path)
{
    struct html address = html_open(r->arena, catalogue_of(r->language));
    struct str target = entrance_target(r);

    html_raw(&address, request_address(str_of(path), r->language, r->arena));
    if (target.n > 0) {
        html_lit(&address, "?till=");
        html_put_url_part(&address, target);
    }
    return html_str(&address);
}

enum status entrance_go_on(const struct request *r, struct response *out)
{
    struct str target = entrance_target(r);

    return target.n > 0 ? response_redirect(out, target) : portal_redirect(r, out, S("/konto"));
}

bool entrance_may_try(const struct request *r, struct field_set *f, struct field *x, struct str guessed)
{
    unsigned char source[SOURCE_BYTES];
    struct text told = text_open(r->arena);

    request_source(r, source);
    int64_t seconds = attempts_begin(portal_of(r)->attempts, guessed, source, r->now_at);
    if (seconds == 0)
        return true;
    const struct insertion minutes = insertion("n", (seconds + 59) / 60);
    catalogue_write(&told, f->texts, TEXT_ACCOUNT_WAIT, &minutes, 1);
    return field_wrong_text(f, x, text_str(&told));
}

void entrance_was_right(const struct request *r, struct str guessed)
{
    unsigned char source[SOURCE_BYTES];

    request_source(r, source);
    attempts_right(portal_of(r)->attempts, guessed, source, r->now_at);
}

enum status entrance_note_failure(const struct request *r, int64_t person, const char *what, struct err *e)
{
    const struct audit_line line = {.who = {.name = "reader", .now_at = r->now_at},
                                    .action = "account.sign_in_failed",
                                    .subject = person,
                                    .detail = str_of(what)};

    return audit_note(portal_worker_of(r)->write, &line, e);
}

enum status entrance_check_password(const struct request *r, struct field_set *f, struct field *x,
                                    struct err *e)
{
    const struct person *person = &portal_visitor(r)->person;
    bool is_right = false;

    if (!entrance_may_try(r, f, x, person->email))
        return OK;
    TRY(password_check(portal_db(r), person->id, form_raw(&r->form, "password"), &is_right, e));
    if (is_right) {
        entrance_was_right(r, person->email);
        return OK;
    }
    field_wrong(f, x, TEXT_ACCOUNT_PASSWORD_NOW_WRONG);
    return entrance_note_failure(r, person->id, "password", e);
}

struct str entrance_provider(const struct request *r)
{
    const struct config *c = &portal_of(r)->city->file;

    if (c->oidc_issuer.n == 0)
        return (struct str){NULL, 0};
    return c->oidc_name.n > 0 ? c->oidc_name
                              : catalogue_text(catalogue_of(r->language), TEXT_ACCOUNT_PROVIDER);
}

enum status entrance_shut(const struct request *r, bool *is_shut, struct err *e)
{
    struct doors doors;

    TRY(doors_read(portal_worker_of(r)->read, &doors, e));
    *is_shut = doors.state != DOORS_OPEN;
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

static enum status begin(const struct request *r, const struct person *person, struct session *session,
                         unsigned char secret[SESSION_SECRET_BYTES], struct err *e)
{
    struct db *db = portal_worker_of(r)->write;

    TRY(end_former(r, db, e));
    TRY(sessions_forget(db, r->now_at, e));
    TRY(session_begin(db, portal_of(r)->outside, session, secret, e));
    return session->stage == SESSION_WHOLE ? note_signed_in(db, person, r->now_at, e) : OK;
}

enum status entrance_open(const struct request *r, struct response *out, const struct person *person,
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
    struct db *db = portal_worker_of(r)->write;
    struct doors doors;

    TRY(doors_read(db, &doors, e));
    if (!doors_let_in(doors.state, person->roles))
        return entrance_note_failure(r, person->id, "shut", e);
    TRY(db_change(db, e));
    TRY(db_change_end(db, begin(r, person, &session, secret, e), &line, e));
    session_set_cookie(out, secret);
    return OK;
}
