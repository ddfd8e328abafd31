/* The two languages of every page: texts from the catalogues, and numbers and dates as people write them.
 * The language belongs to the request, never to the process.                                              */
#ifndef LYKTA_WEB_LANGUAGE_H
#define LYKTA_WEB_LANGUAGE_H

#include "base/date.h"
#include "base/str.h"
#include "base/text.h"

#include "texts.h" /* enum text_key: made from src/<room>/<room>.po by textc.py */

#include <stddef.h>
#include <stdint.h>

enum language { LANGUAGE_SV, LANGUAGE_EN };
enum { LANGUAGES = 2 };

/* "sv", "en": for lang="…" and Content-Language (RFC 5646). */
struct str language_code(enum language language);

/* One text. `many` is empty unless the text counts something. */
struct catalogue_text {
    struct str one;
    struct str many;
};

/* All texts of one language; texts[TEXT_COUNT]. Constant for as long as the program runs. */
struct catalogue {
    enum language language;
    const struct catalogue_text *texts;
};

const struct catalogue *catalogue_of(enum language language);

/* A value for the {name} in a text. Made by insertion("name", value), where the type decides how it is
 * written: texts as they are, numbers and dates as the language writes them.                              */
struct insertion {
    const char *name;
    enum { INSERTION_STR, INSERTION_I64, INSERTION_F64, INSERTION_DATE } type;
    struct str str;
    int64_t i64;
    double f64;
    struct date date;
};

struct insertion insertion_str(const char *name, struct str value);
struct insertion insertion_cstr(const char *name, const char *value);
struct insertion insertion_int(const char *name, int value);
struct insertion insertion_i64(const char *name, int64_t value);
struct insertion insertion_size(const char *name, size_t value);
struct insertion insertion_f64(const char *name, double value);
struct insertion insertion_date(const char *name, struct date value);

/* clang-format off */
#define insertion(name, x)                                                                                   \
    _Generic((x), struct str: insertion_str, char *: insertion_cstr, const char *: insertion_cstr,           \
        int: insertion_int, int64_t: insertion_i64, size_t: insertion_size, double: insertion_f64,           \
        struct date: insertion_date)((name), (x))
/* clang-format on */

/* The text `key` as it stands in the catalogue: for texts without insertions. */
struct str catalogue_text(const struct catalogue *c, enum text_key key);

/* Writes the text `key` with its {name}s filled in; a text that counts takes its form from the insertion "n":
 * one for 1, many for all else. A {name} without a value is written as it stands (the page compiler has
 * checked that there is none).                                                                            */
void catalogue_write(struct text *out, const struct catalogue *c, enum text_key key,
                     const struct insertion *insertions, size_t n);

/* "11 417" with no-break spaces in Swedish, "11,417" in English; below zero with a true minus sign. */
void language_write_i64(struct text *out, enum language language, int64_t value);

/* At most 3 decimals, none that is a closing zero: "11 417,5", "11,417.5"; an en dash when not finite. */
void language_write_f64(struct text *out, enum language language, double value);

/* "24 november 2026", "24 November 2026"; nothing for no date. */
void language_write_date(struct text *out, enum language language, struct date d);

#endif
