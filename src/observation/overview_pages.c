/* The monthly picture. */
#include "observation/overview_pages.h"

#include "base/arena.h"
#include "base/text.h"
#include "chart/chart_bar.h"
#include "observation/overview_source.h"
#include "observation/overview_view.h"
#include "observation/report_words.h"
#include "observation/year_situations.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

/* A chart: its rows, and what is written around them. */
struct drawing {
    const char *id;
    struct str title;
    enum text_key heading; /* of the rows' labels */
    struct chart_bar_row *row;
    size_t n;
};

static struct str shown(const struct html *h, const struct cube *cube, const struct cube_cell *cell)
{
    struct text out = text_open(h->out.arena);

    if (cell->n > 0)
        text_format(&out, "%lld (%lld–%lld)", (long long)cell->n, (long long)cell->lo, (long long)cell->hi);
    else
        cube_put_shown(&out, cube, cell, h->texts->language == LANGUAGE_SV ? CUBE_SWEDISH : CUBE_ENGLISH);
    return text_str(&out);
}

static struct chart_bar_row row_of(const struct html *h, const struct overview *o, struct str label,
                                   size_t month, size_t form, size_t area)
{
    struct cube_cell cell = overview_cell(o, month, form, area);

    return (struct chart_bar_row){
        .label = label,
        .count = {.value = cell.n, .text = shown(h, &o->cube[month], &cell), .is_protected = cell.n == 0},
        .lo = cell.n > 0 ? cell.lo : 0,
        .hi = cell.n > 0 ? cell.hi : 0};
}

static void draw(struct html *h, const struct drawing *d)
{
    const struct chart_words words = {.show_table = catalogue_text(h->texts, TEXT_OVERVIEW_TABLE),
                                      .people = catalogue_text(h->texts, TEXT_OVERVIEW_SITUATIONS)};
    const struct chart_frame frame = {.id = d->id,
                                      .title = d->title,
                                      .finding = catalogue_text(h->texts, TEXT_OVERVIEW_FINDING),
                                      .words = &words};

    chart_bar(h, &frame, catalogue_text(h->texts, d->heading), d->row, d->n);
}

static struct str form_words(const struct catalogue *texts, size_t form)
{
    return catalogue_text(texts, form == OVERVIEW_ALL ? TEXT_OVERVIEW_ALL : situation_form_text[form - 1]);
}

/* "Situationer per månad: Alla slag" */
static struct str title_of(const struct html *h, enum text_key what, struct str of)
{
    return str_of(arena_printf(h->out.arena, "%.*s: %.*s", STR(catalogue_text(h->texts, what)), STR(of)));
}

void overview_months(struct html *h, const struct overview_view *v)
{
    struct chart_bar_row row[OVERVIEW_MONTHS];

    for (size_t i = 0; i < OVERVIEW_MONTHS; i++)
        row[i] = row_of(h, &v->overview, str_of(v->overview.month[i]), i, v->form, OVERVIEW_ALL);
    draw(h, &(struct drawing){.id = "manad",
                              .title = title_of(h, TEXT_OVERVIEW_BY_MONTH, form_words(h->texts, v->form)),
                              .heading = TEXT_OVERVIEW_MONTH,
                              .row = row,
                              .n = OVERVIEW_MONTHS});
}

void overview_forms(struct html *h, const struct overview_view *v)
{
    struct chart_bar_row row[SITUATION_FORMS];

    for (size_t i = 0; i < SITUATION_FORMS; i++)
        row[i] = row_of(h, &v->overview, form_words(h->texts, i + 1), v->month, i + 1, OVERVIEW_ALL);
    draw(h,
         &(struct drawing){.id = "slag",
                           .title = title_of(h, TEXT_OVERVIEW_BY_FORM, str_of(v->overview.month[v->month])),
                           .heading = TEXT_OVERVIEW_FORM,
                           .row = row,
                           .n = SITUATION_FORMS});
}

