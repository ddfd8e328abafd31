/* What an officer typed, as the bytes that are compared. */
#include "link/normalise.h"

#include "base/arena.h"
#include "base/text.h"
#include "link/letters.h"

#include <string.h>
#include <utf8proc.h>

/* NFKD of a code point is at most 18 code points (U+FDFA); names stay far below. */
enum { MAX_CODEPOINTS = 4 * NORMALISE_MAX_BYTES, PHONE_DIGITS = 8, OTHER_ID_LEAST = 4 };

/* Words of a name in loose form that link people to places and fathers, and titles: shared by many, told by
 * few. */
static const char *const particles[] = {"von", "van", "de", "da", "do", "dos", "den", "der", "del",  "la",
                                        "le",  "af",  "av", "al", "el", "ul",  "bin", "ibn", "bint", "binti",
                                        "abu", "abo", "um", "dr", "mr", "mrs", "ms",  "fru", "herr"};

/* Loose forms of what is written where a name is not known. */
static const char *const fillers_known[] = {"okand",  "okant",   "ukent",   "n",      "x",
                                            "anonim", "anonima", "unknovn", "flika",  "pojke",
                                            "saknas", "upgift",  "mising",  "noname", "hemlig"};

/* One letter or two, and what stands for them. */
struct respelling {
    char from[3];
    char to[3];
};

/* Each either shortens the word or removes a letter that no other rule brings back, so that repeating them
 * ends. */
static const struct respelling respellings[] = {{"kh", "ch"}, {"dj", "j"}, {"ou", "u"}, {"oo", "u"},
                                                {"ee", "i"},  {"ph", "f"}, {"ae", "a"}, {"oe", "o"},
                                                {"ck", "k"},  {"w", "v"},  {"q", "k"},  {"y", "i"}};

static size_t decompose(struct str s, int options, int32_t *out);
static bool is_word_of(struct str word, const char *const *list, size_t n);
static void put_codepoint(struct text *out, int32_t c);

struct str text_fold(struct str s, struct arena *a)
{
    int32_t codepoint[MAX_CODEPOINTS];
    struct text out = text_open(a);
    int options = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    size_t n = decompose(s, options, codepoint);
    utf8proc_ssize_t composed =
        utf8proc_normalize_utf32(codepoint, (utf8proc_ssize_t)n, (utf8proc_option_t)options);
    bool had_blank = true;

    for (utf8proc_ssize_t i = 0; i < composed; i++) {
        utf8proc_category_t category = utf8proc_category(codepoint[i]);
        bool is_blank = category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_CC;

        if (is_blank && !had_blank)
            text_byte(&out, ' ');
        if (!is_blank)
            put_codepoint(&out, codepoint[i]);
        had_blank = is_blank;
    }
    return str_trim(text_str(&out));
}

/* A letter as a-z, or as it is when there is no table for it; anything else parts words, except marks and
 * digits, which vanish. */
static void put_loose(struct text *out, int32_t c)
{
    const char *latin = letters_latin(c);
    utf8proc_category_t category = utf8proc_category(c);
    bool vanishes = category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ND ||
                    category == UTF8PROC_CATEGORY_CF;
    bool is_letter = category <= UTF8PROC_CATEGORY_LO && category != UTF8PROC_CATEGORY_CN;

    if (latin)
        text_add(out, str_of(latin));
    else if (is_letter)
        put_codepoint(out, c);
    else if (!vanishes)
        text_byte(out, ' ');
}

/* Letters, blanks for what parts words, digits left out: what put_loose says of every ASCII character and of
 * the letters of Western Europe (U+00C0-U+00FF), which are nearly all that lists hold; each takes no more
 * room than it had. False at the first other character. */
static bool loose_at_once(struct str s, char *out, size_t *n)
{
    static const char western[] = "aaaaaa\0ceeeeiiiidnooooo ouuuuy\0\0aaaaaa\0ceeeeiiiidnooooo ouuuuy\0y";
    size_t kept = 0;

    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c == 0xC3 && i + 1 < s.n)
            c = (unsigned char)western[(unsigned char)s.p[++i] & 0x3F];
        if (c == 0 || c >= 0x80)
            return false;
        if (c >= '0' && c <= '9')
            continue;
        c |= 0x20;
        out[kept++] = (char)(c >= 'a' && c <= 'z' ? c : ' ');
    }
    *n = kept;
    return true;
}

