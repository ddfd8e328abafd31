/* One's own account: sessions and password. */
#include "account/own.h"

#include "account/account_letter.h"
#include "account/account_view.h"
#include "account/entrance.h"
#include "account/password.h"
#include "account/password_field.h"
#include "account/second_factor.h"
#include "base/arena.h"
#include "base/text.h"
#include "calendar/stockholm.h"
#include "pages.h"
#include "portal/portal.h"
#include "store/db.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>

static enum status add_sessions(const struct request *r, struct own_view *v, struct err *e)
{
    const struct visitor *visitor = portal_visitor(r);
    struct sessions found;

    TRY(sessions_of(portal_db(r), &visitor->person, r->now_at, r->arena, &found, e));
    struct session_row *rows = arena_new(r->arena, found.n + 1, struct session_row);
    for (size_t i = 0; i < found.n; i++) {
        const struct session *s = &found.session[i];

        rows[i] = (struct session_row){
            .device = s->device,
            .method = s->method,
            .seen = stockholm_moment(s->seen_at, r->arena),
            .made = stockholm_moment(s->made_at, r->arena),
            .is_this = s->id == visitor->session.id,
            .end_href = portal_href(r, arena_printf(r->arena, "/konto/session/%" PRId64, s->id))};
    }
    v->sessions = found.n;
    v->session = rows;
    return OK;
}

static enum status add_keys(const struct request *r, struct own_view *v, struct err *e)
{
    struct second_factor x;

    TRY(second_factor_read(portal_of(r)->city, portal_db(r), portal_visitor(r)->person.id, &x, e));
    v->device_set = x.is_set ? stockholm_day(x.set_at, NULL) : (struct date){0};
    v->recovery_left = x.recovery_left;
    second_factor_wipe(&x);
    return OK;
}

enum status own_show(const struct request *r, struct response *out, struct err *e)
{
    const struct visitor *visitor = portal_visitor(r);
    struct portal_view around = portal_view_of(r);
    struct own_view v = {.layout = portal_layout(&around, visitor->person.name, r->path, r->arena),
                         .person = &visitor->person,
                         .roles = roles_words(visitor->person.roles, r->language, r->arena),
                         .end_others_href = portal_href(r, "/konto/sessioner"),
                         .password_href = portal_href(r, "/konto/losenord"),
                         .passkey_href = portal_href(r, "/konto/passkey"),
                         .device_href = portal_href(r, "/konto/kod"),
                         .recovery_href = portal_href(r, "/konto/aterstallningskoder"),
                         .extract_href = portal_href(r, "/konto/uppgifter"),
                         .provider = entrance_provider(r),
                         .provider_href = portal_href(r, "/konto/kommun"),
                         .is_saved = form_has(&r->query, "sparat")};

    TRY(add_keys(r, &v, e));
    TRY(add_sessions(r, &v, e));
    page_account_own(response_page(out), &v);
    return OK;
}

/* Ends one session, or all but this one (`id` 0), with its line in the log. */
static enum status end_with_line(const struct request *r, int64_t id, struct err *e)
{
    const struct visitor *v = portal_visitor(r);
    const struct audit_line line = {
        .who = portal_who(r), .action = "account.session_end", .subject = v->person.id};
    struct db *db = portal_db(r);

    TRY(db_change(db, e));
    return db_change_end(
        db, id ? session_end(db, v->person.id, id, e) : sessions_end(db, v->person.id, v->session.id, e),
        &line, e);
}

/* Is it a live session of who asks? Somebody else's is like one that is not there. */
static enum status is_own_session(const struct request *r, int64_t id, bool *is_own, struct err *e)
{
    struct sessions found;

    *is_own = false;
    TRY(sessions_of(portal_db(r), &portal_visitor(r)->person, r->now_at, r->arena, &found, e));
    for (size_t i = 0; i < found.n; i++)
        *is_own = *is_own || found.session[i].id == id;
    return OK;
}

