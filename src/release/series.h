/* Rounds of mapping side by side: which can be compared, and what their figures allow to be said.
 *
 * Two rounds can be compared when they count the same people on the same lists, over a period of the same
 * length, worked out by the same method, and when both or neither show the method on data from elsewhere. All
 * is made of releases as they were published: nothing here knows an exact figure. A figure has changed only
 * when the intervals of the two do not meet; else rounding alone may have moved it. A share is told of
 * rounded figures, and of none below 20. Persons stand beside entries, which are what the lists hold: whoever
 * is on two lists is two entries, so more entries of the same persons say that more of the city looks. */
#ifndef LYKTA_RELEASE_SERIES_H
#define LYKTA_RELEASE_SERIES_H

#include "release/release.h"

struct arena;

enum {
    SERIES_ROUNDS = 3,  /* that are shown side by side, the latest */
    SERIES_EARLIER = 8, /* that are looked at */
    SERIES_ROWS = 24,
    SERIES_DIFFERENCES = 5
};

/* What makes two rounds different things, as bits. */
enum series_difference {
    SERIES_PEOPLE = 1 << 0, /* who is counted */
    SERIES_LISTS = 1 << 1,
    SERIES_LENGTH = 1 << 2, /* of the period */
    SERIES_METHOD = 1 << 3,
    SERIES_ORIGIN = 1 << 4 /* one of them shows the method on data from elsewhere */
};

/* The bits for the two; 0: they can be compared. */
uint32_t series_differences(const struct release *now, const struct release *earlier);

/* Bit i in words: "vilka som räknas". */
extern const struct label series_difference_words[SERIES_DIFFERENCES];

/* A row: the same figure in every round. */
struct series_row {
    struct label label;
    struct release_figure figure[SERIES_ROUNDS];
};

struct series_other {
    const struct release *release;
    uint32_t differences;
};

/* In `row` known persons come first, then entries; then every list, and every category of the columns that
 * all rounds have alike. */
struct series {
    size_t rounds;                              /* 1: there is none to compare with */
    const struct release *round[SERIES_ROUNDS]; /* the latest last: the one that is compared */
    size_t rows;
    size_t lists; /* rows of lists, after the first two; then come the categories */
    struct series_row row[SERIES_ROWS];
    size_t others; /* earlier rounds that it cannot be compared with */
    struct series_other other[SERIES_EARLIER];
};

enum { SERIES_KNOWN, SERIES_ENTRIES, SERIES_FIRST_LIST };

/* Compares `now` with `earlier`, releases of years before it, the latest first; n is at most
 * SERIES_EARLIER. They must outlive the comparison; texts made are in `a`. */
void series_make(const struct release *now, const struct release *const *earlier, size_t n, struct arena *a,
                 struct series *out);

enum series_change {
    SERIES_UNKNOWN, /* one of them has no figure */
    SERIES_ALIKE,   /* the intervals meet */
    SERIES_MORE,
    SERIES_FEWER
};

/* What can be said of the latest round beside the one before it. */
struct series_finding {
    enum series_change known, entries, likely;
    int64_t percent; /* how many more or fewer are known; 0: not to be said */
};

/* `s` has two rounds or more. */
struct series_finding series_find(const struct series *s);

#endif
