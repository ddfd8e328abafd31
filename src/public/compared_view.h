/* What a report says of earlier rounds: the facts of a comparison in the reader's language. */
#ifndef LYKTA_PUBLIC_COMPARED_VIEW_H
#define LYKTA_PUBLIC_COMPARED_VIEW_H

#include "base/str.h"
#include "release/series.h"
#include "web/language.h"

#include <stddef.h>

struct arena;

struct compared_row {
    struct str label;
    const struct str *cell; /* as it is told: one for each round */
};

/* An earlier round that this one cannot be compared with. */
struct compared_other {
    struct str period;
    struct str differences; /* "vilka som räknas, vilka listor som finns" */
};

struct compared_view {
    const struct series *series; /* NULL: there is no earlier round, and nothing else is read */
    size_t rounds;               /* 1: none that it can be compared with */
    struct str period[SERIES_ROUNDS];
    struct series_finding finding; /* of two rounds or more, as what follows */
    struct str before;             /* the period of the round before */
    struct str known, known_before, entries, entries_before;
    size_t rows;
    const struct compared_row *row;
    size_t others;
    const struct compared_other *other;
};

/* `series` may be NULL, and must outlive the view. */
struct compared_view compared_view_of(const struct series *series, enum language language, struct arena *a);

#endif
