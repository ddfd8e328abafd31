/* The map: areas as wide as the drawing, under them a row of 18 units for each class. */
#include "chart/chart_map.h"

#include "web/html.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

/* Points lie on a grid of GRID units, about a kilometre for a county: shorter numbers, fewer points. */
enum { LEGEND_ROW = 18, MARK = 12, EDGE = 1, GRID = 2 };

/* From metres to steps of the grid: north is up. */
struct view {
    double west, north, scale, height;
};

static struct view view_of(const struct chart_map *m)
{
    double west = INFINITY, east = -INFINITY, south = INFINITY, north = -INFINITY;

    for (size_t i = 0; i < m->n; i++)
        for (size_t j = 0; j < m->areas[i].n; j++)
            for (size_t k = 0; k < m->areas[i].rings[j].n; k++) {
                struct sweref p = m->areas[i].rings[j].points[k];

                west = fmin(west, p.east);
                east = fmax(east, p.east);
                south = fmin(south, p.north);
                north = fmax(north, p.north);
            }
    double side = fmax(fmax(east - west, north - south), 1);
    double scale = (CHART_WIDTH / GRID - 2 * EDGE) / side;

    return (struct view){west, north, scale, (north - south) * scale + 2 * EDGE};
}

size_t chart_map_class(const struct chart_map *m, int64_t value)
{
    size_t class = 0;

    while (class < m->n_classes && value >= m->classes[class].from)
        class ++;
    return class;
}

struct point {
    int64_t x, y;
};

static struct point on_grid(const struct view *v, struct sweref p)
{
    return (struct point){llround((p.east - v->west) * v->scale) + EDGE,
                          llround((v->north - p.north) * v->scale) + EDGE};
}

/* With the sign of a program, not of a text; a minus parts two numbers as well as a space does. */
static void put_point(struct html *h, const char *before, struct point p)
{
    char text[64];
    int n = snprintf(text, sizeof text, "%s%" PRId64 "%s%" PRId64, before, p.x, p.y < 0 ? "" : " ", p.y);

    html_raw(h, (struct str){text, (size_t)n});
}

/* Is `b` the way `a` went, further? */
static bool goes_on(struct point a, struct point b)
{
    return a.x * b.y == a.y * b.x && a.x * b.x + a.y * b.y > 0;
}

/* "M10 20l3-4 5 6z": whole steps, each point from the one before it. Points that fell together are one, steps
 * in the same direction too, and the last step home is left to the z. */
static void draw_ring(struct html *h, const struct view *v, const struct chart_ring *r)
{
    struct point first = on_grid(v, r->points[0]);
    struct point at = first;
    struct point step = {0, 0}; /* taken but not written */
    const char *before = "l";

    put_point(h, "M", first);
    for (size_t i = 1; i < r->n; i++) {
        struct point to = on_grid(v, r->points[i]);
        struct point next = {to.x - at.x, to.y - at.y};

        at = to;
        if (next.x == 0 && next.y == 0)
            continue;
        if (goes_on(step, next)) {
            step = (struct point){step.x + next.x, step.y + next.y};
            continue;
        }
        if (step.x != 0 || step.y != 0) {
            put_point(h, before[0] == ' ' && step.x < 0 ? "" : before, step);
            before = " ";
        }
        step = next;
    }
    if (at.x != first.x || at.y != first.y)
        put_point(h, before[0] == ' ' && step.x < 0 ? "" : before, step);
    html_lit(h, "z");
}

/* What fills a mark of the class, or the hatch of this figure. */
static void put_fill(struct html *h, const struct chart_frame *f, size_t class, bool is_protected)
{
    if (is_protected) {
        html_lit(h, "fill=\"url(#");
        html_put(h, f->id);
        html_lit(h, "-h)\"");
        return;
    }
    html_lit(h, "class=\"q");
    html_put(h, (int64_t) class);
    html_lit(h, "\"");
}

static void draw_area(struct html *h, const struct view *v, const struct chart_area *area)
{
    html_lit(h, "<path d=\"");
    for (size_t i = 0; i < area->n; i++)
        if (area->rings[i].n)
            draw_ring(h, v, &area->rings[i]);
    html_lit(h, "\"><title>");
    html_put(h, area->name);
    html_lit(h, ": ");
    html_put(h, area->count.text);
    html_lit(h, "</title></path>\n");
}

/* The areas of a class in one group, which carries the class once for all of them. */
static void draw_class(struct html *h, const struct chart_frame *f, const struct chart_map *m,
                       const struct view *v, size_t class, bool is_protected)
{
    html_lit(h, "<g ");
    put_fill(h, f, class, is_protected);
    html_lit(h, ">");
    for (size_t i = 0; i < m->n; i++) {
        const struct chart_count *count = &m->areas[i].count;

        if (count->is_protected == is_protected &&
            (is_protected || chart_map_class(m, count->value) == class))
            draw_area(h, v, &m->areas[i]);
    }
    html_lit(h, "</g>");
}

static void draw_key(struct html *h, const struct chart_frame *f, double y, size_t class, bool is_protected,
                     struct str text)
{
    html_lit(h, "<rect ");
    put_fill(h, f, class, is_protected);
    html_lit(h, " x=\"8\" width=\"12\" height=\"12\" y=\"");
    html_put_coordinate(h, y);
    html_lit(h, "\"/>");
    chart_text(h, NULL, CHART_LEFT + MARK + 6, y + 10.5, text);
    html_lit(h, "\n");
}

static void draw_hatch(struct html *h, const struct chart_frame *f)
{
    html_lit(h, "<pattern id=\"");
    html_put(h, f->id);
    html_lit(h, "-h\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\" "
                "patternTransform=\"rotate(45)\"><path class=\"hatch\" d=\"M0 0V4\"/></pattern>\n");
}

void chart_map(struct html *h, const struct chart_frame *f, const struct chart_map *m)
{
    struct view v = view_of(m);
    const struct str headings[] = {m->area_heading, f->words->people};
    double y = v.height * GRID + 8;

    chart_open(h, f, y + (double)(m->n_classes + 1) * LEGEND_ROW);
    draw_hatch(h, f);
    html_lit(h, "<g class=\"area\" transform=\"scale(2)\">\n");
    for (size_t i = 0; i <= m->n_classes; i++)
        draw_class(h, f, m, &v, i, false);
    draw_class(h, f, m, &v, 0, true);
    html_lit(h, "</g>\n");
    for (size_t i = 0; i < m->n_classes; i++)
        draw_key(h, f, y + (double)i * LEGEND_ROW, i + 1, false, m->classes[i].text);
    draw_key(h, f, y + (double)m->n_classes * LEGEND_ROW, 0, true, m->protected_text);
    chart_table_open(h, f, headings, 2);
    for (size_t i = 0; i < m->n; i++) {
        chart_put_row_open(h, m->areas[i].name);
        chart_put_cell(h, m->areas[i].count.text);
        html_lit(h, "</tr>\n");
    }
    chart_close(h, f);
}
