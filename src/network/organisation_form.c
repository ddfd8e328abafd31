/* Adding and changing an organisation by hand. */
#include "network/handlers.h"

#include "base/arena.h"
#include "network/question.h"
#include "network/work_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

struct questions {
    struct field *name, *number, *actor, *wish;
};

static struct questions ask(const struct request *r, const struct organisation *o,
                            struct network_form_view *v)
{
    bool is_sent = str_is(r->method, "POST");
    struct field_set *f = field_set_open(is_sent ? &r->form : NULL, catalogue_of(r->language), r->arena);
    struct questions q = {.name = field_add(f, FIELD_TEXT, "name", TEXT_NETWORK_FIELD_NAME)};

    v->fields = f;
    field_start(f, q.name, o->name);
    q.number = question_optional(field_add(f, FIELD_TEXT, "number", TEXT_NETWORK_FIELD_NUMBER));
    field_hint(f, q.number, TEXT_NETWORK_FIELD_NUMBER_HINT);
    field_start(f, q.number, o->number);
    q.number->width = "n8";
    q.actor = question_actor(f, o->actor);
    q.wish = question_optional(field_add(f, FIELD_AREA, "wish", TEXT_NETWORK_FIELD_WISH));
    field_start(f, q.wish, o->wish);
    return q;
}

static bool read(struct network_form_view *v, const struct questions *q, struct organisation *o)
{
    field_str(v->fields, q->name, LINE_LETTERS, &o->name);
    o->number = S("");
    question_number_read(v->fields, q->number, &o->number);
    question_actor_read(v->fields, q->actor, &o->actor);
    field_str(v->fields, q->wish, WISH_LETTERS, &o->wish);
    return v->fields->errors == 0;
}

/* Does another organisation have the number? Says so at the field. */
static enum status check_number(const struct request *r, struct network_form_view *v,
                                const struct questions *q, const struct organisation *o, bool *is_free,
                                struct err *e)
{
    int64_t other = 0;

    *is_free = true;
    if (o->number.n == 0)
        return OK;
    TRY(organisation_match(portal_db(r), o->number, S(""), &other, e));
    if (other != 0 && other != o->id)
        *is_free = field_wrong(v->fields, q->number, TEXT_NETWORK_WRONG_NUMBER_TAKEN);
    return OK;
}

enum status organisation_new_show(const struct request *r, struct response *out, struct err *e)
{
    const struct organisation none = {.actor = ACTORS};
    struct network_form_view v = {.title = TEXT_NETWORK_ORGANISATION_NEW,
                                  .button = TEXT_NETWORK_SAVE,
                                  .action = network_href(r, "/natverket/organisation/ny"),
                                  .back = network_href(r, "/natverket")};

    (void)e;
    ask(r, &none, &v);
    return network_form_draw(r, &v, out);
}

enum status organisation_new_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct organisation o = {.actor = ACTORS};
    struct network_form_view v = {.title = TEXT_NETWORK_ORGANISATION_NEW,
                                  .button = TEXT_NETWORK_SAVE,
                                  .action = network_href(r, "/natverket/organisation/ny"),
                                  .back = network_href(r, "/natverket")};
    struct questions q = ask(r, &o, &v);
    bool is_free = false;
    int64_t id = 0;

    if (!read(&v, &q, &o))
        return network_form_draw(r, &v, out);
    TRY(check_number(r, &v, &q, &o, &is_free, e));
    if (!is_free)
        return network_form_draw(r, &v, out);
    TRY(organisation_add(portal_db(r), &o, &who, &id, e));
    return response_redirect(out, network_href(r, "/natverket/organisation/%lld?sparat", (long long)id));
}

static enum status open_change(const struct request *r, struct organisation *o, struct network_form_view *v,
                               struct questions *q, struct err *e)
{
    long long id = (long long)request_id(r);

    TRY(organisation_find(portal_db(r), request_id(r), r->arena, o, e));
    if (o->state == ORGANISATION_LEFT)
        return err_set(e, REFUSED, "an organisation that has left is not changed");
    *v = (struct network_form_view){.title = TEXT_NETWORK_ORGANISATION_CHANGE,
                                    .button = TEXT_NETWORK_SAVE,
                                    .version = o->version,
                                    .action = network_href(r, "/natverket/organisation/%lld/andra", id),
                                    .back = network_href(r, "/natverket/organisation/%lld", id)};
    *q = ask(r, o, v);
    return OK;
}

enum status organisation_change_show(const struct request *r, struct response *out, struct err *e)
{
    struct organisation o;
    struct network_form_view v;
    struct questions q;
    enum status s = open_change(r, &o, &v, &q, e);

    return s == OK ? network_form_draw(r, &v, out) : network_missing(s, out);
}

/* Who saves second is shown what the first one saved beside their own, and saves again knowing it. */
enum status organisation_change_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct organisation o;
    struct network_form_view v;
    struct questions q;
    bool is_free = false;
    enum status s = open_change(r, &o, &v, &q, e);

    if (s != OK)
        return network_missing(s, out);
    o.version = 0;
    form_i64(&r->form, "version", 1, INT64_MAX, &o.version);
    if (o.version != v.version)
        field_set_overtaken(v.fields);
    if (!read(&v, &q, &o) || v.fields->is_overtaken)
        return network_form_draw(r, &v, out);
    TRY(check_number(r, &v, &q, &o, &is_free, e));
    if (!is_free)
        return network_form_draw(r, &v, out);
    TRY(organisation_change(portal_db(r), &o, &who, e));
    return response_redirect(out, network_href(r, "/natverket/organisation/%lld?sparat", (long long)o.id));
}