static struct str loose_by_tables(struct str s, struct arena *a)
{
    int32_t codepoint[MAX_CODEPOINTS];
    struct text words = text_open(a);
    int options = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                  UTF8PROC_IGNORE | UTF8PROC_STRIPMARK;
    size_t n = decompose(s, options, codepoint);

    for (size_t i = 0; i < n; i++)
        put_loose(&words, codepoint[i]);
    return text_str(&words);
}

struct str text_loose(struct str s, struct arena *a)
{
    char at_once[NORMALISE_MAX_BYTES];
    size_t n = 0;
    struct str rest = {at_once, 0};
    struct str word;

    if (s.n <= sizeof at_once && loose_at_once(s, at_once, &n))
        rest.n = n;
    else
        rest = loose_by_tables(s, a);
    char *out = arena_new(a, rest.n + 1, char);
    n = 0;
    while (rest.n > 0) {
        str_cut(rest, ' ', &word, &rest);
        if (word.n == 0)
            continue;
        if (n > 0)
            out[n++] = ' ';
        memcpy(out + n, word.p, word.n);
        n += loose_word(out + n, word.n);
    }
    return (struct str){out, n};
}

static size_t respell_once(char *word, size_t n, const struct respelling *rule)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        char next = i + 1 < n ? word[i + 1] : '\0';
        bool applies = word[i] == rule->from[0] && (!rule->from[1] || next == rule->from[1]);

        word[kept++] = applies ? rule->to[0] : word[i];
        if (applies && rule->to[1])
            word[kept++] = rule->to[1];
        i += applies && rule->from[1];
    }
    return kept;
}

static size_t single_letters(char *word, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        bool is_doubled = kept > 0 && word[i] == word[kept - 1] && word[i] >= 'a' && word[i] <= 'z';

        if (!is_doubled)
            word[kept++] = word[i];
    }
    return kept;
}

/* Does any rule apply to `word`? Most words are spelled as they should be. */
static bool needs_respelling(const char *word, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char c = word[i];
        char next = i + 1 < n ? word[i + 1] : ' ';
        bool is_single = c == 'w' || c == 'q' || c == 'y';
        bool is_pair = next == 'h' ? c == 'k' || c == 'p' : next == 'e' ? c == 'a' || c == 'o' : false;

        if (is_single || is_pair || (c == next && c >= 'a' && c <= 'z') || (c == 'd' && next == 'j') ||
            (c == 'o' && next == 'u') || (c == 'c' && next == 'k'))
            return true;
    }
    return false;
}

/* Bit i is set for letter number i of a-z. */
static uint32_t letters_of(const char *word, size_t n)
{
    uint32_t letters = 0;

    for (size_t i = 0; i < n; i++)
        if (word[i] >= 'a' && word[i] <= 'z')
            letters |= 1U << (word[i] - 'a');
    return letters;
}

size_t loose_word(char *word, size_t n)
{
    char before[MAX_CODEPOINTS];
    size_t length = 0;
    uint32_t letters = 0;

    if (!needs_respelling(word, n))
        return n;
    do {
        length = n;
        if (n <= sizeof before)
            memcpy(before, word, n);
        letters = letters_of(word, n);
        for (size_t i = 0; i < sizeof respellings / sizeof respellings[0]; i++) {
            const struct respelling *rule = &respellings[i];
            uint32_t needed = letters_of(rule->from, 2);

            if ((letters & needed) != needed)
                continue;
            n = respell_once(word, n, rule);
            letters |= letters_of(rule->to, 2);
        }
        n = single_letters(word, n);
    } while (n != length || (n <= sizeof before && memcmp(before, word, n) != 0));
    return n;
}

static bool is_filler(struct str word, const struct fillers *extra)
{
    for (size_t i = 0; extra && i < extra->n; i++)
        if (str_equal(word, extra->word[i]))
            return true;
    return is_word_of(word, fillers_known, sizeof fillers_known / sizeof fillers_known[0]);
}

