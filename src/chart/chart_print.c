/* Charts on paper. */
#include "chart/chart_print.h"

#include "base/text.h"

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

/* Charts have a role; the lantern has none, and its own colours. */
void chart_print(struct text *out, struct str page)
{
    static const struct str chart = {" role=\"img\"", 11};

    while (page.n > 0) {
        const char *found = memmem(page.p, page.n, chart.p, chart.n);
        const char *close = found ? memchr(found, '>', page.n - (size_t)(found - page.p)) : NULL;
        size_t n = close ? (size_t)(close - page.p) + 1 : page.n;

        text_add(out, str_part(page, 0, n));
        if (close)
            text_add(out, str_of(chart_style));
        page = str_part(page, n, page.n);
    }
}
