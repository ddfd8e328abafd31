/* Markdown by cmark, which is safe unless told otherwise. */
#include "web/markdown.h"

#include "base/err.h"
#include "web/html.h"

#include <cmark.h>
#include <stdlib.h>

void html_put_markdown(struct html *h, struct str markdown)
{
    char *rendered =
        cmark_markdown_to_html(markdown.n ? markdown.p : "", markdown.n, CMARK_OPT_VALIDATE_UTF8);

    if (!rendered)
        die("out of memory");
    html_raw(h, str_of(rendered));
    free(rendered);
}
