/* Small multiples: the same kind of count over the same periods, a small bar chart for each, all to one
 * scale. The eye goes down and sees what has grown and what has not. */
#ifndef LYKTA_CHART_CHART_MULTIPLES_H
#define LYKTA_CHART_CHART_MULTIPLES_H

#include "chart/chart.h"

#include <stddef.h>

/* One of them. */
struct chart_multiple {
    struct str label;
    const struct chart_count *count; /* one for each period */
};

struct chart_multiples {
    struct str heading; /* of the first column of the table: what the labels name */
    size_t periods;
    const struct str *period; /* "2025", "2023–2025", the first first: at most CHART_MOST_PERIODS */
    size_t n;
    const struct chart_multiple *multiple;
};

enum { CHART_MOST_PERIODS = 6 };

void chart_multiples(struct html *h, const struct chart_frame *f, const struct chart_multiples *m);

#endif
