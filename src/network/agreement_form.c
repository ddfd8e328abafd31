/* The coordinator and the agreement: what was signed on paper, and a new text. */
#include "network/handlers.h"

#include "base/arena.h"
#include "network/agreement_template.h"
#include "network/question.h"
#include "network/work_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

enum { TITLE_LETTERS = 50, BODY_LETTERS = 25000, MOST_MONTHS = 120 };

struct paper {
    struct field *what, *name;
};

/* On paper an organisation signs the text that holds now, or, when it is a member, promises silence anew. */
static struct paper ask_paper(const struct request *r, const struct organisation *o,
                              struct network_form_view *v)
{
    bool is_sent = str_is(r->method, "POST");
    struct field_set *f = field_set_open(is_sent ? &r->form : NULL, catalogue_of(r->language), r->arena);
    struct paper q = {.what = field_add(f, FIELD_RADIOS, "what", TEXT_NETWORK_PAPER_WHAT)};

    v->fields = f;
    field_option(f, q.what, S("agreement"), portal_text(r, TEXT_NETWORK_PAPER_AGREEMENT), true);
    if (o->state == ORGANISATION_MEMBER)
        field_option(f, q.what, S("promise"), portal_text(r, TEXT_NETWORK_PAPER_PROMISE), false);
    q.name = field_add(f, FIELD_TEXT, "name", TEXT_NETWORK_PAPER_NAME);
    return q;
}

static enum status open_paper(const struct request *r, struct organisation *o, struct network_form_view *v,
                              struct paper *q, struct err *e)
{
    long long id = (long long)request_id(r);

    TRY(organisation_find(portal_db(r), request_id(r), r->arena, o, e));
    *v = (struct network_form_view){.title = TEXT_NETWORK_PAPER_TITLE,
                                    .button = TEXT_NETWORK_SAVE,
                                    .name = o->name,
                                    .about = portal_text(r, TEXT_NETWORK_PAPER_ABOUT),
                                    .action = network_href(r, "/natverket/organisation/%lld/paskrift", id),
                                    .back = network_href(r, "/natverket/organisation/%lld", id)};
    *q = ask_paper(r, o, v);
    return OK;
}

enum status paper_show(const struct request *r, struct response *out, struct err *e)
{
    struct organisation o;
    struct network_form_view v;
    struct paper q;
    enum status s = open_paper(r, &o, &v, &q, e);

    return s == OK ? network_form_draw(r, &v, out) : network_missing(s, out);
}

/* REFUSED when there is no text to sign yet. */
static enum status write_paper(const struct request *r, int64_t organisation, size_t what, struct str name,
                               struct err *e)
{
    const struct who who = portal_who(r);
    struct agreement_text text;

    if (what == 1)
        return agreement_attest(portal_db(r), organisation, name, &who, e);
    TRY(agreement_text_latest(portal_db(r), r->arena, &text, e));
    return agreement_sign(portal_db(r), organisation, text.number, name, &who, e);
}

enum status paper_take(const struct request *r, struct response *out, struct err *e)
{
    struct organisation o;
    struct network_form_view v;
    struct paper q;
    struct str name = S("");
    size_t what = 0;
    enum status s = open_paper(r, &o, &v, &q, e);

    if (s != OK)
        return network_missing(s, out);
    field_choice(v.fields, q.what, &what);
    field_str(v.fields, q.name, LINE_LETTERS, &name);
    if (v.fields->errors > 0)
        return network_form_draw(r, &v, out);
    s = write_paper(r, o.id, what, name, e);
    if (s == REFUSED) {
        field_wrong(v.fields, q.what, TEXT_NETWORK_PAPER_NO_TEXT);
        return network_form_draw(r, &v, out);
    }
    TRY(s);
    return response_redirect(out, network_href(r, "/natverket/organisation/%lld?sparat", (long long)o.id));
}

struct text_form {
    struct field *months;
    struct field *title[LANGUAGES], *body[LANGUAGES], *changes[LANGUAGES];
};

/* What stands there first is the text that holds, or else one to begin with. What is new is asked for when
 * there is a text before. */
