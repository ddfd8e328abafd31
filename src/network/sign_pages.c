/* From the letters of joining: confirming the address, and signing for who may. A link that is followed only
 * shows; a button changes. */
#include "network/handlers.h"

#include "base/arena.h"
#include "network/network_view.h"
#include "network/question.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

/* A link that nothing waits for any more, or never did. */
static enum status say_gone(const struct request *r, struct response *out)
{
    network_say(r, out, TEXT_NETWORK_LINK_GONE, TEXT_NETWORK_LINK_GONE_TEXT, "/natverket/ga-med",
                TEXT_NETWORK_JOIN_TITLE);
    return OK;
}

/* The same for a button that was pressed: back to the page, which says it. */
static enum status go_back(const struct request *r, struct response *out)
{
    return portal_redirect(r, out, r->path);
}

enum status confirm_show(const struct request *r, struct response *out, struct err *e)
{
    struct application f;
    enum status s = application_to_confirm(portal_db(r), request_param(r, "token"), r->arena, &f, e);

    if (s == REFUSED)
        return say_gone(r, out);
    TRY(s);
    if (f.confirmed_at != 0)
        return confirm_thank(r, out, e);
    const struct confirm_view v = {.layout = network_layout(r, portal_text(r, TEXT_NETWORK_CONFIRM_TITLE), 0),
                                   .action = request_address(r->path, r->language, r->arena)};
    page_network_confirm(response_page(out), &v);
    return OK;
}

enum status confirm_thank(const struct request *r, struct response *out, struct err *e)
{
    (void)e;
    network_say(r, out, TEXT_NETWORK_CONFIRM_DONE, TEXT_NETWORK_CONFIRM_DONE_TEXT, "/",
                TEXT_NETWORK_TO_START);
    return OK;
}

/* The coordinator hears of it when it can be decided: confirmed and signed. */
static enum status tell_coordinator(const struct request *r, int64_t id, struct err *e)
{
    const struct network_office office = network_office_for(r);
    struct application f;

    TRY(application_find(portal_db(r), id, r->arena, &f, e));
    if (f.confirmed_at == 0 || f.signed_at == 0)
        return OK;
    return network_letter_waiting(portal_db(r), &office, &f, r->arena, e);
}

enum status confirm_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct str token = request_param(r, "token");
    struct application f;
    int64_t id = 0;
    enum status s = application_to_confirm(portal_db(r), token, r->arena, &f, e);

    if (s == REFUSED || (s == OK && f.confirmed_at != 0))
        return go_back(r, out);
    TRY(s);
    TRY(application_confirm(portal_db(r), token, &who, &id, e));
    TRY(tell_coordinator(r, id, e));
    return portal_redirect(r, out, S("/natverket/bekraftad"));
}

static void ask(const struct request *r, const struct form *sent, struct sign_view *v)
{
    v->fields = field_set_open(sent, catalogue_of(r->language), r->arena);
    v->name = field_add(v->fields, FIELD_TEXT, "name", TEXT_NETWORK_SIGN_NAME);
    v->name->autocomplete = "name";
    v->agree = field_add(v->fields, FIELD_CHECKBOXES, "agree", TEXT_NETWORK_FIELD_AGREE);
    field_option(v->fields, v->agree, S("yes"), portal_text(r, TEXT_NETWORK_FIELD_AGREE_YES), false);
}

/* REFUSED when nothing waits for the link's signature. */
static enum status open_sign(const struct request *r, const struct form *sent, struct sign_view *v,
                             struct err *e)
{
    struct application *f = arena_new(r->arena, 1, struct application);
    struct agreement_text text;

    TRY(application_to_sign(portal_db(r), request_param(r, "token"), r->arena, f, e));
    TRY(agreement_text_find(portal_db(r), f->agreement_text, r->arena, &text, e));
    ask(r, sent, v);
    v->application = f;
    v->agreement = agreement_view_of(&text, r->language);
    v->action = request_address(r->path, r->language, r->arena);
    return OK;
}

static void draw(const struct request *r, struct sign_view *v, struct response *out)
{
    v->layout = network_layout(r, portal_text(r, TEXT_NETWORK_SIGN_PAGE), v->fields->errors);
    page_network_sign(response_page(out), v);
}

enum status sign_show(const struct request *r, struct response *out, struct err *e)
{
    struct sign_view v = {0};
    enum status s = open_sign(r, NULL, &v, e);

    if (s == REFUSED)
        return say_gone(r, out);
    TRY(s);
    draw(r, &v, out);
    return OK;
}

enum status sign_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct sign_view v = {0};
    struct str name = S("");
    enum status s = open_sign(r, &r->form, &v, e);

    if (s == REFUSED)
        return go_back(r, out);
    TRY(s);
    field_str(v.fields, v.name, LINE_LETTERS, &name);
    if (!v.agree->option[0].is_chosen)
        field_wrong(v.fields, v.agree, TEXT_NETWORK_WRONG_SIGN);
    if (v.fields->errors > 0) {
        draw(r, &v, out);
        return response_correct(out);
    }
    TRY(application_sign(portal_db(r), request_param(r, "token"), name, &who, e));
    TRY(tell_coordinator(r, v.application->id, e));
    return portal_redirect(r, out, S("/natverket/paskriven"));
}

enum status sign_thank(const struct request *r, struct response *out, struct err *e)
{
    (void)e;
    network_say(r, out, TEXT_NETWORK_SIGN_DONE, TEXT_NETWORK_SIGN_DONE_TEXT, "/", TEXT_NETWORK_TO_START);
    return OK;
}
