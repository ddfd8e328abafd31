/* What the pages of documents show. */
#ifndef LYKTA_MANUAL_MANUAL_VIEW_H
#define LYKTA_MANUAL_MANUAL_VIEW_H

#include "manual/manual.h"
#include "portal/layout.h"

#include <stddef.h>

struct manual_row {
    struct str href, title, about;
    bool is_english;
};

struct manual_list_view {
    struct layout layout;
    struct str grounds_href; /* the page of legal grounds */
    size_t rows;
    struct manual_row *row;
};

struct manual_view {
    struct layout layout;
    struct str index_href, title;
    struct str language; /* of the text: "sv", "en" */
    const struct manual_text *text;
};

#endif
