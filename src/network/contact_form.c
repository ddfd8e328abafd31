/* Adding and changing an organisation's contact people. */
#include "network/handlers.h"

#include "base/arena.h"
#include "network/organisation_view.h"
#include "network/question.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

enum { CHOICE_LETTERS = 1, CHOICE_SHOWN = 2 };

struct questions {
    struct field *place, *name, *role, *email, *phone, *language, *choices;
};

static void ask_choices(const struct request *r, const struct contact *c, struct field_set *f,
                        struct questions *q)
{
    q->language = field_add(f, FIELD_RADIOS, "language", TEXT_NETWORK_FIELD_LANGUAGE);
    field_option(f, q->language, S("sv"), network_words(r, TEXT_NETWORK_FIELD_SWEDISH),
                 !str_is(c->language, "en"));
    field_option(f, q->language, S("en"), network_words(r, TEXT_NETWORK_FIELD_ENGLISH),
                 str_is(c->language, "en"));
    q->choices = question_optional(field_add(f, FIELD_CHECKBOXES, "choices", TEXT_NETWORK_FIELD_CHOICES));
    field_option(f, q->choices, S("letters"), network_words(r, TEXT_NETWORK_FIELD_LETTERS), c->wants_letters);
    field_option(f, q->choices, S("shown"), network_words(r, TEXT_NETWORK_FIELD_SHOWN), c->is_shown);
}

static struct questions ask(const struct request *r, const struct contact *c, struct network_form_view *v)
{
    bool is_sent = str_is(r->method, "POST");
    struct field_set *f = field_set_open(is_sent ? &r->form : NULL, catalogue_of(r->language), r->arena);
    struct questions q = {.name = field_add(f, FIELD_TEXT, "name", TEXT_NETWORK_FIELD_CONTACT_NAME)};

    v->fields = f;
    field_start(f, q.name, c->name);
    q.role = question_optional(field_add(f, FIELD_TEXT, "role", TEXT_NETWORK_FIELD_CONTACT_ROLE));
    field_hint(f, q.role, TEXT_NETWORK_FIELD_CONTACT_ROLE_HINT);
    field_start(f, q.role, c->role);
    q.email = field_add(f, FIELD_EMAIL, "email", TEXT_NETWORK_FIELD_CONTACT_EMAIL);
    field_start(f, q.email, c->email);
    q.phone = question_optional(field_add(f, FIELD_TEL, "phone", TEXT_NETWORK_FIELD_CONTACT_PHONE));
    field_start(f, q.phone, c->phone);
    q.place = field_add(f, FIELD_RADIOS, "place", TEXT_NETWORK_FIELD_PLACE);
    for (int i = CONTACT_FIRST; i <= CONTACT_MORE; i++)
        field_option(f, q.place, str_of(arena_printf(r->arena, "%d", i)),
                     network_words(r, contact_place_text((enum contact_place)i)), i == (int)c->place);
    ask_choices(r, c, f, &q);
    return q;
}

static bool read(struct network_form_view *v, const struct questions *q, struct contact *c)
{
    struct field_set *f = v->fields;
    uint64_t choices = 0;
    size_t language = 0;
    size_t place = 0;

    field_str(f, q->name, LINE_LETTERS, &c->name);
    field_str(f, q->role, LINE_LETTERS, &c->role);
    field_email(f, q->email, &c->email);
    question_phone_read(f, q->phone, &c->phone);
    field_choice(f, q->place, &place);
    field_choice(f, q->language, &language);
    field_choices(f, q->choices, &choices);
    c->place = (enum contact_place)place;
    c->language = language == 1 ? S("en") : S("sv");
    c->wants_letters = (choices & CHOICE_LETTERS) != 0;
    c->is_shown = (choices & CHOICE_SHOWN) != 0;
    return f->errors == 0;
}

static enum status back_to(const struct request *r, struct response *out, int64_t organisation)
{
    return response_redirect(out,
                             network_href(r, "/natverket/organisation/%lld?sparat", (long long)organisation));
}

