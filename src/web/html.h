/* The only way to build HTML: what is put is escaped by its type and place; raw bytes come from page
 * templates, drawings and Markdown in safe mode alone. Templates (pagec.py) choose the function by the place
 * a value stands in; a type that has no form there does not compile.                                      */
#ifndef LYKTA_WEB_HTML_H
#define LYKTA_WEB_HTML_H

#include "base/date.h"
#include "base/str.h"
#include "base/text.h"
#include "web/language.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* A page being written. One per request; plain data, no close. */
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
void html_put_cstr(struct html *h, const char *s);     /* NULL is the empty text */
void html_put_text(struct html *h, enum text_key key); /* {t key} */
/* {t key n=…}: the values are escaped with the text around them. */
void html_put_text_with(struct html *h, enum text_key key, const struct insertion *insertions, size_t n);

/* Numbers as people read them: "11 417,5" in Swedish, "11,417.5" in English (web/language.h). */
void html_put_i64(struct html *h, int64_t value);
void html_put_int(struct html *h, int value);
void html_put_size(struct html *h, size_t value);
void html_put_f64(struct html *h, double value);
void html_put_date(struct html *h, struct date d);       /* ISO: 2026-11-24 */
void html_put_date_words(struct html *h, struct date d); /* "24 november 2026": {% call %} */

/* Numbers as programs read them, for attributes and URLs: no groups, a point, at most 3 decimals, 0 when not
 * finite.                                                                                                 */
void html_put_plain_i64(struct html *h, int64_t value);
void html_put_plain_int(struct html *h, int value);
void html_put_plain_size(struct html *h, size_t value);
void html_put_plain_f64(struct html *h, double value);
void html_put_coordinate(struct html *h, double value); /* one decimal, for drawings: "12.5" */

/* A whole URL as an attribute value: "/…" (not "//…"), "#…", https:, mailto: and tel: pass, escaped; anything
 * else, and what holds a space or control character, becomes "#".                                         */
void html_put_url(struct html *h, struct str url);
void html_put_url_cstr(struct html *h, const char *url);
/* A piece inside a URL: all but unreserved characters (RFC 3986, section 2.3) is percent-encoded. */
void html_put_url_part(struct html *h, struct str part);
void html_put_url_part_cstr(struct html *h, const char *part);

/* May `url` stand as a link or an address? The rule of html_put_url. */
bool html_is_safe_url(struct str url);

/* clang-format off */
/* {=x} in text, and in attributes that people read: title, alt, placeholder, aria-label … */
#define html_put(h, x)                                                                                       \
    _Generic((x), struct str: html_put_str, char *: html_put_cstr, const char *: html_put_cstr,              \
        int: html_put_int, int64_t: html_put_i64, size_t: html_put_size, double: html_put_f64,               \
        struct date: html_put_date, enum text_key: html_put_text)((h), (x))

/* {=x} in any other quoted attribute. */
#define html_put_attribute(h, x)                                                                             \
    _Generic((x), struct str: html_put_str, char *: html_put_cstr, const char *: html_put_cstr,              \
        int: html_put_plain_int, int64_t: html_put_plain_i64, size_t: html_put_plain_size,                   \
        double: html_put_plain_f64, struct date: html_put_date, enum text_key: html_put_text)((h), (x))

/* {=x} at the start of a URL, and after its start. */
#define html_put_url_start(h, x)                                                                             \
    _Generic((x), struct str: html_put_url, char *: html_put_url_cstr, const char *: html_put_url_cstr)      \
        ((h), (x))
#define html_put_url_inside(h, x)                                                                            \
    _Generic((x), struct str: html_put_url_part, char *: html_put_url_part_cstr,                             \
        const char *: html_put_url_part_cstr, int: html_put_plain_int, int64_t: html_put_plain_i64,          \
        size_t: html_put_plain_size, struct date: html_put_date)((h), (x))
/* clang-format on */

#endif
