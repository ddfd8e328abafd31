/* What an organisation's own people change themselves: who they are, how they are reached, and who is their
 * deputy. The e-mail address is what a person signs in with and is found by: the coordinator changes it. */
#include "network/handlers.h"

#include "base/arena.h"
#include "network/contact_question.h"
#include "portal/portal.h"
#include "web/request.h"
#include "web/response.h"

static const char own_page[] = "/natverket/min";

/* The visitor's own row. REFUSED when no organisation has the visitor as its contact person. */
static enum status own_contact(const struct request *r, struct contact *c, struct err *e)
{
    const struct visitor *v = portal_visitor(r);

    return contact_by_email(portal_db(r), v ? v->person.email : S(""), r->arena, c, e);
}

/* Who has a form open that somebody else has saved since is shown what that was. */
static void look_for_another(const struct request *r, struct network_form_view *v)
{
    int64_t version = -1;

    form_i64(&r->form, "version", 0, INT64_MAX, &version);
    if (version != v->version)
        field_set_overtaken(v->fields);
}

static bool is_right(struct network_form_view *v, const struct contact_questions *q, struct contact *c)
{
    return contact_read(v, q, c) && !v->fields->is_overtaken;
}

static enum status saved(const struct request *r, struct response *out)
{
    return response_redirect(out, network_href(r, "%s?sparat", own_page));
}

static enum status open_own(const struct request *r, struct contact *c, struct network_form_view *v,
                            struct contact_questions *q, struct err *e)
{
    TRY(own_contact(r, c, e));
    *v = (struct network_form_view){.title = TEXT_NETWORK_OWN_CONTACT,
                                    .button = TEXT_NETWORK_SAVE,
                                    .name = c->email,
                                    .about = portal_text(r, TEXT_NETWORK_OWN_CONTACT_ABOUT),
                                    .version = c->version,
                                    .action = network_href(r, "%s/uppgifter", own_page),
                                    .back = network_href(r, "%s", own_page)};
    *q = contact_ask(r, c, CONTACT_ASK_ROLE | CONTACT_ASK_CHOICES, v);
    return OK;
}

enum status own_contact_show(const struct request *r, struct response *out, struct err *e)
{
    struct contact c;
    struct network_form_view v;
    struct contact_questions q;
    enum status s = open_own(r, &c, &v, &q, e);

    return s == OK ? network_form_draw(r, &v, out) : network_missing(s, out);
}

enum status own_contact_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct contact c;
    struct network_form_view v;
    struct contact_questions q;
    enum status s = open_own(r, &c, &v, &q, e);

    if (s != OK)
        return network_missing(s, out);
    look_for_another(r, &v);
    if (!is_right(&v, &q, &c))
        return network_form_draw(r, &v, out);
    TRY(contact_change(portal_db(r), &c, &who, e));
    return saved(r, out);
}

/* The deputy of the visitor's organisation; id 0: it has none. REFUSED when the visitor is not its first
 * contact person, whose deputy it is. */
static enum status find_deputy(const struct request *r, struct contact *deputy, struct err *e)
{
    struct contacts all;
    struct contact own;

    TRY(own_contact(r, &own, e));
    if (own.place != CONTACT_FIRST)
        return err_set(e, REFUSED, "the first contact person alone has a deputy");
    TRY(contact_list(portal_db(r), own.organisation, r->arena, &all, e));
    *deputy = (struct contact){.organisation = own.organisation,
                               .place = CONTACT_DEPUTY,
                               .language = own.language,
                               .wants_letters = true};
    for (size_t i = 0; i < all.n; i++)
        if (all.contact[i].place == CONTACT_DEPUTY)
            *deputy = all.contact[i];
    return OK;
}

static enum status open_deputy(const struct request *r, struct contact *c, struct network_form_view *v,
                               struct contact_questions *q, struct err *e)
{
    TRY(find_deputy(r, c, e));
    *v = (struct network_form_view){.title = TEXT_NETWORK_OWN_DEPUTY,
                                    .button = TEXT_NETWORK_SAVE,
                                    .about = portal_text(r, TEXT_NETWORK_PERSON_TELL),
                                    .version = c->version,
                                    .action = network_href(r, "%s/ersattare", own_page),
                                    .back = network_href(r, "%s", own_page)};
    if (c->id != 0)
        v->remove = network_href(r, "%s/ersattare/slutat", own_page);
    *q = contact_ask(r, c, CONTACT_ASK_ROLE | CONTACT_ASK_EMAIL, v);
    return OK;
}

enum status own_deputy_show(const struct request *r, struct response *out, struct err *e)
{
    struct contact c;
    struct network_form_view v;
    struct contact_questions q;
    enum status s = open_deputy(r, &c, &v, &q, e);

    return s == OK ? network_form_draw(r, &v, out) : network_missing(s, out);
}

enum status own_deputy_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct contact c;
    struct network_form_view v;
    struct contact_questions q;
    int64_t id = 0;
    enum status s = open_deputy(r, &c, &v, &q, e);

    if (s != OK)
        return network_missing(s, out);
    look_for_another(r, &v);
    if (!is_right(&v, &q, &c))
        return network_form_draw(r, &v, out);
    if (c.id == 0)
        TRY(contact_add(portal_db(r), &c, &who, &id, e));
    else
        TRY(contact_change(portal_db(r), &c, &who, e));
    return saved(r, out);
}

/* Twice is once: who has left already has left. */
enum status own_deputy_leave_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct contact c = {0};
    enum status s = find_deputy(r, &c, e);

    if (s != OK)
        return network_missing(s, out);
    if (c.id != 0)
        TRY(contact_leave(portal_db(r), c.id, &who, e));
    return saved(r, out);
}
