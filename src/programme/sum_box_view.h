/* What the pages of the post box of secure sums show. */
#ifndef LYKTA_PROGRAMME_SUM_BOX_VIEW_H
#define LYKTA_PROGRAMME_SUM_BOX_VIEW_H

#include "base/date.h"
#include "web/field.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>

/* What the round waits for. */
enum sum_step { SUM_STEP_JOIN, SUM_STEP_FIGURES, SUM_STEP_REVEAL };

/* A city of the round. Links to its letters are for whoever adds alone: empty for others. */
struct sum_city_row {
    struct str name;
    struct str roster; /* the file that the city fetches; empty: none */
    struct str join, figures, reveal;
    bool has_joined, has_given, has_revealed;
};

struct sum_box_view {
    struct layout layout;
    struct str name;
    enum sum_step step;
    struct date until; /* the step's last day */
    bool is_over;      /* that day has passed */
    bool is_taken;     /* a letter has just come */
    size_t cities, came, needed;
    const struct sum_city_row *row;
    struct str round_href, asking_href; /* asking_href is empty before shares are asked for */
    struct field_set *fields;
    struct field *file;
    struct str action;
};

struct sum_box_row {
    struct str name, href;
    struct date opened, until;
};

struct sum_boxes_view {
    struct layout layout;
    size_t boxes;
    const struct sum_box_row *box;
    struct str back_href;
};

#endif