enum status own_session_end(const struct request *r, struct response *out, struct err *e)
{
    bool is_own = false;

    TRY(is_own_session(r, request_id(r), &is_own, e));
    if (!is_own)
        return response_error(out, 404);
    TRY(end_with_line(r, request_id(r), e));
    return portal_redirect(r, out, S("/konto"));
}

enum status own_sessions_end(const struct request *r, struct response *out, struct err *e)
{
    TRY(end_with_line(r, 0, e));
    return portal_redirect(r, out, S("/konto"));
}

static struct password_view *password_view_of(const struct request *r, struct field_set *f)
{
    struct password_view *v = arena_new(r->arena, 1, struct password_view);

    v->fields = f;
    v->now = field_add(f, FIELD_PASSWORD, "now", TEXT_ACCOUNT_PASSWORD_NOW);
    v->now->autocomplete = "current-password";
    v->wanted = field_add(f, FIELD_PASSWORD, "wanted", TEXT_ACCOUNT_PASSWORD_NEW);
    field_hint(f, v->wanted, TEXT_ACCOUNT_PASSWORD_NEW_HINT);
    v->wanted->autocomplete = "new-password";
    v->again = field_add(f, FIELD_PASSWORD, "again", TEXT_ACCOUNT_PASSWORD_AGAIN);
    v->again->autocomplete = "new-password";
    v->action = portal_href(r, "/konto/losenord");
    v->back = portal_href(r, "/konto");
    return v;
}

static void show_password(const struct request *r, struct response *out, struct password_view *v)
{
    struct portal_view around = portal_view_of(r);
    struct str title = catalogue_text(catalogue_of(r->language), TEXT_ACCOUNT_PASSWORD_TITLE);

    v->layout = portal_form_layout(&around, title, r->path, v->fields->errors, r->arena);
    page_account_password(response_page(out), v);
}

enum status own_password_show(const struct request *r, struct response *out, struct err *e)
{
    (void)e;
    show_password(r, out, password_view_of(r, field_set_open(NULL, catalogue_of(r->language), r->arena)));
    return OK;
}

static enum status save_password(const struct request *r, struct str wanted, struct err *e)
{
    const struct visitor *v = portal_visitor(r);
    const struct audit_line line = {
        .who = portal_who(r), .action = "account.password", .subject = v->person.id};
    struct db *db = portal_db(r);
    struct str hash;

    TRY(password_hash(wanted, r->arena, &hash, e));
    TRY(db_change(db, e));
    enum status s = password_set(db, v->person.id, hash, r->now_at, e);
    if (s == OK)
        s = sessions_end(db, v->person.id, v->session.id, e);
    if (s == OK)
        s = account_tell(r, &v->person, ACCOUNT_PASSWORD, e);
    return db_change_end(db, s, &line, e);
}

enum status own_password_take(const struct request *r, struct response *out, struct err *e)
{
    struct field_set *f = field_set_open(&r->form, catalogue_of(r->language), r->arena);
    struct password_view *v = password_view_of(r, f);
    struct str now = form_raw(&r->form, "now");
    struct str wanted = form_raw(&r->form, "wanted");
    bool is_right = false;

    TRY(password_check(portal_db(r), portal_visitor(r)->person.id, now, &is_right, e));
    if (!is_right)
        field_wrong(f, v->now, TEXT_ACCOUNT_PASSWORD_NOW_WRONG);
    TRY(password_field_check(f, v->wanted, wanted, portal_of(r)->city, &portal_visitor(r)->person, e));
    if (!str_equal(wanted, form_raw(&r->form, "again")))
        field_wrong(f, v->again, TEXT_ACCOUNT_PASSWORD_AGAIN_WRONG);
    if (f->errors > 0) {
        show_password(r, out, v);
        return response_correct(out);
    }
    TRY(save_password(r, wanted, e));
    return portal_redirect(r, out, S("/konto?sparat"));
}
