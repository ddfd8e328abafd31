/* Words in a text: letters, digits and what joins them, with small letters beside for comparing. */
#ifndef LYKTA_WORDS_TOKEN_H
#define LYKTA_WORDS_TOKEN_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

enum { TOKEN_SMALL_BYTES = 48 };

/* A run of letters, digits and _ ; hyphens, dots and @ between words are not in it. */
struct token {
    struct str word;               /* as it stands in the text */
    char small[TOKEN_SMALL_BYTES]; /* in small letters, cut at 47 bytes, with a NUL */
    bool is_capitalised;           /* begins with a capital A-Z, Å, Ä, Ö, É */
};

/* The first word of `text` from byte `*at` on, and moves *at behind it; false when there is none. Letters are
 * a-z, and every character beyond ASCII that is not punctuation or a blank. */
bool token_next(struct str text, size_t *at, struct token *out);

#endif
