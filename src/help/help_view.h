/* What the pages of help in each language show. */
#ifndef LYKTA_HELP_HELP_VIEW_H
#define LYKTA_HELP_HELP_VIEW_H

#include "base/str.h"
#include "help/help_language.h"
#include "help/helpline.h"
#include "portal/layout.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A language to choose: its page, what it calls itself, and how that is written. */
struct help_choice {
    struct str href;
    struct str name;
    struct str code;
    struct str direction;
};

struct help_choices {
    size_t n;
    const struct help_choice *choice;
};

/* Words in the page's own language, or in `code` when it has none for them. */
struct help_words {
    struct str text;
    struct str code; /* empty: the page's own */
};

struct help_number {
    struct str number;
    struct str href; /* "tel:…" */
    struct help_words about;
    struct help_words hours; /* without text: not known */
};

/* A page that is a card: nothing but help, in one language, with a style sheet of its own. */
struct help_view {
    const struct help_language *language;
    struct str city;
    struct help_words example, example_why; /* without text: the city is none */
    struct str style_href, icon_href, leave_href;
    size_t numbers;
    const struct help_number *number;
    struct help_choices others;
};

/* The language of that name in addresses; NULL when there is none. */
const struct help_language *help_language_find(struct str name);

/* All languages but `but` (NULL: all), in `a`. Their pages have one address each, whatever language the site
 * is read in. */
struct help_choices help_choices_of(const struct help_language *but, struct arena *a);

/* The page in `language`, with those of the city's numbers that are for people in danger: `swedish` and
 * `english` are the same numbers in the same order. Words that the city has written itself are in no other
 * language: they are shown in Swedish to who reads Swedish and in English to others. In `a`; *site,
 * `language` and the numbers must outlive it. */
struct help_view help_view_of(const struct portal_view *site, const struct help_language *language,
                              const struct helplines *swedish, const struct helplines *english,
                              struct arena *a);

#endif
