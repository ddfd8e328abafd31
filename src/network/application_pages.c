/* The applications to join, for the coordinator. */
#include "network/handlers.h"

#include "base/arena.h"
#include "base/text.h"
#include "network/question.h"
#include "network/work_view.h"
#include "pages.h"
#include "people/invite.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

static struct application_row row_of(const struct request *r, const struct application *f)
{
    return (struct application_row){.is = f,
                                    .href = network_href(r, "/natverket/ansokan/%lld", (long long)f->id),
                                    .on = date_of(f->applied_at),
                                    .actor = network_actor_text(f->actor),
                                    .is_ready = f->confirmed_at != 0 && f->signed_at != 0};
}

enum status applications_show(const struct request *r, struct response *out, struct err *e)
{
    struct applications_view v = {.layout =
                                      network_layout(r, portal_text(r, TEXT_NETWORK_APPLICATIONS_TITLE), 0),
                                  .back = network_href(r, "/natverket"),
                                  .is_answered = form_has(&r->query, "svarat")};
    struct applications found;

    TRY(application_waiting(portal_db(r), r->arena, &found, e));
    struct application_row *rows = arena_new(r->arena, found.n + 1, struct application_row);
    for (size_t i = 0; i < found.n; i++)
        rows[i] = row_of(r, &found.application[i]);
    v.n = found.n;
    v.row = rows;
    page_network_applications(response_page(out), &v);
    return OK;
}

/* Chosen until somebody takes it away: who has no account has no page of their own to come to. Of the two
 * forms on the page it stands in the one that accepts. */
static enum status ask_invite(const struct request *r, struct application_view *v, struct err *e)
{
    bool is_accepted = str_is(form_value(&r->form, "decision"), "accept");
    struct field_set *f = field_set_open(is_accepted ? &r->form : NULL, catalogue_of(r->language), r->arena);
    const struct insertion address = insertion("address", v->row.is->contact_email);
    struct text label = text_open(r->arena);
    bool has_account = false;

    TRY(people_has_account(portal_db(r), v->row.is->contact_email, &has_account, e));
    if (has_account)
        return OK;
    catalogue_write(&label, f->texts, TEXT_NETWORK_APPLICATION_INVITE_YES, &address, 1);
    v->invite = question_optional(field_add(f, FIELD_CHECKBOXES, "invite", TEXT_NETWORK_APPLICATION_INVITE));
    field_hint(f, v->invite, TEXT_NETWORK_APPLICATION_INVITE_HINT);
    field_option(f, v->invite, S("yes"), text_str(&label), true);
    return OK;
}

static enum status view_of(const struct request *r, struct application_view *v, struct err *e)
{
    bool is_sent = str_is(r->method, "POST");
    struct application *f = arena_new(r->arena, 1, struct application);
    int64_t known = 0;

    TRY(application_find(portal_db(r), request_id(r), r->arena, f, e));
    TRY(organisation_match(portal_db(r), f->number, f->name, &known, e));
    *v = (struct application_view){.row = row_of(r, f),
                                   .signed_on = f->signed_at ? date_of(f->signed_at) : (struct date){0},
                                   .is_known = known != 0,
                                   .is_decided =
                                       f->state == APPLICATION_ACCEPTED || f->state == APPLICATION_DECLINED,
                                   .back = network_href(r, "/natverket/ansokningar")};
    v->fields = field_set_open(is_sent ? &r->form : NULL, catalogue_of(r->language), r->arena);
    v->reason = field_add(v->fields, FIELD_AREA, "reason", TEXT_NETWORK_FIELD_REASON);
    field_hint(v->fields, v->reason, TEXT_NETWORK_FIELD_REASON_HINT);
    v->action = v->row.href;
    return ask_invite(r, v, e);
}

static enum status draw(const struct request *r, struct application_view *v, struct response *out)
{
    bool is_wrong = v->fields->errors > 0 || v->is_overtaken;

    v->layout = network_layout(r, v->row.is->name, v->fields->errors);
    page_network_application(response_page(out), v);
    return is_wrong ? response_correct(out) : OK;
}

/* An application holds contact details: reading one is noted. */
enum status application_show(const struct request *r, struct response *out, struct err *e)
{
    struct application_view v;
    enum status s = view_of(r, &v, e);

    if (s != OK)
        return network_missing(s, out);
    TRY(portal_note_read(r, "network.application_read", v.row.is->id, S(""), e));
    return draw(r, &v, out);
}

/* The contact person gets an account in the same change, unless it was taken away or there is one. */
static enum status invite(const struct request *r, const struct application_view *v,
                          enum network_account *account, struct err *e)
{
    const struct application *f = v->row.is;
    bool is_invited = false;

    if (!v->invite || !v->invite->option[0].is_chosen)
        return OK;
    TRY(people_invite_member(r, f->contact_name, f->contact_email, network_language(f->language), &is_invited,
                             e));
    if (is_invited)
        *account = NETWORK_ACCOUNT_INVITED;
    return OK;
}

/* What the button that was pressed says; the applicant hears of it in the same change. */
static enum status decide(const struct request *r, const struct application_view *v, struct str button,
                          struct str reason, struct err *e)
{
    const struct application *f = v->row.is;
    const struct network_office office = network_office_for(r);
    const struct who who = portal_who(r);
    struct db *db = portal_db(r);
    struct application decided;
    enum network_account account = NETWORK_ACCOUNT_AS_IT_IS;
    int64_t organisation = 0;
    int64_t version = 0;

    form_i64(&r->form, "version", 1, INT64_MAX, &version);
    if (str_is(button, "accept")) {
        TRY(organisation_match(db, f->number, f->name, &organisation, e));
        TRY(application_accept(db, f->id, version, organisation, &who, &organisation, e));
        TRY(invite(r, v, &account, e));
    } else if (str_is(button, "decline")) {
        TRY(application_decline(db, f->id, version, reason, &who, e));
    } else {
        TRY(application_ask(db, f->id, version, reason, &who, e));
    }
    TRY(application_find(db, f->id, r->arena, &decided, e));
    return network_letter_decided(db, &office, &decided, account, r->arena, e);
}

enum status application_take(const struct request *r, struct response *out, struct err *e)
{
    struct str button = form_value(&r->form, "decision");
    struct str reason = S("");
    struct application_view v;
    enum status s = view_of(r, &v, e);

    if (s != OK)
        return network_missing(s, out);
    if (!str_is(button, "accept"))
        field_str(v.fields, v.reason, WISH_LETTERS / 2, &reason);
    if (v.fields->errors > 0)
        return draw(r, &v, out);
    s = decide(r, &v, button, reason, e);
    if (s == REFUSED) {
        v.is_overtaken = true;
        return draw(r, &v, out);
    }
    TRY(s);
    return portal_redirect(r, out, S("/natverket/ansokningar?svarat"));
}
