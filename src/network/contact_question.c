/* What is asked about a contact person. */
#include "network/contact_question.h"

#include "base/arena.h"
#include "network/handlers.h"
#include "network/organisation_view.h"
#include "network/question.h"
#include "portal/portal.h"
#include "web/request.h"

enum { CHOICE_LETTERS = 1, CHOICE_SHOWN = 2 };

static void ask_place(const struct request *r, const struct contact *c, struct field_set *f,
                      struct contact_questions *q)
{
    q->place = field_add(f, FIELD_RADIOS, "place", TEXT_NETWORK_FIELD_PLACE);
    for (int i = CONTACT_FIRST; i <= CONTACT_MORE; i++)
        field_option(f, q->place, str_of(arena_printf(r->arena, "%d", i)),
                     portal_text(r, contact_place_text((enum contact_place)i)), i == (int)c->place);
}

static void ask_choices(const struct request *r, const struct contact *c, struct field_set *f,
                        struct contact_questions *q)
{
    q->language = field_add(f, FIELD_RADIOS, "language", TEXT_NETWORK_FIELD_LANGUAGE);
    field_option(f, q->language, S("sv"), portal_text(r, TEXT_NETWORK_FIELD_SWEDISH),
                 !str_is(c->language, "en"));
    field_option(f, q->language, S("en"), portal_text(r, TEXT_NETWORK_FIELD_ENGLISH),
                 str_is(c->language, "en"));
    q->choices = question_optional(field_add(f, FIELD_CHECKBOXES, "choices", TEXT_NETWORK_FIELD_CHOICES));
    field_option(f, q->choices, S("letters"), portal_text(r, TEXT_NETWORK_FIELD_LETTERS), c->wants_letters);
    field_option(f, q->choices, S("shown"), portal_text(r, TEXT_NETWORK_FIELD_SHOWN), c->is_shown);
}

static void ask_role(const struct contact *c, struct field_set *f, struct contact_questions *q)
{
    q->role = question_optional(field_add(f, FIELD_TEXT, "role", TEXT_NETWORK_FIELD_CONTACT_ROLE));
    field_hint(f, q->role, TEXT_NETWORK_FIELD_CONTACT_ROLE_HINT);
    field_start(f, q->role, c->role);
}

static void ask_email(const struct contact *c, struct field_set *f, struct contact_questions *q)
{
    q->email = field_add(f, FIELD_EMAIL, "email", TEXT_NETWORK_FIELD_CONTACT_EMAIL);
    field_start(f, q->email, c->email);
}

struct contact_questions contact_ask(const struct request *r, const struct contact *c, uint32_t what,
                                     struct network_form_view *v)
{
    bool is_sent = str_is(r->method, "POST");
    struct field_set *f = field_set_open(is_sent ? &r->form : NULL, catalogue_of(r->language), r->arena);
    struct contact_questions q = {.name = field_add(f, FIELD_TEXT, "name", TEXT_NETWORK_FIELD_CONTACT_NAME)};

    v->fields = f;
    field_start(f, q.name, c->name);
    if (what & CONTACT_ASK_ROLE)
        ask_role(c, f, &q);
    if (what & CONTACT_ASK_EMAIL)
        ask_email(c, f, &q);
    q.phone = question_optional(field_add(f, FIELD_TEL, "phone", TEXT_NETWORK_FIELD_CONTACT_PHONE));
    field_start(f, q.phone, c->phone);
    if (what & CONTACT_ASK_PLACE)
        ask_place(r, c, f, &q);
    if (what & CONTACT_ASK_CHOICES)
        ask_choices(r, c, f, &q);
    return q;
}

static void read_choices(struct field_set *f, const struct contact_questions *q, struct contact *c)
{
    uint64_t choices = 0;
    size_t language = 0;

    field_choice(f, q->language, &language);
    field_choices(f, q->choices, &choices);
    c->language = language == 1 ? S("en") : S("sv");
    c->wants_letters = (choices & CHOICE_LETTERS) != 0;
    c->is_shown = (choices & CHOICE_SHOWN) != 0;
}

bool contact_read(struct network_form_view *v, const struct contact_questions *q, struct contact *c)
{
    struct field_set *f = v->fields;
    size_t place = 0;

    field_str(f, q->name, LINE_LETTERS, &c->name);
    if (q->role)
        field_str(f, q->role, LINE_LETTERS, &c->role);
    if (q->email)
        field_email(f, q->email, &c->email);
    question_phone_read(f, q->phone, &c->phone);
    if (q->place && field_choice(f, q->place, &place))
        c->place = (enum contact_place)place;
    if (q->choices)
        read_choices(f, q, c);
    return f->errors == 0;
}
