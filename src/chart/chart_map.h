/* How many per area: a map whose areas are filled by class (choropleth). Each area has its name and number as
 * <title> and, where there is room, its number on it; each class has its limits in the legend; what may not
 * be told is hatched, so that colour never carries anything alone. Points are rounded to a grid of two units
 * before they are joined: neighbours that share a vertex still share it, so that rounding opens no gaps, and
 * the drawing of a county stays small. */
#ifndef LYKTA_CHART_CHART_MAP_H
#define LYKTA_CHART_CHART_MAP_H

#include "chart/chart.h"
#include "chart/sweref.h"

#include <stddef.h>

enum { CHART_MAP_CLASSES = 5 };

struct chart_ring {
    const struct sweref *points; /* closed or not: the drawing closes it */
    size_t n;
};

/* The middle of the largest circle that lies in an area. */
struct chart_circle {
    struct sweref middle;
    double radius; /* metres; 0: nothing is written on the area */
};

struct chart_area {
    struct str name;
    bool is_outside; /* the figures do not speak of it: its border is drawn, and nothing else */
    struct chart_count count;
    const struct chart_ring *rings; /* islands and holes alike: even-odd */
    size_t n;
    struct chart_circle circle;
};

/* Values from `from` up to the next class's. */
struct chart_class {
    int64_t from;
    struct str text; /* "10–24": the legend */
};

/* The classes of the numbers up to `top`: as many as an axis has steps, with its limits. The texts are left
 * to the caller. Returns how many, 1..CHART_MAP_CLASSES. */
size_t chart_map_classes(int64_t top, struct chart_class out[CHART_MAP_CLASSES]);

/* The last number of class `i` of chart_map_classes(top): its last class ends where one more would begin. */
int64_t chart_map_class_end(const struct chart_class *classes, size_t n, size_t i, int64_t top);

struct chart_map {
    const struct chart_area *areas;
    size_t n;
    const struct chart_class *classes; /* rising; at most CHART_MAP_CLASSES */
    size_t n_classes;
    struct str area_heading; /* of the table's first column */
    /* The legend's words for areas that no class is for, each shown when there is such an area. */
    struct str none_text, protected_text, outside_text;
};

/* At least one area with at least one point. The table has the areas in the order given, but for those
 * outside. */
void chart_map(struct html *h, const struct chart_frame *f, const struct chart_map *m);

/* The class of a value: 0 is below the first limit, 1 the first class. */
size_t chart_map_class(const struct chart_map *m, int64_t value);

#endif
