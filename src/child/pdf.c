/* Pages as PDF. */
#include "child/pdf.h"

#include "child/child.h"

enum { MOST_BYTES = 32 * 1024 * 1024, MOST_SECONDS = 60 };

enum status pdf_print(enum pdf_variant variant, struct str html, struct text *out, struct err *e)
{
    static const char *const name[] = {[PDF_ACCESSIBLE] = "pdf/ua-1", [PDF_ARCHIVED] = "pdf/a-3b"};
    const char *arguments[] = {NULL, name[variant], NULL};
    const struct child print = {.arguments = arguments,
                                .input = html,
                                .most_bytes = MOST_BYTES,
                                .most_seconds = MOST_SECONDS,
                                .how_to_get = "install the Debian package weasyprint"};

    TRY(child_find("lykta-print", LYKTA_MODULES, out->arena, &arguments[0], e));
    return child_run(&print, out, e);
}
