/* Markdown (CommonMark 0.30) to HTML, for articles: text by the network's members, so never trusted. */
#ifndef LYKTA_WEB_MARKDOWN_H
#define LYKTA_WEB_MARKDOWN_H

#include "base/str.h"

struct html;

enum { MARKDOWN_LIMIT_BYTES = 256 * 1024 };

/* Writes `markdown` as HTML where text stands on a page.
 *   headings   one level down ("#" becomes h2), h6 at most: the page keeps its one h1
 *   links      by the rule of html_put_url; others lose the link and keep their words
 *   pictures   "asset:NAME" (an embedded file), /a/… and /files/… only; others become their alternative text
 *   raw HTML   is left out
 * What is beyond MARKDOWN_LIMIT_BYTES is left out: callers check the length where the text comes in. */
void html_put_markdown(struct html *h, struct str markdown);

#endif
