/* What the lessons' pages show. */
#ifndef LYKTA_LEARNING_LEARNING_VIEW_H
#define LYKTA_LEARNING_LEARNING_VIEW_H

#include "base/str.h"
#include "portal/layout.h"

#include <stdbool.h>
#include <stddef.h>

struct lesson_row {
    struct str href;
    struct str name;
    size_t answered;
    struct date finished_on; /* no year: not finished */
    struct str certificate_href;
    struct str counts; /* for who may see them: "cirka", "färre än 5"; empty: not shown */
};

struct lessons_view {
    struct layout layout;
    bool shows_counts;
    size_t rows;
    struct lesson_row *row;
};

struct lesson_choice {
    struct str value;
    struct str id;
    struct str label;
    bool is_chosen;
    bool is_best;
};

struct situation_view {
    struct layout layout;
    struct str action;
    struct str lesson;
    size_t number; /* from 1 */
    size_t of;
    struct str text;
    size_t choices;
    struct lesson_choice choice[3];
    bool is_answered; /* the answer and why are shown */
    bool is_right;
    struct str why;
    struct str next_href;
    struct str error;
};

struct certificate_view {
    struct layout layout;
    struct str name;
    struct str lesson;
    struct date on;
    struct str again_action;
    struct str lessons_href;
};

#endif
