/* How hard a text is to read. */
#include "words/lix.h"

#include "words/token.h"

#include <stdbool.h>

enum { LONG_LETTERS = 7 };

static size_t letters(struct str word)
{
    size_t n = 0;

    for (size_t i = 0; i < word.n; i++)
        n += ((unsigned char)word.p[i] & 0xc0) != 0x80;
    return n;
}

/* Does a sentence end between the bytes `from` and `end`? A point inside a number ("08.30") ends nothing. */
static bool ends_sentence(struct str text, size_t from, size_t end)
{
    for (size_t i = from; i < end; i++) {
        bool is_mark = text.p[i] == '.' || text.p[i] == '!' || text.p[i] == '?' || text.p[i] == ':';

        if (is_mark && (i + 1 >= text.n || i + 1 < end))
            return true;
    }
    return false;
}

void lix_add(struct lix *count, struct str text)
{
    struct token t;
    size_t at = 0;
    size_t end = 0;
    size_t length = 0;
    bool is_open = false;

    while (token_next(text, &at, &t)) {
        size_t from = (size_t)(t.word.p - text.p);
        bool is_joined = is_open && from == end + 1 && text.p[end] == '-';

        if (is_open && ends_sentence(text, end, from))
            count->sentences++;
        size_t before = is_joined ? length : 0; /* letters of the word so far */

        length = before + letters(t.word);
        count->long_words += before < LONG_LETTERS && length >= LONG_LETTERS;
        count->words += !is_joined;
        is_open = true;
        end = at;
    }
    count->sentences += is_open;
}

double lix_value(const struct lix *count)
{
    if (count->words == 0)
        return 0;
    double words = (double)count->words;

    return words / (double)(count->sentences ? count->sentences : 1) +
           100 * (double)count->long_words / words;
}
