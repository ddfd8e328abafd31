/* How hard a text is to read: LIX, words a sentence plus the percentage of words of more than six letters.
 * Bjoernsson (1968), Laesbarhet. Up to 40 is easy, up to 30 very easy; official texts are often 50.        */
#ifndef LYKTA_WORDS_LIX_H
#define LYKTA_WORDS_LIX_H

#include "base/str.h"

#include <stddef.h>

enum { LIX_MOST = 40 };

/* What LIX counts: so that several texts can be counted together. */
struct lix {
    size_t words;
    size_t sentences; /* ended by . : ! ? or the end of the text */
    size_t long_words;
};

/* Adds the words of `text` to `count`. Words are as token_next finds them; a hyphen inside a word joins it,
 * as in the measure's own rules. */
void lix_add(struct lix *count, struct str text);

/* 0 for no words. */
double lix_value(const struct lix *count);

#endif
