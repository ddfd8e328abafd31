/* What the parts and columns of an extract are called. */
#ifndef LYKTA_EXTRACT_EXTRACT_WORDS_H
#define LYKTA_EXTRACT_EXTRACT_WORDS_H

#include "base/str.h"
#include "web/language.h"

/* In words for people; the name itself when nobody has written any (tests/unit/extract finds such). */
struct str extract_part_word(struct str name, enum language language);
struct str extract_column_word(struct str name, enum language language);

#endif
