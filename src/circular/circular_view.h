/* What the pages of circulars show. */
#ifndef LYKTA_CIRCULAR_CIRCULAR_VIEW_H
#define LYKTA_CIRCULAR_CIRCULAR_VIEW_H

#include "base/date.h"
#include "circular/circular.h"
#include "mail/letter.h"
#include "web/field.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>

struct circular_row {
    const struct circular *circular;
    struct str href;
    struct date sent_on; /* no date: a draft */
    struct circular_fate fate;
};

struct circulars_view {
    struct layout layout;
    struct str write; /* empty: this reader writes warnings alone */
    struct str warn;
    bool is_removed; /* a draft, just now */
    size_t n;
    const struct circular_row *row;
};

struct circular_view {
    struct layout layout;
    struct circular_row row;
    struct str actors; /* "hyresvärdar, hotell" */
    bool is_tried, is_overtaken, is_nobody;
    struct circular_readers readers; /* of a draft */
    const struct letter *letter;
    struct str plain;
    struct str back, change, send, try, remove, troubles;
};

struct circular_form_view {
    struct layout layout;
    struct field_set *fields;
    struct field *actors, *language, *subject, *words;
    int64_t version; /* 0: a new one */
    bool is_warning;
    struct str action, back;
};

struct circular_stop_view {
    struct layout layout;
    struct str href;
    bool is_stopped; /* the reader takes none now: they may take them again */
};

#endif
