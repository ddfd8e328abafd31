/* Words that no sign may rest on. */
#include "words/terms.h"

#include "base/arena.h"
#include "words/scanner.h"
#include "words/token.h"

#include <string.h>

static const char *const stems[] = {
    "utseende",    "klädd",      "klädsel",      "utmanande",     "lättklädd",  "sminkad",    "blond",
    "mörkhår",     "hårfärg",    "tatuerad",     "svensktalande", "språkkunsk", "översättar", "tolk",
    "engelska",    "svenska",    "prostituerad", "eskort",        "hora",       "dressed",    "clothing",
    "outfit",      "makeup",     "blonde",       "appearance",    "attractive", "swedish",    "english",
    "interpreter", "prostitute", "hooker",       "escort"};

/* Looks as such: "kort kjol", "högklackat"; the words for clothes as objects left behind are not among them.
 */
static const char *const words[] = {"kjol",  "högklackat", "klackar", "vacker", "snygg",
                                    "skirt", "heels",      "accent",  "pretty", "sexy"};

/* Words that begin like one above and mean something else. */
static const char *const other[] = {"escorted", "escorts", "eskorteras"};

static bool is_one_of(const char *small, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(small, list[i]) == 0)
            return true;
    return false;
}

static bool begins_with_one_of(const char *small, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strncmp(small, list[i], strlen(list[i])) == 0)
            return true;
    return false;
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

bool terms_forbidden(struct str text, struct str *word)
{
    struct arena *a = arena_open();
    struct scan scan = scan_text(text, a);
    struct token t;
    size_t at = 0;
    bool is_found = false;

    for (size_t i = 0; i < scan.n && !is_found; i++)
        if (scan.span[i].kind == SCAN_ORIGIN) {
            *word = str_part(text, scan.span[i].from, scan.span[i].n);
            is_found = true;
        }
    while (!is_found && token_next(text, &at, &t))
        if (!is_one_of(t.small, other, COUNT(other)) &&
            (begins_with_one_of(t.small, stems, COUNT(stems)) || is_one_of(t.small, words, COUNT(words)))) {
            *word = t.word;
            is_found = true;
        }
    arena_close(a);
    return is_found;
}
