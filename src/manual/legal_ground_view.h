/* What the page of legal grounds shows. */
#ifndef LYKTA_MANUAL_LEGAL_GROUND_VIEW_H
#define LYKTA_MANUAL_LEGAL_GROUND_VIEW_H

#include "manual/legal_ground.h"
#include "portal/layout.h"
#include "web/field.h"

#include <stdbool.h>
#include <stddef.h>

struct legal_ground_row {
    const struct legal_rest *rest;
    enum legal_ground_state state; /* on the day */
};

/* What one activity rests on. */
struct legal_ground_group {
    struct str name;
    bool holds; /* for all of it, on the day */
    size_t rows;
    const struct legal_ground_row *row;
};

struct legal_ground_view {
    struct layout layout;
    struct str index_href, action;
    struct field_set *fields;
    struct field *day;
    struct date on;
    size_t groups;
    const struct legal_ground_group *group;
};

#endif
