/* Joining the network: applying, confirming the address, signing. */
#include "network/handlers.h"

#include "base/arena.h"
#include "network/network_view.h"
#include "network/organisation_number.h"
#include "network/phone.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

enum { LINE_LETTERS = 100, WISH_LETTERS = 1000 };
enum { CHOICE_LETTERS = 1, CHOICE_SHOWN = 2 };

static struct str words(const struct request *r, enum text_key key)
{
    return catalogue_text(catalogue_of(r->language), key);
}

static struct field *optional(struct field *x)
{
    x->is_optional = true;
    return x;
}

static void ask_organisation(const struct request *r, struct join_view *v)
{
    struct field_set *f = v->fields;

    v->name = field_add(f, FIELD_TEXT, "name", TEXT_NETWORK_FIELD_NAME);
    v->name->autocomplete = "organization";
    v->number = optional(field_add(f, FIELD_TEXT, "number", TEXT_NETWORK_FIELD_NUMBER));
    field_hint(f, v->number, TEXT_NETWORK_FIELD_NUMBER_HINT);
    v->number->width = "n8";
    v->actor = field_add(f, FIELD_SELECT, "actor", TEXT_NETWORK_FIELD_ACTOR);
    for (int i = 0; i < ACTORS; i++)
        field_option(f, v->actor, str_of(actor_code((enum actor)i)),
                     words(r, network_actor_text((enum actor)i)), false);
}

static void ask_people(struct join_view *v)
{
    struct field_set *f = v->fields;

    v->contact_name = field_add(f, FIELD_TEXT, "contact_name", TEXT_NETWORK_FIELD_CONTACT_NAME);
    v->contact_name->autocomplete = "name";
    v->contact_role = optional(field_add(f, FIELD_TEXT, "contact_role", TEXT_NETWORK_FIELD_CONTACT_ROLE));
    field_hint(f, v->contact_role, TEXT_NETWORK_FIELD_CONTACT_ROLE_HINT);
    v->contact_email = field_add(f, FIELD_EMAIL, "contact_email", TEXT_NETWORK_FIELD_CONTACT_EMAIL);
    v->contact_email->autocomplete = "email";
    v->contact_phone = optional(field_add(f, FIELD_TEL, "contact_phone", TEXT_NETWORK_FIELD_CONTACT_PHONE));
    v->contact_phone->autocomplete = "tel";
    v->deputy_name = optional(field_add(f, FIELD_TEXT, "deputy_name", TEXT_NETWORK_FIELD_DEPUTY_NAME));
    v->deputy_email = optional(field_add(f, FIELD_EMAIL, "deputy_email", TEXT_NETWORK_FIELD_DEPUTY_EMAIL));
}

static void ask_rest(const struct request *r, struct join_view *v)
{
    struct field_set *f = v->fields;

    v->wish = optional(field_add(f, FIELD_AREA, "wish", TEXT_NETWORK_FIELD_WISH));
    v->choices = optional(field_add(f, FIELD_CHECKBOXES, "choices", TEXT_NETWORK_FIELD_CHOICES));
    field_option(f, v->choices, S("letters"), words(r, TEXT_NETWORK_FIELD_LETTERS), true);
    field_option(f, v->choices, S("shown"), words(r, TEXT_NETWORK_FIELD_SHOWN), false);
    v->agree = optional(field_add(f, FIELD_CHECKBOXES, "agree", TEXT_NETWORK_FIELD_AGREE));
    field_option(f, v->agree, S("yes"), words(r, TEXT_NETWORK_FIELD_AGREE_YES), false);
    v->signer = optional(field_add(f, FIELD_EMAIL, "signer", TEXT_NETWORK_FIELD_SIGNER));
    field_hint(f, v->signer, TEXT_NETWORK_FIELD_SIGNER_HINT);
}

static void ask(const struct request *r, const struct form *sent, struct join_view *v)
{
    v->fields = field_set_open(sent, catalogue_of(r->language), r->arena);
    ask_organisation(r, v);
    ask_people(v);
    ask_rest(r, v);
}

/* Which rule the number breaks, in the words of the page. */
static void take_number(const struct request *r, struct join_view *v, struct application *f)
{
    static const enum text_key wrong[] = {[ORGANISATION_NUMBER_LETTERS] = TEXT_NETWORK_WRONG_NUMBER_LETTERS,
                                          [ORGANISATION_NUMBER_PERSON] = TEXT_NETWORK_WRONG_NUMBER_PERSON,
                                          [ORGANISATION_NUMBER_CHECK] = TEXT_NETWORK_WRONG_NUMBER_CHECK};
    struct text told = text_open(r->arena);
    struct str typed = S("");
    int digits = 0;

    if (!field_str(v->fields, v->number, LINE_LETTERS, &typed))
        return;
    enum organisation_number_fault fault = organisation_number_read(typed, r->arena, &f->number, &digits);
    if (fault == ORGANISATION_NUMBER_RIGHT || fault == ORGANISATION_NUMBER_EMPTY)
        return;
    if (fault != ORGANISATION_NUMBER_LENGTH) {
        field_wrong(v->fields, v->number, wrong[fault]);
        return;
    }
    catalogue_write(&told, catalogue_of(r->language), TEXT_NETWORK_WRONG_NUMBER_LENGTH,
                    (struct insertion[]){insertion("n", digits)}, 1);
    field_wrong_text(v->fields, v->number, text_str(&told));
}

