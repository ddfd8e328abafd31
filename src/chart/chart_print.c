/* Charts on paper. */
#include "chart/chart_print.h"

#include "base/text.h"

#include <stdbool.h>
#include <string.h>

/* WeasyPrint draws a picture by the styles inside it alone, and knows no custom properties: these are those
 * of the style sheet's charts, in the colours of print. */
static const char chart_style[] =
    "<style>text{font-size:13px;font-family:sans-serif;fill:#16202e}"
    ".a{font-size:12px;fill:#4a5565}.e{text-anchor:end}.m{text-anchor:middle}.n{font-weight:700}"
    ".g{stroke:#d8d2c4}.ax{stroke:#757060}.s1{fill:#0a4a86}.s2{fill:#b35c00}"
    ".wh{stroke:#0a4a86;stroke-width:3;fill:none}.thick{stroke:#0a4a86;stroke-width:9;opacity:.35}"
    ".dots{stroke:#d8d2c4;stroke-width:10;stroke-linecap:round}.on{stroke:#0a4a86}.hatch{stroke:#4a5565;stroke-width:1.5;fill:none}"
    ".open{fill:#fff;stroke:#b35c00;stroke-width:3}.lim{fill:none;stroke:#757060;stroke-width:1.5}.far{stroke-dasharray:4 4}"
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
 * for who hears the PDF; and the style goes into it. Small drawings of which there are many have theirs in
 * words above them and in the table below: no lines come between them. */
static void put_drawing(struct text *out, struct str svg, bool is_one_of_many)
{
    struct str head;
    struct str inside;
    struct str title;
    struct str finding;

    cut(svg, S(">"), &head, &inside);
    cut(inside, S("<desc "), &title, &finding);
    cut(finding, S(">"), &title, &finding);
    cut(finding, S("</desc>"), &finding, &title);
    if (!is_one_of_many) {
        text_lit(out, "<p>");
        text_add(out, str_part(finding, 1, finding.n));
        text_lit(out, "</p>\n");
    }
    text_add(out, head);
    text_byte(out, '>');
    text_add(out, str_of(chart_style));
    text_add(out, str_part(inside, 1, inside.n));
}

/* Charts are known by their width: CHART_WIDTH, or CHART_PANEL_WIDTH. The lantern has its own colours. */
static bool is_chart(struct str svg, bool *is_one_of_many)
{
    *is_one_of_many = str_starts(svg, S("<svg viewBox=\"0 0 150 "));
    return *is_one_of_many || str_starts(svg, S("<svg viewBox=\"0 0 340 "));
}

void chart_print(struct text *out, struct str page)
{
    bool is_one_of_many = false;
    struct str before;
    struct str svg;

    while (cut(page, S("<svg "), &before, &page)) {
        text_add(out, before);
        cut(page, S("</svg>"), &svg, &page);
        if (is_chart(svg, &is_one_of_many))
            put_drawing(out, svg, is_one_of_many);
        else
            text_add(out, svg);
    }
    text_add(out, before);
}
