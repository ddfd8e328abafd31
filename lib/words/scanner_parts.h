/* The scanner's parts: each looks for its kinds in the whole text and adds what it finds. For scanner.c
 * alone. */
#ifndef LYKTA_WORDS_SCANNER_PARTS_H
#define LYKTA_WORDS_SCANNER_PARTS_H

#include "words/scanner.h"

struct finds {
    struct arena *arena;
    struct scan_span *span;
    size_t n;
    size_t room;
};

void finds_add(struct finds *f, size_t from, size_t n, enum scan_kind kind);

/* Identity numbers and telephone numbers: digits with blanks and strokes between them. */
void scan_numbers(struct str text, struct finds *f);

/* Everything that is told by words: plates, addresses, handles, rooms, names, origin, health. */
void scan_words(struct str text, struct finds *f);

#endif
