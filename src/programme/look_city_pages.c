/* For a city: the draft by its link, and its answer. */
#include "programme/last_look_pages.h"

#include "base/arena.h"
#include "base/text.h"
#include "calendar/stockholm.h"
#include "pages.h"
#include "portal/portal.h"
#include "programme/last_look_view.h"
#include "programme/pooled_files.h"
#include "programme/programme_reading.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

static const enum look_answer answers[] = {LOOK_AGREES, LOOK_OBJECTS};

/* A look as the city sees it. */
struct seen {
    struct last_look look;
    const struct look_city *city;
    struct programme_reading reading;
    bool is_void;
};

static struct layout *around(const struct request *r, enum text_key title, size_t errors)
{
    struct portal_view *view = arena_new(r->arena, 1, struct portal_view);
    struct layout *layout = arena_new(r->arena, 1, struct layout);

    *view = portal_view_of(r);
    *layout = portal_form_layout(view, portal_text(r, title), r->path, errors, r->arena);
    return layout;
}

static enum status tell_gone(const struct request *r, struct response *out)
{
    page_look_gone(response_page(out), around(r, TEXT_PROGRAMME_LOOK_GONE, 0));
    return response_told(out, 404);
}

/* *is_there is false, and the answer given, when the link opens nothing. */
static enum status find_asked(const struct request *r, struct seen *x, bool *is_there, struct response *out,
                              struct err *e)
{
    response_header(out, "X-Robots-Tag", S("noindex, nofollow, noarchive"));
    TRY(last_look_by_link(portal_db(r), request_param(r, "token"), r->now_at, r->arena, &x->look, &x->city,
                          e));
    *is_there = x->city != NULL;
    if (!*is_there)
        return tell_gone(r, out);
    TRY(programme_reading_of(r, &x->reading, e));
    x->is_void = !x->reading.has_pooled || last_look_is_void(&x->look, &x->reading.pooled, r->arena);
    return OK;
}

static struct str address_of(const struct request *r, const char *file)
{
    return portal_href(r, arena_printf(r->arena, "/granskning/%.*s%s%s", STR(request_param(r, "token")),
                                       file[0] ? "/" : "", file));
}

static void ask(const struct request *r, const struct form *sent, const struct look_city *city,
                struct look_city_view *v)
{
    struct field_set *f = field_set_open(sent, catalogue_of(r->language), r->arena);

    v->fields = f;
    v->answer = field_add(f, FIELD_RADIOS, "answer", TEXT_PROGRAMME_LOOK_ANSWER);
    field_option(f, v->answer, S("agrees"), portal_text(r, TEXT_PROGRAMME_LOOK_AGREES),
                 city->answer == LOOK_AGREES);
    field_option(f, v->answer, S("objects"), portal_text(r, TEXT_PROGRAMME_LOOK_OBJECTS),
                 city->answer == LOOK_OBJECTS);
    v->words = field_add(f, FIELD_AREA, "words", TEXT_PROGRAMME_LOOK_WORDS);
    v->words->is_optional = true;
    field_hint(f, v->words, TEXT_PROGRAMME_LOOK_WORDS_HINT);
    field_start(f, v->words, city->words);
}

static struct pooled_view pooled_of(const struct request *r, const struct seen *x)
{
    const struct pooled_edition edition = {&x->reading.pooled, x->reading.map, r->language};
    struct pooled_file_link *link = arena_new(r->arena, POOLED_FILES, struct pooled_file_link);
    struct pooled_view v = pooled_view_of(&edition, r->arena);

    for (size_t i = 0; i < POOLED_FILES; i++) {
        link[i].href = address_of(r, pooled_files[i].name);
        link[i].what = portal_text(r, pooled_files[i].what);
    }
    v.files = POOLED_FILES;
    v.file = link;
    return v;
}

static struct look_city_view view_of(const struct request *r, const struct form *sent, const struct seen *x)
{
    struct look_city_view v = {.city = x->city,
                               .until = stockholm_day(x->look.until_at - 1, NULL),
                               .answered = stockholm_day(x->city->answered_at, NULL),
                               .is_void = x->is_void,
                               .is_taken = form_has(&r->query, "tack"),
                               .action = address_of(r, "")};

    ask(r, sent, x->city, &v);
    if (!x->is_void)
        v.pooled = pooled_of(r, x);
    return v;
}

static void draw(const struct request *r, struct look_city_view *v, struct response *out)
{
    v->layout = *around(r, TEXT_PROGRAMME_LOOK_DRAFT, v->fields->errors);
    page_look_city(response_page(out), v);
}

/* The reading is noted first: what is not noted is not shown. */
static enum status note(const struct request *r, const struct seen *x, struct err *e)
{
    const struct who who = portal_who(r);

    return last_look_note_read(portal_worker_of(r)->write, &x->look, x->city, &who, e);
}

enum status last_look_city_show(const struct request *r, struct response *out, struct err *e)
{
    struct seen *x = arena_new(r->arena, 1, struct seen);
    bool is_there = false;

    TRY(find_asked(r, x, &is_there, out, e));
    if (!is_there)
        return OK;
    if (!x->is_void)
        TRY(note(r, x, e));
    struct look_city_view v = view_of(r, NULL, x);
    draw(r, &v, out);
    return OK;
}

enum status last_look_city_take(const struct request *r, struct response *out, struct err *e)
{
    struct seen *x = arena_new(r->arena, 1, struct seen);
    const struct who who = portal_who(r);
    struct str words = S("");
    size_t choice = 0;
    bool is_there = false;

    TRY(find_asked(r, x, &is_there, out, e));
    if (!is_there)
        return OK;
    if (x->is_void)
        return portal_redirect(r, out, r->path);
    struct look_city_view v = view_of(r, &r->form, x);
    field_choice(v.fields, v.answer, &choice);
    field_str(v.fields, v.words, LAST_LOOK_WORDS_LETTERS, &words);
    if (v.fields->errors == 0 && answers[choice] == LOOK_OBJECTS && words.n == 0)
        field_wrong(v.fields, v.words, TEXT_PROGRAMME_LOOK_WRONG_WORDS);
    if (v.fields->errors > 0) {
        draw(r, &v, out);
        return response_correct(out);
    }
    TRY(last_look_answer(portal_of(r)->city, portal_db(r), &x->look, x->city, answers[choice], words, &who,
                         e));
    return portal_redirect(r, out, str_of(arena_printf(r->arena, "%.*s?tack=1", STR(r->path))));
}

enum status last_look_city_file(const struct request *r, struct response *out, struct err *e)
{
    const struct pooled_file *file = pooled_file_named(request_param(r, "file"));
    struct seen *x = arena_new(r->arena, 1, struct seen);
    struct text bytes = text_open(r->arena);
    bool is_there = false;

    TRY(find_asked(r, x, &is_there, out, e));
    if (!is_there)
        return OK;
    if (!file || x->is_void)
        return response_error(out, 404);
    TRY(file->write(&bytes, &(struct pooled_edition){&x->reading.pooled, x->reading.map, r->language}, e));
    TRY(note(r, x, e));
    response_bytes(out, file->type, text_str(&bytes));
    response_download(out, str_of(file->name));
    return OK;
}
