/* Charts on paper. */
#ifndef LYKTA_CHART_CHART_PRINT_H
#define LYKTA_CHART_CHART_PRINT_H

#include "base/str.h"

struct text;

/* Appends the HTML `page` to `out` with the style of print inside every chart of it, and before
 * each its finding as a line of text, for who hears what is printed. */
void chart_print(struct text *out, struct str page);

#endif
