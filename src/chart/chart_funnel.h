/* A funnel plot: values by how sure they are, inside limits that widen as sureness falls. It takes the place
 * of a ranking. The surest stand at the top; the axis across is logarithmic. Full lines are the limits that
 * one value in twenty passes by chance, thin ones those that one in five hundred does. A filled dot lies
 * inside, an open one outside the wider limits; with at most CHART_FUNNEL_MOST_NAMED values all are named,
 * else those outside. */
#ifndef LYKTA_CHART_CHART_FUNNEL_H
#define LYKTA_CHART_CHART_FUNNEL_H

#include "chart/chart.h"

#include <stdbool.h>
#include <stddef.h>

enum { CHART_FUNNEL_MOST_NAMED = 12, CHART_FUNNEL_STEPS = 24 };

struct chart_funnel_row {
    struct str label;
    double value;       /* above 0 */
    double se;          /* of its logarithm: how unsure it is */
    struct str text;    /* the value with its range, for the table */
    struct str verdict; /* where it lies, in words, for the table */
    bool is_outside;    /* of the inner limits: named and drawn open */
};

/* The limits at standard error `se`, as values. */
struct chart_funnel_limits {
    double lo, hi;             /* inner */
    double outer_lo, outer_hi; /* outer */
};

struct chart_funnel {
    double mean;
    double most_se;                                            /* of the lowest place drawn */
    struct chart_funnel_limits limits[CHART_FUNNEL_STEPS + 1]; /* at se = i * most_se / CHART_FUNNEL_STEPS */
    struct str value_heading, verdict_heading;
    struct str axis; /* what is measured: under the drawing */
    size_t n;
    const struct chart_funnel_row *row;
};

void chart_funnel(struct html *h, const struct chart_frame *f, const struct chart_funnel *c);

#endif
