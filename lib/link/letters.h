/* Letters of other alphabets in Latin, so that a name that one officer typed and another transcribed become
 * the same bytes. Cyrillic and Greek are written as in passports (ICAO Doc 9303 part 3, section 6), Latin
 * letters that no accent explains (ø, ł, ð) as their plain form. */
#ifndef LYKTA_LINK_LETTERS_H
#define LYKTA_LINK_LETTERS_H

#include <stdint.h>

/* What the small letter `codepoint`, without its marks, is written as in a-z: at most four letters, "" for a
 * letter that has no sound of its own, NULL for one that is not in the table. */
const char *letters_latin(int32_t codepoint);

#endif
