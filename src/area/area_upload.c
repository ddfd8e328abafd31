/* A file with areas is uploaded: read, checked and simplified at once, so that what is wrong is told now. */
#include "area/area_file.h"
#include "area/area_tools.h"
#include "area/area_view.h"
#include "area/handlers.h"
#include "base/arena.h"
#include "mapping/mapping.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

enum { NAME_LETTERS = 80, SOURCE_LETTERS = 160 };

static void ask(const struct request *r, struct division_form_view *v)
{
    bool is_sent = str_is(r->method, "POST");
    struct field_set *f = field_set_open(is_sent ? &r->form : NULL, catalogue_of(r->language), r->arena);

    v->fields = f;
    v->name = field_add(f, FIELD_TEXT, "name", TEXT_AREA_FIELD_NAME);
    field_hint(f, v->name, TEXT_AREA_FIELD_NAME_HINT);
    v->column = field_add(f, FIELD_TEXT, "column", TEXT_AREA_FIELD_COLUMN);
    field_hint(f, v->column, TEXT_AREA_FIELD_COLUMN_HINT);
    v->source = field_add(f, FIELD_TEXT, "source", TEXT_AREA_FIELD_SOURCE);
    field_hint(f, v->source, TEXT_AREA_FIELD_SOURCE_HINT);
    v->file = field_add(f, FIELD_FILE, "file", TEXT_AREA_FIELD_FILE);
    field_hint(f, v->file, TEXT_AREA_FIELD_FILE_HINT);
    v->action = portal_href(r, "/arbete/omraden/ny");
    v->back = portal_href(r, "/arbete/omraden");
}

static void draw(const struct request *r, struct division_form_view *v, struct response *out)
{
    struct portal_view around = portal_view_of(r);

    v->layout = portal_form_layout(&around, portal_text(r, TEXT_AREA_NEW_TITLE), r->path, v->fields->errors,
                                   r->arena);
    page_area_form(response_page(out), v);
}

enum status division_new_show(const struct request *r, struct response *out, struct err *e)
{
    struct division_form_view v = {0};

    (void)e;
    ask(r, &v);
    draw(r, &v, out);
    return OK;
}

/* What is wrong with the file is told at its field. */
static enum status read_areas(const struct request *r, struct division_form_view *v, struct areas *out,
                              struct err *e)
{
    const struct form_file *sent = form_file(&r->form, "file");
    const struct area_tools *tools = NULL;
    struct area_file file = {0};
    struct area_fault fault = {0};

    if (!sent || sent->bytes.n == 0) {
        field_wrong(v->fields, v->file, TEXT_AREA_WRONG_FILE);
        return OK;
    }
    TRY(area_tools_load(&tools, e));
    if (area_file_read(sent->bytes, r->arena, &file, &fault) != OK ||
        tools->check(&file, r->arena, &fault) != OK) {
        field_wrong_text(v->fields, v->file, area_fault_words(&fault, r->language, r->arena));
        return OK;
    }
    tools->simplify(&file, r->arena, out);
    if (areas_points(out) > AREAS_MOST_POINTS)
        field_wrong(v->fields, v->file, TEXT_AREA_FAULT_TOO_LARGE);
    return OK;
}

static void read_texts(struct division_form_view *v, struct division *out)
{
    field_str(v->fields, v->name, NAME_LETTERS, &out->name);
    if (field_str(v->fields, v->column, MAPPING_MAX_CODE_BYTES, &out->column) &&
        !mapping_is_code(out->column))
        field_wrong(v->fields, v->column, TEXT_AREA_WRONG_COLUMN);
    field_str(v->fields, v->source, SOURCE_LETTERS, &out->source);
}

/* Every field is read, so that all faults are told at once. */
enum status division_new_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct division_form_view v = {0};
    struct division division = {0};
    struct areas areas = {0};

    ask(r, &v);
    read_texts(&v, &division);
    TRY(read_areas(r, &v, &areas, e));
    if (v.fields->errors > 0) {
        draw(r, &v, out);
        return response_correct(out);
    }
    TRY(division_add(portal_db(r), &division, &areas, &who, e));
    return portal_redirect(r, out,
                           str_of(arena_printf(r->arena, "/arbete/omraden/%lld", (long long)division.id)));
}
