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
    double scale = ((double)CHART_WIDTH / GRID - 2 * EDGE) / side;

    return (struct view){west, north, scale, (north - south) * scale + 2 * EDGE};
}

int64_t chart_map_class_end(const struct chart_class *classes, size_t n, size_t i, int64_t top)
{
    int64_t step = n > 1 ? classes[1].from : top + 1;

    return (int64_t)(i + 1) * step - 1;
}

size_t chart_map_classes(int64_t top, struct chart_class out[CHART_MAP_CLASSES])
{
    int64_t step = chart_step(top + 1); /* a number on the last limit would be in a class of its own */
    size_t n = 0;

    while (n < CHART_MAP_CLASSES && (int64_t)n * step <= top) {
        out[n] = (struct chart_class){.from = n == 0 ? 1 : (int64_t)n * step};
        n++;
    }
    return n;
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

/* How an area is filled: by its class, or in a way of its own. */
enum { FILL_PROTECTED = CHART_MAP_CLASSES + 1, FILL_OUTSIDE, FILLS };

static size_t fill_of(const struct chart_map *m, const struct chart_area *area)
{
    if (area->is_outside)
        return FILL_OUTSIDE;
    return area->count.is_protected ? FILL_PROTECTED : chart_map_class(m, area->count.value);
}

static bool is_used(const struct chart_map *m, size_t fill)
{
    for (size_t i = 0; i < m->n; i++)
        if (fill_of(m, &m->areas[i]) == fill)
            return true;
    return false;
}

/* The class of the fill, with `more` classes beside it; a pattern is this figure's own. */
static void put_fill(struct html *h, const struct chart_frame *f, size_t fill, const char *more)
{
    static const char letters[] = "012345hn";

    html_lit(h, "class=\"q");
    html_raw(h, (struct str){&letters[fill], 1});
    html_put(h, more);
    if (fill == FILL_PROTECTED) {
        html_lit(h, "\" fill=\"url(#");
        html_put(h, f->id);
        html_lit(h, "-h)");
    }
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
    if (!area->is_outside) {
        html_lit(h, ": ");
        html_put(h, area->count.text);
    }
    html_lit(h, "</title></path>");
}

/* The areas of one fill in one group, which carries it once for all of them. */
static void draw_fill(struct html *h, const struct chart_frame *f, const struct chart_map *m,
                      const struct view *v, size_t fill)
{
    html_lit(h, "<g ");
    put_fill(h, f, fill, "");
    html_lit(h, ">");
    for (size_t i = 0; i < m->n; i++)
        if (fill_of(m, &m->areas[i]) == fill)
            draw_area(h, v, &m->areas[i]);
    html_lit(h, "</g>");
}

/* Is the circle large enough for the digits of `value`, at 13 units' type? */
static bool has_room(const struct view *v, const struct chart_area *area)
{
    enum { DIGIT = 8, HALF_HEIGHT = 5 };
    int digits = 1;

    for (int64_t rest = area->count.value; rest >= 10; rest /= 10)
        digits++;
    return area->circle.radius * v->scale * GRID >= hypot(digits * DIGIT / 2.0, HALF_HEIGHT);
}

static void draw_number(struct html *h, const struct view *v, const struct chart_area *area)
{
    struct point at = on_grid(v, area->circle.middle);

    html_lit(h, "<text x=\"");
    html_put_plain_i64(h, at.x * GRID);
    html_lit(h, "\" y=\"");
    html_put_plain_i64(h, at.y * GRID + 4);
    html_lit(h, "\">");
    html_put(h, area->count.value);
    html_lit(h, "</text>");
}

/* Dark fills have light numbers, and the other way round where the reader's screen is dark. */
static const char *number_classes(size_t class)
{
    if (class < 3)
        return "m";
    return class == 3 ? "m o3" : "m o4";
}

/* The numbers on the areas of a class, in a colour that can be read on it. */
static void draw_numbers(struct html *h, const struct chart_map *m, const struct view *v, size_t class)
{
    bool is_first = true;

    for (size_t i = 0; i < m->n; i++) {
        if (fill_of(m, &m->areas[i]) != class || !has_room(v, &m->areas[i]))
            continue;
        if (is_first) {
            html_lit(h, "<g class=\"");
            html_put(h, number_classes(class));
            html_lit(h, "\">");
        }
        is_first = false;
        draw_number(h, v, &m->areas[i]);
    }
    if (!is_first)
        html_lit(h, "</g>");
}

static void draw_areas(struct html *h, const struct chart_frame *f, const struct chart_map *m,
                       const struct view *v)
{
    html_lit(h, "<g class=\"area\" fill-rule=\"evenodd\" transform=\"scale(2)\">\n");
    for (size_t fill = 0; fill < FILLS; fill++)
        if (is_used(m, fill))
            draw_fill(h, f, m, v, fill);
    html_lit(h, "</g>\n");
    for (size_t class = 0; class <= m->n_classes; class ++)
        draw_numbers(h, m, v, class);
}

static void draw_hatch(struct html *h, const struct chart_frame *f)
{
    html_lit(h, "<pattern id=\"");
    html_put(h, f->id);
    html_lit(h, "-h\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\" "
                "patternTransform=\"rotate(45)\"><path class=\"hatch\" d=\"M0 0V4\"/></pattern>\n");
}

/* One row of the legend. */
struct key {
    size_t fill;
    struct str text;
};

static void draw_key(struct html *h, const struct chart_frame *f, double y, const struct key *key)
{
    html_lit(h, "<rect ");
    put_fill(h, f, key->fill, " area");
    html_lit(h, " x=\"8\" width=\"12\" height=\"12\" y=\"");
    html_put_coordinate(h, y);
    html_lit(h, "\"/>");
    chart_text(h, NULL, CHART_LEFT + MARK + 6, y + 10.5, key->text);
    html_lit(h, "\n");
}

/* Every class, so that the limits are seen to be even; of the rest what there is. */
static size_t legend_of(const struct chart_map *m, struct key out[FILLS])
{
    const struct key others[] = {
        {0, m->none_text}, {FILL_PROTECTED, m->protected_text}, {FILL_OUTSIDE, m->outside_text}};
    size_t n = 0;

    for (size_t i = 0; i < m->n_classes; i++)
        out[n++] = (struct key){i + 1, m->classes[i].text};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i].text.n && is_used(m, others[i].fill))
            out[n++] = others[i];
    return n;
}

void chart_map(struct html *h, const struct chart_frame *f, const struct chart_map *m)
{
    struct view v = view_of(m);
    const struct str headings[] = {m->area_heading, f->words->people};
    struct key legend[FILLS];
    size_t keys = legend_of(m, legend);
    double y = v.height * GRID + 8;

    chart_open(h, f, y + (double)keys * LEGEND_ROW);
    draw_hatch(h, f);
    draw_areas(h, f, m, &v);
    for (size_t i = 0; i < keys; i++)
        draw_key(h, f, y + (double)i * LEGEND_ROW, &legend[i]);
    chart_table_open(h, f, headings, 2);
    for (size_t i = 0; i < m->n; i++) {
        if (m->areas[i].is_outside)
            continue;
        chart_put_row_open(h, m->areas[i].name);
        chart_put_cell(h, m->areas[i].count.text);
        html_lit(h, "</tr>\n");
    }
    chart_close(h, f);
}
