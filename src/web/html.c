/* The only way to build HTML. */
#include "web/html.h"

#include "base/number.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>

struct html html_open(struct arena *a, const struct catalogue *texts)
{
    return (struct html){.out = text_open(a), .texts = texts};
}

struct str html_str(const struct html *h)
{
    return text_str(&h->out);
}

void html_raw(struct html *h, struct str literal)
{
    text_add(&h->out, literal);
}

/* What a byte of text needs: most are written as they are. */
enum { PLAIN, ESCAPED, BEYOND_ASCII };

static int kind_of(unsigned char byte)
{
    static const unsigned char kinds[256] = {
        ['\0'] = BEYOND_ASCII, ['&'] = ESCAPED, ['<'] = ESCAPED,
        ['>'] = ESCAPED,       ['"'] = ESCAPED, ['\''] = ESCAPED,
    };

    return byte >= 0x80 ? BEYOND_ASCII : kinds[byte];
}

static struct str escape_of(char c)
{
    switch (c) {
    case '&':
        return S("&amp;");
    case '<':
        return S("&lt;");
    case '>':
        return S("&gt;");
    case '"':
        return S("&quot;");
    default:
        return S("&#39;");
    }
}

/* Bytes of the valid UTF-8 sequence `s` begins with, 0 when it begins with none. */
static size_t valid_start(struct str s)
{
    for (size_t n = 1; n <= 4 && n <= s.n; n++)
        if (str_is_utf8(str_part(s, 0, n)))
            return n;
    return 0;
}

void html_put_str(struct html *h, struct str s)
{
    size_t from = 0; /* where the bytes begin that are written as they are */
    size_t i = 0;

    while (i < s.n) {
        int kind = kind_of((unsigned char)s.p[i]);
        size_t valid = kind == BEYOND_ASCII ? valid_start(str_part(s, i, 4)) : 1;
        if (kind != ESCAPED && valid > 0) {
            i += valid;
            continue;
        }
        html_raw(h, str_part(s, from, i - from));
        html_raw(h, kind == ESCAPED ? escape_of(s.p[i]) : S("\ufffd"));
        from = ++i;
    }
    html_raw(h, str_part(s, from, s.n - from));
}

void html_put_cstr(struct html *h, const char *s)
{
    html_put_str(h, str_of(s));
}

void html_put_text(struct html *h, enum text_key key)
{
    assert(key < TEXT_COUNT);
    html_put_str(h, catalogue_text(h->texts, key));
}

void html_put_text_with(struct html *h, enum text_key key, const struct insertion *insertions, size_t n)
{
    struct text filled = text_open(h->out.arena);

    assert(key < TEXT_COUNT);
    catalogue_write(&filled, h->texts, key, insertions, n);
    html_put_str(h, text_str(&filled));
}

void html_put_i64(struct html *h, int64_t value)
{
    language_write_i64(&h->out, h->texts->language, value);
}

void html_put_int(struct html *h, int value)
{
    html_put_i64(h, value);
}

void html_put_size(struct html *h, size_t value)
{
    assert(value <= INT64_MAX);
    html_put_i64(h, (int64_t)value);
}

void html_put_f64(struct html *h, double value)
{
    language_write_f64(&h->out, h->texts->language, value);
}

void html_put_date(struct html *h, struct date d)
{
    char iso[11];

    if (d.year == 0)
        return;
    date_to_text(d, iso);
    html_raw(h, str_of(iso));
}

void html_put_date_words(struct html *h, struct date d)
{
    language_write_date(&h->out, h->texts->language, d);
}

void html_put_plain_i64(struct html *h, int64_t value)
{
    char digits[I64_TEXT_BYTES];

    html_raw(h, i64_to_text(value, digits));
}

void html_put_plain_int(struct html *h, int value)
{
    html_put_plain_i64(h, value);
}

void html_put_plain_size(struct html *h, size_t value)
{
    assert(value <= INT64_MAX);
    html_put_plain_i64(h, (int64_t)value);
}

/* With at most `decimals` decimals and no closing zeros; "-0" is 0. */
static void put_decimals(struct html *h, double value, int decimals)
{
    char digits[400]; /* the largest double has 309 digits before its point */
    int written = snprintf(digits, sizeof digits, "%.*f", decimals, isfinite(value) ? value : 0.0);
    size_t n = (size_t)written;

    while (digits[n - 1] == '0')
        n--;
    if (digits[n - 1] == '.')
        n--;
    struct str number = {digits, n};
    html_raw(h, str_is(number, "-0") ? S("0") : number);
}

void html_put_plain_f64(struct html *h, double value)
{
    put_decimals(h, value, 3);
}

void html_put_coordinate(struct html *h, double value)
{
    put_decimals(h, value, 1);
}

bool html_is_safe_url(struct str url)
{
    for (size_t i = 0; i < url.n; i++)
        if ((unsigned char)url.p[i] <= ' ' || url.p[i] == '\x7f' || url.p[i] == '\\')
            return false; /* browsers drop tabs and line ends, and read \ as /: "/\t/other.host" */
    if (str_starts(url, S("/")))
        return !str_starts(url, S("//"));
    return str_starts(url, S("#")) || str_starts(url, S("https://")) || str_starts(url, S("mailto:")) ||
           str_starts(url, S("tel:"));
}

void html_put_url(struct html *h, struct str url)
{
    html_put_str(h, html_is_safe_url(url) ? url : S("#"));
}

void html_put_url_cstr(struct html *h, const char *url)
{
    html_put_url(h, str_of(url));
}

static bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

void html_put_url_part(struct html *h, struct str part)
{
    static const char hex[] = "0123456789ABCDEF";

    for (size_t i = 0; i < part.n; i++) {
        unsigned char byte = (unsigned char)part.p[i];
        if (is_unreserved(part.p[i])) {
            text_byte(&h->out, part.p[i]);
            continue;
        }
        text_byte(&h->out, '%');
        text_byte(&h->out, hex[byte >> 4]);
        text_byte(&h->out, hex[byte & 15]);
    }
}

void html_put_url_part_cstr(struct html *h, const char *part)
{
    html_put_url_part(h, str_of(part));
}
