/* Cell suppression: small figures are hidden, and as many others as it takes that none can be computed back.
 *
 * For a delivery under secrecy to an authority that needs large figures exactly; what is published for
 * everybody is a cube (cube.h). Primary suppression hides every figure below the threshold; secondary
 * suppression offers the others from the greatest down and hides those that would tell a hidden one
 * (elimination.h), to anybody or to a single person in a cell. That stops exact disclosure only: how narrow
 * the intervals are that remain is for the auditor (attack.h) to say.
 *
 * All hidden figures look the same (".."): a mark for some of them tells that they are small, and from that
 * many can be worked out (docs/methods/protection.md).
 * Handbook on Statistical Disclosure Control, 2nd ed., chapter 4.                                          */
#ifndef LYKTA_PROTECT_SUPPRESS_H
#define LYKTA_PROTECT_SUPPRESS_H

#include "base/err.h"
#include "protect/table.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct progress;

enum { SUPPRESS_THRESHOLD = 5, SUPPRESS_HIDDEN = -1 };

enum suppress_state {
    SUPPRESS_SHOWN,
    SUPPRESS_PRIMARY,  /* small itself */
    SUPPRESS_SECONDARY /* would tell a small one */
};

enum suppress_zeros {
    SUPPRESS_ZEROS_SHOWN, /* that nobody is in a cell tells nothing about a person */
    SUPPRESS_ZEROS_HIDDEN /* it does: all that could be somewhere else are not here */
};

enum suppress_singles {
    SUPPRESS_SINGLES_PROTECTED, /* nobody alone in a cell can work out another figure from his own */
    SUPPRESS_SINGLES_IGNORED    /* only who knows nothing besides the table is thought of */
};

/* Zero is what is usual. */
struct suppress_options {
    int64_t threshold; /* figures 1..threshold - 1 are hidden; 0: SUPPRESS_THRESHOLD */
    enum suppress_zeros zeros;
    enum suppress_singles singles;
    struct progress *progress; /* NULL for none */
};

struct suppression {
    struct table_shape shape;
    const int64_t *n;                 /* [shape.published] the exact figure, or SUPPRESS_HIDDEN */
    const enum suppress_state *state; /* [shape.published] who is allowed to see this may see the table */
    int64_t threshold;
    size_t primary, secondary; /* figures hidden */
    size_t not_empty;          /* figures above 0, hidden or not */
};

/* Suppresses `t`. The result points into `t`'s shape and `a`. The same table gives the same result.
 * USAGE when the threshold is not 2..TABLE_MAX_COUNT; REFUSED when it was asked to stop. */
enum status suppress(const struct table *t, const struct suppress_options *options, struct arena *a,
                     struct suppression *out, struct err *e) MUST_USE;

#endif
