/* What a warning may not hold. */
#include "circular/warning.h"

#include "base/arena.h"
#include "words/scanner.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LEAST_FIGURE = 5 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Of a word: letters, those beyond ASCII too, and digits. */
static bool is_of_word(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || ((unsigned char)c & 0x80U);
}

/* "3" and "04", which a reader takes as a count; not "2026", nor a date or a clock's time with its signs. */
static bool is_small_figure(struct str word)
{
    int64_t value = 0;

    for (size_t i = 0; i < word.n; i++) {
        if (!is_digit(word.p[i]) || value >= LEAST_FIGURE)
            return false;
        value = 10 * value + (word.p[i] - '0');
    }
    return word.n > 0 && value < LEAST_FIGURE;
}

static bool ends_with(struct str word, struct str end)
{
    return word.n > end.n && str_equal(str_part(word, word.n - end.n, end.n), end);
}

/* Å, Ä and Ö begin with the byte 0xC3, and the next one tells capitals from small letters. */
static bool has_capital(struct str word)
{
    unsigned char first = (unsigned char)word.p[0];
    unsigned char second = word.n > 1 ? (unsigned char)word.p[1] : 0;

    return (first >= 'A' && first <= 'Z') || (first == 0xC3 && second >= 0x80 && second <= 0x9E);
}

static bool is_street(struct str word)
{
    static const struct str ends[] = {{"gatan", 5},   {"gata", 4},   {"vägen", 6},  {"gränd", 6},
                                      {"gränden", 8}, {"torget", 6}, {"stigen", 6}, {"allén", 6}};

    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (ends_with(word, ends[i]))
            return has_capital(word);
    return false;
}

/* A sign inside a number ("2026-11-04", "4.30", "08-465") makes its parts no counts. */
static bool is_part_of_number(struct str words, size_t from, size_t to)
{
    bool after =
        to + 1 < words.n && !is_of_word(words.p[to]) && words.p[to] != ' ' && is_digit(words.p[to + 1]);
    bool before =
        from >= 2 && words.p[from - 1] != ' ' && words.p[from - 1] != '\n' && is_digit(words.p[from - 2]);

    return before || after;
}

static enum warning_fault check_words(struct str words)
{
    size_t from = 0;

    while (from < words.n) {
        size_t to = from;

        while (to < words.n && is_of_word(words.p[to]))
            to++;
        struct str word = str_part(words, from, to - from);
        if (is_small_figure(word) && !is_part_of_number(words, from, to))
            return WARNING_FIGURE;
        if (word.n > 0 && is_street(word))
            return WARNING_STREET;
        from = to + 1;
    }
    return WARNING_GOOD;
}

enum warning_fault warning_check(struct str words)
{
    struct arena *a = arena_open();
    struct scan scan = scan_text(words, a);
    bool has_person = scan_refused(&scan) > 0;

    arena_close(a);
    return has_person ? WARNING_PERSON : check_words(words);
}
