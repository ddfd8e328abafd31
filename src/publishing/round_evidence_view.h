/* What a round's figure rests on, as its page shows it to who works it out and who approves it. */
#ifndef LYKTA_PUBLISHING_ROUND_EVIDENCE_VIEW_H
#define LYKTA_PUBLISHING_ROUND_EVIDENCE_VIEW_H

#include "base/str.h"
#include "publishing/round_evidence.h"
#include "web/language.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct release;

/* A way to work out the number: "mellan 9 200 och 15 000", what that rests on, and why it is no one figure.
 */
struct round_way_row {
    struct str name, answer, rests_on, why;
};

struct round_drop_row {
    struct str list, answer;
    bool moves;
};

struct round_part_row {
    struct str category, answer;
    bool is_refused;
};

struct round_part_view {
    struct str column;
    size_t n;
    const struct round_part_row *row;
    struct str total; /* empty: none could be worked out */
    int64_t refused;
};

struct round_evidence_view {
    struct str
        found; /* a paragraph: how many ways, from where to where, and the list that moves the answer */
    size_t ways;
    const struct round_way_row *way;
    size_t drops;
    const struct round_drop_row *drop;
    size_t changes; /* sentences */
    const struct str *change;
    size_t parts;
    const struct round_part_view *part;
};

/* In `a`, in words of `draft`, which must outlive it. */
struct round_evidence_view round_evidence_view_of(const struct round_evidence *x, const struct release *draft,
                                                  enum language language, struct arena *a);

#endif
