/* A table of the report on a map of the city's areas. */
#ifndef LYKTA_PUBLIC_REPORT_MAP_H
#define LYKTA_PUBLIC_REPORT_MAP_H

#include "base/err.h"

struct arena;
struct chart_bar_row;
struct chart_frame;
struct db;
struct html;
struct release_table;
struct report_view;

/* Gives the report the maps of its tables, in `a`. */
enum status report_maps_add(struct db *db, struct report_view *v, struct arena *a, struct err *e) MUST_USE;

/* Draws `table` on its map, when the report has one; `rows` are the table's with their counts, in its order,
 * and `bars` is the frame of their other picture. */
void report_map(struct html *h, const struct report_view *v, const struct release_table *table,
                const struct chart_bar_row *rows, const struct chart_frame *bars);

#endif
