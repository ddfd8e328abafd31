/* The form to sign up. */
#include "seminar/signup_form.h"

#include "base/arena.h"
#include "network/actor.h"
#include "pages.h"
#include "portal/portal.h"
#include "seminar/actor_words.h"
#include "seminar/invitation.h"
#include "seminar/seminar_letter.h"
#include "seminar/seminar_pages.h"
#include "seminar/seminar_view.h"
#include "web/request.h"
#include "web/response.h"

enum { NAME_LETTERS = 100, NEEDS_LETTERS = 500 };

/* What kind of work, with an empty first answer: nobody is counted as something they did not choose. */
static struct field *add_actors(const struct request *r, struct field_set *f)
{
    struct field *x = field_add(f, FIELD_SELECT, "actor", TEXT_SEMINAR_SIGNUP_ACTOR);

    field_option(f, x, S(""), portal_text(r, TEXT_SEMINAR_SIGNUP_ACTOR_CHOOSE), true);
    for (int i = 0; i < ACTORS; i++)
        field_option(f, x, str_of(actor_code((enum actor_kind)i)),
                     actor_text((enum actor_kind)i, r->language), false);
    return x;
}

static void add_who(const struct request *r, struct signup_view *v, const struct invitation *invited,
                    bool is_other)
{
    struct field_set *f = v->fields;

    v->name = field_add(f, FIELD_TEXT, "name", TEXT_SEMINAR_SIGNUP_NAME);
    v->name->autocomplete = "name";
    v->organisation = field_add(f, FIELD_TEXT, "organisation", TEXT_SEMINAR_SIGNUP_ORGANISATION);
    v->organisation->autocomplete = "organization";
    if (invited)
        field_start(f, v->organisation, invited->organisation_name);
    else
        v->actor = add_actors(r, f);
    if (invited && !is_other) {
        field_start(f, v->name, invited->name);
        return;
    }
    v->email = field_add(f, FIELD_EMAIL, "email", TEXT_SEMINAR_SIGNUP_EMAIL);
    v->email->autocomplete = "email";
    field_hint(f, v->email, TEXT_SEMINAR_SIGNUP_EMAIL_HINT);
}

struct signup_view *signup_form(const struct request *r, const struct seminar *s,
                                const struct invitation *invited, bool is_other, struct str action)
{
    struct signup_view *v = arena_new(r->arena, 1, struct signup_view);
    bool is_sent = str_is(r->method, "POST");

    v->fields = field_set_open(is_sent ? &r->form : NULL, catalogue_of(r->language), r->arena);
    v->s = s;
    v->when = seminar_when(s, r->language, r->arena);
    v->action = action;
    v->is_full = s->seated >= s->seats || s->waiting > 0;
    add_who(r, v, invited, is_other);
    v->needs = field_add(v->fields, FIELD_AREA, "needs", TEXT_SEMINAR_SIGNUP_NEEDS);
    v->needs->is_optional = true;
    field_hint(v->fields, v->needs, TEXT_SEMINAR_SIGNUP_NEEDS_HINT);
    if (!invited) {
        v->letters = field_add(v->fields, FIELD_CHECKBOXES, "letters", TEXT_SEMINAR_SIGNUP_LETTERS);
        v->letters->is_optional = true;
        field_option(v->fields, v->letters, S("yes"), portal_text(r, TEXT_SEMINAR_SIGNUP_LETTERS_YES), false);
    }
    return v;
}

static void read_actor(struct signup_view *v, struct signup *out)
{
    size_t chosen = 0;

    if (!v->actor || !field_choice(v->fields, v->actor, &chosen))
        return;
    if (chosen == 0)
        field_wrong(v->fields, v->actor, TEXT_SEMINAR_SIGNUP_NO_ACTOR);
    else
        out->actor = str_of(actor_code((enum actor_kind)(chosen - 1)));
}

bool signup_form_read(const struct request *r, struct signup_view *v, struct signup *out)
{
    uint64_t letters = 0;

    field_str(v->fields, v->name, NAME_LETTERS, &out->name);
    field_str(v->fields, v->organisation, NAME_LETTERS, &out->organisation_name);
    read_actor(v, out);
    if (v->email)
        field_email(v->fields, v->email, &out->address);
    field_str(v->fields, v->needs, NEEDS_LETTERS, &out->needs);
    if (v->letters)
        field_choices(v->fields, v->letters, &letters);
    out->wants_letters = letters != 0;
    out->language = r->language;
    out->seminar = v->s->id;
    return v->fields->errors == 0;
}

bool signup_form_is_trapped(const struct request *r)
{
    return form_value(&r->form, "webb").n > 0;
}

enum status signup_form_show(const struct request *r, struct signup_view *v, struct response *out)
{
    v->layout =
        seminar_layout(r, portal_text(r, TEXT_SEMINAR_SIGNUP_TITLE), SEMINAR_PAGE_FORM, v->fields->errors);
    page_seminar_signup(response_page(out), v);
    return v->fields->errors > 0 ? response_correct(out) : OK;
}
