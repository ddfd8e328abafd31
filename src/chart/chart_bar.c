/* The bar chart. A row is 46 units: its label, its bar, air. */
#include "chart/chart_bar.h"

#include "web/html.h"

enum { ROW = 46, LABEL_Y = 14, BAR_Y = 20, BAR_HEIGHT = 16, RANGE_Y = 41, NUMBER_ROOM = 92 };

/* What a row reaches to: its bar, or the end of its range. */
static int64_t rightmost(const struct chart_bar_row *row)
{
    return row->hi > row->lo ? row->hi : row->count.value;
}

static int64_t highest(const struct chart_bar_row rows[], size_t n)
{
    int64_t top = 1;

    for (size_t i = 0; i < n; i++)
        if (!rows[i].count.is_protected && rightmost(&rows[i]) > top)
            top = rightmost(&rows[i]);
    return top;
}

static void draw_range(struct html *h, double lo, double hi, double y)
{
    chart_line(h, "wh", lo, y, hi, y);
    chart_line(h, "wh", lo, y - 4, lo, y + 4);
    chart_line(h, "wh", hi, y - 4, hi, y + 4);
}

static void draw_row(struct html *h, double y, int64_t top, const struct chart_bar_row *row)
{
    bool has_number = !row->count.is_protected;
    double room = CHART_WIDTH - CHART_LEFT - NUMBER_ROOM;
    double unit = room / (double)top;
    double width = has_number ? unit * (double)row->count.value : CHART_PROTECTED_WIDTH;
    double end = has_number ? unit * (double)rightmost(row) : CHART_PROTECTED_WIDTH;

    chart_text(h, NULL, CHART_LEFT, y + LABEL_Y, row->label);
    if (has_number)
        chart_bar_mark(h, CHART_LEFT, y + BAR_Y, width, BAR_HEIGHT);
    else
        chart_protected_mark(h, CHART_LEFT, y + BAR_Y, BAR_HEIGHT);
    if (has_number && row->hi > row->lo)
        draw_range(h, CHART_LEFT + unit * (double)row->lo, CHART_LEFT + end, y + RANGE_Y);
    chart_text_open(h, NULL, CHART_LEFT + end + 6, y + BAR_Y + 12);
    html_put(h, row->count.text);
    html_lit(h, "</text>\n");
}

void chart_bar(struct html *h, const struct chart_frame *f, struct str heading,
               const struct chart_bar_row rows[], size_t n)
{
    double height = (double)(n * ROW);
    int64_t top = highest(rows, n);
    const struct str headings[] = {heading, f->words->people};

    chart_open(h, f, height);
    chart_line(h, "ax", CHART_LEFT, BAR_Y - 4, CHART_LEFT, height - 4);
    for (size_t i = 0; i < n; i++)
        draw_row(h, (double)(i * ROW), top, &rows[i]);
    chart_table_open(h, f, headings, 2);
    for (size_t i = 0; i < n; i++) {
        chart_put_row_open(h, rows[i].label);
        chart_put_cell(h, rows[i].count.text);
        html_lit(h, "</tr>\n");
    }
    chart_close(h, f);
}
