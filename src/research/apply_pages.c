/* For everyone: what researchers can apply for, what has been granted, the form, and the address confirmed.
 */
#include "research/handlers.h"

#include "base/arena.h"
#include "base/text.h"
#include "calendar/stockholm.h"
#include "pages.h"
#include "portal/portal.h"
#include "research/research_view.h"
#include "research/study.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>

/* "Lund 2025, Malmö 2024–2025". */
static struct str releases_text(const struct study_grants *granted, struct arena *a)
{
    struct text out = text_open(a);

    for (size_t i = 0; i < granted->n; i++) {
        const struct study_release *x = &granted->release[i];

        text_format(&out, "%s%.*s %.*s", i > 0 ? ", " : "", STR(x->city), STR(x->period));
    }
    return text_str(&out);
}

static struct str results_href(const struct request *r, const struct study *x)
{
    return portal_href(r, arena_printf(r->arena, "/forskning/%" PRId64, x->id));
}

static enum status add_row(const struct request *r, const struct study *x, struct granted_row *row,
                           struct err *e)
{
    struct study_grants granted;

    TRY(study_granted(portal_db(r), x->id, r->arena, &granted, e));
    *row = (struct granted_row){.study = x,
                                .from = stockholm_day(x->decided_at, NULL),
                                .until = study_row_of(x, r->now_at).day,
                                .is_open = study_is_open(x, r->now_at),
                                .releases = releases_text(&granted, r->arena),
                                .results_href = x->results == RESULTS_PUBLISHED ? results_href(r, x) : S("")};
    return OK;
}

enum status research_show(const struct request *r, struct response *out, struct err *e)
{
    struct studies all;
    bool is_there = false;

    TRY(research_is_here(r, &is_there, out, e));
    if (!is_there)
        return OK;
    TRY(study_list(portal_db(r), r->arena, &all, e));
    struct granted_row *rows = arena_new(r->arena, all.n, struct granted_row);
    struct research_view v = {.layout = research_layout(r, TEXT_RESEARCH_TITLE, 0),
                              .apply_href = portal_href(r, "/forskning/ansok"),
                              .row = rows};
    for (size_t i = 0; i < all.n; i++) {
        v.results += all.study[i].results == RESULTS_PUBLISHED;
        if (all.study[i].state == STUDY_GRANTED)
            TRY(add_row(r, &all.study[i], &rows[v.n++], e));
    }
    page_research(response_page(out), &v);
    return OK;
}

static struct field *ask_words(struct field_set *f, const char *name, enum text_key label, enum text_key hint)
{
    struct field *x = field_add(f, FIELD_AREA, name, label);

    field_hint(f, x, hint);
    return x;
}

static struct apply_view *ask(const struct request *r, const struct form *sent)
{
    struct apply_view *v = arena_new(r->arena, 1, struct apply_view);
    struct field_set *f = field_set_open(sent, catalogue_of(r->language), r->arena);

    v->fields = f;
    v->title = field_add(f, FIELD_TEXT, "title", TEXT_RESEARCH_FIELD_TITLE);
    v->institution = field_add(f, FIELD_TEXT, "institution", TEXT_RESEARCH_FIELD_INSTITUTION);
    v->institution->autocomplete = "organization";
    v->purpose = ask_words(f, "purpose", TEXT_RESEARCH_FIELD_PURPOSE, TEXT_RESEARCH_FIELD_PURPOSE_HINT);
    v->wanted = ask_words(f, "wanted", TEXT_RESEARCH_FIELD_WANTED, TEXT_RESEARCH_FIELD_WANTED_HINT);
    v->wanted_until = field_add(f, FIELD_DATE, "wanted_until", TEXT_RESEARCH_FIELD_WANTED_UNTIL);
    v->ethics_number = field_add(f, FIELD_TEXT, "ethics_number", TEXT_RESEARCH_FIELD_ETHICS_NUMBER);
    field_hint(f, v->ethics_number, TEXT_RESEARCH_FIELD_ETHICS_NUMBER_HINT);
    v->ethics_number->width = "n8";
    v->ethics_until = field_add(f, FIELD_DATE, "ethics_until", TEXT_RESEARCH_FIELD_ETHICS_UNTIL);
    field_hint(f, v->ethics_until, TEXT_RESEARCH_FIELD_ETHICS_UNTIL_HINT);
    v->name = field_add(f, FIELD_TEXT, "name", TEXT_RESEARCH_FIELD_NAME);
    v->name->autocomplete = "name";
    v->email = field_add(f, FIELD_EMAIL, "email", TEXT_RESEARCH_FIELD_EMAIL);
    field_hint(f, v->email, TEXT_RESEARCH_FIELD_EMAIL_HINT);
    v->email->autocomplete = "email";
    v->action = portal_href(r, "/forskning/ansok");
    return v;
}

