/* The head of a letter. */
#include "mail/header.h"

#include "base/arena.h"
#include "base/date.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include <sodium.h>

enum {
    LINE_BYTES = 76, /* of a line with an encoded word (RFC 2047, section 2) */
    WORD_BYTES = 45, /* of UTF-8 in one encoded word: 60 as base64, with "=?UTF-8?B?" and "?=" 72 */
    DAY_SECONDS = 86400
};

static void add_words(struct text *out, size_t used, struct str s);
static void add_folded(struct text *out, size_t used, struct str s);

/* One line without control characters. */
static struct str one_line(struct str s, struct arena *a)
{
    struct str line = str_copy(s, a);
    char *p = (char *)line.p;

    for (size_t i = 0; i < line.n; i++)
        if ((unsigned char)p[i] < ' ' || p[i] == 0x7f)
            p[i] = ' ';
    return str_trim(line);
}

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] > 0x7e)
            return false;
    return true;
}

/* "=?" in plain text would be read as an encoded word. */
static bool holds_word(struct str s)
{
    for (size_t i = 0; i + 1 < s.n; i++)
        if (s.p[i] == '=' && s.p[i + 1] == '?')
            return true;
    return false;
}

const char *header_text(const char *name, struct str text, struct arena *a)
{
    struct text out = text_open(a);
    struct str line = one_line(text, a);

    text_format(&out, "%s: ", name);
    if (is_ascii(line) && !holds_word(line))
        add_folded(&out, out.n, line);
    else
        add_words(&out, out.n, line);
    return text_str(&out).p;
}

/* Letters, digits and spaces need no quotes in a name before an address. */
static bool is_phrase(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!(s.p[i] == ' ' || (s.p[i] >= '0' && s.p[i] <= '9') ||
              ((s.p[i] | 32) >= 'a' && (s.p[i] | 32) <= 'z')))
            return false;
    return true;
}

const char *header_address(const char *name, struct str shown, struct str address, struct arena *a)
{
    struct text out = text_open(a);
    struct str line = one_line(shown, a);

    text_format(&out, "%s: ", name);
    if (line.n > 0 && is_phrase(line))
        add_folded(&out, out.n, line);
    else if (line.n > 0)
        add_words(&out, out.n, line);
    text_format(&out, "%s<%.*s>", line.n > 0 ? "\r\n " : "", STR(address));
    return text_str(&out).p;
}

const char *header_date(const char *name, int64_t at, struct arena *a)
{
    static const char days[] = "ThuFriSatSunMonTueWed"; /* 1970 began on a Thursday */
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    struct date d = date_of(at);
    int64_t day = date_days(d);
    int64_t second = at - day * DAY_SECONDS;
    int64_t weekday = ((day % 7) + 7) % 7;

    return arena_printf(a, "%s: %.3s, %d %.3s %04d %02" PRId64 ":%02" PRId64 ":%02" PRId64 " +0000", name,
                        days + 3 * weekday, d.day, months + 3 * (d.month - 1), d.year, second / 3600,
                        second / 60 % 60, second % 60);
}

const char *header_plain(const char *name, struct str value, struct arena *a)
{
    struct str line = one_line(value, a);

    return arena_printf(a, "%s: %.*s", name, STR(line));
}

/* How many bytes of `s`, `most` at most, end where a letter ends. */
static size_t whole_letters(struct str s, size_t most)
{
    size_t n = s.n < most ? s.n : most;

    while (n > 0 && n < s.n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
        n--;
    return n;
}

/* Words of at most WORD_BYTES, the first shorter where the field's name has taken room. */
static void add_words(struct text *out, size_t used, struct str s)
{
    char base64[sodium_base64_ENCODED_LEN(WORD_BYTES, sodium_base64_VARIANT_ORIGINAL)];
    size_t room = used < 40 ? (LINE_BYTES - 12 - used) / 4 * 3 : 0;

    if (room < 6) {
        text_lit(out, "\r\n ");
        room = WORD_BYTES;
    }
    while (s.n > 0) {
        size_t n = whole_letters(s, room < WORD_BYTES ? room : WORD_BYTES);

        sodium_bin2base64(base64, sizeof base64, (const unsigned char *)s.p, n,
                          sodium_base64_VARIANT_ORIGINAL);
        text_format(out, "=?UTF-8?B?%s?=", base64);
        s = str_part(s, n, s.n);
        if (s.n > 0)
            text_lit(out, "\r\n ");
        room = WORD_BYTES;
    }
}

/* Cut at spaces where a line would grow beyond LINE_BYTES. */
static void add_folded(struct text *out, size_t used, struct str s)
{
    struct str word;
    bool has_more = true;
    bool is_first = true;

    while (has_more) {
        has_more = str_cut(s, ' ', &word, &s);
        bool folds = !is_first && word.n > 0 && used + 1 + word.n > LINE_BYTES;

        if (!is_first)
            text_add(out, folds ? S("\r\n ") : S(" "));
        used = folds ? 1 + word.n : used + word.n + !is_first;
        text_add(out, word);
        is_first = false;
    }
}