void overview_areas(struct html *h, const struct overview_view *v)
{
    struct chart_bar_row row[AREAS];
    const char *of = arena_printf(h->out.arena, "%.*s, %s", STR(form_words(h->texts, v->form)),
                                  v->overview.month[v->month]);

    for (size_t i = 0; i < AREAS; i++)
        row[i] =
            row_of(h, &v->overview, catalogue_text(h->texts, report_area_text[i]), v->month, v->form, i + 1);
    draw(h, &(struct drawing){.id = "omrade",
                              .title = title_of(h, TEXT_OVERVIEW_BY_AREA, str_of(of)),
                              .heading = TEXT_OBSERVATION_WHEN_AREA,
                              .row = row,
                              .n = AREAS});
}

static enum status read_overview(const struct request *r, struct overview *out, struct err *e)
{
    struct overview_source source;
    struct key key;

    TRY(overview_source_open(r, &key, &source, e));
    enum status s = overview_read(&source, r->arena, out, e);
    key_wipe(&key);
    return s;
}

/* The two questions, and what was chosen; what is not understood is all of them, or the latest month. */
static void add_choice(const struct request *r, struct overview_view *v)
{
    const struct catalogue *texts = catalogue_of(r->language);
    struct field_set *f = field_set_open(&r->query, texts, r->arena);

    v->fields = f;
    v->form_field = field_add(f, FIELD_SELECT, "slag", TEXT_OVERVIEW_FORM);
    field_option(f, v->form_field, S(""), form_words(texts, OVERVIEW_ALL), true);
    for (size_t i = 0; i < SITUATION_FORMS; i++) {
        field_option(f, v->form_field, str_of(situation_form_name[i]), form_words(texts, i + 1), false);
        if (str_is(form_value(&r->query, "slag"), situation_form_name[i]))
            v->form = i + 1;
    }
    v->month_field = field_add(f, FIELD_SELECT, "manad", TEXT_OVERVIEW_MONTH);
    v->month = OVERVIEW_MONTHS - 1;
    for (size_t i = OVERVIEW_MONTHS; i-- > 0;) {
        struct str month = str_of(v->overview.month[i]);

        field_option(f, v->month_field, month, month, i == OVERVIEW_MONTHS - 1);
        if (str_equal(form_value(&r->query, "manad"), month))
            v->month = i;
    }
}

/* The chosen form's pairs of signs in `year`, where it may be shown. */
static enum status add_pairs(const struct request *r, int year, struct overview_view *v, struct err *e)
{
    struct pair_view all[SITUATION_FORMS] = {0};
    enum status s = pair_views_read(r, year, all, e);

    if (s != OK && s != REFUSED)
        return s;
    if (s == OK)
        v->pairs = all[v->form - 1];
    return OK;
}

/* The whole years, and what signs say together in the latest when one form is chosen. */
static enum status add_years(const struct request *r, struct overview_view *v, struct err *e)
{
    int *year = NULL;

    TRY(years_counted(portal_db(r), date_of(r->now_at), r->arena, &year, &v->years, e));
    struct str *words = arena_new(r->arena, v->years + 1, struct str);
    for (size_t i = 0; i < v->years; i++)
        words[i] = str_of(arena_printf(r->arena, "%d", year[i]));
    v->year = words;
    return v->years > 0 && v->form != OVERVIEW_ALL ? add_pairs(r, year[0], v, e) : OK;
}

enum status overview_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct overview_view v = {
        .layout = portal_layout(&site, portal_text(r, TEXT_OVERVIEW_TITLE), r->path, r->arena),
        .action = portal_href(r, "/lagesbild")};

    TRY(read_overview(r, &v.overview, e));
    add_choice(r, &v);
    TRY(add_years(r, &v, e));
    if (portal_may(r, PERMISSION_EVIDENCE_READ))
        v.helps_href = portal_href(r, "/vad-hjalper");
    if (portal_may(r, PERMISSION_CIRCULAR_WRITE))
        v.warning_href = portal_href(r, "/arbete/utskick/varning");
    page_overview(response_page(out), &v);
    return OK;
}