static bool read(const struct request *r, struct apply_view *v, struct study *x)
{
    struct field_set *f = v->fields;
    const int64_t today = date_days(stockholm_day(r->now_at, NULL));
    const struct date tomorrow = date_from_days(today + 1);
    const struct date last = date_add_months(date_from_days(today), 12 * STUDY_MOST_YEARS);

    field_str(f, v->title, STUDY_LINE_LETTERS, &x->title);
    field_str(f, v->institution, STUDY_LINE_LETTERS, &x->institution);
    field_str(f, v->purpose, STUDY_WORDS_LETTERS, &x->purpose);
    field_str(f, v->wanted, STUDY_WORDS_LETTERS, &x->wanted);
    field_date(f, v->wanted_until, tomorrow, last, &x->wanted_until);
    field_str(f, v->ethics_number, STUDY_NUMBER_LETTERS, &x->ethics_number);
    field_date(f, v->ethics_until, tomorrow, (struct date){2100, 12, 31}, &x->ethics_until);
    field_str(f, v->name, STUDY_LINE_LETTERS, &x->name);
    field_email(f, v->email, &x->email);
    x->language = r->language;
    return f->errors == 0;
}

static void draw(const struct request *r, struct apply_view *v, struct response *out)
{
    v->layout = research_layout(r, TEXT_RESEARCH_APPLY, v->fields->errors);
    page_research_apply(response_page(out), v);
}

enum status apply_show(const struct request *r, struct response *out, struct err *e)
{
    bool is_there = false;

    TRY(research_is_here(r, &is_there, out, e));
    if (is_there)
        draw(r, ask(r, NULL), out);
    return OK;
}

/* A program that fills in every field, also the one nobody sees, is thanked and forgotten. */
enum status apply_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct study x = {.id = 0};
    bool is_there = false;

    TRY(research_is_here(r, &is_there, out, e));
    if (!is_there)
        return OK;
    struct apply_view *v = ask(r, &r->form);
    if (!read(r, v, &x)) {
        draw(r, v, out);
        return response_correct(out);
    }
    if (form_value(&r->form, "webb").n == 0)
        TRY(study_apply(portal_of(r)->city, portal_db(r), portal_of(r)->outside, &x, &who, e));
    return portal_redirect(r, out, S("/forskning/tack"));
}

enum status apply_thank(const struct request *r, struct response *out, struct err *e)
{
    bool is_there = false;

    TRY(research_is_here(r, &is_there, out, e));
    if (is_there)
        research_say(r, out, TEXT_RESEARCH_THANKS, TEXT_RESEARCH_THANKS_TEXT);
    return OK;
}

/* A link that is followed only shows; a button changes. */
enum status study_confirm_show(const struct request *r, struct response *out, struct err *e)
{
    struct study x;

    TRY(study_to_confirm(portal_db(r), request_param(r, "token"), r->arena, &x, e));
    if (x.id == 0) {
        research_say(r, out, TEXT_RESEARCH_GONE, TEXT_RESEARCH_GONE_TEXT);
        return response_told(out, 404);
    }
    if (x.confirmed_at > 0) {
        research_say(r, out, TEXT_RESEARCH_CONFIRMED, TEXT_RESEARCH_CONFIRMED_TEXT);
        return OK;
    }
    const struct study_confirm_view v = {.layout = research_layout(r, TEXT_RESEARCH_CONFIRM, 0),
                                         .title = x.title,
                                         .action = request_address(r->path, r->language, r->arena)};
    page_research_confirm(response_page(out), &v);
    return OK;
}

enum status study_confirm_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct study x;

    TRY(study_to_confirm(portal_db(r), request_param(r, "token"), r->arena, &x, e));
    if (x.id != 0)
        TRY(study_confirm(portal_of(r)->city, portal_db(r), &x, &who, e));
    return portal_redirect(r, out, r->path);
}