static void take_people(struct join_view *v, struct application *f)
{
    struct field_set *s = v->fields;

    field_str(s, v->contact_name, LINE_LETTERS, &f->contact_name);
    field_str(s, v->contact_role, LINE_LETTERS, &f->contact_role);
    field_email(s, v->contact_email, &f->contact_email);
    if (field_str(s, v->contact_phone, PHONE_MAX_BYTES, &f->contact_phone) && f->contact_phone.n > 0 &&
        !phone_is_valid(f->contact_phone))
        field_wrong(s, v->contact_phone, TEXT_NETWORK_WRONG_PHONE);
    field_str(s, v->deputy_name, LINE_LETTERS, &f->deputy_name);
    field_email(s, v->deputy_email, &f->deputy_email);
    if (f->deputy_name.n > 0 && f->deputy_email.n == 0)
        field_wrong(s, v->deputy_email, TEXT_NETWORK_WRONG_DEPUTY_EMAIL);
    if (f->deputy_email.n > 0 && f->deputy_name.n == 0)
        field_wrong(s, v->deputy_name, TEXT_NETWORK_WRONG_DEPUTY_NAME);
}

/* The applicant signs, or names who may: one of the two. */
static void take_signing(struct join_view *v, struct application *f)
{
    uint64_t agree = 0;

    field_choices(v->fields, v->agree, &agree);
    field_email(v->fields, v->signer, &f->signer_email);
    if (agree == 0 && f->signer_email.n == 0)
        field_wrong(v->fields, v->agree, TEXT_NETWORK_WRONG_AGREE);
    if (agree != 0 && f->signer_email.n > 0)
        field_wrong(v->fields, v->agree, TEXT_NETWORK_WRONG_AGREE_BOTH);
}

static bool take(const struct request *r, struct join_view *v, struct application *f)
{
    size_t actor = 0;
    uint64_t choices = 0;

    field_str(v->fields, v->name, LINE_LETTERS, &f->name);
    take_number(r, v, f);
    field_choice(v->fields, v->actor, &actor);
    take_people(v, f);
    field_str(v->fields, v->wish, WISH_LETTERS, &f->wish);
    field_choices(v->fields, v->choices, &choices);
    take_signing(v, f);
    f->actor = (enum actor)actor;
    f->wants_letters = (choices & CHOICE_LETTERS) != 0;
    f->is_shown = (choices & CHOICE_SHOWN) != 0;
    f->language = language_code(r->language);
    f->agreement_text = v->agreement->number;
    return v->fields->errors == 0;
}

/* *is_open is false when there is no agreement to sign: the page says so. */
static enum status open_join(const struct request *r, struct join_view *v, struct response *out, bool *is_open,
                             struct err *e)
{
    struct agreement_text *text = arena_new(r->arena, 1, struct agreement_text);
    enum status s = agreement_text_latest(portal_db(r), r->arena, text, e);

    *is_open = s == OK;
    v->agreement = text;
    v->language = r->language;
    v->action = request_address(S("/natverket/ga-med"), r->language, r->arena);
    if (s != REFUSED)
        return s;
    network_say(r, out, TEXT_NETWORK_JOIN_CLOSED, TEXT_NETWORK_JOIN_CLOSED_TEXT);
    return OK;
}

static void draw(const struct request *r, struct join_view *v, struct response *out)
{
    struct portal_view around = portal_view_of(r);

    v->layout =
        portal_form_layout(&around, words(r, TEXT_NETWORK_JOIN_TITLE), r->path, v->fields->errors, r->arena);
    page_network_join(response_page(out), v);
}

enum status join_show(const struct request *r, struct response *out, struct err *e)
{
    struct join_view v = {0};
    bool is_open = false;

    if (form_has(&r->query, "tack")) {
        network_say(r, out, TEXT_NETWORK_JOIN_THANKS, TEXT_NETWORK_JOIN_THANKS_TEXT);
        return OK;
    }
    TRY(open_join(r, &v, out, &is_open, e));
    if (!is_open)
        return OK;
    ask(r, NULL, &v);
    draw(r, &v, out);
    return OK;
}

static enum status apply(const struct request *r, struct application *f, struct err *e)
{
    const struct network_office office = network_office_of(r);
    const struct who who = portal_who(r);
    struct application_token confirm;
    struct application_token sign;

