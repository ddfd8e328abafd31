/* The log in plain words. The log itself holds codes, "person.add": they outlive texts and languages. */
#ifndef LYKTA_AUDIT_AUDIT_WORDS_H
#define LYKTA_AUDIT_AUDIT_WORDS_H

#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"
#include "web/language.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* What an action is called. "{n}" in the words stands for the number of what it was done to. */
struct audit_action {
    struct str code;
    bool has_codes; /* its detail is codes and numbers, "roles coordinator triage", and no text of somebody's
                     */
    struct str words[LANGUAGES];
};

/* A code of a detail in words. */
struct audit_code {
    struct str code;
    struct str words[LANGUAGES];
};

/* All that the program writes; the actions by what they belong to. */
struct audit_words {
    size_t actions;
    struct audit_action *action;
    size_t codes;
    struct audit_code *code;
};

/* In `a`. */
enum status audit_words_load(struct arena *a, struct audit_words *out, struct err *e) MUST_USE;

/* "Lade upp konto 7"; of an action that has no words, as another version of the program may have written it,
 * its code and number. */
struct str audit_what(const struct audit_words *all, const struct audit_entry *entry, enum language language,
                      struct arena *a);

/* The same without a number, to choose from: "Lade upp konto". */
struct str audit_kind(const struct audit_action *action, enum language language, struct arena *a);

/* The entry's detail, with words for codes where it has some. */
struct str audit_detail(const struct audit_words *all, const struct audit_entry *entry,
                        enum language language, struct arena *a);

/* "Konto 7", "kommandoraden". */
struct str audit_who(struct str who, enum language language, struct arena *a);

/* "samordnare och mottagare" of "coordinator+triage"; empty when no role gave the right. */
struct str audit_role(struct str role, enum language language, struct arena *a);

#endif
