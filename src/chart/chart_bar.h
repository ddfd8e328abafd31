/* Counts side by side: people per list, per form, per age group. The label stands above its bar, so that a
 * long Swedish word has room on a phone; the number stands after the bar. The axis begins at 0. */
#ifndef LYKTA_CHART_CHART_BAR_H
#define LYKTA_CHART_CHART_BAR_H

#include "chart/chart.h"

#include <stddef.h>

struct chart_bar_row {
    struct str label;
    struct chart_count count;
    int64_t lo, hi; /* the range the count lies in, drawn under the bar; equal: none is known */
};

/* The rows in the order given: sorted by size unless their order means something. `heading` names what the
 * labels are ("Lista"). */
void chart_bar(struct html *h, const struct chart_frame *f, struct str heading,
               const struct chart_bar_row rows[], size_t n);

#endif