    TRY(application_add(portal_db(r), f, &who, &f->id, &confirm, &sign, e));
    TRY(network_letter_confirm(portal_db(r), &office, f, &confirm, r->arena, e));
    return f->signer_email.n ? network_letter_sign(portal_db(r), &office, f, &sign, r->arena, e) : OK;
}

enum status join_take(const struct request *r, struct response *out, struct err *e)
{
    struct application f = {0};
    struct join_view v = {0};
    bool is_open = false;

    TRY(open_join(r, &v, out, &is_open, e));
    if (!is_open)
        return OK;
    ask(r, &r->form, &v);
    if (take(r, &v, &f)) {
        TRY(apply(r, &f, e));
        return portal_redirect(r, out, S("/natverket/ga-med?tack"));
    }
    draw(r, &v, out);
    return response_correct(out);
}

enum status confirm_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct confirm_view v = {
        .layout = portal_form_layout(&around, words(r, TEXT_NETWORK_CONFIRM_TITLE), r->path, 0, r->arena),
        .action = request_address(r->path, r->language, r->arena)};

    (void)e;
    if (form_has(&r->query, "klart"))
        network_say(r, out, TEXT_NETWORK_CONFIRM_DONE, TEXT_NETWORK_CONFIRM_DONE_TEXT);
    else
        page_network_confirm(response_page(out), &v);
    return OK;
}

/* The coordinator hears of it when it can be decided: confirmed and signed. */
static enum status tell_coordinator(const struct request *r, int64_t id, struct err *e)
{
    const struct network_office office = network_office_of(r);
    struct application f;

    TRY(application_find(portal_db(r), id, r->arena, &f, e));
    if (f.confirmed_at == 0 || f.signed_at == 0)
        return OK;
    return network_letter_waiting(portal_db(r), &office, &f, r->arena, e);
}

enum status confirm_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    int64_t id = 0;
    enum status s = application_confirm(portal_db(r), request_param(r, "token"), &who, &id, e);

    if (s == REFUSED) {
        network_say(r, out, TEXT_NETWORK_LINK_GONE, TEXT_NETWORK_LINK_GONE_TEXT);
        return OK;
    }
    TRY(s);
    TRY(tell_coordinator(r, id, e));
    return portal_redirect(r, out, str_of(arena_printf(r->arena, "%.*s?klart", STR(r->path))));
}

static enum status open_sign(const struct request *r, const struct form *sent, struct sign_view *v,
                             struct response *out, bool *is_there, struct err *e)
{
    struct application *f = arena_new(r->arena, 1, struct application);
    struct agreement_text *text = arena_new(r->arena, 1, struct agreement_text);
    enum status s = application_to_sign(portal_db(r), request_param(r, "token"), r->arena, f, e);

    *is_there = s == OK;
    if (s == REFUSED) {
        network_say(r, out, TEXT_NETWORK_LINK_GONE, TEXT_NETWORK_LINK_GONE_TEXT);
        return OK;
    }
    TRY(s);
    TRY(agreement_text_find(portal_db(r), f->agreement_text, r->arena, text, e));
    v->fields = field_set_open(sent, catalogue_of(r->language), r->arena);
    v->name = field_add(v->fields, FIELD_TEXT, "name", TEXT_NETWORK_SIGN_NAME);
    v->name->autocomplete = "name";
    v->application = f;
    v->agreement = text;
    v->language = r->language;
    v->action = request_address(r->path, r->language, r->arena);
    return OK;
}

static void draw_sign(const struct request *r, struct sign_view *v, struct response *out)
{
    struct portal_view around = portal_view_of(r);

    v->layout =
        portal_form_layout(&around, words(r, TEXT_NETWORK_SIGN_TITLE), r->path, v->fields->errors, r->arena);
    page_network_sign(response_page(out), v);
}

enum status sign_show(const struct request *r, struct response *out, struct err *e)
{
    struct sign_view v = {0};
    bool is_there = false;

    TRY(open_sign(r, NULL, &v, out, &is_there, e));
    if (is_there)
        draw_sign(r, &v, out);
    return OK;
}

enum status sign_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct sign_view v = {0};
    struct str name = S("");
    bool is_there = false;

    TRY(open_sign(r, &r->form, &v, out, &is_there, e));
    if (!is_there)
        return OK;
    if (!field_str(v.fields, v.name, LINE_LETTERS, &name)) {
        draw_sign(r, &v, out);
        return response_correct(out);
    }
    TRY(application_sign(portal_db(r), request_param(r, "token"), name, &who, e));
    TRY(tell_coordinator(r, v.application->id, e));
    network_say(r, out, TEXT_NETWORK_SIGN_DONE, TEXT_NETWORK_CONFIRM_DONE_TEXT);
    return OK;
}
