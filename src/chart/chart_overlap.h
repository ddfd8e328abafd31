/* Who is on which lists: an UpSet plot (Lex et al. 2014, IEEE Transactions on Visualization and Computer
 * Graphics 20:12) with one row per combination of lists: a dot in each list's column, and a bar with its
 * number. Combinations stand in rows and not in columns, so that every bar has its number on a phone too.
 * What may not be told is a hatched bar of fixed length without a number. */
#ifndef LYKTA_CHART_CHART_OVERLAP_H
#define LYKTA_CHART_CHART_OVERLAP_H

#include "chart/chart.h"

#include <stddef.h>

struct arena;

enum { CHART_MAX_LISTS = 10, CHART_MAX_ROWS = 24 };

struct chart_overlap_row {
    uint32_t lists; /* bit i: on list i */
    struct chart_count count;
};

struct chart_overlap {
    const struct str *names; /* of the lists */
    size_t lists;            /* 1..CHART_MAX_LISTS */
    const struct chart_overlap_row *rows;
    size_t n;
    struct str together; /* names the row of chart_overlap_together combinations; empty: each has its own */
};

/* The table has every combination, largest first, those without a number last. The drawing has them all too
 * when they are at most CHART_MAX_ROWS; otherwise those with a number, as far as they fit: the protected ones
 * all look the same, and only the first of them would find room. Of so many, those that say the same words
 * stand in the table as one row with these words: dozens of rows "färre än 5" would hide the others. */
void chart_overlap(struct html *h, const struct chart_frame *f, const struct chart_overlap *c,
                   struct arena *a);

/* Combinations that are in the table but not in the drawing. */
size_t chart_overlap_left_out(const struct chart_overlap *c);

/* Combinations that may be told together in the table: protected, and all with the words of the last of them.
 * 0 when the drawing has them all. */
size_t chart_overlap_together(const struct chart_overlap *c);

#endif
