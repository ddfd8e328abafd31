/* What the pages of an extract show. */
#ifndef LYKTA_EXTRACT_EXTRACT_VIEW_H
#define LYKTA_EXTRACT_EXTRACT_VIEW_H

#include "base/str.h"
#include "web/field.h"
#include "web/layout.h"

#include <stddef.h>

struct extract_line {
    struct str label, value; /* the value empty: nothing is kept there */
};

struct extract_row {
    size_t lines;
    const struct extract_line *line;
};

struct extract_part_view {
    struct str title;
    size_t rows;
    const struct extract_row *row;
};

/* Of one's own address, or of somebody's who asks. */
struct extract_view {
    struct layout layout;
    struct str title, email;
    size_t parts; /* those that lead to something */
    const struct extract_part_view *part;
    struct str file_href;    /* one's own */
    struct str file_action;  /* somebody's: sent as a form, so that no address stands in one */
    struct str another_href; /* empty: one's own */
};

struct extract_ask_view {
    struct layout layout;
    struct field_set *fields;
    struct field *email;
    struct str action;
};

#endif
