/* Joining the network: the form, and the agreement to read. */
#include "network/network_pages.h"

#include "base/arena.h"
#include "network/handlers.h"
#include "network/network_view.h"
#include "network/question.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

enum { CHOICE_LETTERS = 1, CHOICE_SHOWN = 2 };

/* So many unconfirmed applications a day may name the same address: more would use us to fill a letter box.
 */
enum { MOST_UNCONFIRMED = 3, DAY_SECONDS = 86400 };

struct agreement_view agreement_view_of(const struct agreement_text *text, enum language language)
{
    return (struct agreement_view){.number = text->number,
                                   .title = text->title[language],
                                   .body = text->body[language],
                                   .changes = text->changes[language],
                                   .valid_months = text->valid_months};
}

static void ask_organisation(const struct join_known *known, struct join_view *v)
{
    struct field_set *f = v->fields;

    v->name = field_add(f, FIELD_TEXT, "name", TEXT_NETWORK_FIELD_NAME);
    v->name->autocomplete = "organization";
    field_start(f, v->name, known->name);
    v->number = question_optional(field_add(f, FIELD_TEXT, "number", TEXT_NETWORK_FIELD_NUMBER));
    field_hint(f, v->number, TEXT_NETWORK_FIELD_NUMBER_HINT);
    v->number->width = "n8";
    v->actor = question_actor(f, known->actor);
}

static void ask_people(const struct join_known *known, struct join_view *v)
{
    struct field_set *f = v->fields;

    v->contact_name = field_add(f, FIELD_TEXT, "contact_name", TEXT_NETWORK_FIELD_CONTACT_NAME);
    v->contact_name->autocomplete = "name";
    field_start(f, v->contact_name, known->contact_name);
    v->contact_role =
        question_optional(field_add(f, FIELD_TEXT, "contact_role", TEXT_NETWORK_FIELD_CONTACT_ROLE));
    field_hint(f, v->contact_role, TEXT_NETWORK_FIELD_CONTACT_ROLE_HINT);
    v->contact_role->autocomplete = "organization-title";
    v->contact_email = field_add(f, FIELD_EMAIL, "contact_email", TEXT_NETWORK_FIELD_CONTACT_EMAIL);
    v->contact_email->autocomplete = "email";
    field_start(f, v->contact_email, known->contact_email);
    v->contact_phone =
        question_optional(field_add(f, FIELD_TEL, "contact_phone", TEXT_NETWORK_FIELD_CONTACT_PHONE));
    v->contact_phone->autocomplete = "tel";
    v->deputy_name =
        question_optional(field_add(f, FIELD_TEXT, "deputy_name", TEXT_NETWORK_FIELD_DEPUTY_NAME));
    v->deputy_email =
        question_optional(field_add(f, FIELD_EMAIL, "deputy_email", TEXT_NETWORK_FIELD_DEPUTY_EMAIL));
}

static void ask_rest(const struct request *r, struct join_view *v)
{
    struct field_set *f = v->fields;

    v->wish = question_optional(field_add(f, FIELD_AREA, "wish", TEXT_NETWORK_FIELD_WISH));
    field_hint(f, v->wish, TEXT_NETWORK_FIELD_WISH_HINT);
    v->choices = question_optional(field_add(f, FIELD_CHECKBOXES, "choices", TEXT_NETWORK_FIELD_CHOICES));
    field_option(f, v->choices, S("letters"), portal_text(r, TEXT_NETWORK_FIELD_LETTERS), true);
    field_option(f, v->choices, S("shown"), portal_text(r, TEXT_NETWORK_FIELD_SHOWN), false);
    v->agree = field_add(f, FIELD_CHECKBOXES, "agree", TEXT_NETWORK_FIELD_AGREE);
    field_option(f, v->agree, S("yes"), portal_text(r, TEXT_NETWORK_FIELD_AGREE_YES), false);
    v->signer = field_add(f, FIELD_EMAIL, "signer", TEXT_NETWORK_FIELD_SIGNER);
    field_hint(f, v->signer, TEXT_NETWORK_FIELD_SIGNER_HINT);
}

static void ask(const struct request *r, const struct form *sent, const struct join_known *known,
                struct join_view *v)
{
    v->fields = field_set_open(sent, catalogue_of(r->language), r->arena);
    ask_organisation(known, v);
    ask_people(known, v);
    ask_rest(r, v);
}

static void take_people(struct join_view *v, struct application *f)
{
    struct field_set *s = v->fields;

    field_str(s, v->contact_name, LINE_LETTERS, &f->contact_name);
    field_str(s, v->contact_role, LINE_LETTERS, &f->contact_role);
    field_email(s, v->contact_email, &f->contact_email);
    question_phone_read(s, v->contact_phone, &f->contact_phone);
    field_str(s, v->deputy_name, LINE_LETTERS, &f->deputy_name);
    field_email(s, v->deputy_email, &f->deputy_email);
    if (v->deputy_name->value.n > 0 && v->deputy_email->value.n == 0)
        field_wrong(s, v->deputy_email, TEXT_NETWORK_WRONG_DEPUTY_EMAIL);
    if (v->deputy_email->value.n > 0 && v->deputy_name->value.n == 0)
        field_wrong(s, v->deputy_name, TEXT_NETWORK_WRONG_DEPUTY_NAME);
}

