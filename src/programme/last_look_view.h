/* What the pages of a last look show. */
#ifndef LYKTA_PROGRAMME_LAST_LOOK_VIEW_H
#define LYKTA_PROGRAMME_LAST_LOOK_VIEW_H

#include "base/date.h"
#include "programme/last_look.h"
#include "programme/programme_view.h"
#include "web/field.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>

struct look_row {
    const struct look_city *city;
    struct date answered, read;
};

/* For the programme. */
struct last_look_view {
    struct layout layout;
    const struct last_look *look;
    enum look_state state;
    bool is_void;
    struct date until;
    const struct look_row *row; /* look->cities of them */
    bool may_stop;
    struct field_set *fields; /* of a new look; NULL: none can be opened now */
    struct field *until_field, *addresses;
    struct str open_href, stop_href, back_href;
};

/* For a city. */
struct look_city_view {
    struct layout layout;
    const struct look_city *city;
    struct date until, answered;
    bool is_void, is_taken;
    struct field_set *fields;
    struct field *answer, *words;
    struct str action;
    struct pooled_view pooled; /* read unless is_void */
};

#endif
