/* What the page about readers of a draft shows. */
#ifndef LYKTA_PUBLISHING_DRAFT_READER_VIEW_H
#define LYKTA_PUBLISHING_DRAFT_READER_VIEW_H

#include "base/date.h"
#include "web/field.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct draft_reader_row {
    struct str name, email;
    struct date last_day; /* of the link */
    int64_t readings;
    struct date read_on;
    struct str end_href; /* empty: it has ended */
};

struct draft_readers_view {
    struct layout layout;
    struct str title; /* of the mapping */
    size_t readers;
    const struct draft_reader_row *reader;
    struct field_set *fields; /* NULL: there is no draft to read now */
    struct field *name, *email, *language, *days;
    struct str action, back;
};

#endif
