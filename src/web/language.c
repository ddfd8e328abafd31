/* The two languages of every page. */
#include "web/language.h"

#include "base/number.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

extern const struct catalogue_text catalogue_texts_sv[]; /* made by textc.py, as is enum text_key */
extern const struct catalogue_text catalogue_texts_en[];

/* How a language writes numbers and dates. The space in Swedish numbers does not break a line. */
static const struct {
    struct str code;
    struct str group;
    struct str decimal;
    const char *months[12];
} writings[LANGUAGES] = {
    [LANGUAGE_SV] = {{"sv", 2},
                     {"\u00a0", 2},
                     {",", 1},
                     {"januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
                      "oktober", "november", "december"}},
    [LANGUAGE_EN] = {{"en", 2},
                     {",", 1},
                     {".", 1},
                     {"January", "February", "March", "April", "May", "June", "July", "August", "September",
                      "October", "November", "December"}},
};

static void write_insertion(struct text *out, enum language language, const struct insertion *i);
static void write_grouped(struct text *out, enum language language, struct str digits);

struct str language_code(enum language language)
{
    return writings[language].code;
}

const struct catalogue *catalogue_of(enum language language)
{
    static const struct catalogue catalogues[LANGUAGES] = {
        [LANGUAGE_SV] = {LANGUAGE_SV, catalogue_texts_sv},
        [LANGUAGE_EN] = {LANGUAGE_EN, catalogue_texts_en},
    };

    return &catalogues[language];
}

struct str catalogue_text(const struct catalogue *c, enum text_key key)
{
    return c->texts[key].one;
}

static const struct insertion *find_insertion(const struct insertion *insertions, size_t n, struct str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(name, insertions[i].name))
            return &insertions[i];
    return NULL;
}

static struct str choose_form(const struct catalogue_text *t, const struct insertion *insertions, size_t n)
{
    const struct insertion *count = find_insertion(insertions, n, S("n"));

    return t->many.n == 0 || (count && count->type == INSERTION_I64 && count->i64 == 1) ? t->one : t->many;
}

void catalogue_write(struct text *out, const struct catalogue *c, enum text_key key,
                     const struct insertion *insertions, size_t n)
{
    struct str rest = choose_form(&c->texts[key], insertions, n);
    struct str before;
    struct str name;

    while (str_cut(rest, '{', &before, &rest)) {
        text_add(out, before);
        bool is_closed = str_cut(rest, '}', &name, &rest);
        const struct insertion *found = find_insertion(insertions, n, name);
        if (found) {
            write_insertion(out, c->language, found);
        } else {
            text_byte(out, '{');
            text_add(out, name);
            if (is_closed)
                text_byte(out, '}');
        }
    }
    text_add(out, before);
}

static void write_insertion(struct text *out, enum language language, const struct insertion *i)
{
    switch (i->type) {
    case INSERTION_STR:
        text_add(out, i->str);
        return;
    case INSERTION_I64:
        language_write_i64(out, language, i->i64);
        return;
    case INSERTION_F64:
        language_write_f64(out, language, i->f64);
        return;
    case INSERTION_DATE:
        language_write_date(out, language, i->date);
        return;
    }
}

struct insertion insertion_str(const char *name, struct str value)
{
    return (struct insertion){.name = name, .type = INSERTION_STR, .str = value};
}

struct insertion insertion_cstr(const char *name, const char *value)
{
    return insertion_str(name, str_of(value));
}

struct insertion insertion_int(const char *name, int value)
{
    return insertion_i64(name, value);
}

struct insertion insertion_i64(const char *name, int64_t value)
{
    return (struct insertion){.name = name, .type = INSERTION_I64, .i64 = value};
}

struct insertion insertion_size(const char *name, size_t value)
{
    assert(value <= INT64_MAX);
    return insertion_i64(name, (int64_t)value);
}

struct insertion insertion_f64(const char *name, double value)
{
    return (struct insertion){.name = name, .type = INSERTION_F64, .f64 = value};
}

struct insertion insertion_date(const char *name, struct date value)
{
    return (struct insertion){.name = name, .type = INSERTION_DATE, .date = value};
}

void language_write_i64(struct text *out, enum language language, int64_t value)
{
    char digits[I64_TEXT_BYTES];
    struct str number = i64_to_text(value, digits);

    if (value < 0) {
        text_lit(out, "\u2212");
        number = str_part(number, 1, number.n);
    }
    write_grouped(out, language, number);
}

void language_write_f64(struct text *out, enum language language, double value)
{
    char digits[400]; /* the largest double has 309 digits before its point */
    struct str whole;
    struct str decimals;

    if (!isfinite(value)) {
        text_lit(out, "\u2013");
        return;
    }
    int n = snprintf(digits, sizeof digits, "%.3f", fabs(value));
    str_cut((struct str){digits, (size_t)n}, '.', &whole, &decimals);
    while (decimals.n > 0 && decimals.p[decimals.n - 1] == '0')
        decimals.n--;
    if (value < 0 && !(str_is(whole, "0") && decimals.n == 0))
        text_lit(out, "\u2212");
    write_grouped(out, language, whole);
    if (decimals.n > 0) {
        text_add(out, writings[language].decimal);
        text_add(out, decimals);
    }
}

/* In groups of three from the right (Språkrådet, Svenska skrivregler: also for four digits in tables). */
static void write_grouped(struct text *out, enum language language, struct str digits)
{
    size_t first = (digits.n + 2) % 3 + 1;

    text_add(out, str_part(digits, 0, first));
    for (size_t i = first; i < digits.n; i += 3) {
        text_add(out, writings[language].group);
        text_add(out, str_part(digits, i, 3));
    }
}

void language_write_date(struct text *out, enum language language, struct date d)
{
    if (d.year == 0)
        return;
    assert(d.month >= 1 && d.month <= 12);
    text_format(out, "%d %s %d", d.day, writings[language].months[d.month - 1], d.year);
}
