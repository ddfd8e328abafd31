/* What the page of help says in each language: made by helpc.py from languages/ (one gettext file a language,
 * so that a translator needs no program of ours). Facts are those of the page in Swedish; numbers to call
 * come from the city's own list. */
#ifndef LYKTA_HELP_HELP_LANGUAGE_H
#define LYKTA_HELP_HELP_LANGUAGE_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/* The sentences, by the names that they have in the files. */
enum help_text {
    HELP_TITLE,
    HELP_LEAD,
    HELP_CALL,
    HELP_INTERPRETER,
    HELP_RIGHT,
    HELP_SELL,
    HELP_DECIDE,
    HELP_PAPERS,
    HELP_CHILD,
    HELP_PHONE,
    HELP_LEAVE,
    HELP_LANGUAGES,
    HELP_TRANSLATED, /* that no native reader has reviewed it yet */
    HELP_TEXTS
};

/* Words that come with a number to call, as they stand in the list in Swedish. */
struct help_phrase {
    struct str swedish;
    struct str own;
};

struct help_language {
    struct str name;      /* in addresses: "ro", "lattlast" */
    struct str code;      /* for lang="…" (RFC 5646) */
    struct str own_name;  /* "Română" */
    struct str direction; /* "ltr", "rtl" */
    bool is_unreviewed;
    struct str text[HELP_TEXTS];
    const struct help_phrase *phrase;
    size_t phrases;
};

/* In the order in which they are offered. */
extern const struct help_language help_languages[];
extern const size_t help_languages_n;

#endif
