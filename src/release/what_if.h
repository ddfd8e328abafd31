/* What would change a release's estimate, in words for a reader who knows nothing of statistics.
 *
 * Everything here is worked out from the release's own rounded figures, so that it tells nothing that they do
 * not: whoever has the release can work it out again. What each list left out would give is not among it
 * (docs/decisions/0124-methods-side-by-side.md). */
#ifndef LYKTA_RELEASE_WHAT_IF_H
#define LYKTA_RELEASE_WHAT_IF_H

#include "release/release.h"

#include <stddef.h>
#include <stdint.h>

enum { WHAT_IF_NOTES = 5 };

/* Figures are people, seen and unseen, to two significant digits; RELEASE_UNKNOWN where there is none. */
struct what_if {
    /* At least so many when people differ in how easily they are listed (chao.h), counted with those ends of
     * the printed intervals that make it smallest; unknown unless it is more than are known. */
    int64_t at_least;
    /* When there are half or twice as many unseen as the model says. */
    int64_t half, twice;
    /* In the rounded table: the list that shares most people with others, and how many of all who are on two
     * lists or more; label.code empty when it is too few to be said, or there are only two lists. */
    struct label list;
    int64_t on_list, shared;
    size_t notes; /* the same as sentences, with what can always be said: "methods", "at_least", "missed",
                     "unseen_tie", "list" */
    struct release_note note[WHAT_IF_NOTES];
};

/* Of `r`; texts are in `a`. Of a refusal only `at_least` is told, when there is one. */
void what_if_of(const struct release *r, struct arena *a, struct what_if *out);

/* Is more than one method told, so that there is a range over them? */
bool what_if_has_methods(const struct release_estimate *x);

#endif
