/* What the page of the programme's text shows. */
#ifndef LYKTA_PROGRAMME_LEAD_TEXT_VIEW_H
#define LYKTA_PROGRAMME_LEAD_TEXT_VIEW_H

#include "programme/pooled_cells.h"
#include "web/field.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stdint.h>

struct lead_text_view {
    struct layout layout;
    struct field_set *fields;
    struct field *words[LANGUAGES];
    int64_t version; /* that is changed; 0: nothing has been written */
    struct pooled_cells cells;
    bool is_tried;               /* what was typed is shown as it will be */
    struct str tried[LANGUAGES]; /* Markdown, with its figures; empty: none */
    struct str loose;            /* numbers of it that lead to no cell; empty: none */
    struct str save_href, try_href, back_href;
};

#endif
