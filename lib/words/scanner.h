/* The scanner: points at what a report of a situation must not hold, because it points at a person.
 *
 * It finds how things look: numbers, addresses, names after "heter", and words from lists (scanner_words.c),
 * Swedish and English in one text. It is a help for who writes, and a gate for what no form may take; it does
 * not understand, and a name without a sign before it goes through. Its precision and recall on sentences of
 * our own are in docs/methods/scanner.md.
 *
 * Threat answered: a register of persons that grows by accident, one free line at a time.
 * (GDPR articles 9 and 10; Lag 2018:218, 3 kap. 3, 8, 10 §§.) */
#ifndef LYKTA_WORDS_SCANNER_H
#define LYKTA_WORDS_SCANNER_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum scan_kind {
    SCAN_IDENTITY_NUMBER, /* personnummer, samordningsnummer */
    SCAN_PHONE,
    SCAN_PLATE,
    SCAN_EMAIL,
    SCAN_HANDLE, /* a name on the net, or an address there */
    SCAN_ROOM,   /* a hotel room, a flat */
    SCAN_NAME,   /* what follows "heter", "named" */
    SCAN_ORIGIN, /* origin, looks, language, religion */
    SCAN_HEALTH,
    SCAN_KINDS
};

struct scan_span {
    size_t from; /* bytes into the text */
    size_t n;
    enum scan_kind kind;
};

/* In the order of the text; spans do not overlap. */
struct scan {
    size_t n;
    struct scan_span *span;
};

/* Scans `text`; spans are in `a`. Linear in the length of the text. */
struct scan scan_text(struct str text, struct arena *a);

/* Must the text be changed before it is taken? Numbers, addresses, names and rooms must; a word of origin or
 * health may be a trade name, and is asked about. */
bool scan_is_refused(enum scan_kind kind);

/* How many spans of `scan` must be changed. */
size_t scan_refused(const struct scan *scan);

/* "identity_number": in test data and keys of texts. */
const char *scan_kind_name(enum scan_kind kind);

#endif
