/* What the pages of areas show. */
#ifndef LYKTA_AREA_AREA_VIEW_H
#define LYKTA_AREA_AREA_VIEW_H

#include "area/area_match.h"
#include "web/field.h"
#include "web/layout.h"

struct html;

struct division_row {
    struct str name, column, href;
    struct date added_on;
    int64_t areas;
};

struct divisions_view {
    struct layout layout;
    size_t divisions;
    const struct division_row *division;
    bool is_removed; /* just now */
    struct str add_href;
};

struct division_form_view {
    struct layout layout;
    struct field_set *fields;
    struct field *name, *column, *source, *file;
    struct str action, back;
};

/* How the areas agree with a table of a published mapping. */
struct division_use {
    struct str release, table, href;
    struct str other;   /* the division that its map is drawn on instead; empty: this one */
    struct str lost;    /* names, parted by commas; empty: all are on the map */
    struct str renamed; /* "Norr (på kartan: Norra staden)", parted by commas */
};

struct division_view {
    struct layout layout;
    struct division division;
    struct areas areas;
    struct date added_on;
    size_t uses;
    const struct division_use *use;
    struct str action, back;
};

/* The borders alone, without figures. */
void division_picture(struct html *h, const struct division_view *v);

#endif
