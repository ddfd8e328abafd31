/* A table of the report on a map of the city's areas. */
#ifndef LYKTA_PUBLIC_REPORT_MAP_H
#define LYKTA_PUBLIC_REPORT_MAP_H

struct chart_bar_row;
struct chart_frame;
struct html;
struct release_table;
struct report_view;

/* Draws `table` on its map, when the report has one; `rows` are the table's with their counts, in its order,
 * and `bars` is the frame of their other picture. */
void report_map(struct html *h, const struct report_view *v, const struct release_table *table,
                const struct chart_bar_row *rows, const struct chart_frame *bars);

#endif
