/* Panels: one small drawing for each of many, cities above all, with the same periods across and the same
 * scale up, in the order that the caller gives. The eye compares them, and no list ranks them. The marks are
 * those of the interval chart (chart_interval.h), upright; a period without an estimate has a dash at its
 * place.
 *
 * The drawings wrap as words do: two beside each other on a phone, more on paper and on a wide screen. What
 * they show stands in one table under them all. */
#ifndef LYKTA_CHART_CHART_PANELS_H
#define LYKTA_CHART_CHART_PANELS_H

#include "chart/chart.h"
#include "chart/chart_interval.h"

#include <stddef.h>

enum chart_panel_kind {
    CHART_PANEL_EMPTY, /* nothing is known of the period: no row in the table */
    CHART_PANEL_WORDS, /* a row in the table, and nothing that can be drawn on this scale */
    CHART_PANEL_DRAWN
};

/* A period of a panel. What is not drawn is read for the table alone. */
struct chart_panel_cell {
    enum chart_panel_kind kind;
    struct chart_count known;
    struct chart_estimate estimate; /* of CHART_NONE a dash is drawn beside what is known */
    struct str likely;              /* the estimate in words: "omkring 190 (160–230)", "ingen skattning" */
};

struct chart_panel {
    struct str label;
    struct str missing; /* what there is in place of an estimate or range, printed in the panel; empty: there
                           is one */
    const struct chart_panel_cell *cell; /* one for each period */
};

struct chart_panels {
    struct str period_heading, likely_heading; /* of columns of the table */
    size_t periods;
    const struct str *period; /* "2025", "2023–2025", the first first: at most CHART_PANELS_MOST_PERIODS */
    size_t n;
    const struct chart_panel *panel;
};

enum { CHART_PANEL_WIDTH = 150, CHART_PANELS_MOST_PERIODS = 12 };

/* The finding stands as text above the drawings; each drawing has its own description. */
void chart_panels(struct html *h, const struct chart_frame *f, const struct chart_panels *c);

#endif
