/* The situations of a year that is over. */
#include "observation/overview_pages.h"

#include "base/arena.h"
#include "base/number.h"
#include "base/text.h"
#include "observation/overview_source.h"
#include "observation/report_words.h"
#include "observation/year_situations.h"
#include "observation/year_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

enum { FIRST_YEAR = 2000 };

static struct str shown(const struct request *r, const struct cube *c, size_t form, size_t place)
{
    struct cube_cell cell = cube_cell(c, table_cell(&c->shape, (const size_t[]){form, place}));
    struct text out = text_open(r->arena);

    if (cell.n > 0)
        text_format(&out, "%lld (%lld–%lld)", (long long)cell.n, (long long)cell.lo, (long long)cell.hi);
    else
        cube_put_shown(&out, c, &cell, r->language == LANGUAGE_SV ? CUBE_SWEDISH : CUBE_ENGLISH);
    return text_str(&out);
}

static void fill(const struct request *r, const struct cube *c, struct year_view *v)
{
    struct year_row *form = arena_new(r->arena, SITUATION_FORMS, struct year_row);
    struct year_row *place = arena_new(r->arena, PLACES, struct year_row);

    v->all = shown(r, c, OVERVIEW_ALL, OVERVIEW_ALL);
    for (size_t f = 0; f < SITUATION_FORMS; f++)
        form[f] = (struct year_row){situation_form_text[f], shown(r, c, f + 1, OVERVIEW_ALL)};
    for (size_t p = 0; p < PLACES; p++)
        place[p] = (struct year_row){report_place_text[p], shown(r, c, OVERVIEW_ALL, p + 1)};
    v->form = form;
    v->place = place;
    v->forms = SITUATION_FORMS;
    v->places = PLACES;
}

static enum status read_year(const struct request *r, int year, struct cube *out, struct err *e)
{
    struct overview_source source;
    struct key key;

    TRY(overview_source_open(r, &key, &source, e));
    enum status s = year_situations(&source, year, r->arena, out, e);
    key_wipe(&key);
    return s;
}

/* The forms that have pairs to show. */
static enum status add_pairs(const struct request *r, int year, struct year_view *v, struct err *e)
{
    struct pair_view *pairs = arena_new(r->arena, SITUATION_FORMS, struct pair_view);
    struct pair_view all[SITUATION_FORMS];

    TRY(pair_views_read(r, year, all, e));
    for (size_t form = 0; form < SITUATION_FORMS; form++)
        if (all[form].rows > 0)
            pairs[v->pair_lists++] = all[form];
    v->pairs = pairs;
    return OK;
}

enum status overview_year_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct year_view v = {.year = request_param(r, "year"), .back_href = portal_href(r, "/lagesbild")};
    struct cube cube;
    int64_t year = 0;

    if (!i64_from_str(v.year, FIRST_YEAR, date_of(r->now_at).year - 1, &year))
        return response_error(out, 404);
    enum status s = read_year(r, (int)year, &cube, e);
    if (s != OK && s != REFUSED)
        return s;
    v.is_refused = s == REFUSED;
    if (s == OK) {
        fill(r, &cube, &v);
        TRY(add_pairs(r, (int)year, &v, e));
    }
    v.layout = portal_layout(&site, portal_text(r, TEXT_OVERVIEW_YEARS), r->path, r->arena);
    page_overview_year(response_page(out), &v);
    return OK;
}
