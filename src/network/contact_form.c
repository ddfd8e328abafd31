/* Adding and changing an organisation's contact people. */
#include "network/handlers.h"

#include "base/arena.h"
#include "network/contact_question.h"
#include "people/invite.h"
#include "portal/portal.h"
#include "web/request.h"
#include "web/response.h"

static enum status back_to(const struct request *r, struct response *out, int64_t organisation)
{
    return response_redirect(out,
                             network_href(r, "/natverket/organisation/%lld?sparat", (long long)organisation));
}

/* A new contact person of the route's organisation, which has not left. */
static enum status open_new(const struct request *r, struct contact *c, struct network_form_view *v,
                            struct contact_questions *q, struct err *e)
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
                                    .about = portal_text(r, TEXT_NETWORK_PERSON_TELL),
                                    .action = network_href(r, "/natverket/organisation/%lld/kontakt", id),
                                    .back = network_href(r, "/natverket/organisation/%lld", id)};
    *q = contact_ask(r, c, CONTACT_ASK_ALL, v);
    return OK;
}

enum status contact_new_show(const struct request *r, struct response *out, struct err *e)
{
    struct contact c;
    struct network_form_view v;
    struct contact_questions q;
    enum status s = open_new(r, &c, &v, &q, e);

    return s == OK ? network_form_draw(r, &v, out) : network_missing(s, out);
}

enum status contact_new_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct contact c;
    struct network_form_view v;
    struct contact_questions q;
    int64_t id = 0;
    enum status s = open_new(r, &c, &v, &q, e);

    if (s != OK)
        return network_missing(s, out);
    if (!contact_read(&v, &q, &c))
        return network_form_draw(r, &v, out);
    TRY(contact_add(portal_db(r), &c, &who, &id, e));
    return back_to(r, out, c.organisation);
}

/* Who has no account can be invited to one. */
static enum status add_invite(const struct request *r, const struct contact *c, struct network_form_view *v,
                              struct err *e)
{
    bool has_account = false;

    TRY(people_has_account(portal_db(r), c->email, &has_account, e));
    if (!has_account)
        v->invite = network_href(r, "/natverket/kontakt/%lld/bjud-in", (long long)c->id);
    return OK;
}

static enum status open_change(const struct request *r, struct contact *c, struct network_form_view *v,
                               struct contact_questions *q, struct err *e)
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
    *q = contact_ask(r, c, CONTACT_ASK_ALL, v);
    return add_invite(r, c, v, e);
}

enum status contact_change_show(const struct request *r, struct response *out, struct err *e)
{
    struct contact c;
    struct network_form_view v;
    struct contact_questions q;
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
    struct contact_questions q;
    enum status s = open_change(r, &c, &v, &q, e);

    if (s != OK)
        return network_missing(s, out);
    c.version = 0;
    form_i64(&r->form, "version", 1, INT64_MAX, &c.version);
    if (c.version != v.version)
        field_set_overtaken(v.fields);
    if (!contact_read(&v, &q, &c) || v.fields->is_overtaken)
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

/* Twice is once: who has an account already keeps it. */
enum status contact_invite_take(const struct request *r, struct response *out, struct err *e)
{
    struct contact c;
    bool is_invited = false;
    enum status s = contact_find(portal_db(r), request_id(r), r->arena, &c, e);

    if (s != OK || c.left_at != 0)
        return s == OK ? response_error(out, 404) : network_missing(s, out);
    TRY(people_invite_member(r, c.name, c.email, network_language(c.language), &is_invited, e));
    return back_to(r, out, c.organisation);
}
