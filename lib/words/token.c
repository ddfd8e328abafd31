/* Words in a text. */
#include "words/token.h"

#include <string.h>

static bool is_ascii_word(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* How many bytes of a word's character stand at `at`; 0 when something else does. C2 xx is punctuation and
 * blanks (« » NBSP), E2 80 and E2 81 are dashes, quotes and blanks. */
static size_t character(struct str text, size_t at)
{
    unsigned char c = (unsigned char)text.p[at];
    size_t n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;

    if (c < 0x80)
        return is_ascii_word(c) ? 1 : 0;
    if (n > text.n - at || c == 0xc2)
        return 0;
    if (c == 0xe2 && ((unsigned char)text.p[at + 1] & 0xfe) == 0x80)
        return 0;
    return n;
}

/* Small letters: A-Z, and the Latin letters of C3 80-9E (Å, Ä, Ö, É and their like). */
static void make_small(struct str word, char small[TOKEN_SMALL_BYTES])
{
    size_t n = word.n < TOKEN_SMALL_BYTES - 1 ? word.n : TOKEN_SMALL_BYTES - 1;

    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)word.p[i];
        bool is_latin = i > 0 && (unsigned char)word.p[i - 1] == 0xc3 && c >= 0x80 && c <= 0x9e && c != 0x97;

        small[i] = (char)((c >= 'A' && c <= 'Z') || is_latin ? c + 32 : c);
    }
    small[n] = '\0';
}

bool token_next(struct str text, size_t *at, struct token *out)
{
    size_t from = *at;

    while (from < text.n && character(text, from) == 0)
        from++;
    if (from >= text.n)
        return false;
    size_t end = from;
    for (size_t n; end < text.n && (n = character(text, end)) > 0; end += n)
        continue;
    out->word = str_part(text, from, end - from);
    make_small(out->word, out->small);
    out->is_capitalised =
        out->small[0] != out->word.p[0] ||
        (out->word.n > 1 && out->small[1] != out->word.p[1] && (unsigned char)out->word.p[0] == 0xc3);
    *at = end;
    return true;
}
