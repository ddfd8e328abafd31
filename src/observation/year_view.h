/* What the page of a year's situations shows. */
#ifndef LYKTA_OBSERVATION_YEAR_VIEW_H
#define LYKTA_OBSERVATION_YEAR_VIEW_H

#include "base/str.h"
#include "observation/pair_view.h"
#include "web/language.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>

struct year_row {
    enum text_key what;
    struct str shown; /* "15 (5–25)", "högst 10" */
};

struct year_view {
    struct layout layout;
    struct str year; /* "2025" */
    bool is_refused; /* too much would be told */
    struct str all;
    size_t forms, places;
    const struct year_row *form, *place;
    size_t pair_lists; /* the forms that have pairs to show */
    const struct pair_view *pairs;
    struct str back_href;
};

#endif