/* The applicant signs, or names who may: one of the two. */
static void take_signing(struct join_view *v, struct application *f)
{
    bool agrees = v->agree->option[0].is_chosen;

    bool is_sent_on = v->signer->value.n > 0;

    if (is_sent_on)
        field_email(v->fields, v->signer, &f->signer_email);
    if (!agrees && !is_sent_on)
        field_wrong(v->fields, v->agree, TEXT_NETWORK_WRONG_AGREE);
    if (agrees && is_sent_on)
        field_wrong(v->fields, v->agree, TEXT_NETWORK_WRONG_AGREE_BOTH);
}

static bool take(const struct request *r, struct join_view *v, struct application *f)
{
    uint64_t choices = 0;

    field_str(v->fields, v->name, LINE_LETTERS, &f->name);
    question_number_read(v->fields, v->number, &f->number);
    question_actor_read(v->fields, v->actor, &f->actor);
    take_people(v, f);
    field_str(v->fields, v->wish, WISH_LETTERS, &f->wish);
    field_choices(v->fields, v->choices, &choices);
    take_signing(v, f);
    f->wants_letters = (choices & CHOICE_LETTERS) != 0;
    f->is_shown = (choices & CHOICE_SHOWN) != 0;
    f->language = language_code(r->language);
    f->agreement_text = v->agreement.number;
    return v->fields->errors == 0;
}

/* *is_open is false when there is no agreement to sign: the page says so. */
static enum status open_join(const struct request *r, struct join_view *v, struct response *out,
                             bool *is_open, struct err *e)
{
    struct agreement_text text = {0};
    enum status s = agreement_text_latest(portal_db(r), r->arena, &text, e);

    *is_open = s == OK;
    v->agreement = agreement_view_of(&text, r->language);
    v->action = network_href(r, "/natverket/ga-med");
    if (s != REFUSED)
        return s;
    network_say(r, out, TEXT_NETWORK_JOIN_CLOSED, TEXT_NETWORK_JOIN_CLOSED_TEXT, "/", TEXT_NETWORK_TO_START);
    return OK;
}

static void draw(const struct request *r, struct join_view *v, struct response *out)
{
    v->layout = network_layout(r, portal_text(r, TEXT_NETWORK_JOIN_TITLE), v->fields->errors);
    page_network_join(response_page(out), v);
}

enum status network_join_page(const struct request *r, const struct join_known *known, struct response *out,
                              struct err *e)
{
    struct join_view v = {0};
    bool is_open = false;

    TRY(open_join(r, &v, out, &is_open, e));
    if (!is_open)
        return OK;
    ask(r, NULL, known, &v);
    draw(r, &v, out);
    return OK;
}

enum status join_show(const struct request *r, struct response *out, struct err *e)
{
    return network_join_page(r, &(struct join_known){.actor = ACTORS}, out, e);
}

enum status join_thank(const struct request *r, struct response *out, struct err *e)
{
    (void)e;
    network_say(r, out, TEXT_NETWORK_JOIN_THANKS, TEXT_NETWORK_JOIN_THANKS_TEXT, "/", TEXT_NETWORK_TO_START);
    return OK;
}

static enum status apply(const struct request *r, struct application *f, struct err *e)
{
    const struct network_office office = network_office_for(r);
    const struct who who = portal_who(r);
    struct application_token confirm;
    struct application_token sign;
    int64_t before = 0;

    TRY(application_unconfirmed(portal_db(r), f, r->now_at - DAY_SECONDS, &before, e));
    if (before >= MOST_UNCONFIRMED)
        return OK;
    TRY(application_add(portal_db(r), f, &who, &f->id, &confirm, &sign, e));
    TRY(network_letter_confirm(portal_db(r), &office, f, &confirm, r->arena, e));
    return f->signer_email.n ? network_letter_sign(portal_db(r), &office, f, &sign, r->arena, e) : OK;
}

/* A program that fills in every field, also the one nobody sees, is thanked and forgotten. */
enum status join_take(const struct request *r, struct response *out, struct err *e)
{
    struct application f = {0};
    struct join_view v = {0};
    bool is_open = false;

    TRY(open_join(r, &v, out, &is_open, e));
    if (!is_open)
        return response_correct(out);
    ask(r, &r->form, &(struct join_known){.actor = ACTORS}, &v);
    if (!take(r, &v, &f)) {
        draw(r, &v, out);
        return response_correct(out);
    }
    if (form_value(&r->form, "webb").n == 0)
        TRY(apply(r, &f, e));
    return portal_redirect(r, out, S("/natverket/tack"));
}

enum status agreement_show(const struct request *r, struct response *out, struct err *e)
{
    struct agreement_text text;
    enum status s = agreement_text_latest(portal_db(r), r->arena, &text, e);

    if (s != OK)
        return network_missing(s, out);
    const struct agreement_page_view v = {.layout = network_layout(r, text.title[r->language], 0),
                                          .agreement = agreement_view_of(&text, r->language),
                                          .join = network_href(r, "/natverket/ga-med")};
    page_network_agreement(response_page(out), &v);
    return OK;
}
