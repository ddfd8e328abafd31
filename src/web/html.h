/* The only way to build HTML: what is put is escaped by its type and place; raw bytes come from page
 * templates alone. */
#ifndef LYKTA_WEB_HTML_H
#define LYKTA_WEB_HTML_H

#include "base/date.h"
#include "base/str.h"
#include "base/text.h"

#include <stdint.h>

struct arena;
struct catalogue; /* the texts of one language: web/language.h */

/* A page being written. One per request, in the request's arena. */
struct html {
    struct text out;
    const struct catalogue *texts;
};

struct html html_open(struct arena *a, const struct catalogue *texts);
struct str html_str(const struct html *h);

/* Bytes as they are: for compiled templates and drawings, which pass literals. */
void html_raw(struct html *h, struct str literal);
#define html_lit(h, literal) html_raw((h), S(literal))

/* Text and quoted attribute values: & < > " ' are escaped, invalid UTF-8 becomes U+FFFD. */
void html_put_str(struct html *h, struct str s);
void html_put_cstr(struct html *h, const char *s);
void html_put_i64(struct html *h,
                  int64_t value); /* digits in groups: "11 417" in Swedish, "11,417" in English */
void html_put_int(struct html *h, int value);
void html_put_f64(struct html *h, double value);        /* up to 3 decimals, decimal comma in Swedish */
void html_put_date(struct html *h, struct date d);      /* ISO: 2026-11-24 */
void html_put_coordinate(struct html *h, double value); /* one decimal with a point, for SVG: "12.5" */

/* {=x} in a template: the type decides how it is written. */
#define html_put(h, x)                                                                                       \
    _Generic((x), struct str                                                                                 \
             : html_put_str, char *                                                                          \
             : html_put_cstr, const char *                                                                   \
             : html_put_cstr, int                                                                            \
             : html_put_int, int64_t                                                                         \
             : html_put_i64, double                                                                          \
             : html_put_f64, struct date                                                                     \
             : html_put_date)((h), (x))

/* A whole URL as an attribute value: only "/…", "#…", https:, mailto: and tel: pass; anything else becomes
 * "#". */
void html_put_url(struct html *h, struct str url);
/* A piece inside a URL: everything but unreserved characters is percent-encoded. */
void html_put_url_part(struct html *h, struct str part);
/* Digits without grouping, for URLs and attributes. */
void html_put_plain_i64(struct html *h, int64_t value);

#endif
