/* The form of the programme's text. */
#include "programme/lead_text_pages.h"

#include "base/arena.h"
#include "base/text.h"
#include "pages.h"
#include "portal/portal.h"
#include "programme/lead_text.h"
#include "programme/lead_text_view.h"
#include "programme/programme_reading.h"
#include "web/request.h"
#include "web/response.h"

static struct lead_text_view view_of(const struct request *r, const struct pooled *pooled)
{
    static const char *const names[LANGUAGES] = {[LANGUAGE_SV] = "text", [LANGUAGE_EN] = "text_en"};
    static const enum text_key labels[LANGUAGES] = {
        [LANGUAGE_SV] = TEXT_PROGRAMME_TEXT_SV, [LANGUAGE_EN] = TEXT_PROGRAMME_TEXT_EN};
    struct field_set *f =
        field_set_open(str_is(r->method, "POST") ? &r->form : NULL, catalogue_of(r->language), r->arena);
    struct lead_text_view v = {.fields = f,
                               .version = pooled->text.id,
                               .cells = pooled_cells_of(pooled, r->language, r->arena),
                               .save_href = portal_href(r, "/programmet/text"),
                               .try_href = portal_href(r, "/programmet/text/prov"),
                               .back_href = portal_href(r, "/programmet/tillsammans")};

    for (int i = 0; i < LANGUAGES; i++) {
        v.words[i] = field_add(f, FIELD_AREA, names[i], labels[i]);
        v.words[i]->is_optional = true;
        v.words[i]->width = "tall";
        field_start(f, v.words[i], pooled->text.in[i]);
    }
    field_hint(f, v.words[LANGUAGE_SV], TEXT_PROGRAMME_TEXT_HINT);
    field_hint(f, v.words[LANGUAGE_EN], TEXT_PROGRAMME_TEXT_EN_HINT);
    return v;
}

static enum status draw(const struct request *r, struct lead_text_view *v, struct response *out)
{
    struct portal_view *around = arena_new(r->arena, 1, struct portal_view);
    const bool is_wrong = v->fields->errors > 0 || v->fields->is_overtaken;

    *around = portal_view_of(r);
    v->layout = portal_form_layout(around, portal_text(r, TEXT_PROGRAMME_TEXT_HEADING), r->path,
                                   v->fields->errors, r->arena);
    page_lead_text(response_page(out), v);
    return is_wrong ? response_correct(out) : OK;
}

/* *is_there is false, and the answer given, when there are no figures to write about. */
static enum status begin(const struct request *r, struct lead_text_view *v, bool *is_there,
                         struct response *out, struct err *e)
{
    struct programme_reading *x = arena_new(r->arena, 1, struct programme_reading);

    TRY(programme_reading_of(r, x, e));
    *is_there = x->has_pooled;
    if (!*is_there)
        return response_error(out, 404);
    *v = view_of(r, &x->pooled);
    return OK;
}

static void check_codes(const struct request *r, struct lead_text_view *v, struct field *field,
                        struct str words)
{
    const struct str code = pooled_cells_unknown(&v->cells, words);
    const struct insertion values[] = {insertion("code", code)};
    struct text told = text_open(r->arena);

    if (code.n == 0)
        return;
    catalogue_write(&told, catalogue_of(r->language), TEXT_PROGRAMME_TEXT_UNKNOWN, values, 1);
    field_wrong_text(v->fields, field, text_str(&told));
}

static void read_form(const struct request *r, struct lead_text_view *v, struct str words[LANGUAGES])
{
    for (int i = 0; i < LANGUAGES; i++) {
        words[i] = S("");
        field_str(v->fields, v->words[i], LEAD_TEXT_LETTERS, &words[i]);
        check_codes(r, v, v->words[i], words[i]);
    }
    if (words[LANGUAGE_SV].n == 0 && words[LANGUAGE_EN].n > 0)
        field_wrong(v->fields, v->words[LANGUAGE_SV], TEXT_PROGRAMME_TEXT_SWEDISH_FIRST);
}

enum status lead_text_show(const struct request *r, struct response *out, struct err *e)
{
    struct lead_text_view v;
    bool is_there = false;

    TRY(begin(r, &v, &is_there, out, e));
    return is_there ? draw(r, &v, out) : OK;
}

/* Nothing is saved. */
enum status lead_text_try(const struct request *r, struct response *out, struct err *e)
{
    struct str words[LANGUAGES];
    struct lead_text_view v;
    struct text loose = text_open(r->arena);
    bool is_there = false;

    TRY(begin(r, &v, &is_there, out, e));
    if (!is_there)
        return OK;
    read_form(r, &v, words);
    form_i64(&r->form, "version", 0, INT64_MAX, &v.version);
    v.is_tried = v.fields->errors == 0;
    for (int i = 0; v.is_tried && i < LANGUAGES; i++) {
        const struct str found = pooled_cells_loose(words[i], r->arena);

        v.tried[i] = pooled_cells_fill(&v.cells, words[i], CELLS_LINKED, r->arena);
        text_format(&loose, "%s%.*s", loose.n > 0 && found.n > 0 ? ", " : "", STR(found));
    }
    v.loose = text_str(&loose);
    return draw(r, &v, out);
}

/* Who saves second is shown what the first one saved, and saves again knowing it. */
enum status lead_text_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct str words[LANGUAGES];
    struct lead_text_view v;
    int64_t version = 0;
    bool is_there = false;

    TRY(begin(r, &v, &is_there, out, e));
    if (!is_there)
        return OK;
    read_form(r, &v, words);
    form_i64(&r->form, "version", 0, INT64_MAX, &version);
    if (v.fields->errors > 0) {
        v.version = version;
        return draw(r, &v, out);
    }
    enum status saved = lead_text_save(portal_db(r), &who, version, words, e);
    if (saved == REFUSED) {
        field_set_overtaken(v.fields);
        return draw(r, &v, out);
    }
    TRY(saved);
    return portal_redirect(r, out, S("/programmet/tillsammans"));
}
