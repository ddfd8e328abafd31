/* A page of HTML as a PDF. */
#include "child/print.h"

#include "child/child.h"

enum { PDF_MOST_BYTES = 32 * 1024 * 1024, PDF_MOST_SECONDS = 60 };

enum status print_pdf(enum print_variant variant, struct str html, struct text *out, struct err *e)
{
    static const char *const name[] = {[PRINT_ACCESSIBLE] = "pdf/ua-1", [PRINT_ARCHIVED] = "pdf/a-3b"};
    const char *const arguments[] = {"weasyprint", "--pdf-variant", name[variant], "--quiet", "-", "-", NULL};
    const struct child weasyprint = {.arguments = arguments,
                                     .input = html,
                                     .most_bytes = PDF_MOST_BYTES,
                                     .most_seconds = PDF_MOST_SECONDS,
                                     .how_to_get = "install the Debian package weasyprint"};

    return child_run(&weasyprint, out, e);
}
