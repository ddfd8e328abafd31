/* A circular is written, and changed while it is a draft. */
#include "base/arena.h"
#include "circular/circular_view.h"
#include "circular/handlers.h"
#include "circular/warning.h"
#include "network/actor.h"
#include "pages.h"
#include "portal/portal.h"
#include "seminar/actor_words.h"
#include "web/request.h"
#include "web/response.h"

static void add_actors(const struct request *r, struct circular_form_view *v, uint32_t chosen)
{
    v->actors = field_add(v->fields, FIELD_CHECKBOXES, "actors", TEXT_CIRCULAR_ACTORS);
    for (int i = 0; i < ACTORS; i++)
        field_option(v->fields, v->actors, str_of(actor_code((enum actor_kind)i)),
                     actor_text((enum actor_kind)i, r->language), (chosen & ACTOR_BIT(i)) != 0);
}

/* The form for `c`: what is saved, or nothing yet. */
static struct circular_form_view *form_of(const struct request *r, const struct circular *c)
{
    struct circular_form_view *v = arena_new(r->arena, 1, struct circular_form_view);
    struct field_set *f =
        field_set_open(str_is(r->method, "POST") ? &r->form : NULL, catalogue_of(r->language), r->arena);
    const char *own = arena_printf(r->arena, "/arbete/utskick/%lld", (long long)c->id);

    v->fields = f;
    add_actors(r, v, c->actors);
    v->language = field_add(f, FIELD_RADIOS, "language", TEXT_CIRCULAR_LANGUAGE);
    field_option(f, v->language, S("sv"), portal_text(r, TEXT_CIRCULAR_SWEDISH), c->language == LANGUAGE_SV);
    field_option(f, v->language, S("en"), portal_text(r, TEXT_CIRCULAR_ENGLISH), c->language == LANGUAGE_EN);
    v->subject = field_add(f, FIELD_TEXT, "subject", TEXT_CIRCULAR_SUBJECT);
    field_start(f, v->subject, c->subject);
    v->words = field_add(f, FIELD_AREA, "words", TEXT_CIRCULAR_WORDS);
    v->words->width = "tall";
    field_hint(f, v->words, TEXT_CIRCULAR_WORDS_HINT);
    field_start(f, v->words, c->words);
    v->version = c->version;
    v->is_warning = c->is_warning;
    v->action = portal_href(r, c->id != 0      ? arena_printf(r->arena, "%s/andra", own)
                               : c->is_warning ? "/arbete/utskick/varning"
                                               : "/arbete/utskick/ny");
    v->back = portal_href(r, c->id != 0 ? own : "/arbete/utskick");
    return v;
}

static enum status draw(const struct request *r, struct response *out, struct circular_form_view *v)
{
    struct portal_view site = portal_view_of(r);
    bool is_wrong = v->fields->errors > 0 || v->fields->is_overtaken;

    v->layout =
        portal_form_layout(&site, portal_text(r, v->is_warning ? TEXT_CIRCULAR_WARNING : TEXT_CIRCULAR_WRITE),
                           r->path, v->fields->errors, r->arena);
    page_circular_form(response_page(out), v);
    return is_wrong ? response_correct(out) : OK;
}

/* A letter has none: a mail program would have to fetch it, and that tells when the letter was read. */
static bool has_picture(struct str markdown)
{
    for (size_t i = 0; i + 1 < markdown.n; i++)
        if (markdown.p[i] == '!' && markdown.p[i + 1] == '[')
            return true;
    return false;
}

/* A warning tells nothing finer than the picture does. */
static void check_warning(struct circular_form_view *v, struct field *x, struct str words)
{
    static const enum text_key wrong[] = {[WARNING_PERSON] = TEXT_CIRCULAR_WARNING_PERSON,
                                          [WARNING_FIGURE] = TEXT_CIRCULAR_WARNING_FIGURE,
                                          [WARNING_STREET] = TEXT_CIRCULAR_WARNING_STREET};
    enum warning_fault fault = v->is_warning ? warning_check(words) : WARNING_GOOD;

    if (fault != WARNING_GOOD)
        field_wrong(v->fields, x, wrong[fault]);
}

static bool read_form(struct circular_form_view *v, struct circular *c)
{
    struct field_set *f = v->fields;
    uint64_t actors = 0;
    size_t language = 0;

    if (field_choices(f, v->actors, &actors))
        c->actors = (uint32_t)actors;
    if (field_choice(f, v->language, &language))
        c->language = language == 1 ? LANGUAGE_EN : LANGUAGE_SV;
    if (field_str(f, v->subject, CIRCULAR_SUBJECT_LETTERS, &c->subject))
        check_warning(v, v->subject, c->subject);
    if (field_str(f, v->words, CIRCULAR_WORDS_LETTERS, &c->words) && has_picture(c->words))
        field_wrong(f, v->words, TEXT_CIRCULAR_WRONG_PICTURE);
    check_warning(v, v->words, c->words);
    return f->errors == 0;
}

static enum status go_to(const struct request *r, struct response *out, int64_t id)
{
    return portal_redirect(r, out, str_of(arena_printf(r->arena, "/arbete/utskick/%lld", (long long)id)));
}

static enum status show_new(const struct request *r, struct response *out, bool is_warning)
{
    const struct circular none = {.subject = S(""), .words = S(""), .is_warning = is_warning};

    return draw(r, out, form_of(r, &none));
}

static enum status take_new(const struct request *r, struct response *out, bool is_warning, struct err *e)
{
    const struct who who = portal_who(r);
    struct circular c = {.subject = S(""), .words = S(""), .is_warning = is_warning};
    struct circular_form_view *v = form_of(r, &c);
    int64_t id = 0;

    if (!read_form(v, &c))
        return draw(r, out, v);
    TRY(circular_add(portal_db(r), &c, &who, &id, e));
    return go_to(r, out, id);
}

enum status circular_new_show(const struct request *r, struct response *out, struct err *e)
{
    (void)e;
    return show_new(r, out, false);
}

enum status circular_new_take(const struct request *r, struct response *out, struct err *e)
{
    return take_new(r, out, false, e);
}

enum status circular_warning_show(const struct request *r, struct response *out, struct err *e)
{
    (void)e;
    return show_new(r, out, true);
}

enum status circular_warning_take(const struct request *r, struct response *out, struct err *e)
{
    return take_new(r, out, true, e);
}

/* What has been sent is shown, and changed no more. */
enum status circular_change_show(const struct request *r, struct response *out, struct err *e)
{
    struct circular c = {0};
    enum status found = circular_of_route(r, &c, e);

    if (found != OK)
        return circular_missing(found, out);
    return c.sent_at != 0 ? go_to(r, out, c.id) : draw(r, out, form_of(r, &c));
}

/* Who saves second is shown what the first one saved, and saves again knowing it. */
enum status circular_change_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct circular c = {0};
    enum status s = circular_of_route(r, &c, e);

    if (s != OK)
        return circular_missing(s, out);
    struct circular_form_view *v = form_of(r, &c);
    if (c.sent_at != 0)
        return go_to(r, out, c.id);
    if (!read_form(v, &c))
        return draw(r, out, v);
    form_i64(&r->form, "version", 1, INT64_MAX, &c.version);
    s = circular_change(portal_db(r), &c, &who, e);
    if (s == REFUSED) {
        field_set_overtaken(v->fields);
        return draw(r, out, v);
    }
    TRY(s);
    return go_to(r, out, c.id);
}