static struct text_form ask_text(const struct request *r, const struct agreement_text *now,
                                 struct network_form_view *v)
{
    static const struct {
        const char *title, *body, *changes;
        enum text_key title_text, body_text, changes_text;
    } names[LANGUAGES] = {{"title", "body", "changes", TEXT_NETWORK_TEXT_TITLE_SV, TEXT_NETWORK_TEXT_BODY_SV,
                           TEXT_NETWORK_TEXT_CHANGES_SV},
                          {"title-en", "body-en", "changes-en", TEXT_NETWORK_TEXT_TITLE_EN,
                           TEXT_NETWORK_TEXT_BODY_EN, TEXT_NETWORK_TEXT_CHANGES_EN}};
    bool is_sent = str_is(r->method, "POST");
    struct field_set *f = field_set_open(is_sent ? &r->form : NULL, catalogue_of(r->language), r->arena);
    struct text_form q = {0};

    v->fields = f;
    for (int i = 0; i < LANGUAGES; i++) {
        q.title[i] = field_add(f, FIELD_TEXT, names[i].title, names[i].title_text);
        field_start(f, q.title[i], now->title[i]);
        q.body[i] = field_add(f, FIELD_AREA, names[i].body, names[i].body_text);
        field_hint(f, q.body[i], TEXT_NETWORK_TEXT_BODY_HINT);
        field_start(f, q.body[i], now->body[i]);
        if (now->number > 0)
            q.changes[i] = field_add(f, FIELD_AREA, names[i].changes, names[i].changes_text);
    }
    q.months = field_add(f, FIELD_NUMBER, "months", TEXT_NETWORK_TEXT_MONTHS);
    q.months->width = "n2";
    field_start_i64(f, q.months, now->valid_months);
    return q;
}

static enum status open_text(const struct request *r, struct agreement_text *now, struct network_form_view *v,
                             struct text_form *q, struct err *e)
{
    enum status s = agreement_text_latest(portal_db(r), r->arena, now, e);

    if (s == REFUSED)
        *now = agreement_template();
    else
        TRY(s);
    *v = (struct network_form_view){.title = TEXT_NETWORK_TEXT_NEW,
                                    .button = TEXT_NETWORK_TEXT_PUBLISH,
                                    .about = portal_text(r, TEXT_NETWORK_TEXT_ABOUT),
                                    .version = now->number,
                                    .action = network_href(r, "/natverket/overenskommelse/ny"),
                                    .back = network_href(r, "/natverket")};
    *q = ask_text(r, now, v);
    return OK;
}

enum status agreement_new_show(const struct request *r, struct response *out, struct err *e)
{
    struct agreement_text now;
    struct network_form_view v;
    struct text_form q;

    TRY(open_text(r, &now, &v, &q, e));
    return network_form_draw(r, &v, out);
}

/* Two who publish at once: the second sees the first one's text. */
enum status agreement_new_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct agreement_text now;
    struct agreement_text next = {0};
    struct network_form_view v;
    struct text_form q;
    int64_t version = 0;
    int64_t months = 0;

    TRY(open_text(r, &now, &v, &q, e));
    for (int i = 0; i < LANGUAGES; i++) {
        field_str(v.fields, q.title[i], TITLE_LETTERS, &next.title[i]);
        field_str(v.fields, q.body[i], BODY_LETTERS, &next.body[i]);
        if (q.changes[i])
            field_str(v.fields, q.changes[i], BODY_LETTERS, &next.changes[i]);
    }
    field_i64(v.fields, q.months, 1, MOST_MONTHS, &months);
    form_i64(&r->form, "version", 1, INT64_MAX, &version);
    if (version != now.number)
        field_set_overtaken(v.fields);
    if (v.fields->errors > 0 || v.fields->is_overtaken)
        return network_form_draw(r, &v, out);
    next.valid_months = (int)months;
    TRY(agreement_text_publish(portal_db(r), &next, &who, &version, e));
    return portal_redirect(r, out, S("/natverket/overenskommelse"));
}
