/* The interval chart. A row is 84 units: its label, what is known (above the marks), the marks, the range. */
#include "chart/chart_interval.h"

#include "web/html.h"

enum { ROW = 84, LABEL_Y = 14, KNOWN_Y = 33, MARK_Y = 46, RANGE_Y = 67, CAP = 6, ARROW = 48 };

int64_t chart_estimate_top(const struct chart_estimate *e)
{
    switch (e->kind) {
    case CHART_LEAST:
        return e->lo / 4 < INT64_MAX - e->lo ? e->lo + e->lo / 4 + 1 : INT64_MAX;
    case CHART_RANGE:
    case CHART_POINT:
        return e->hi;
    case CHART_NONE:
        break;
    }
    return 0;
}

static int64_t highest(const struct chart_interval_row rows[], size_t n)
{
    int64_t top = 0;

    for (size_t i = 0; i < n; i++) {
        int64_t estimate = chart_estimate_top(&rows[i].estimate);
        int64_t known = rows[i].known.is_protected ? 0 : rows[i].known.value;

        top = estimate > top ? estimate : top;
        top = known > top ? known : top;
    }
    return top;
}

/* A text at `x` that stays inside the drawing: to the right of x near the left edge, to the left near the
 * right.  */
static void open_text_inside(struct html *h, double x, double y)
{
    if (x < 60)
        chart_text_open(h, NULL, x - 6 < 0 ? 0 : x - 6, y);
    else if (x > CHART_WIDTH - 80)
        chart_text_open(h, "e", x + 40 > CHART_WIDTH ? CHART_WIDTH : x + 40, y);
    else
        chart_text_open(h, "m", x, y);
}

static void draw_known(struct html *h, const struct chart_frame *f, double x, double y,
                       struct chart_count known)
{
    open_text_inside(h, x, y + KNOWN_Y);
    html_put(h, f->words->known);
    html_lit(h, " ");
    html_put(h, known.text);
    html_lit(h, "</text>");
    if (known.is_protected)
        return;
    html_lit(h, "<path class=\"s2\" d=\"M");
    html_put_coordinate(h, x);
    html_lit(h, " ");
    html_put_coordinate(h, y + MARK_Y - 7);
    html_lit(h, "l7 7-7 7-7-7z\"/>\n");
}

/* An arrow from the lower limit on, as long for one estimate as for another: it tells no number. */
static void draw_least(struct html *h, const struct chart_axis *axis, double y,
                       const struct chart_estimate *e)
{
    double mark = y + MARK_Y;
    double lo = chart_x(axis, e->lo);

    chart_line(h, "wh", lo, mark, lo + ARROW, mark);
    chart_line(h, "wh", lo, mark - CAP, lo, mark + CAP);
    html_lit(h, "<path class=\"wh\" d=\"M");
    html_put_coordinate(h, lo + ARROW - CAP);
    html_lit(h, " ");
    html_put_coordinate(h, mark - CAP);
    html_lit(h, "l6 6-6 6\"/>");
    open_text_inside(h, lo + (double)ARROW / 2, y + RANGE_Y);
    html_put(h, e->told);
    html_lit(h, "</text>\n");
}

static void draw_estimate(struct html *h, const struct chart_frame *f, const struct chart_axis *axis,
                          double y, const struct chart_estimate *e)
{
    double mark = y + MARK_Y;
    double lo = chart_x(axis, e->lo);
    double hi = chart_x(axis, e->hi);

    chart_line(h, "wh", lo, mark, hi, mark);
    chart_line(h, "wh", lo, mark - CAP, lo, mark + CAP);
    chart_line(h, "wh", hi, mark - CAP, hi, mark + CAP);
    if (e->kind == CHART_POINT) {
        chart_line(h, "thick", chart_x(axis, e->inner_lo), mark, chart_x(axis, e->inner_hi), mark);
        chart_dot(h, "s1", chart_x(axis, e->value), mark, 7);
    }
    open_text_inside(h, (lo + hi) / 2, y + RANGE_Y);
    html_put(h, f->words->likely);
    html_lit(h, " ");
    html_put(h, e->lo);
    html_lit(h, "–");
    html_put(h, e->hi);
    html_lit(h, "</text>\n");
}

static void draw_row(struct html *h, const struct chart_frame *f, const struct chart_axis *axis, double y,
                     const struct chart_interval_row *row)
{
    chart_text(h, "n", 0, y + LABEL_Y, row->label);
    switch (row->estimate.kind) {
    case CHART_NONE:
        chart_text(h, "a", CHART_LEFT, y + RANGE_Y, f->words->none);
        break;
    case CHART_LEAST:
        draw_least(h, axis, y, &row->estimate);
        break;
    case CHART_RANGE:
    case CHART_POINT:
        draw_estimate(h, f, axis, y, &row->estimate);
        break;
    }
    draw_known(h, f, chart_x(axis, row->known.is_protected ? 0 : row->known.value), y, row->known);
}

static void put_range(struct html *h, const struct chart_estimate *e)
{
    switch (e->kind) {
    case CHART_NONE:
        html_lit(h, "–"); /* an empty cell is not in the structure of a PDF */
        break;
    case CHART_LEAST:
        html_put(h, e->told);
        break;
    case CHART_RANGE:
    case CHART_POINT:
        html_put(h, e->lo);
        html_lit(h, "–");
        html_put(h, e->hi);
        break;
    }
}

static void put_table_row(struct html *h, const struct chart_frame *f, const struct chart_interval_row *row)
{
    const struct chart_estimate *e = &row->estimate;

    chart_put_row_open(h, row->label);
    chart_put_cell(h, row->known.text);
    html_lit(h, "<td class=\"r\">");
    if (e->kind == CHART_POINT)
        html_put(h, e->value);
    else
        html_put(h, f->words->none);
    html_lit(h, "</td><td class=\"r\">");
    put_range(h, e);
    html_lit(h, "</td></tr>\n");
}

void chart_interval(struct html *h, const struct chart_frame *f, const struct chart_interval_row rows[],
                    size_t n)
{
    struct chart_axis axis = chart_axis(highest(rows, n), CHART_LEFT, CHART_RIGHT);
    double foot = (double)(n * ROW) + 4;
    const struct str headings[] = {f->words->unit, f->words->known_heading, f->words->estimate,
                                   f->words->range};

    chart_open(h, f, foot + 20);
    chart_draw_axis(h, &axis, LABEL_Y + 6, foot);
    for (size_t i = 0; i < n; i++)
        draw_row(h, f, &axis, (double)(i * ROW), &rows[i]);
    chart_table_open(h, f, headings, 4);
    for (size_t i = 0; i < n; i++)
        put_table_row(h, f, &rows[i]);
    chart_close(h, f);
}
