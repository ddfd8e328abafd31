/* Identity numbers and telephone numbers. */
#include "words/scanner_parts.h"

#include <stdint.h>
#include <string.h>

enum {
    DIGITS_MOST = 16,
    GROUPS_MOST = 8,
    SHORT_IDENTITY = 10,
    LONG_IDENTITY = 12,
    PHONE_LEAST = 8,
    PHONE_MOST = 15
};

/* Digits that belong together: at most one blank or two strokes between groups. */
struct run {
    size_t from;
    size_t end;
    char digit[DIGITS_MOST];
    size_t n;
    size_t group[GROUPS_MOST]; /* digits in each group */
    size_t groups;
    bool has_plus; /* begins with + */
    bool has_sign; /* - or + before the last four digits */
    bool is_too_long;
};

static bool is_digit(struct str s, size_t i)
{
    return i < s.n && s.p[i] >= '0' && s.p[i] <= '9';
}

/* Bytes of the separator at `i` that stands between two digits: blank, no-break space, - + – / ( ). */
static size_t separator(struct str s, size_t i)
{
    size_t n = 0;

    while (i + n < s.n && n < 4 && strchr(" -+/()", s.p[i + n]))
        n++;
    if (n == 0 && str_starts(str_part(s, i, 2), S("\xc2\xa0")))
        n = 2;
    if (n == 0 && (str_starts(str_part(s, i, 3), S("\xe2\x80\x93")) ||
                   str_starts(str_part(s, i, 3), S("\xe2\x80\x91"))))
        n = 3;
    return n <= 3 && is_digit(s, i + n) ? n : 0;
}

static bool is_inside_word(struct str text, size_t i)
{
    unsigned char before = i > 0 ? (unsigned char)text.p[i - 1] : ' ';

    return (before >= 'a' && before <= 'z') || (before >= 'A' && before <= 'Z') || before >= 0x80 ||
           before == '_' || before == '.' || before == ',';
}

/* Reads the run that begins with the digit at `i`. */
static struct run read_run(struct str text, size_t i)
{
    struct run r = {.from = i, .groups = 1};

    if (i > 0 && text.p[i - 1] == '+') {
        r.has_plus = true;
        r.from--;
    }
    while (is_digit(text, i)) {
        r.is_too_long = r.is_too_long || r.n == DIGITS_MOST;
        if (r.n < DIGITS_MOST)
            r.digit[r.n++] = text.p[i];
        r.group[r.groups - 1]++;
        r.end = ++i;
        size_t n = separator(text, i);
        if (n > 0 && r.groups < GROUPS_MOST) {
            r.has_sign = strchr("-+\xe2", text.p[i]) != NULL;
            r.groups++;
            i += n;
        }
    }
    return r;
}

static int two(const char *p)
{
    return (p[0] - '0') * 10 + (p[1] - '0');
}

static bool luhn_holds(const char ten[SHORT_IDENTITY])
{
    int sum = 0;

    for (int i = 0; i < SHORT_IDENTITY; i++) {
        int product = (ten[i] - '0') * (i % 2 == 0 ? 2 : 1);

        sum += product / 10 + product % 10;
    }
    return sum % 10 == 0;
}

/* Ten or twelve digits that begin with a day; with a sign before the last four, or the right check digit.
 * Also with a wrong one: who mistypes a person's number means a person all the same. */
static bool is_identity(const struct run *r)
{
    if (r->n != SHORT_IDENTITY && r->n != LONG_IDENTITY)
        return false;
    if (r->n == LONG_IDENTITY && two(r->digit) != 19 && two(r->digit) != 20)
        return false;
    const char *ten = r->digit + (r->n - SHORT_IDENTITY);
    int month = two(ten + 2);
    int day = two(ten + 4) > 60 ? two(ten + 4) - 60 : two(ten + 4);
    bool is_written_so = r->groups == 2 && r->group[1] == 4 && r->has_sign;

    return month >= 1 && month <= 12 && day >= 1 && day <= 31 && !r->has_plus && r->groups <= 2 &&
           (is_written_so || luhn_holds(ten));
}

/* "0830-1030", "01 02 2026": times and days, not telephones. */
static bool is_time_or_day(const struct run *r)
{
    bool is_times = r->groups == 2 && r->group[0] == 4 && r->group[1] == 4 && two(r->digit) < 24 &&
                    two(r->digit + 2) < 60 && two(r->digit + 4) < 25 && two(r->digit + 6) < 60;
    bool is_day = r->groups == 3 && r->group[0] == 2 && r->group[1] == 2 && r->group[2] == 4 &&
                  two(r->digit) <= 31 && two(r->digit + 2) <= 12;

    return is_times || is_day;
}

/* From 0 or +, eight digits or more. Numbers that begin with 020 are free help lines, which may be named. */
static bool is_phone(const struct run *r)
{
    bool begins = r->has_plus || r->digit[0] == '0';
    bool is_free = !r->has_plus && memcmp(r->digit, "020", 3) == 0;

    return begins && !is_free && r->n >= PHONE_LEAST && r->n <= PHONE_MOST && !r->is_too_long &&
           !is_time_or_day(r);
}

void scan_numbers(struct str text, struct finds *f)
{
    for (size_t i = 0; i < text.n; i++) {
        if (!is_digit(text, i) || is_inside_word(text, i))
            continue;
        struct run r = read_run(text, i);

        if (is_identity(&r))
            finds_add(f, r.from, r.end - r.from, SCAN_IDENTITY_NUMBER);
        else if (is_phone(&r))
            finds_add(f, r.from, r.end - r.from, SCAN_PHONE);
        i = r.end;
    }
}
