/* What the page shows that tries a mapping before it is made. */
#ifndef LYKTA_PUBLISHING_AHEAD_VIEW_H
#define LYKTA_PUBLISHING_AHEAD_VIEW_H

#include "web/field.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { AHEAD_LISTS = 6 };

/* What there would be without a list. */
struct ahead_row {
    size_t list;     /* as the form counts them */
    int64_t percent; /* of the people are on it */
    bool has_figure;
    int64_t off;     /* two figures of three are off by at most so many per cent; -1: no limit */
    int64_t refused; /* of 100 mappings */
};

struct ahead_view {
    struct layout layout;
    struct field_set *fields;
    struct field *people, *share[AHEAD_LISTS], *differ;
    struct str action, back;
    bool is_tried;
    size_t tables;
    int64_t seen, on_two_lists;
    int64_t refused, only_range, held; /* of 100 mappings */
    bool has_figure, is_open;          /* open: without an upper limit */
    int64_t low, high;                 /* 95 of 100 figures */
    int64_t off;                       /* as in a row */
    size_t number[AHEAD_LISTS];        /* of the lists that were filled in, as the form counts them */
    size_t rows;                       /* none with two lists */
    struct ahead_row row[AHEAD_LISTS];
    size_t most_worth; /* a list, as the form counts them */
};

#endif
