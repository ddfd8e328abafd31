/* Choosing a password by the link in a letter. */
#include "people/handlers.h"

#include "account/account_letter.h"
#include "account/entrance.h"
#include "account/password.h"
#include "account/password_field.h"
#include "base/arena.h"
#include "pages.h"
#include "people/people_view.h"
#include "people/welcome.h"
#include "portal/portal.h"
#include "store/db.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

/* Whose link it is; person->id is 0 when it is good for nothing, which does not tell why. */
static enum status find_who(const struct request *r, struct welcome *w, struct person *person, struct err *e)
{
    *person = (struct person){.id = 0};
    TRY(welcome_find(portal_db(r), request_param(r, "token"), r->now_at, w, e));
    if (w->person == 0)
        return OK;
    TRY(person_find(portal_db(r), w->person, r->arena, person, e));
    if (person->is_closed || person->roles == 0)
        person->id = 0;
    return OK;
}

static void show(const struct request *r, struct response *out, struct welcome_view *v)
{
    struct portal_view around = portal_view_of(r);
    struct str title = catalogue_text(catalogue_of(r->language),
                                      v->fields ? TEXT_PEOPLE_WELCOME_TITLE : TEXT_PEOPLE_WELCOME_GONE);

    v->layout = portal_form_layout(&around, title, r->path, v->fields ? v->fields->errors : 0, r->arena);
    page_people_welcome(response_page(out), v);
}

static struct welcome_view *ask(const struct request *r, const struct form *sent, const struct person *p)
{
    struct welcome_view *v = arena_new(r->arena, 1, struct welcome_view);

    v->action = request_address(r->path, r->language, r->arena);
    if (p->id == 0)
        return v;
    v->name = p->name;
    v->email = p->email;
    v->fields = field_set_open(sent, catalogue_of(r->language), r->arena);
    v->wanted = field_add(v->fields, FIELD_PASSWORD, "wanted", TEXT_ACCOUNT_PASSWORD_NEW);
    field_hint(v->fields, v->wanted, TEXT_ACCOUNT_PASSWORD_NEW_HINT);
    v->wanted->autocomplete = "new-password";
    v->again = field_add(v->fields, FIELD_PASSWORD, "again", TEXT_ACCOUNT_PASSWORD_AGAIN);
    v->again->autocomplete = "new-password";
    return v;
}

enum status welcome_show(const struct request *r, struct response *out, struct err *e)
{
    struct person p;
    struct welcome w;

    TRY(find_who(r, &w, &p, e));
    show(r, out, ask(r, NULL, &p));
    return OK;
}

/* The link is used up with the password it sets; of two who use it at once, one does. */
static enum status keep(const struct request *r, const struct person *p, struct str hash, struct err *e)
{
    struct db *db = portal_db(r);
    struct welcome w;

    TRY(welcome_find(db, request_param(r, "token"), r->now_at, &w, e));
    if (w.person != p->id)
        return err_set(e, REFUSED, "the link has just been used");
    TRY(welcome_end(db, p->id, e));
    TRY(password_set(db, p->id, hash, r->now_at, e));
    TRY(sessions_end(db, p->id, 0, e));
    return account_tell(r, p, ACCOUNT_PASSWORD, e);
}

static enum status enter(const struct request *r, struct response *out, const struct person *p,
                         struct str password, struct err *e)
{
    const struct audit_line line = {.who = {.name = person_in_log(p->id, r->arena), .now_at = r->now_at},
                                    .action = "account.password",
                                    .subject = p->id,
                                    .detail = S("by the link in a letter")};
    struct db *db = portal_db(r);
    struct str hash;

    TRY(password_hash(password, r->arena, &hash, e));
    TRY(db_change(db, e));
    enum status s = keep(r, p, hash, e);
    if (s == OK)
        s = entrance_open(r, out, p, SESSION_HALF, "link", e);
    return db_change_end(db, s, &line, e);
}

/* Who has been invited as a member goes on to the page of their organisation; others to their account. */
static struct str next_step(const struct request *r, const struct person *p, enum welcome_reason reason)
{
    struct html address = html_open(r->arena, catalogue_of(r->language));

    html_lit(&address, "/logga-in/kod");
    if (reason == WELCOME_INVITATION && p->roles == ROLE_BIT(ROLE_MEMBER)) {
        html_lit(&address, "?till=");
        html_put_url_part(&address, request_address(S("/natverket/min"), r->language, r->arena));
    }
    return html_str(&address);
}

enum status welcome_take(const struct request *r, struct response *out, struct err *e)
{
    struct str wanted = form_raw(&r->form, "wanted");
    struct person p;
    struct welcome w;

    TRY(find_who(r, &w, &p, e));
    struct welcome_view *v = ask(r, &r->form, &p);
    if (v->fields) {
        TRY(password_field_check(v->fields, v->wanted, wanted, portal_of(r)->city, &p, e));
        if (!str_equal(wanted, form_raw(&r->form, "again")))
            field_wrong(v->fields, v->again, TEXT_ACCOUNT_PASSWORD_AGAIN_WRONG);
    }
    if (!v->fields || v->fields->errors > 0) {
        show(r, out, v);
        return response_correct(out);
    }
    TRY(enter(r, out, &p, wanted, e));
    return portal_redirect(r, out, next_step(r, &p, w.reason));
}
