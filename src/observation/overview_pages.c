/* The monthly picture. */
#include "observation/overview_pages.h"

#include "base/arena.h"
#include "chart/chart_bar.h"
#include "observation/overview_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

/* One chart: what the labels are, and the figures. */
struct drawing {
    const char *id;
    enum text_key title;
    enum text_key heading;
    const enum text_key *label; /* of each row; NULL: months */
    const char (*month)[OVERVIEW_MONTH_BYTES];
    const struct overview_figure *figure;
    size_t n;
};

static struct chart_count count_of(const struct html *h, const struct overview_figure *f)
{
    if (f->is_few)
        return (struct chart_count){.text = catalogue_text(h->texts, TEXT_OBSERVATION_HELPS_FEW),
                                    .is_protected = true};
    return (struct chart_count){
        .value = f->about,
        .text = str_of(arena_printf(h->out.arena, "%lld–%lld", (long long)f->least, (long long)f->most))};
}

static void draw(struct html *h, const struct drawing *d)
{
    const struct chart_words words = {.show_table = catalogue_text(h->texts, TEXT_OVERVIEW_TABLE),
                                      .people = catalogue_text(h->texts, TEXT_OVERVIEW_SITUATIONS)};
    const struct chart_frame frame = {.id = d->id,
                                      .title = catalogue_text(h->texts, d->title),
                                      .finding = catalogue_text(h->texts, TEXT_OVERVIEW_FINDING),
                                      .words = &words};
    struct chart_bar_row *row = arena_new(h->out.arena, d->n + 1, struct chart_bar_row);

    for (size_t i = 0; i < d->n; i++)
        row[i] = (struct chart_bar_row){.label = d->label ? catalogue_text(h->texts, d->label[i])
                                                          : str_of(d->month[i]),
                                        .count = count_of(h, &d->figure[i])};
    chart_bar(h, &frame, catalogue_text(h->texts, d->heading), row, d->n);
}

void overview_charts(struct html *h, const struct overview_view *v)
{
    const struct overview *o = &v->overview;
    const struct drawing drawings[] = {
        {"manad", TEXT_OVERVIEW_BY_MONTH, TEXT_OVERVIEW_MONTH, NULL, o->month, o->by_month, OVERVIEW_MONTHS},
        {"slag", TEXT_OVERVIEW_BY_FORM, TEXT_OVERVIEW_FORM, situation_form_text, NULL, o->by_form,
         SITUATION_FORMS},
        {"plats", TEXT_OVERVIEW_BY_PLACE, TEXT_OBSERVATION_PLACE, report_place_text, NULL, o->by_place,
         PLACES},
        {"omrade", TEXT_OVERVIEW_BY_AREA, TEXT_OBSERVATION_WHEN_AREA, report_area_text, NULL, o->by_area,
         AREAS}};

    for (size_t i = 0; i < sizeof drawings / sizeof drawings[0]; i++)
        draw(h, &drawings[i]);
}

enum status overview_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct overview_view v = {
        .layout = portal_layout(&site, portal_text(r, TEXT_OVERVIEW_TITLE), r->path, r->arena)};

    TRY(overview_read(portal_db(r), site.today, &v.overview, e));
    if (portal_may(r, PERMISSION_EVIDENCE_READ))
        v.helps_href = portal_href(r, "/vad-hjalper");
    if (portal_may(r, PERMISSION_CIRCULAR_WRITE))
        v.warning_href = portal_href(r, "/arbete/utskick/varning");
    page_overview(response_page(out), &v);
    return OK;
}
