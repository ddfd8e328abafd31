/* What the scanner points at in a text that somebody wrote: shown beside the field it was written in. */
#ifndef LYKTA_OBSERVATION_TEXT_POINTS_H
#define LYKTA_OBSERVATION_TEXT_POINTS_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct request;

struct text_point {
    struct str text; /* what stands there */
    struct str kind; /* "ser ut som ett telefonnummer" */
};

struct text_points {
    size_t n;
    struct text_point *point;
    bool is_refused; /* some of it must go (scan_refused) */
};

/* In the language and the arena of the request. */
struct text_points text_points_find(const struct request *r, struct str text);

#endif
