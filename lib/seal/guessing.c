/* How hard to guess is a secret that a person chose. */
#include "seal/guessing.h"

#include <stdbool.h>

#include <sodium.h>
#include <utf8proc.h>
#include <zxcvbn.h>

/* What Swedes begin with that zxcvbn's English lists lack, and words of this house; the likeliest first. */
static const char *const common[] = {
    "losenord",
    "laslosen",
    "lykta",
    "hejhej",
    "hejsan",
    "sommar",
    "vinter",
    "sverige",
    "hemlig",
    "hemligt",
    "valkommen",
    "kommun",
    "kommunen",
    "jagalskardig",
    "alskling",
    "alskar",
    "fotboll",
    "hammarby",
    "djurgarden",
    "goteborg",
    "stockholm",
    "malmo",
    "uppsala",
    "blomma",
    "mamma",
    "pappa",
    "gullunge",
    "sotnos",
    "host",
    "hosten",
    "varen",
    "januari",
    "februari",
    "mars",
    "april",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
    "mandag",
    "tisdag",
    "onsdag",
    "torsdag",
    "fredag",
    "lordag",
    "sondag",
    "jul",
    "midsommar",
    "arbete",
    "jobbet",
    "kontoret",
    "socialtjanst",
    "socialtjansten",
    "polis",
    "polisen",
    "natverket",
    "portalen",
    "trafficking",
    "manniskohandel",
    "prostitution",
    "samordnare",
    "administrator",
    "admin",
    "qwertyuiopa",
    "asdfghjklo",
    "correcthorsebatterystaple",
};

enum { COMMON = sizeof common / sizeof common[0], WORDS = 40, WORD_BYTES = 32, CODE_POINTS = 32 };

/* The code point at `s`, and how many bytes it takes; a byte that begins none is taken for itself. */
static size_t code_point(struct str s, utf8proc_int32_t *c)
{
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, c);

    if (n > 0)
        return (size_t)n;
    *c = (unsigned char)s.p[0];
    return 1;
}

static bool is_blank(utf8proc_int32_t c)
{
    utf8proc_category_t category = utf8proc_category(c);

    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP || category == UTF8PROC_CATEGORY_CC;
}

/* `c` in small letters without marks, at `out`, which has room for `room` bytes; how many it took, 0 when
 * there is no room for all. */
static size_t put_plain(utf8proc_int32_t c, char *out, size_t room)
{
    utf8proc_int32_t plain[CODE_POINTS];
    int last = 0;
    size_t n = 0;
    utf8proc_ssize_t points = utf8proc_decompose_char(
        c, plain, CODE_POINTS, UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK,
        &last);

    for (utf8proc_ssize_t i = 0; i < points && i < CODE_POINTS; i++) {
        utf8proc_uint8_t bytes[4];
        size_t width = (size_t)utf8proc_encode_char(plain[i], bytes);

        if (n + width > room)
            return 0;
        for (size_t k = 0; k < width; k++)
            out[n++] = (char)bytes[k];
    }
    return n;
}

/* The beginning of `s` as whoever guesses writes it, with a NUL. */
static void write_plain(struct str s, char out[GUESSING_MEASURED_BYTES + 1])
{
    size_t n = 0;
    utf8proc_int32_t c = 0;

    for (size_t i = 0; i < s.n && n < GUESSING_MEASURED_BYTES;) {
        i += code_point(str_part(s, i, s.n - i), &c);
        if (!is_blank(c))
            n += put_plain(c, out + n, GUESSING_MEASURED_BYTES - n);
    }
    out[n] = '\0';
}

/* Words, and the pointers to them that zxcvbn reads. */
struct dictionary {
    size_t n;
    char word[WORDS][WORD_BYTES + 1];
    const char *entry[WORDS + COMMON + 1];
};

static bool is_in_word(utf8proc_int32_t c)
{
    utf8proc_category_t category = utf8proc_category(c);

    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

static void keep_word(struct dictionary *d)
{
    d->entry[d->n] = d->word[d->n];
    d->n++;
}

/* The words of one text; what is longer than WORD_BYTES counts by its beginning. */
static void add_words(struct dictionary *d, struct str text)
{
    utf8proc_int32_t c = 0;
    size_t n = 0;

    for (size_t i = 0; i <= text.n && d->n < WORDS;) {
        bool is_end = i == text.n;

        i += is_end ? 1 : code_point(str_part(text, i, text.n - i), &c);
        if (!is_end && is_in_word(c)) {
            n += put_plain(c, d->word[d->n] + n, WORD_BYTES - n);
            continue;
        }
        d->word[d->n][n] = '\0';
        if (n >= GUESSING_WORD_LEAST)
            keep_word(d);
        n = 0;
    }
}

double guessing_bits(struct str chosen, const struct str *about, size_t n)
{
    char plain[GUESSING_MEASURED_BYTES + 1];
    struct dictionary d = {.n = 0};

    for (size_t i = 0; i < n; i++)
        add_words(&d, about[i]);
    for (size_t i = 0; i < COMMON; i++)
        d.entry[d.n + i] = common[i];
    write_plain(chosen, plain);
    double bits = ZxcvbnMatch(plain, d.entry, NULL);
    sodium_memzero(plain, sizeof plain);
    return bits;
}
