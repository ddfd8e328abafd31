/* From a request to an extract. */
#include "extract/extract_pages.h"

#include "audit/audit_words.h"
#include "base/arena.h"
#include "base/text.h"
#include "calendar/stockholm.h"
#include "extract/extract.h"
#include "extract/extract_view.h"
#include "extract/extract_words.h"
#include "pages.h"
#include "portal/portal.h"
#include "store/audit.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>

enum { MOST_PARTS = 64 };

static struct str role_in_words(struct str role, enum language language)
{
    for (int i = 0; i < ROLES; i++)
        if (str_is(role, role_name((enum role)i)))
            return role_words((enum role)i, language);
    return role;
}

/* An extract being put into words. */
struct telling {
    const struct request *r;
    struct audit_words words; /* of the log's actions */
};

static struct str value_of(const struct telling *t, const struct extract_cell *c)
{
    const struct request *r = t->r;

    if (c->kind == EXTRACT_MOMENT)
        return stockholm_moment(c->number, r->arena);
    if (c->kind == EXTRACT_NUMBER)
        return str_of(arena_printf(r->arena, "%" PRId64, c->number));
    if (str_is(c->column, "action"))
        return audit_what(&t->words, &(struct audit_entry){.action = c->text}, r->language, r->arena);
    return str_is(c->column, "role") ? role_in_words(c->text, r->language) : c->text;
}

static struct extract_part_view part_of(const struct telling *t, const char *name,
                                        const struct extract_rows *x)
{
    const struct request *r = t->r;
    struct extract_row *rows = arena_new(r->arena, x->n, struct extract_row);

    for (size_t i = 0; i < x->n; i++) {
        struct extract_line *lines = arena_new(r->arena, x->columns, struct extract_line);

        for (size_t k = 0; k < x->columns; k++) {
            const struct extract_cell *c = &x->cell[i * x->columns + k];

            lines[k] = (struct extract_line){.label = extract_column_word(c->column, r->language),
                                             .value = value_of(t, c)};
        }
        rows[i] = (struct extract_row){.lines = x->columns, .line = lines};
    }
    return (struct extract_part_view){
        .title = extract_part_word(str_of(name), r->language), .rows = x->n, .row = rows};
}

static enum status fill(const struct request *r, struct str email, struct extract_view *v, struct err *e)
{
    struct extract_part_view *parts = arena_new(r->arena, MOST_PARTS, struct extract_part_view);

    struct telling t = {.r = r};

    TRY(audit_words_load(r->arena, &t.words, e));
    v->email = email;
    v->part = parts;
    for (const struct extract_part *p = extract_parts; p->name && v->parts < MOST_PARTS; p++) {
        struct extract_rows rows;

        TRY(extract_read(portal_db(r), p, email, r->arena, &rows, e));
        if (rows.n > 0)
            parts[v->parts++] = part_of(&t, p->name, &rows);
    }
    return OK;
}

static enum status put_file(const struct request *r, struct str email, struct response *out, struct err *e)
{
    struct text json = text_open(r->arena);

    TRY(extract_json(portal_db(r), email, r->now_at, r->arena, &json, e));
    response_bytes(out, "application/json", text_str(&json));
    response_download(out, S("registerutdrag.json"));
    return OK;
}

static enum status own_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct str title = portal_text(r, TEXT_EXTRACT_OWN_TITLE);
    struct extract_view v = {.layout = portal_layout(&around, title, r->path, r->arena),
                             .title = title,
                             .file_href = portal_href(r, "/konto/uppgifter.json")};

    TRY(fill(r, portal_visitor(r)->person.email, &v, e));
    page_extract(response_page(out), &v);
    return OK;
}

static enum status own_file(const struct request *r, struct response *out, struct err *e)
{
    return put_file(r, portal_visitor(r)->person.email, out, e);
}

/* The question whose extract it is. */
static struct extract_ask_view *ask(const struct request *r, const struct form *sent)
{
    struct extract_ask_view *v = arena_new(r->arena, 1, struct extract_ask_view);

    v->fields = field_set_open(sent, catalogue_of(r->language), r->arena);
    v->email = field_add(v->fields, FIELD_EMAIL, "email", TEXT_EXTRACT_EMAIL);
    v->action = portal_href(r, "/registerutdrag");
    return v;
}

static void show_question(const struct request *r, struct response *out, struct extract_ask_view *v)
{
    struct portal_view around = portal_view_of(r);

    v->layout = portal_form_layout(&around, portal_text(r, TEXT_EXTRACT_TITLE), S("/registerutdrag"),
                                   v->fields->errors, r->arena);
    page_extract_ask(response_page(out), v);
}

static enum status ask_show(const struct request *r, struct response *out, struct err *e)
{
    (void)e;
    show_question(r, out, ask(r, NULL));
    return OK;
}

/* Notes that it is read, before it is shown; the address stays out of the log. */
static enum status somebody_show(const struct request *r, struct response *out, struct err *e)
{
    struct extract_ask_view *asked = ask(r, &r->form);
    struct portal_view around = portal_view_of(r);
    struct str title = portal_text(r, TEXT_EXTRACT_TITLE);
    struct str email;

    if (!field_email(asked->fields, asked->email, &email)) {
        show_question(r, out, asked);
        return response_correct(out);
    }
    TRY(portal_note_read(r, "person.extract", 0, S(""), e));
    struct extract_view v = {.layout = portal_layout(&around, title, S("/registerutdrag"), r->arena),
                             .title = title,
                             .file_action = portal_href(r, "/registerutdrag/fil"),
                             .another_href = portal_href(r, "/registerutdrag")};
    TRY(fill(r, email, &v, e));
    page_extract(response_page(out), &v);
    return OK;
}

static enum status somebody_file(const struct request *r, struct response *out, struct err *e)
{
    struct extract_ask_view *asked = ask(r, &r->form);
    struct str email;

    if (!field_email(asked->fields, asked->email, &email)) {
        show_question(r, out, asked);
        return response_correct(out);
    }
    TRY(portal_note_read(r, "person.extract", 0, S(""), e));
    return put_file(r, email, out, e);
}

static const struct route routes[] = {
    {"GET", "/konto/uppgifter", PERMISSION_OWN_ACCOUNT, own_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/konto/uppgifter.json", PERMISSION_OWN_ACCOUNT, own_file, .caching = ROUTE_NOT_STORED},
    {"GET", "/registerutdrag", PERMISSION_EXTRACT_READ, ask_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/registerutdrag", PERMISSION_EXTRACT_READ, somebody_show, .posted = ROUTE_EACH},
    {"POST", "/registerutdrag/fil", PERMISSION_EXTRACT_READ, somebody_file, .posted = ROUTE_EACH},
    {.method = NULL},
};

static const struct portal_link work[] = {
    {"/registerutdrag", TEXT_EXTRACT_TITLE, PERMISSION_EXTRACT_READ},
    {.path = NULL},
};

const struct portal_room extract_room = {.routes = routes, .work = work};
