/* Inviting a person, and changing what is kept of one. */
#include "people/handlers.h"

#include "account/account_letter.h"
#include "base/arena.h"
#include "base/text.h"
#include "calendar/stockholm.h"
#include "pages.h"
#include "people/invite.h"
#include "people/people_view.h"
#include "people/welcome.h"
#include "portal/portal.h"
#include "store/db.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>

static void add_languages(struct field_set *f, struct field *x, enum language now)
{
    field_option(f, x, S("sv"), S("Svenska"), now == LANGUAGE_SV);
    field_option(f, x, S("en"), S("English"), now == LANGUAGE_EN);
}

static void add_roles(const struct request *r, struct field_set *f, struct field *x, uint32_t now)
{
    for (int i = 0; i < ROLES; i++)
        field_option(f, x, str_of(role_name((enum role)i)), role_words((enum role)i, r->language),
                     (now & ROLE_BIT(i)) != 0);
}

/* The questions about `p`, whose id is 0 for a new person. */
static struct person_view *ask(const struct request *r, const struct form *sent, const struct person *p)
{
    struct person_view *v = arena_new(r->arena, 1, struct person_view);
    struct field_set *f = field_set_open(sent, catalogue_of(r->language), r->arena);

    v->fields = f;
    v->name = field_add(f, FIELD_TEXT, "name", TEXT_PEOPLE_NAME);
    v->email = field_add(f, FIELD_EMAIL, "email", TEXT_PEOPLE_EMAIL);
    v->language = field_add(f, FIELD_RADIOS, "language", TEXT_PEOPLE_LANGUAGE);
    add_languages(f, v->language, p->language);
    v->roles = field_add(f, FIELD_CHECKBOXES, "roles", TEXT_PEOPLE_ROLES);
    field_hint(f, v->roles, TEXT_PEOPLE_ROLES_HINT);
    add_roles(r, f, v->roles, p->roles);
    if (p->id == 0)
        return v;
    field_start(f, v->name, p->name);
    field_start(f, v->email, p->email);
    v->closed = field_add(f, FIELD_CHECKBOXES, "closed", TEXT_PEOPLE_CLOSED);
    v->closed->is_optional = true;
    field_option(f, v->closed, S("yes"), catalogue_text(f->texts, TEXT_PEOPLE_CLOSED_YES), p->is_closed);
    return v;
}

/* Reads the answers into *p; false when something is wrong, told at its field. */
static bool take(struct person_view *v, struct person *p)
{
    struct field_set *f = v->fields;
    size_t language = 0;
    uint64_t roles = 0;
    uint64_t closed = 0;

    field_str(f, v->name, PERSON_NAME_LETTERS, &p->name);
    field_email(f, v->email, &p->email);
    if (field_choice(f, v->language, &language))
        p->language = language == 0 ? LANGUAGE_SV : LANGUAGE_EN;
    if (field_choices(f, v->roles, &roles))
        p->roles = (uint32_t)roles;
    if (v->closed && field_choices(f, v->closed, &closed))
        p->is_closed = closed != 0;
    return f->errors == 0;
}

static void show(const struct request *r, struct response *out, struct person_view *v, struct str title,
                 const char *path, int64_t version)
{
    struct portal_view around = portal_view_of(r);

    v->layout = portal_form_layout(&around, title, r->path, v->fields->errors, r->arena);
    v->version = version;
    v->action = request_address(str_of(path), r->language, r->arena);
    v->back = request_address(S("/personer"), r->language, r->arena);
    page_people_person(response_page(out), v);
}

static void show_new(const struct request *r, struct response *out, struct person_view *v)
{
    show(r, out, v, catalogue_text(catalogue_of(r->language), TEXT_PEOPLE_INVITE), "/personer/ny", 0);
}

enum status person_new_show(const struct request *r, struct response *out, struct err *e)
{
    (void)e;
    show_new(r, out, ask(r, NULL, &(struct person){.id = 0}));
    return OK;
}

