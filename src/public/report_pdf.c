/* The report as a PDF. */
#include "public/report_pdf.h"

#include "base/text.h"
#include "chart/chart_print.h"
#include "child/pdf.h"
#include "public/report_html.h"

static enum status print(struct str page, struct text *out, struct err *e)
{
    struct text html = text_open(out->arena);

    chart_print(&html, page);
    return pdf_print(PDF_ACCESSIBLE, text_str(&html), out, e);
}

static enum status part_pdf(const struct release *r, const struct series *series, enum report_part part,
                            enum language language, struct text *out, struct err *e)
{
    struct text page = text_open(out->arena);

    report_part_html(r, series, part, language, &page);
    return print(text_str(&page), out, e);
}

enum status report_mapped_pdf(const struct release *r, const struct series *series,
                              const struct area_map *map, size_t maps, struct text *out, struct err *e)
{
    struct text page = text_open(out->arena);

    TRY(report_mapped_html(r, series, map, maps, &page, e));
    return print(text_str(&page), out, e);
}

enum status report_pdf(const struct release *r, const struct series *series, struct text *out, struct err *e)
{
    return report_mapped_pdf(r, series, NULL, 0, out, e);
}

enum status report_summary_pdf(const struct release *r, const struct series *series, struct text *out,
                               struct err *e)
{
    return part_pdf(r, series, REPORT_SUMMARY, LANGUAGE_SV, out, e);
}

enum status report_summary_pdf_en(const struct release *r, const struct series *series, struct text *out,
                                  struct err *e)
{
    return part_pdf(r, series, REPORT_SUMMARY, LANGUAGE_EN, out, e);
}

enum status report_annex_pdf(const struct release *r, const struct series *series, struct text *out,
                             struct err *e)
{
    return part_pdf(r, series, REPORT_ANNEX, LANGUAGE_SV, out, e);
}

enum status report_annex_pdf_en(const struct release *r, const struct series *series, struct text *out,
                                struct err *e)
{
    return part_pdf(r, series, REPORT_ANNEX, LANGUAGE_EN, out, e);
}
