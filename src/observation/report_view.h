/* What the steps of telling show. */
#ifndef LYKTA_OBSERVATION_REPORT_VIEW_H
#define LYKTA_OBSERVATION_REPORT_VIEW_H

#include "base/str.h"
#include "help/helpline.h"
#include "observation/report.h"
#include "observation/text_points.h"
#include "portal/layout.h"

#include <stdbool.h>
#include <stddef.h>

/* One answer to choose, or one already given that the form carries on. */
struct report_option {
    struct str value;
    struct str label;
    struct str id;
    bool is_chosen;
};

struct report_step_view {
    struct layout layout;
    struct str action;
    bool can_receive; /* false: the city has no recipients yet */
    struct helplines helplines;
    size_t places;
    struct report_option *place;
    size_t signs;
    struct report_option *sign;
    size_t whens;
    struct report_option *when;
    size_t areas;
    struct report_option *area;
    size_t carried; /* hidden fields: name in id, value in value */
    struct report_option *carry;
    struct str error; /* empty: nothing is wrong */
    struct str text;
    struct text_points points;
    bool is_weak; /* one weak sign alone: advice before it is sent */
    bool calls_112;
    bool calls_child;
    bool is_weighed; /* several signs that are weighed together */
    bool is_work;    /* working conditions: they have an authority of their own */
    struct str place_words, when_words, area_words;
    struct str code; /* on the receipt */
    struct str number;
    struct str inspection; /* what an inspector pastes; empty: the reader is none */
    struct str followup_href;
    struct str cards_href;
    struct str script_href;
    struct str home_href;
};

#endif