enum status person_new_take(const struct request *r, struct response *out, struct err *e)
{
    struct person p = {.id = 0};
    struct person_view *v = ask(r, &r->form, &p);
    enum status s = take(v, &p) ? people_invite(r, &p, e) : OK;

    if (s == BAD_INPUT)
        field_wrong(v->fields, v->email, TEXT_PEOPLE_EMAIL_TAKEN);
    else
        TRY(s);
    if (v->fields->errors == 0)
        return portal_redirect(r, out, S("/personer?skickat"));
    show_new(r, out, v);
    return response_correct(out);
}

static const char *path_of(const struct request *r, int64_t id, const char *end)
{
    return arena_printf(r->arena, "/personer/%" PRId64 "%s", id, end);
}

static struct str address(const struct request *r, int64_t id, const char *end)
{
    return request_address(str_of(path_of(r, id, end)), r->language, r->arena);
}

static enum status add_steps(const struct request *r, const struct person *p, struct person_view *v,
                             struct err *e)
{
    struct text ends = text_open(r->arena);
    struct welcome w;

    TRY(welcome_of(portal_db(r), p->id, &w, e));
    v->is_saved = form_has(&r->query, "sparat");
    v->is_invited = w.person != 0;
    if (v->is_invited)
        language_write_date(&ends, r->language, stockholm_day(w.ends_at, NULL));
    v->invitation_ends = text_str(&ends);
    v->send_href = address(r, p->id, "/lank");
    v->device_href = address(r, p->id, "/enhet");
    v->end_href = address(r, p->id, "/logga-ut");
    return OK;
}

static enum status show_person(const struct request *r, struct response *out, struct person_view *v,
                               const struct person *p, struct err *e)
{
    TRY(add_steps(r, p, v, e));
    show(r, out, v, p->name, path_of(r, p->id, ""), p->version);
    return OK;
}

enum status person_show(const struct request *r, struct response *out, struct err *e)
{
    struct person p;
    enum status s = person_find(portal_db(r), request_id(r), r->arena, &p, e);

    if (s == REFUSED)
        return response_error(out, 404);
    TRY(s);
    return show_person(r, out, ask(r, NULL, &p), &p, e);
}

/* Another address is told to the former one: there its owner reads. */
static enum status tell(const struct request *r, const struct person *now, const struct person *wanted,
                        struct err *e)
{
    return str_equal(now->email, wanted->email) ? OK : account_tell(r, now, ACCOUNT_EMAIL, e);
}

/* What the domain refuses is told where it can be mended. */
static enum status save(const struct request *r, struct person_view *v, const struct person *now,
                        const struct person *wanted, struct err *e)
{
    const struct who who = portal_who(r);
    bool is_overtaken = false;
    enum status s = person_save(portal_db(r), &who, wanted, &is_overtaken, e);

    if (s == BAD_INPUT)
        field_wrong(v->fields, v->email, TEXT_PEOPLE_EMAIL_TAKEN);
    else if (s == REFUSED && is_overtaken)
        field_set_overtaken(v->fields);
    else if (s == REFUSED)
        field_wrong(v->fields, v->roles, TEXT_PEOPLE_LAST);
    else
        return s == OK ? tell(r, now, wanted, e) : s;
    return OK;
}

enum status person_take(const struct request *r, struct response *out, struct err *e)
{
    struct person now;
    int64_t version = 0;
    enum status s = person_find(portal_db(r), request_id(r), r->arena, &now, e);

    if (s == REFUSED)
        return response_error(out, 404);
    TRY(s);
    struct person_view *v = ask(r, &r->form, &now);
    struct person wanted = now;
    bool is_right = take(v, &wanted);
    if (!form_i64(&r->form, "version", 1, INT64_MAX, &version) || version != now.version)
        field_set_overtaken(v->fields);
    else if (is_right)
        TRY(save(r, v, &now, &wanted, e));
    if (v->fields->errors == 0 && !v->fields->is_overtaken)
        return portal_redirect(r, out, str_of(path_of(r, now.id, "?sparat")));
    TRY(show_person(r, out, v, &now, e));
    return response_correct(out);
}
