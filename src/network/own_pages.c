/* What an organisation's own people see of it, and do: renew the agreement, promise silence anew, leave. They
 * see no other organisation. */
#include "network/handlers.h"

#include "base/arena.h"
#include "network/leave.h"
#include "network/organisation_view.h"
#include "network/own_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

/* The organisation the visitor is a contact person of. REFUSED when there is none. */
static enum status own_organisation(const struct request *r, int64_t *id, struct err *e)
{
    const struct visitor *v = portal_visitor(r);

    TRY(contact_organisation(portal_db(r), v ? v->person.email : S(""), id, e));
    return *id != 0 ? OK : err_set(e, REFUSED, "no organisation has the visitor as its contact person");
}

static enum status say_none(const struct request *r, struct response *out)
{
    network_say(r, out, TEXT_NETWORK_OWN_NONE, TEXT_NETWORK_OWN_NONE_TEXT, "/natverket/ga-med",
                TEXT_NETWORK_JOIN_TITLE);
    return OK;
}

/* What is to be signed: by who is no member yet, the agreement that makes them one; by a member, one that
 * ends or has ended, or an older text than the one that is published now. */
static enum status add_renewal(const struct request *r, struct own_organisation_view *v, struct err *e)
{
    const struct organisation_row *row = &v->organisation.row;
    struct agreement_text text;
    enum status s = agreement_text_latest(portal_db(r), r->arena, &text, e);

    if (s == REFUSED)
        return OK;
    TRY(s);
    bool is_older = v->organisation.agreements > 0 && v->organisation.agreement[0].is->text < text.number;
    v->agreement = agreement_view_of(&text, r->language);
    v->is_joining = row->is->state == ORGANISATION_LISTED;
    v->is_sign_due = v->is_joining ||
                     (row->is->state == ORGANISATION_MEMBER && (row->standing != STANDING_HOLDS || is_older));
    v->fields =
        field_set_open(str_is(r->method, "POST") ? &r->form : NULL, catalogue_of(r->language), r->arena);
    v->agree = field_add(v->fields, FIELD_CHECKBOXES, "agree", TEXT_NETWORK_FIELD_AGREE);
    field_option(v->fields, v->agree, S("yes"), portal_text(r, TEXT_NETWORK_FIELD_AGREE_YES), false);
    return OK;
}

/* Who is the first contact person says who the deputy is; everyone says who they are themselves. */
static enum status add_changes(const struct request *r, struct own_organisation_view *v, struct err *e)
{
    struct contact own;

    TRY(contact_by_email(portal_db(r), portal_visitor(r)->person.email, r->arena, &own, e));
    v->contact = network_href(r, "/natverket/min/uppgifter");
    if (own.place == CONTACT_FIRST)
        v->deputy = network_href(r, "/natverket/min/ersattare");
    return OK;
}

/* REFUSED as own_organisation. */
static enum status view_of(const struct request *r, struct own_organisation_view *v, struct err *e)
{
    int64_t id = 0;

    TRY(own_organisation(r, &id, e));
    TRY(organisation_view_of(r, id, &v->organisation, e));
    TRY(add_changes(r, v, e));
    v->sign = network_href(r, "/natverket/min/forny");
    v->attest = network_href(r, "/natverket/min/lofte");
    v->organisation.leave = network_href(r, "/natverket/min/lamna");
    return add_renewal(r, v, e);
}

static enum status draw(const struct request *r, struct own_organisation_view *v, struct response *out)
{
    size_t errors = v->fields ? v->fields->errors : 0;

    v->layout = network_layout(r, portal_text(r, TEXT_NETWORK_OWN_TITLE), errors);
    page_network_own(response_page(out), v);
    return errors > 0 ? response_correct(out) : OK;
}

enum status own_organisation_show(const struct request *r, struct response *out, struct err *e)
{
    struct own_organisation_view v = {0};
    enum status s = view_of(r, &v, e);

    if (s == REFUSED)
        return say_none(r, out);
    TRY(s);
    return draw(r, &v, out);
}

static enum status back(const struct request *r, struct response *out, enum status s)
{
    if (s != OK && s != REFUSED)
        return s;
    return portal_redirect(r, out, S("/natverket/min?sparat"));
}

/* Signs the text that was shown: when another has been published since, that one is shown first. */
enum status own_sign_take(const struct request *r, struct response *out, struct err *e)
{
    const struct visitor *visitor = portal_visitor(r);
    const struct who who = portal_who(r);
    struct own_organisation_view v = {0};
    int64_t shown = 0;
    enum status s = view_of(r, &v, e);

    if (s == REFUSED)
        return back(r, out, s);
    TRY(s);
    form_i64(&r->form, "text", 1, INT64_MAX, &shown);
    if (!v.is_sign_due)
        return back(r, out, OK);
    if (!v.agree->option[0].is_chosen)
        field_wrong(v.fields, v.agree, TEXT_NETWORK_WRONG_SIGN);
    else if (shown != v.agreement.number)
        field_wrong(v.fields, v.agree, TEXT_NETWORK_WRONG_NEW_TEXT);
    if (v.fields->errors > 0)
        return draw(r, &v, out);
    return back(
        r, out,
        agreement_sign(portal_db(r), v.organisation.row.is->id, shown, visitor->person.name, &who, e));
}

enum status own_attest_take(const struct request *r, struct response *out, struct err *e)
{
    const struct visitor *visitor = portal_visitor(r);
    const struct who who = portal_who(r);
    int64_t id = 0;
    enum status s = own_organisation(r, &id, e);

    if (s == OK)
        s = agreement_attest(portal_db(r), id, visitor->person.name, &who, e);
    return back(r, out, s);
}

enum status own_leave_show(const struct request *r, struct response *out, struct err *e)
{
    struct leave_view v = {.is_own = true,
                           .action = network_href(r, "/natverket/min/lamna"),
                           .back = network_href(r, "/natverket/min")};
    struct organisation o;
    int64_t id = 0;
    enum status s = own_organisation(r, &id, e);

    if (s == REFUSED)
        return say_none(r, out);
    TRY(s);
    TRY(organisation_find(portal_db(r), id, r->arena, &o, e));
    v.name = o.name;
    return leave_draw(r, &v, out, e);
}

enum status own_leave_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    int64_t id = 0;
    enum status s = own_organisation(r, &id, e);

    if (s == OK)
        s = organisation_leave(portal_db(r), id, &who, e);
    if (s != OK && s != REFUSED)
        return s;
    return portal_redirect(r, out, S("/natverket/min/lamnat"));
}

enum status own_left(const struct request *r, struct response *out, struct err *e)
{
    (void)e;
    network_say(r, out, TEXT_NETWORK_OWN_LEFT, TEXT_NETWORK_OWN_LEFT_TEXT, "/", TEXT_NETWORK_TO_START);
    return OK;
}
