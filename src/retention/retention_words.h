/* What the rules are called on the page, in plain words. */
#ifndef LYKTA_RETENTION_RETENTION_WORDS_H
#define LYKTA_RETENTION_RETENTION_WORDS_H

#include "base/str.h"
#include "web/language.h"

struct retention_words {
    const char *class;
    enum text_key what;  /* "Kontaktpersoner som har lämnat sitt uppdrag" */
    enum text_key since; /* "efter att de lämnade": goes after the time */
    enum text_key why;
    enum text_key stays; /* what is kept afterwards */
};

/* The words for `class`; NULL for a class that no rule has any more. */
const struct retention_words *retention_words_of(struct str class);

#endif