static void add_part(struct name_parts *out, struct str word)
{
    for (size_t i = 0; i < out->n; i++)
        if (str_equal(out->part[i], word))
            return;
    if (out->n < NAME_MAX_PARTS)
        out->part[out->n++] = word;
}

/* Adds the words of `loose` that tell (or, with `weak` set, those that hardly do); returns how many. */
static size_t add_words(struct name_parts *out, struct str loose, const struct fillers *extra, bool weak)
{
    struct str word;
    size_t found = 0;

    while (loose.n > 0) {
        str_cut(loose, ' ', &word, &loose);
        bool is_weak = word.n == 1 || is_word_of(word, particles, sizeof particles / sizeof particles[0]);

        if (word.n == 0 || is_weak != weak || is_filler(word, extra))
            continue;
        add_part(out, word);
        found++;
    }
    return found;
}

bool name_add(struct name_parts *out, struct str field, const struct fillers *extra, struct arena *a)
{
    struct str loose = text_loose(field, a);

    return add_words(out, loose, extra, false) > 0 || add_words(out, loose, extra, true) > 0;
}

bool name_is_of_two(struct str field)
{
    static const char *const between[] = {" och ", " and ", " samt ", "&", "/", ";", "+"};

    bool has_sign = false;

    for (size_t i = 0; i < field.n; i++)
        has_sign |= field.p[i] == ' ' || field.p[i] == '&' || field.p[i] == '/' || field.p[i] == ';' ||
                    field.p[i] == '+';
    for (size_t i = 0; has_sign && i < sizeof between / sizeof between[0]; i++)
        if (field.n > 0 && memmem(field.p, field.n, between[i], strlen(between[i])))
            return true;
    return false;
}

char sex_of(struct str field)
{
    static const struct {
        const char *word;
        char sex;
    } words[] = {{"k", 'K'},     {"f", 'K'},         {"kvinna", 'K'}, {"kvinnor", 'K'}, {"female", 'K'},
                 {"woman", 'K'}, {"flicka", 'K'},    {"women", 'K'},  {"m", 'M'},       {"man", 'M'},
                 {"male", 'M'},  {"pojke", 'M'},     {"men", 'M'},    {"x", 'X'},       {"annat", 'X'},
                 {"other", 'X'}, {"icke-binar", 'X'}};
    char small[16];
    struct str s = str_trim(field);

    if (s.n >= sizeof small)
        return 0;
    for (size_t i = 0; i < s.n; i++)
        small[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] - 'A' + 'a' : s.p[i]);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_is((struct str){small, s.n}, words[i].word))
            return words[i].sex;
    return 0;
}

struct str phone_of(struct str field, struct arena *a)
{
    char *digits = arena_new(a, field.n + 1, char);
    size_t n = 0;

    for (size_t i = 0; i < field.n; i++)
        if (field.p[i] >= '0' && field.p[i] <= '9')
            digits[n++] = field.p[i];
    return n < PHONE_DIGITS ? S("") : (struct str){digits + n - PHONE_DIGITS, PHONE_DIGITS};
}

struct str other_id_of(struct str field, struct arena *a)
{
    char *id = arena_new(a, field.n + 1, char);
    size_t n = 0;

    for (size_t i = 0; i < field.n && i < NORMALISE_MAX_BYTES; i++) {
        char c = field.p[i];

        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
            id[n++] = c;
    }
    return n < OTHER_ID_LEAST ? S("") : (struct str){id, n};
}

/* The code points of `s` under utf8proc's `options`; none when `s` is too long to be a name. */
static size_t decompose(struct str s, int options, int32_t *out)
{
    if (s.n == 0 || s.n > NORMALISE_MAX_BYTES)
        return 0;
    utf8proc_ssize_t n = utf8proc_decompose((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, out,
                                            MAX_CODEPOINTS, (utf8proc_option_t)options);
    return n < 0 || n > MAX_CODEPOINTS ? 0 : (size_t)n;
}

static bool is_word_of(struct str word, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n && word.n > 0; i++)
        if (list[i][0] == word.p[0] && str_is(word, list[i]))
            return true;
    return false;
}

static void put_codepoint(struct text *out, int32_t c)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t n = utf8proc_encode_char(c, bytes);

    text_add(out, (struct str){(const char *)bytes, n > 0 ? (size_t)n : 0});
}
