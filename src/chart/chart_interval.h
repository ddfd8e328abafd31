/* Estimates with their ranges, and beside each what is known: one row an estimate. Never a bar to an
 * estimate. The dot is the estimate, the thick line the range it lies in with 80 per cent certainty, the thin
 * line with ends the range with 95, and the diamond what is known. A line that ends in an arrow has a lower
 * limit alone. The axis begins at 0. */
#ifndef LYKTA_CHART_CHART_INTERVAL_H
#define LYKTA_CHART_CHART_INTERVAL_H

#include "chart/chart.h"

#include <stddef.h>

enum chart_estimate_kind {
    CHART_NONE,  /* there is no estimate, and nothing is read */
    CHART_LEAST, /* lo and `told`: there is no upper limit */
    CHART_RANGE, /* lo and hi alone */
    CHART_POINT  /* all */
};

/* 0 <= lo <= inner_lo <= value <= inner_hi <= hi; inner_lo == inner_hi: there is no inner range to draw. */
struct chart_estimate {
    enum chart_estimate_kind kind;
    int64_t value;
    int64_t lo, hi;
    int64_t inner_lo, inner_hi;
    struct str told; /* of CHART_LEAST: "minst 1 200" */
};

struct chart_interval_row {
    struct str label;
    struct chart_count known;
    struct chart_estimate estimate;
};

/* What an axis has to reach for the estimate to be drawn whole, an arrow in the last fifth; INT64_MAX at
 * most. Nothing is drawn: 0. */
int64_t chart_estimate_top(const struct chart_estimate *e);

void chart_interval(struct html *h, const struct chart_frame *f, const struct chart_interval_row rows[],
                    size_t n);

#endif
