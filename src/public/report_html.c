/* The report as a file of its own. */
#include "public/report_html.h"

#include "pages.h"
#include "public/report_view.h"
#include "web/html.h"

enum status report_html(const struct release *r, struct text *out, struct err *e)
{
    (void)e;
    struct html h = html_open(out->arena, catalogue_of(LANGUAGE_SV));
    struct report_view v = report_view_alone(r, LANGUAGE_SV, out->arena);

    page_report(&h, &v);
    text_add(out, html_str(&h));
    return OK;
}
