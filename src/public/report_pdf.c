/* The report as a PDF. */
#include "public/report_pdf.h"

#include "base/text.h"
#include "child/pdf.h"
#include "public/report_html.h"

#include <string.h>

/* WeasyPrint draws a picture by the styles inside it alone, and knows no custom properties: these are those
 * of the style sheet's charts, in the colours of print. */
static const char chart_style[] =
    "<style>text{font-size:13px;font-family:sans-serif;fill:#16202e}"
    ".a{font-size:12px;fill:#4a5565}.e{text-anchor:end}.m{text-anchor:middle}.n{font-weight:700}"
    ".g{stroke:#d8d2c4}.ax{stroke:#757060}.s1{fill:#0a4a86}.s2{fill:#b35c00}"
    ".wh{stroke:#0a4a86;stroke-width:3;fill:none}.thick{stroke:#0a4a86;stroke-width:9;opacity:.35}"
    ".dots{stroke:#d8d2c4;stroke-width:10;stroke-linecap:round}.on{stroke:#0a4a86}.hatch{stroke:#4a5565;stroke-width:1.5;fill:none}"
    ".area{stroke:#757060;stroke-width:.5}.qn{fill:none;stroke-dasharray:2}.q0{fill:#f1ece0}.q1{fill:#ffd98f}"
    ".q2{fill:#f5b54a}.q3{fill:#c77a14}.q4{fill:#8a4b00}.q5{fill:#4d2600}.o4 text{fill:#fff}</style>";

/* Cuts `whole` before the first `at`. False, and *before = whole, when there is none. */
static bool cut(struct str whole, struct str at, struct str *before, struct str *rest)
{
    const char *found = memmem(whole.p, whole.n, at.p, at.n);
    size_t n = found ? (size_t)(found - whole.p) : whole.n;

    *before = str_part(whole, 0, n);
    *rest = str_part(whole, n, whole.n);
    return found != NULL;
}

/* WeasyPrint reads no description of a drawing, so that its finding is written as a line of text before it,
 * for who hears the PDF; and the style goes into it. */
static void put_drawing(struct text *out, struct str svg)
{
    struct str head;
    struct str inside;
    struct str title;
    struct str finding;

    cut(svg, S(">"), &head, &inside);
    cut(inside, S("<desc "), &title, &finding);
    cut(finding, S(">"), &title, &finding);
    cut(finding, S("</desc>"), &finding, &title);
    text_lit(out, "<p>");
    text_add(out, str_part(finding, 1, finding.n));
    text_lit(out, "</p>\n");
    text_add(out, head);
    text_byte(out, '>');
    text_add(out, str_of(chart_style));
    text_add(out, str_part(inside, 1, inside.n));
}

/* The page with its charts made ready, which are known by their width; the lantern has its own colours. */
static void put_page(struct text *out, struct str page)
{
    struct str before;
    struct str svg;

    while (cut(page, S("<svg viewBox=\"0 0 340 "), &before, &page)) {
        text_add(out, before);
        cut(page, S("</svg>"), &svg, &page);
        put_drawing(out, svg);
    }
    text_add(out, before);
}

static enum status print(struct str page, struct text *out, struct err *e)
{
    struct text html = text_open(out->arena);

    put_page(&html, page);
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
