/* What the monthly picture shows. */
#ifndef LYKTA_OBSERVATION_OVERVIEW_VIEW_H
#define LYKTA_OBSERVATION_OVERVIEW_VIEW_H

#include "observation/overview.h"
#include "web/layout.h"

struct html;

struct overview_view {
    struct layout layout;
    struct overview overview;
    struct str helps_href;   /* which signs carry information; empty: not for this reader */
    struct str warning_href; /* where a warning is written; empty: not for this reader */
};

/* The charts, each with its table. */
void overview_charts(struct html *h, const struct overview_view *v);

#endif
