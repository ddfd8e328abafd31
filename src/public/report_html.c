/* The report and its short pages as files of their own. */
#include "public/report_html.h"

#include "pages.h"
#include "public/brief_view.h"
#include "web/html.h"

void report_part_put(struct html *h, struct brief_view *v, enum report_part part)
{
    if (part == REPORT_SUMMARY) {
        v->report.layout.title = catalogue_text(h->texts, TEXT_BRIEF_SUMMARY_TITLE);
        page_brief_summary(h, v);
    } else {
        v->report.layout.title = catalogue_text(h->texts, TEXT_BRIEF_ANNEX_TITLE);
        page_brief_annex(h, v);
    }
}

void report_part_html(const struct release *r, const struct series *series, enum report_part part,
                      enum language language, struct text *out)
{
    struct html h = html_open(out->arena, catalogue_of(language));
    struct report_view v = report_view_alone(r, language, out->arena);

    v.compared = compared_view_of(series, language, out->arena);
    if (part == REPORT_WHOLE) {
        page_report(&h, &v);
    } else {
        struct brief_view brief = brief_view_of(&v, language, out->arena);
        report_part_put(&h, &brief, part);
    }
    text_add(out, html_str(&h));
}

enum status report_mapped_html(const struct release *r, const struct series *series,
                               const struct area_map *map, size_t maps, struct text *out, struct err *e)
{
    struct html h = html_open(out->arena, catalogue_of(LANGUAGE_SV));
    struct report_view v = report_view_alone(r, LANGUAGE_SV, out->arena);

    v.compared = compared_view_of(series, LANGUAGE_SV, out->arena);
    (void)e;
    v.map = map;
    v.maps = maps;
    page_report(&h, &v);
    text_add(out, html_str(&h));
    return OK;
}

enum status report_html(const struct release *r, const struct series *series, struct text *out, struct err *e)
{
    (void)e;
    report_part_html(r, series, REPORT_WHOLE, LANGUAGE_SV, out);
    return OK;
}
