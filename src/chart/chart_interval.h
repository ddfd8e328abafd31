/* Estimates with their ranges, and beside each what is known: one row an estimate. Never a bar to an
 * estimate. The dot is the estimate, the thick line the range it lies in with 80 per cent certainty, the thin
 * line with ends the range with 95, and the diamond what is known. The axis begins at 0. */
#ifndef LYKTA_CHART_CHART_INTERVAL_H
#define LYKTA_CHART_CHART_INTERVAL_H

#include "chart/chart.h"

#include <stdbool.h>
#include <stddef.h>

/* lo95 <= lo80 <= estimate <= hi80 <= hi95. */
struct chart_estimate {
    int64_t value;
    int64_t lo80, hi80;
    int64_t lo95, hi95;
};

struct chart_interval_row {
    struct str label;
    struct chart_count known;
    bool has_estimate; /* false: the data did not allow one, and `estimate` is not read */
    struct chart_estimate estimate;
};

void chart_interval(struct html *h, const struct chart_frame *f, const struct chart_interval_row rows[],
                    size_t n);

#endif
