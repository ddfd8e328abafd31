/* Markdown (CommonMark 0.30) to HTML in safe mode: HTML inside the text and links with unsafe addresses are
 * left out. */
#ifndef LYKTA_WEB_MARKDOWN_H
#define LYKTA_WEB_MARKDOWN_H

#include "base/str.h"

struct html;

/* Writes `markdown` as HTML into `h`. Invalid UTF-8 becomes U+FFFD. */
void html_put_markdown(struct html *h, struct str markdown);

#endif