/* A new contact person of the route's organisation, which has not left. */
static enum status open_new(const struct request *r, struct contact *c, struct network_form_view *v,
                            struct questions *q, struct err *e)
{
    long long id = (long long)request_id(r);
    struct organisation o;

    TRY(organisation_find(portal_db(r), request_id(r), r->arena, &o, e));
    if (o.state == ORGANISATION_LEFT)
        return err_set(e, REFUSED, "an organisation that has left gets no new contact people");
    *c = (struct contact){.organisation = o.id,
                          .place = o.contacts == 0 ? CONTACT_FIRST : CONTACT_MORE,
                          .language = S("sv"),
                          .wants_letters = true};
    *v = (struct network_form_view){.title = TEXT_NETWORK_ORGANISATION_NEW_PERSON,
                                    .button = TEXT_NETWORK_SAVE,
                                    .name = o.name,
                                    .about = network_words(r, TEXT_NETWORK_PERSON_TELL),
                                    .action = network_href(r, "/natverket/organisation/%lld/kontakt", id),
                                    .back = network_href(r, "/natverket/organisation/%lld", id)};
    *q = ask(r, c, v);
    return OK;
}

enum status contact_new_show(const struct request *r, struct response *out, struct err *e)
{
    struct contact c;
    struct network_form_view v;
    struct questions q;
    enum status s = open_new(r, &c, &v, &q, e);

    return s == OK ? network_form_draw(r, &v, out) : network_missing(s, out);
}

enum status contact_new_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct contact c;
    struct network_form_view v;
    struct questions q;
    int64_t id = 0;
    enum status s = open_new(r, &c, &v, &q, e);

    if (s != OK)
        return network_missing(s, out);
    if (!read(&v, &q, &c))
        return network_form_draw(r, &v, out);
    TRY(contact_add(portal_db(r), &c, &who, &id, e));
    return back_to(r, out, c.organisation);
}

static enum status open_change(const struct request *r, struct contact *c, struct network_form_view *v,
                               struct questions *q, struct err *e)
{
    long long id = (long long)request_id(r);
    struct organisation o;

    TRY(contact_find(portal_db(r), request_id(r), r->arena, c, e));
    if (c->left_at != 0)
        return err_set(e, REFUSED, "a contact person who has left the role is not changed");
    TRY(organisation_find(portal_db(r), c->organisation, r->arena, &o, e));
    *v = (struct network_form_view){
        .title = TEXT_NETWORK_ORGANISATION_CHANGE_PERSON,
        .button = TEXT_NETWORK_SAVE,
        .name = o.name,
        .version = c->version,
        .action = network_href(r, "/natverket/kontakt/%lld", id),
        .remove = network_href(r, "/natverket/kontakt/%lld/slutat", id),
        .back = network_href(r, "/natverket/organisation/%lld", (long long)c->organisation)};
    *q = ask(r, c, v);
    return OK;
}

enum status contact_change_show(const struct request *r, struct response *out, struct err *e)
{
    struct contact c;
    struct network_form_view v;
    struct questions q;
    enum status s = open_change(r, &c, &v, &q, e);

    if (s != OK)
        return network_missing(s, out);
    TRY(portal_note_read(r, "network.contact_read", c.id, S(""), e));
    return network_form_draw(r, &v, out);
}

enum status contact_change_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct contact c;
    struct network_form_view v;
    struct questions q;
    enum status s = open_change(r, &c, &v, &q, e);

    if (s != OK)
        return network_missing(s, out);
    c.version = 0;
    form_i64(&r->form, "version", 1, INT64_MAX, &c.version);
    if (c.version != v.version)
        field_set_overtaken(v.fields);
    if (!read(&v, &q, &c) || v.fields->is_overtaken)
        return network_form_draw(r, &v, out);
    TRY(contact_change(portal_db(r), &c, &who, e));
    return back_to(r, out, c.organisation);
}

enum status contact_leave_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct contact c;
    enum status s = contact_find(portal_db(r), request_id(r), r->arena, &c, e);

    if (s != OK)
        return network_missing(s, out);
    s = contact_leave(portal_db(r), c.id, &who, e);
    if (s != OK && s != REFUSED)
        return s;
    return back_to(r, out, c.organisation);
}
